"""Forms: the values that a seed draws for a scenario, and the case that they fill.

A text names a variable in braces, moved by days and passed through filters where needed:
`{fee|money}` `{today+2d|weekday}` `{customer.ref|spelled}` `{fee|money|capital}`. The filters are those of
`trainer.domain.spoken`. The draw depends on nothing but the scenario's version, its seed and the variable's group, so a
form can be made again at any time, and a new variable in a new version never disturbs an old call.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from trainer.domain.errors import Invalid
from trainer.domain.scenario import Case, Scenario, Variable
from trainer.domain.spoken import FILTERS, MONEY_FILTERS, shift_days

T = TypeVar("T")
Form = dict[str, dict[str, str] | str]
ANY_LANGUAGE = "*"
PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_.]*)([+-]\d+d)?((?:\|[a-z_]+)*)\}")
KEPT = frozenset({"value"})
"""Names that are filled while the call runs (the value that a customer corrects), not by the form."""


class FillError(ValueError):
    """A text names a variable or filter that does not exist, or one that does not suit the value."""


def draw_form(scenario: Scenario, seed: int, overrides: Mapping[str, str] | None = None) -> Form:
    """The drawn value of each variable: one text, or one a language where they differ.

    `overrides` set a variable to a text, or a whole group ("customer") to its row number, counted from 0.
    Raises Invalid when an override names no variable, group or row.
    """
    wanted = dict(overrides or {})
    known = {v.id for v in scenario.variables} | {group_of(v) for v in scenario.variables}
    for name in wanted:
        if name not in known:
            raise Invalid("form.no_variable", field=name)
    form: Form = {}
    for variable in scenario.variables:
        form[variable.id] = _drawn(scenario, variable, seed, wanted)
    return form


def group_of(variable: Variable) -> str:
    return variable.group or variable.id


def _drawn(scenario: Scenario, variable: Variable, seed: int, wanted: Mapping[str, str]) -> dict[str, str] | str:
    if variable.id in wanted:
        return wanted[variable.id]
    group = group_of(variable)
    if group in wanted:
        row = int(wanted[group]) if wanted[group].isdigit() else -1
        if not 0 <= row < len(variable.choices):
            raise Invalid("form.no_row", field=group, rows=len(variable.choices))
    else:
        row = stable_number(scenario.version, seed, group) % len(variable.choices)
    choice = variable.choices[row]
    return choice[ANY_LANGUAGE] if ANY_LANGUAGE in choice else dict(choice)


def stable_number(*parts: object) -> int:
    """A large number that depends on nothing but `parts`, on every machine and Python alike."""
    return int.from_bytes(hashlib.sha256("\x1f".join(map(str, parts)).encode()).digest()[:8], "big")


def values_in(form: Form, language: str) -> dict[str, str]:
    """The form's values in one language."""
    return {name: value if isinstance(value, str) else value[language] for name, value in form.items()}


def open_case(scenario: Scenario, language: str, seed: int, overrides: Mapping[str, str] | None = None) -> Case:
    """The case of `scenario` in `language`, filled with the form of `seed`. Raises Invalid for a language it lacks."""
    template = scenario.templates.get(language)
    if template is None:
        raise Invalid("scenario.no_language", field="language", language=language)
    values = values_in(draw_form(scenario, seed, overrides), language)
    currency = template.company.currency

    def fill(text: str) -> str:
        return fill_text(text, values, language, currency)

    return replace(map_texts(template, fill), version=scenario.version, seed=seed, variables=values)


def fill_text(text: str, values: Mapping[str, str], language: str, currency: str) -> str:
    """`text` with its placeholders filled. Raises FillError."""

    def value_of(match: re.Match[str]) -> str:
        name, shift, filters = match.groups()
        if name in KEPT:
            return match.group()
        if name not in values:
            raise FillError(f"no variable {name!r}")
        return _filtered(values[name], shift, filters, language, currency)

    return PLACEHOLDER.sub(value_of, text)


def _filtered(value: str, shift: str | None, filters: str, language: str, currency: str) -> str:
    try:
        if shift:
            value = shift_days(value, int(shift[:-1]))
        for name in filters.split("|")[1:]:
            if name in MONEY_FILTERS:
                value = MONEY_FILTERS[name](value, language, currency)
            elif name in FILTERS:
                value = FILTERS[name](value, language)
            else:
                raise FillError(f"no filter {name!r}")
    except FillError:
        raise
    except (ValueError, KeyError) as error:
        raise FillError(f"{value!r} does not suit {shift or filters.strip('|')}: {error}") from error
    return value


def placeholders(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(variable, filters) of each placeholder in `text`."""
    for match in PLACEHOLDER.finditer(text):
        yield match.group(1), tuple(match.group(3).split("|")[1:])


def map_texts(value: T, change: Callable[[str], str]) -> T:
    """`value` with `change` applied to every text in it, whatever its depth."""
    return _mapped(value, change)  # type: ignore[no-any-return]


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _mapped(getattr(value, f.name), change) for f in fields(value)})
    if isinstance(value, tuple):
        return tuple(_mapped(item, change) for item in value)
    if isinstance(value, Mapping):
        return {key: _mapped(item, change) for key, item in value.items()}
    return value
