"""Measured difficulty: figures by hand, the test against SciPy's, and that chance alone is not called a difference."""

from __future__ import annotations

import random
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from trainer.domain.difficulty import (
    ALIKE,
    DIFFERS,
    FEWEST_MARKS,
    TOO_FEW,
    Attempt,
    compare_forms,
    holm,
    incomplete_beta,
    measure,
    missed_checks,
    rows_of,
    welch_p,
)

marks = st.lists(st.integers(0, 100), min_size=2, max_size=40)


def attempts(values: list[int], first: int = 0, **form: str) -> list[Attempt]:
    return [Attempt(first + number, mark, mark >= 70, 200.0 + number, form) for number, mark in enumerate(values)]


def test_figures_are_those_of_the_attempts_when_enough_people_took_it() -> None:
    found = measure(attempts([60, 80, 100]))
    assert (found.attempts, found.people, found.shown) == (3, 3, True)
    assert found.passed == pytest.approx(2 / 3)
    assert (found.mark, found.spread, found.handle_s) == (80, 20, 201)


def test_no_figure_is_shown_when_it_would_show_how_a_person_did() -> None:
    found = measure([Attempt(1, 50, False), Attempt(1, 60, False), Attempt(2, 90, True)])
    assert (found.attempts, found.shown, found.mark, found.passed) == (3, False, None, None)
    assert measure([]).attempts == 0


@given(marks, marks)
def test_welchs_test_gives_what_scipy_gives(one: list[int], other: list[int]) -> None:
    if len(set(one)) == len(set(other)) == 1:
        assert welch_p(one, other) == (1.0 if one[0] == other[0] else 0.0)
    else:
        sides = [figure for side in (one, other) for figure in (fmean(side), stdev(side), len(side))]
        wanted = stats.ttest_ind_from_stats(*sides, equal_var=False).pvalue
        assert welch_p(one, other) == pytest.approx(wanted, rel=1e-6, abs=1e-12)


@given(st.floats(0.5, 2000), st.floats(0.5, 50), st.floats(0, 1))
def test_the_incomplete_beta_function_gives_what_scipy_gives(a: float, b: float, x: float) -> None:
    assert incomplete_beta(a, b, x) == pytest.approx(special.betainc(a, b, x), rel=1e-6, abs=1e-10)


def test_p_values_are_corrected_as_holm_describes() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []
    assert holm([0.9, 0.8]) == [1.0, 1.0]


def test_a_form_that_is_harder_is_told_and_the_others_are_not() -> None:
    dice = random.Random(4)
    usual = [a for n in range(4) for a in attempts([dice.randint(70, 90) for _ in range(20)], 100 * n, fee=f"{n}.00")]
    harder = attempts([dice.randint(50, 70) for _ in range(20)], 900, fee="9.00")
    found = {value.value: value for value in compare_forms([*usual, *harder])}
    assert found["9.00"].verdict == DIFFERS
    assert found["9.00"].points is not None
    assert found["9.00"].points < -10
    assert [value.verdict for value in found.values()].count(DIFFERS) == 1, "beside it, the others are not too easy"
    assert found["0.00"].attempts == 20


def test_chance_alone_is_hardly_ever_called_a_difference() -> None:
    dice, told = random.Random(11), 0
    for _ in range(200):
        rows = [Attempt(n, dice.gauss(75, 12).__round__(), True, None, {"name": str(dice.randrange(5))}) for n in range(100)]  # fmt: skip
        told += any(value.verdict == DIFFERS for value in compare_forms(rows))
    assert told / 200 <= 0.08, "Holm's method holds the whole at 5 in 100"


def test_a_value_is_too_few_when_few_took_it() -> None:
    few = attempts([50] * (FEWEST_MARKS - 1), fee="1.00")
    many = attempts([80, 90] * 10, 100, fee="2.00")
    verdicts = {value.value: (value.verdict, value.mark) for value in compare_forms([*few, *many])}
    assert verdicts == {"1.00": (TOO_FEW, 50), "2.00": (TOO_FEW, 85)}
    alone = [Attempt(1, 10, False, None, {"fee": "3.00"})]
    marks_shown = [value.mark for value in compare_forms([*alone, *many])]
    assert marks_shown == [None, None], "one person's mark, and what it could be worked out from"


def test_values_drawn_together_are_one_row_and_what_all_forms_share_is_left_out() -> None:
    assert rows_of({"customer.name": "Ana", "fee": "5", "customer.phone": "07"}) == {"customer": "Ana, 07", "fee": "5"}
    rows = attempts([70, 80] * 10, fee="1", day="2026-03-11") + attempts([71, 81] * 10, 50, fee="2", day="2026-03-11")
    assert [(v.variable, v.value, v.verdict) for v in compare_forms(rows)] == [("fee", "1", ALIKE), ("fee", "2", ALIKE)]


def test_missed_checks_are_counted_once_a_call_and_undecided_ones_not_at_all() -> None:
    calls = [
        [("record.field:day", "no"), ("record.field:phone", "no"), ("opening.greeting", "yes")],
        [("record.field:day", "yes"), ("opening.greeting", "no"), ("closing.thanks", "undecided")],
        [("record.field:day", "yes"), ("opening.greeting", "not_applicable")],
    ]
    found = missed_checks(calls)
    assert [(m.check, m.missed, m.decided) for m in found] == [("opening.greeting", 1, 2), ("record.field", 1, 3)]
