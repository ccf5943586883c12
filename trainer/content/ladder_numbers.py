"""The numbers in a ladder's text, each with its place in it: so that a form can change them and nothing else. Comments,
order and wording stay as their author wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from trainer.content.ladder import MEASURED_KINDS, RANGES, threshold_range

OF_GATES = ("threshold", "scenarios", "difficulty", "last", "months")
OF_CATEGORIES = ("validity_months", "renewal_months")
MARGIN = "margin"


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the text. `path` names it within this text ("1.gates.3.threshold": the second category's fourth gate);
    `low` to `high` is its range, whole unless `decimals`; `start` and `end` are where it stands, in characters. `same_as` is the path of the number
    that this one is by an alias (`*name`), and changes with; "" for one that stands for itself."""

    path: str
    field: str
    text: str
    low: int
    high: int
    start: int
    end: int
    decimals: bool = False
    same_as: str = ""


def numbers_in(text: str) -> list[Number]:
    """Every number of a text that has been read as a ladder before, by category."""
    root = YAML(typ="rt").compose(text)
    found: list[Number] = []
    for key, node in _pairs(root):
        if key == MARGIN:
            found.append(_number(MARGIN, key, node, RANGES[key]))
        elif key == "categories" and isinstance(node, SequenceNode):
            for place, category in enumerate(node.value):
                found += _of_category(str(place), category)
    first: dict[int, str] = {}
    for place, number in enumerate(found):
        path = first.setdefault(number.start, number.path)
        if path != number.path:
            found[place] = replace(number, same_as=path)
    return found


def _of_category(path: str, category: Node) -> Iterator[Number]:
    for key, node in _pairs(category):
        if key in OF_CATEGORIES:
            yield _number(f"{path}.{key}", key, node, RANGES[key])
        elif key in ("gates", "renewal") and isinstance(node, SequenceNode):
            for place, gate in enumerate(node.value):
                values = dict(_pairs(gate))
                kind = str(values["kind"].value)
                for name in OF_GATES:
                    if name in values:
                        limits = threshold_range(kind) if name == "threshold" else RANGES[name]
                        made = _number(f"{path}.{key}.{place}.{name}", name, values[name], limits)
                        yield replace(made, decimals=name == "threshold" and kind in MEASURED_KINDS)


def _pairs(node: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield str(key.value), value


def _number(path: str, field: str, node: Node, limits: tuple[int, int]) -> Number:
    return Number(path, field, str(node.value), *limits, node.start_mark.index, node.end_mark.index)


def checked(numbers: Iterable[Number], typed: Mapping[str, str]) -> tuple[dict[str, str], list[Number]]:
    """What was typed, as the text has it and by path, for the numbers that differ; and the numbers whose new value cannot be.
    A comma is a decimal point; what was not typed stays."""
    new: dict[str, str] = {}
    wrong = []
    for number in numbers:
        value = typed.get(number.path, number.text).strip().replace(",", ".")
        if number.same_as or value == number.text:
            continue
        pattern = r"\d{1,6}(\.\d{1,3})?" if number.decimals else r"\d{1,6}"
        if re.fullmatch(pattern, value, re.ASCII) and number.low <= float(value) <= number.high:
            new[number.path] = f"{float(value):g}" if number.decimals else str(int(value))
        else:
            wrong.append(number)
    return new, wrong


def with_numbers(text: str, values: Mapping[str, str]) -> str:
    """The text with those numbers in their places; a path that is not in it, or is another's alias, changes nothing."""
    for number in sorted(numbers_in(text), key=lambda one: one.start, reverse=True):
        if number.path in values and not number.same_as:
            text = text[: number.start] + values[number.path] + text[number.end :]
    return text
