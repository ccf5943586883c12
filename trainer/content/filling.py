"""Variables of a scenario file, and the check that every text which names one can be filled with any of its values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice, product

from trainer.content.problems import did_you_mean
from trainer.content.reading import LANGUAGES, Fields, Node, check_known
from trainer.domain.forms import ANY_LANGUAGE, KEPT, PLACEHOLDER, FillError, fill_text
from trainer.domain.scenario import VARIABLE_KINDS, Variable

MOST_COMBINATIONS = 400


class Filling:
    """The values that a language's texts may be filled with: for each group, its rows of variable -> value."""

    def __init__(self, groups: Mapping[str, list[dict[str, str]]], language: str, currency: str = "GBP") -> None:
        self.groups = groups
        self.language = language
        self.currency = currency
        self.group_of = {name: group for group, rows in groups.items() for row in rows for name in row}

    def check(self, text: str, node: Node) -> None:
        """A text's placeholders must name variables and filters that exist and suit every drawn value."""
        rest = PLACEHOLDER.sub("", text)
        if "{" in rest or "}" in rest:
            node.wrong(
                f"has a brace that is no placeholder; write {{name}}, {{name|money}} or {{day+2d|date}}: {text!r}"
            )
            return
        for match in PLACEHOLDER.finditer(text):
            name = match.group(1)
            if name in KEPT:
                continue
            if name not in self.group_of:
                node.wrong(f"names no variable {name!r}; {did_you_mean(name, self.group_of)}")
                continue
            for row in self.groups[self.group_of[name]]:
                try:
                    fill_text(match.group(), row, self.language, self.currency)
                except FillError as error:
                    node.wrong(f"{match.group()} cannot be filled: {error}")
                    break

    def every(self, text: str) -> Iterator[str]:
        """The text filled in every way (up to a limit); texts that cannot be filled are left out."""
        names = {match.group(1) for match in PLACEHOLDER.finditer(text)} - KEPT
        if not names <= set(self.group_of):
            return
        groups = sorted({self.group_of[name] for name in names})
        for rows in islice(product(*(self.groups[group] for group in groups)), MOST_COMBINATIONS):
            values = {name: value for row in rows for name, value in row.items()}
            try:
                yield fill_text(text, values, self.language, self.currency)
            except FillError:
                return


def filling_of(variables: tuple[Variable, ...], language: str, currency: str = "GBP") -> Filling:
    groups: dict[str, list[dict[str, str]]] = {}
    for variable in variables:
        rows = groups.setdefault(variable.group or variable.id, [{} for _ in variable.choices])
        for row, choice in zip(rows, variable.choices, strict=False):
            row[variable.id] = choice.get(ANY_LANGUAGE, choice.get(language, ""))
    return Filling(groups, language, currency)


def read_variables(fields: Fields, languages: tuple[str, ...]) -> tuple[Variable, ...]:
    """`variables:` maps a name to {kind, choices}, or to {columns: {column: kind}, rows} that are drawn together."""
    node = fields.get("variables", default=None)
    if node is None:
        return ()
    if not node.is_mapping:
        node.wrong("must be a mapping of names")
        return ()
    variables: list[Variable] = []
    for name, place in node.members().items():
        if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or name in KEPT:
            place.wrong(f"{name!r} is no name of a variable: small letters, digits and _, a letter first, not 'value'")
        with place.fields() as f:
            if f.has("columns"):
                variables.extend(_read_table(name, f, languages))
            else:
                kind = f.choice("kind", VARIABLE_KINDS)
                choices = f.each("choices", lambda n: _read_choice(n, languages), least=2)
                variables.append(Variable(name, kind, choices))
                _check_values(f, kind, choices)
    return tuple(variables)


def _read_choice(node: Node, languages: tuple[str, ...]) -> Mapping[str, str]:
    if not node.is_mapping:
        return {ANY_LANGUAGE: node.text()}
    members = node.members()
    for name, place in members.items():
        check_known(place, name, LANGUAGES)
    for language in languages:
        if language not in members:
            node.wrong(f"has no {language}")
    return {name: place.text() for name, place in members.items()}


def _read_table(group: str, f: Fields, languages: tuple[str, ...]) -> list[Variable]:
    columns = f.get("columns")
    kinds: dict[str, str] = {}
    for name, place in (columns.members() if columns else {}).items():
        kinds[name] = place.text()
        check_known(place, kinds[name], VARIABLE_KINDS)
    rows = f.each("rows", lambda n: _read_row(n, tuple(kinds), languages), least=2)
    variables = [
        Variable(f"{group}.{name}", kind, tuple({k: row.get((k, name), "") for k in _keys(row)} for row in rows), group)
        for name, kind in kinds.items()
    ]
    for variable in variables:
        _check_values(f, variable.kind, variable.choices, "rows")
    return variables


def _keys(row: Mapping[tuple[str, str], str]) -> list[str]:
    return list(dict.fromkeys(language for language, _ in row))


def _read_row(node: Node, columns: tuple[str, ...], languages: tuple[str, ...]) -> dict[tuple[str, str], str]:
    """A row of a table: its columns, once for all languages or under each language."""
    members = node.members() if node.is_mapping else {}
    if not node.is_mapping:
        node.wrong("must be a mapping of columns")
    if members and set(members) <= set(LANGUAGES):
        parts = {language: members.get(language) for language in languages}
    else:
        parts = {ANY_LANGUAGE: node}
    found: dict[tuple[str, str], str] = {}
    for language, part in parts.items():
        if part is None:
            node.wrong(f"has no {language}")
            continue
        with part.fields() as f:
            for column in columns:
                found[language, column] = f.text(column)
    return found


def _check_values(f: Fields, kind: str, choices: tuple[Mapping[str, str], ...], name: str = "choices") -> None:
    from trainer.content.companies import value_mistake

    place = f.place(name)
    values = {value for choice in choices for value in choice.values() if value}
    for value in sorted(value for value in values if "{" in value or "}" in value):
        if place is not None:
            place.wrong(f"{value!r} has a brace: the values of variables are not filled themselves, so write it out")
    mistakes = {value_mistake(kind, value) for value in values}
    for mistake in sorted(m for m in mistakes if m):
        if place is not None:
            place.wrong(mistake)
