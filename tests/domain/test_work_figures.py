"""E1 to E5 summed up: sums, weights, spans, targets with a history, and the order of the input."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.work_figures import (
    AT_LEAST,
    AT_MOST,
    CUSTOMER,
    DEPARTMENT,
    INDICATORS,
    QUALITY,
    SOURCES,
    TASKS,
    Complaint,
    Period,
    Target,
    measure,
    months_covered,
    months_in,
    sum_up,
    target_on,
)

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
TARGETS = (
    Target("handle_time", AT_MOST, 300, date(2026, 1, 1)),
    Target("first_contact_resolution", AT_LEAST, 75, date(2026, 1, 1)),
)


def month(number: int, tasks: int = 100, quality: float | None = 90.0, targets: tuple[Target, ...] = TARGETS, **values: float) -> Period:  # fmt: skip
    last = date(2026, number, monthrange(2026, number)[1])
    return Period(f"month-{number}", date(2026, number, 1), last, tasks, quality, values, targets)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Period], list[Complaint]]:
    """Periods one after the other with gaps, some without quality, and complaints between."""
    day, periods = date(2025, 11, 20), []
    for number in range(draw(st.integers(0, 12))):
        day += timedelta(days=draw(st.integers(0, 20)))
        until = day + timedelta(days=draw(st.integers(0, 40)))
        values = draw(st.dictionaries(st.sampled_from(sorted(INDICATORS)), st.floats(0, 100), max_size=4))
        quality = draw(st.none() | st.floats(0, 100))
        periods.append(Period(f"p{number}", day, until, draw(st.integers(0, 5000)), quality, values, TARGETS))
        day = until + timedelta(days=1)
    received = st.dates(date(2025, 12, 1), date(2027, 1, 31))
    found = draw(
        st.lists(st.tuples(st.sampled_from(SOURCES), received, st.sampled_from([None, True, False])), max_size=9)
    )
    return periods, [Complaint(f"c{number}", *one) for number, one in enumerate(found)]


@given(histories(), st.randoms(use_true_random=False))
def test_order_of_the_input_changes_nothing(history: tuple[list[Period], list[Complaint]], chance: Random) -> None:
    periods, complaints = history
    found = sum_up(periods, complaints, *YEAR)
    chance.shuffle(periods)
    chance.shuffle(complaints)
    assert sum_up(periods, complaints, *YEAR) == found


@given(histories())
def test_figures_are_sums_and_means_of_whole_periods_in_the_span(
    history: tuple[list[Period], list[Complaint]],
) -> None:
    periods, complaints = history
    found = sum_up(periods, complaints, *YEAR)
    inside = [one for one in periods if YEAR[0] <= one.since <= one.until <= YEAR[1]]
    assert found.records == tuple(one.record for one in inside)
    assert found.tasks == sum(one.tasks for one in inside)
    checked = [one.quality for one in inside if one.quality is not None]
    assert (found.quality is None) == (not checked)
    if found.quality is not None:
        assert min(checked) <= found.quality <= max(checked)
    assert 0 <= found.met <= found.measured <= sum(len(one.values) for one in inside)
    assert found.measured == sum(one.measured for one in found.indicators)
    assert 0 <= found.months <= 12
    decided = [one for one in complaints if YEAR[0] <= one.received <= YEAR[1] and one.justified]
    assert found.from_departments + found.from_customers == len(decided) == len(found.complaints)


@given(histories(), st.dates(date(2026, 1, 1), date(2026, 12, 30)))
def test_two_spans_never_count_more_than_the_whole(history: tuple[list[Period], list[Complaint]], cut: date) -> None:
    whole = sum_up(*history, *YEAR)
    first, second = sum_up(*history, YEAR[0], cut), sum_up(*history, cut + timedelta(days=1), YEAR[1])
    assert first.tasks + second.tasks <= whole.tasks
    assert {*first.records, *second.records} <= set(whole.records)
    assert first.from_customers + second.from_customers == whole.from_customers
    assert first.open_complaints + second.open_complaints == whole.open_complaints


def test_quality_is_weighted_by_tasks_and_unchecked_periods_are_left_out() -> None:
    found = sum_up([month(1, 300, 80.0), month(2, 100, 100.0), month(3, 900, None)], [], *YEAR)
    assert (found.tasks, found.quality, found.months) == (1300, 85.0, 3)
    assert sum_up([month(1, 0, 80.0), month(2, 0, 90.0)], [], *YEAR).quality == 85.0


def test_share_of_targets_met_counts_what_has_both_a_target_and_a_figure() -> None:
    periods = [
        month(1, handle_time=300.0, first_contact_resolution=74.9),
        month(2, handle_time=301.0, occupancy=80.0),  # occupancy has no target here
        month(3),
    ]
    found = sum_up(periods, [], *YEAR)
    assert (found.met, found.measured) == (1, 3)
    assert found.share_met == pytest.approx(100 / 3)
    assert [(one.indicator, one.mean, one.met, one.measured) for one in found.indicators] == [
        ("handle_time", 300.5, 1, 2), ("first_contact_resolution", 74.9, 0, 1), ("occupancy", 80.0, 0, 0),
    ]  # fmt: skip
    assert sum_up([month(3)], [], *YEAR).share_met is None


def test_target_of_a_periods_first_day_counts_and_a_later_one_leaves_the_past_alone() -> None:
    targets = (*TARGETS, Target("handle_time", AT_MOST, 250, date(2026, 2, 15)), Target("handle_time", AT_MOST, None, date(2026, 4, 1)))  # fmt: skip
    periods = [month(number, targets=targets, handle_time=280.0) for number in (1, 2, 3, 4)]
    assert [[one.met for one in measure(period)] for period in periods] == [[True], [True], [False], []]
    assert sum_up(periods, [], *YEAR).measured == 3


def test_of_two_targets_of_one_day_the_later_word_counts() -> None:
    day = date(2026, 1, 1)
    targets = (Target("occupancy", AT_LEAST, 70, day), Target("occupancy", AT_MOST, 85, day))
    found = target_on(targets, "occupancy", day)
    assert found is not None
    assert (found.direction, found.value) == (AT_MOST, 85)
    assert target_on(targets, "occupancy", day - timedelta(days=1)) is None


def test_tasks_and_quality_may_have_targets_which_the_third_figure_leaves_out() -> None:
    targets = (Target(TASKS, AT_LEAST, 310, date(2026, 1, 1)), Target(QUALITY, AT_LEAST, 85, date(2026, 1, 1)))
    half = Period("half", date(2026, 1, 1), date(2026, 1, 10), 101, 84.9, {}, targets)
    assert [(one.indicator, round(one.target, 6), one.met) for one in measure(half)] == [
        (TASKS, 100.0, True), (QUALITY, 85, False),
    ]  # fmt: skip
    assert sum_up([half], [], *YEAR).measured == 0


def test_only_justified_complaints_count_by_where_they_come_from() -> None:
    day = date(2026, 5, 5)
    complaints = [
        Complaint("a", CUSTOMER, day, True), Complaint("b", CUSTOMER, day, False), Complaint("c", DEPARTMENT, day, None),
        Complaint("d", DEPARTMENT, day, True), Complaint("e", CUSTOMER, date(2025, 12, 31), True),
    ]  # fmt: skip
    found = sum_up([], complaints, *YEAR)
    assert (found.from_departments, found.from_customers, found.open_complaints) == (1, 1, 1)
    assert found.complaints == ("a", "d")


def test_weeks_from_monday_to_friday_cover_every_month() -> None:
    monday = date(2023, 12, 25)
    weeks = [(monday + timedelta(weeks=n), monday + timedelta(weeks=n, days=4)) for n in range(4 * 53)]
    covered = months_covered(weeks)
    assert [one for one in covered if date(2024, 1, 1) <= one < date(2028, 1, 1)] == [
        date(year, number, 1) for year in (2024, 2025, 2026, 2027) for number in range(1, 13)
    ]
    assert months_covered([(date(2026, 6, 1), date(2026, 6, 19))]) == ()


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 900))
def test_months_of_days_add_up(since: date, days: int) -> None:
    until = since + timedelta(days=days)
    assert months_in(since, until) == pytest.approx((days + 1) / 30.44, abs=0.12)
    whole = months_in(date(2026, 2, 1), date(2026, 3, 31))
    assert whole == 2.0


def test_nothing_recorded_is_empty() -> None:
    found = sum_up([], [], *YEAR)
    assert found.is_empty
    assert (found.tasks, found.quality, found.share_met, found.months) == (0, None, None, 0)
    assert months_in(date(9999, 12, 1), date.max) == 1.0
