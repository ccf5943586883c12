"""How much room names need, and which way they run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.name_widths import SIZES, is_right_to_left, size_of, width_of


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("", "xl"), ("Li", "xl"), ("Zoé Ångström", "xl"), ("欧阳娜娜", "xl"), ("Zoé Ångström-O’Neill", "l"),
        ("Олександра Щербак-Їжакевич", "m"), ("María de los Ángeles García-Lorca y Pérez", "s"),
        ("Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis", "xs"), ("W" * 60, "xxs"), ("a" * 120, "xxs"),
    ],
)  # fmt: skip
def test_longer_and_wider_names_are_set_smaller(name, size):
    assert size_of(name) == size


def test_a_long_word_is_set_small_though_the_name_is_short():
    assert size_of("a" * 33) == "xs"
    assert size_of("aaaaaaaaaaa " * 3) in {"m", "s"}


def test_accents_that_stand_apart_take_no_room():
    assert width_of("e\u0301") == width_of("é") == width_of("e")


@given(st.text(max_size=200))
def test_every_text_has_a_size_and_a_direction(text):
    assert size_of(text) in {*(name for _limit, name in SIZES), "xxs"}
    assert width_of(text) >= 0
    assert is_right_to_left(text) in {True, False}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("محمد Ali", True), ("Ali محمد", False), ("שרה", True), ("1 2 (محمد)", True), ("", False), ("🦊", False)],
)
def test_the_first_letter_with_a_direction_decides(text, expected):
    assert is_right_to_left(text) is expected
