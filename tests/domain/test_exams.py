"""Forms are equal, reproducible and disjoint where the bank allows; time and figures come out as they should."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.exams import Cell, Exam, bank_of, by_duty, draw_form, is_over, time_left
from trainer.domain.item_statistics import FEWEST, item_figures
from trainer.domain.questions import Question

START = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
DUE = START + timedelta(minutes=30)
IDS = ("IN1", "IN2", "K4")
BANK = bank_of(
    (course, [Question(f"q{n}", "single", IDS[n % 3], "01-a", n % 3 + 1, "?") for n in range(45)])
    for course in ("one", "two")
)


def exam(*cells: Cell, forms: int = 4) -> Exam:
    return Exam("e", "v", {}, {}, 3, 30, 70, forms, cells)


BLUEPRINT = exam(Cell(("IN1",), 1, 4), Cell(("IN2", "K4"), 2, 3), Cell(("K4",), 3, 2))


@given(st.integers(1, 20))
def test_every_form_fills_every_cell_and_asks_nothing_twice(form: int) -> None:
    drawn = draw_form(BLUEPRINT, BANK, form)
    assert drawn == draw_form(BLUEPRINT, BANK, form)
    assert len(set(drawn)) == BLUEPRINT.count
    kinds = Counter((BANK[name].duty, BANK[name].difficulty) for name in drawn)
    assert kinds["IN1", 1] == 4
    assert kinds["IN2", 2] + kinds["K4", 2] == 3
    assert kinds["K4", 3] == 2


def test_forms_share_no_question_while_the_pool_lasts() -> None:
    forms = [set(draw_form(BLUEPRINT, BANK, form)) for form in range(1, 5)]
    assert all(not one & other for n, one in enumerate(forms) for other in forms[n + 1 :])


def test_cell_that_the_bank_cannot_fill_is_named() -> None:
    with pytest.raises(ValueError, match=r"cell 1 \(IN1, difficulty 2\) needs 9 questions; the bank has 0"):
        draw_form(exam(Cell(("IN1",), 2, 9)), BANK, 1)


@given(st.integers(-100_000, 100_000))
def test_time_left_stays_within_the_whole_whatever_the_clock_says(seconds: int) -> None:
    left = time_left(START, DUE, START + timedelta(seconds=seconds))
    assert timedelta(0) <= left <= timedelta(minutes=30)


def test_answer_on_its_way_counts_and_a_later_one_does_not() -> None:
    assert not is_over(DUE, DUE + timedelta(seconds=19))
    assert is_over(DUE, DUE + timedelta(seconds=21))


def test_scores_by_duty_leave_out_what_waits() -> None:
    half = Fraction(1, 2)
    scores = by_duty([("IN1", Fraction(1)), ("IN1", half), ("K4", None), ("IN2", Fraction(0)), ("IN2", None)])
    assert [(s.duty, s.percent, s.waiting) for s in scores] == [("IN2", 0, 1), ("IN1", 75, 0), ("K4", 0, 1)]


def test_figures_of_a_question_tell_who_knows_more() -> None:
    """Twelve papers: the better half gets "good" right and "bad" wrong, everybody gets "easy" right."""
    papers = [
        {"good": float(n > 5), "bad": float(n <= 5), "easy": 1.0, "a": float(n > 3), "b": float(n > 7)}
        for n in range(12)
    ]
    figures = {one.question: one for one in item_figures(papers)}
    assert figures["good"].ease == 0.5
    assert (figures["good"].discrimination or 0) > 0.2
    assert figures["bad"].remarks == ("wrong_way",)
    assert figures["easy"].discrimination is None
    assert figures["easy"].remarks == ("too_easy",)
    few = item_figures(papers[: FEWEST - 1])
    assert all(not one.remarks for one in few)


@given(st.lists(st.dictionaries(st.sampled_from("abcd"), st.floats(0, 1), min_size=1), max_size=20))
def test_figures_stay_within_their_range(papers: list[dict[str, float]]) -> None:
    for one in item_figures(papers):
        assert 0 <= one.ease <= 1 + 1e-9
        assert one.discrimination is None or -1 - 1e-6 <= one.discrimination <= 1 + 1e-6


def test_question_is_not_accused_by_a_correlation_that_chance_gives() -> None:
    """Twelve papers on which "fair" goes a little against the rest: too little to say that it works the wrong way."""
    fair = (1, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0)
    papers = [{"fair": float(fair[n]), "a": float(n > 3), "b": float(n > 7)} for n in range(12)]
    figures = {one.question: one for one in item_figures(papers)}["fair"]
    assert -0.4 < (figures.discrimination or 0) < 0
    assert figures.remarks == ("weak",)
