"""A shift's calls, what becomes of them, and the field's figures."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.shift import (
    ABANDONED,
    ANSWERED,
    BREAK,
    LEAST_PATIENCE_S,
    LOADS,
    ON_CALL,
    OVER,
    READY,
    WAITING,
    WRAP_UP,
    Handled,
    Moment,
    Offer,
    draw_plan,
    measure,
    stand,
    stretches,
)

SCENARIOS = [("a", 4), ("b", 6), ("c", 8)]
PLAN = (Offer(1, 6, 60, "a", 1), Offer(2, 100, 30, "b", 2), Offer(3, 110, 200, "c", 3), Offer(4, 400, 15, "a", 4))


def test_the_same_seed_draws_the_same_shift() -> None:
    assert draw_plan(7, 30, "usual", SCENARIOS) == draw_plan(7, 30, "usual", SCENARIOS)
    assert draw_plan(7, 30, "usual", SCENARIOS) != draw_plan(8, 30, "usual", SCENARIOS)


@given(seed=st.integers(0, 10**6), minutes=st.integers(10, 60), load=st.sampled_from(sorted(LOADS)))
def test_calls_come_in_order_within_the_shift_and_no_scenario_twice_before_all(
    seed: int, minutes: int, load: str
) -> None:
    plan = draw_plan(seed, minutes, load, SCENARIOS)
    assert plan
    assert [offer.number for offer in plan] == list(range(1, len(plan) + 1))
    assert all(a.at_s <= b.at_s for a, b in zip(plan, plan[1:], strict=False))
    assert all(0 < offer.at_s < minutes * 60 and offer.patience_s >= LEAST_PATIENCE_S for offer in plan)
    for start in range(0, len(plan) - 2, 3):
        assert len({offer.scenario for offer in plan[start : start + 3]}) == 3


@pytest.mark.parametrize("load", sorted(LOADS))
def test_the_offered_load_is_the_one_chosen(load: str) -> None:
    """Mean calls an hour times mean handle time, over many shifts, within its sampling error (three sigmas)."""
    handle_h = (6 * 60 + 60) / 3600
    shifts = 400
    calls = sum(len(draw_plan(seed, 60, load, SCENARIOS)) - 1 for seed in range(shifts))
    expected = shifts * LOADS[load] / handle_h
    assert abs(calls - expected) < 3 * math.sqrt(expected) + shifts * 6 / 3600 / handle_h


def test_who_is_not_answered_in_time_gives_up_whether_or_not_anybody_looks() -> None:
    handled = (Handled(1, 20, 90, 120),)
    standing = stand(PLAN, 10, (), handled, 140)
    assert standing.offers == {1: ANSWERED, 2: ABANDONED, 3: WAITING}
    assert standing.waiting == (3,)
    assert (standing.state, standing.since_s) == (READY, 120)


def test_the_states_follow_the_call_and_the_choice() -> None:
    assert stand(PLAN, 10, (), (Handled(1, 20),), 50).state == ON_CALL
    assert stand(PLAN, 10, (), (Handled(1, 20, 90),), 100).state == WRAP_UP
    moments = (Moment(95, BREAK),)
    assert stand(PLAN, 10, moments, (Handled(1, 20, 90, 120),), 130).state == BREAK
    assert stand(PLAN, 10, (*moments, Moment(150, READY)), (Handled(1, 20, 90, 120),), 160).state == READY


def test_a_call_under_way_at_the_end_is_finished_and_nobody_else_taken() -> None:
    late = (Handled(3, 550),)
    assert stand(PLAN, 10, (), late, 700).state == ON_CALL
    done = stand(PLAN, 10, (), (Handled(3, 550, 640, 660),), 700)
    assert (done.state, done.end_s) == (OVER, 660)
    early = stand(PLAN, 10, (Moment(105, "ended"),), (), 300)
    assert early.state == OVER
    assert early.offers == {1: ABANDONED, 2: ABANDONED}


def test_figures_are_those_of_the_field() -> None:
    handled = (Handled(1, 16, 116, 146, hold_s=20), Handled(3, 150, 300, 330))
    moments = (Moment(340, BREAK), Moment(400, READY))
    figures = measure(PLAN, 10, moments, handled, 600)
    assert (figures.offered, figures.answered, figures.abandoned, figures.waiting) == (4, 2, 2, 0)
    assert figures.talk_s == (80 + 150) / 2
    assert figures.hold_s == 10
    assert figures.acw_s == 30
    assert figures.aht_s == (130 + 180) / 2
    assert figures.asa_s == (10 + 40) / 2
    assert figures.abandon_rate == 0.5
    assert figures.break_s == 60
    assert figures.occupancy == pytest.approx((130 + 180) / (600 - 60))
    assert figures.service_level == pytest.approx(1 / 3)  # the one who gave up after 15 s counts for neither side
    assert figures.longest_wait_s == 40


def test_nothing_measured_is_no_figure() -> None:
    figures = measure((), 10, (), (), 0)
    assert (figures.offered, figures.aht_s, figures.occupancy, figures.service_level) == (0, None, None, None)


@st.composite
def worked(draw: st.DrawFn) -> tuple[tuple[Offer, ...], tuple[Handled, ...], tuple[Moment, ...], float]:
    """A shift worked at random: some callers taken while they wait, breaks in between."""
    plan = draw_plan(draw(st.integers(0, 10**5)), 20, draw(st.sampled_from(sorted(LOADS))), SCENARIOS)
    at_s = draw(st.floats(0, 1500))
    free, handled, moments = 0.0, [], []
    for offer in plan:
        start = max(free, offer.at_s) + draw(st.floats(0, 30))
        if start > min(at_s, 1200) or start >= offer.gives_up_s or draw(st.booleans()):
            continue
        ended = start + draw(st.floats(1, 300))
        written = ended + draw(st.floats(0, 60))
        handled.append(
            Handled(offer.number, start, ended if ended <= at_s else None, written if written <= at_s else None)
        )
        free = written
        if written > at_s:
            break
        if draw(st.booleans()):
            moments += [Moment(written, BREAK), Moment(written + 20, READY)]
            free = written + 20
    return plan, tuple(handled), tuple(m for m in moments if m.at_s <= at_s), at_s


@given(worked())
def test_nobody_is_lost_and_shares_are_shares(
    shift: tuple[tuple[Offer, ...], tuple[Handled, ...], tuple[Moment, ...], float],
) -> None:
    plan, handled, moments, at_s = shift
    figures = measure(plan, 20, moments, handled, at_s)
    assert figures.offered == figures.answered + figures.abandoned + figures.waiting
    assert figures.answered == len(handled)
    for share in (figures.occupancy, figures.service_level, figures.abandon_rate):
        assert share is None or 0 <= share <= 1
    assert figures.longest_wait_s >= 0
    strip = stretches(moments, handled, figures.staffed_s)
    assert sum(to - start for _, start, to in strip) == pytest.approx(figures.staffed_s)
    assert all(a[2] == b[1] for a, b in zip(strip, strip[1:], strict=False))
