"""Numbers of a ladder change in their places, and nothing else of the text does."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.content.ladder import FOLDER, read_ladder
from trainer.content.ladder_numbers import numbers_in, with_numbers

TEXT = (FOLDER / "ladder-2.yaml").read_text(encoding="utf-8")
NUMBERS = numbers_in(TEXT)


@pytest.mark.parametrize("name", ["ladder-1", "ladder-2"])
def test_every_number_of_a_house_ladder_is_found_where_it_stands(name: str) -> None:
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    ladder, found = read_ladder(FOLDER / f"{name}.yaml"), {one.path: one for one in numbers_in(text)}
    for one in found.values():
        assert text[one.start : one.end] == one.text
        assert one.low <= float(one.text) <= one.high
    for place, category in enumerate(ladder.categories):
        if category.gates:
            assert found[f"{place}.validity_months"].text == str(category.validity_months)
        for part, gates in (("gates", category.gates), ("renewal", category.renewal)):
            for number, gate in enumerate(gates):
                path = f"{place}.{part}.{number}.threshold"
                assert path not in found or float(found[path].text) == gate.threshold


@settings(deadline=None, max_examples=20)
@given(
    st.dictionaries(st.sampled_from([one.path for one in NUMBERS if not one.same_as]), st.integers(0, 1), max_size=8)
)
def test_a_change_changes_those_numbers_only(chosen: dict[str, int]) -> None:
    """Each takes one of the ends of its range; what is read is that, and the words around stay."""
    limits = {one.path: (one.low, one.high) for one in NUMBERS}
    values = {path: str(limits[path][end]) for path, end in chosen.items()}
    changed = with_numbers(TEXT, values)
    read_ladder(Path("ladder-2.yaml"), changed)
    now = numbers_in(changed)
    wanted = {one.path: values.get(one.same_as or one.path, one.text) for one in NUMBERS}
    assert {one.path: one.text for one in now} == wanted

    def words(text: str, numbers: list) -> str:
        for one in sorted((one for one in numbers if not one.same_as), key=lambda one: -one.start):
            text = text[: one.start] + text[one.end :]
        return text

    assert words(changed, now) == words(TEXT, NUMBERS)


def test_an_unknown_place_changes_nothing() -> None:
    assert with_numbers(TEXT, {"9.gates.1.threshold": "3", "": "4"}) == TEXT
