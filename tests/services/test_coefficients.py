"""The three coefficients, held to three libraries that know nothing of each other, and their intervals."""

from __future__ import annotations

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from trainer.services.coefficients import coefficients_of, measure

cells = st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=3, max_size=3)


def ratings(table: list[list[int]]) -> tuple[list[int], list[int]]:
    pairs = [(i, j) for i in range(3) for j in range(3) for _ in range(table[i][j])]
    return [one for one, _ in pairs], [other for _, other in pairs]


@given(st.lists(cells, min_size=1, max_size=6))
def test_values_are_those_of_the_libraries(tables: list[list[list[int]]]) -> None:
    whole = np.sum(tables, axis=0)
    one, other = ratings(whole.tolist())
    assume(len({*one, *other}) > 1)
    found = measure(tables)
    assert found is not None
    assert found.answers == len(one)
    if found.kappa.value is not None:
        assert found.kappa.value == pytest.approx(cohen_kappa_score(one, other))
    assert found.alpha.value is not None
    assert found.alpha.value == pytest.approx(krippendorff.alpha([one, other], level_of_measurement="nominal"))
    used = sorted({*one, *other})
    kappa, ac1, alpha = coefficients_of(whole[np.ix_(used, used)][None].astype(float))
    assert ac1[0] == pytest.approx(found.ac1.value)
    assert alpha[0] == pytest.approx(found.alpha.value)
    if found.kappa.value is not None:
        assert kappa[0] == pytest.approx(found.kappa.value)


def test_ac1_of_a_published_table() -> None:
    """Gwet (2008), table 1's kind: 118 and 2 alike, 5 and 0 apart, of 125: kappa is near 0 though 95 % agree."""
    found = measure([[[118, 5], [2, 0]]])
    assert found is not None
    assert found.same == pytest.approx(0.944)
    assert found.ac1.value == pytest.approx(0.9408, abs=0.001)
    assert found.kappa.value == pytest.approx(-0.0234, abs=0.001)


def test_one_answer_alone_leaves_kappa_and_alpha_undefined() -> None:
    found = measure([[[3, 0, 0], [0, 0, 0], [0, 0, 0]]] * 6)
    assert found is not None
    assert (found.kappa.value, found.alpha.value, found.ac1.value) == (None, None, 1.0)
    assert found.kappa.low is None


def test_nothing_to_compare_gives_nothing() -> None:
    assert measure([]) is None
    assert measure([[[0, 0], [0, 0]]]) is None


def test_intervals_hold_the_value_narrow_with_calls_and_are_the_same_each_time() -> None:
    rng = np.random.default_rng(3)

    def some(count: int) -> list[list[list[int]]]:
        return [[[int(rng.integers(3, 9)), 1], [int(rng.integers(0, 3)), 4]] for _ in range(count)]

    few, many = measure(some(8)), measure(some(150))
    assert few is not None
    assert many is not None
    for found in (few, many):
        for one in (found.kappa, found.ac1, found.alpha):
            assert one.low is not None
            assert one.high is not None
            assert one.value is not None
            assert one.low <= one.value <= one.high
    assert few.ac1.high is not None and many.ac1.high is not None  # noqa: PT018
    assert (many.ac1.high - (many.ac1.low or 0)) < (few.ac1.high - (few.ac1.low or 0))
    tables = some(10)
    assert measure(tables) == measure(tables)


def test_too_few_calls_have_no_interval() -> None:
    found = measure([[[3, 1], [1, 2]]] * 4)
    assert found is not None
    assert found.ac1.value is not None
    assert found.ac1.low is None


def test_intervals_of_clustered_answers_hold_the_truth_as_often_as_they_say() -> None:
    """Forty samples of calls whose checks hang together: about 95 % of the intervals hold the value of a large sample."""
    rng = np.random.default_rng(11)

    def a_call() -> list[list[int]]:
        same = 0.95 if rng.random() < 0.7 else 0.4
        table = [[0, 0], [0, 0]]
        for _ in range(8):
            one = int(rng.random() < 0.3)
            other = one if rng.random() < same else 1 - one
            table[one][other] += 1
        return table

    truth = measure([a_call() for _ in range(4000)], intervals=False)
    assert truth is not None
    assert truth.ac1.value is not None
    held = 0
    for _ in range(40):
        found = measure([a_call() for _ in range(40)])
        assert found is not None
        held += (found.ac1.low or 0) <= truth.ac1.value <= (found.ac1.high or 0)
    assert held >= 34
