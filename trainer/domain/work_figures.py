"""The work of an operator in figures, E1 to E5 of the job description, summed up from what a supervisor recorded. Pure.

E1 tasks completed, E2 quality of tasks, E3 target indicators met, E4 and E5 justified complaints from other departments and
from customers. Over a span of days:

- A period counts if it lies in the span as a whole: nothing is cut in two, since nobody knows on which day a task was done.
- E1 is the sum of tasks. E2 is the mean of the quality percents weighted by tasks; a period without quality checks is left out.
- E3 is the share of met targets among those measured, one for each period and indicator. The target in force on the first day
  of a period is the one that counts for it; an indicator without a target, or a target without a figure, is not measured.
- E4 and E5 count complaints received in the span and found justified. Open ones are told apart and count for nothing.

Sums are exactly rounded, so that the order of the input changes nothing.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import fsum

AT_MOST, AT_LEAST = "at_most", "at_least"
DIRECTIONS = (AT_MOST, AT_LEAST)
DEPARTMENT, CUSTOMER = "department", "customer"
"""Where a complaint comes from: E4 and E5."""
SOURCES = (DEPARTMENT, CUSTOMER)
SECONDS, PERCENT, COUNT = "seconds", "percent", "count"
TASKS, QUALITY = "tasks", "quality"
"""E1 (a target is for a whole month) and E2: they may have targets of their own, which E3 does not count."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that a team measures: its unit, the direction in which it is usually good, and the largest figure that can
    be true."""

    id: str
    unit: str
    direction: str
    largest: int


INDICATORS: Mapping[str, Indicator] = {
    one.id: one
    for one in (
        Indicator("handle_time", SECONDS, AT_MOST, 7_200),
        Indicator("after_call_work", SECONDS, AT_MOST, 7_200),
        Indicator("hold_time", SECONDS, AT_MOST, 7_200),
        Indicator("first_contact_resolution", PERCENT, AT_LEAST, 100),
        Indicator("service_level", PERCENT, AT_LEAST, 100),
        Indicator("customer_satisfaction", PERCENT, AT_LEAST, 100),
        Indicator("schedule_adherence", PERCENT, AT_LEAST, 100),
        Indicator("occupancy", PERCENT, AT_LEAST, 100),
        Indicator("transfer_rate", PERCENT, AT_MOST, 100),
        Indicator("repeat_calls", PERCENT, AT_MOST, 100),
        Indicator("conversion", PERCENT, AT_LEAST, 100),
    )
}
"""What E3 may be made of, in the order of tables."""
MEASURES: Mapping[str, Indicator] = {
    TASKS: Indicator(TASKS, COUNT, AT_LEAST, 100_000),
    QUALITY: Indicator(QUALITY, PERCENT, AT_LEAST, 100),
    **INDICATORS,
}
"""What may have a target."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a team is to reach from a day on, until the next target of the same indicator; `value` None: no target any more.

    Of two of one day the later in the list counts.
    """

    indicator: str
    direction: str
    value: float | None
    since: date


@dataclass(frozen=True, slots=True)
class Period:
    """Recorded work of one person from `since` to `until`, both included. `record` is its public id; `targets` are the team's,
    in the order they were set; `quality` in percent, None where nothing was checked; `values` by indicator."""

    record: str
    since: date
    until: date
    tasks: int
    quality: float | None = None
    values: Mapping[str, float] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint about one person. `justified` is None until somebody decides."""

    record: str
    source: str
    received: date
    justified: bool | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure of a period beside its target. For tasks `target` is the month's, in proportion to the days."""

    indicator: str
    value: float
    target: float
    direction: str

    @property
    def met(self) -> bool:
        return self.value <= self.target if self.direction == AT_MOST else self.value >= self.target


@dataclass(frozen=True, slots=True)
class IndicatorFigure:
    """An indicator over the span: its mean weighted by tasks, and in how many of the periods with a target it was met."""

    indicator: str
    mean: float
    met: int
    measured: int


@dataclass(frozen=True, slots=True)
class WorkFigures:
    """E1 to E5 of one person over `since` to `until`.

    `months` are the calendar months covered (see `months_covered`), `records` the public ids of the periods counted by day,
    `complaints` those of the justified complaints counted. `quality` and `share_met` are percents, None where there is
    nothing to take them from.
    """

    since: date
    until: date
    tasks: int = 0
    quality: float | None = None
    met: int = 0
    measured: int = 0
    from_departments: int = 0
    from_customers: int = 0
    open_complaints: int = 0
    months: int = 0
    indicators: tuple[IndicatorFigure, ...] = ()
    records: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()

    @property
    def share_met(self) -> float | None:
        return 100 * self.met / self.measured if self.measured else None

    @property
    def is_empty(self) -> bool:
        return not (self.records or self.complaints or self.open_complaints)


def target_on(targets: Iterable[Target], indicator: str, day: date) -> Target | None:
    """The target of the indicator in force on that day; None without one."""
    found: Target | None = None
    for one in targets:
        if one.indicator == indicator and one.since <= day and (found is None or one.since >= found.since):
            found = one
    return None if found is None or found.value is None else found


def measure(period: Period) -> tuple[Measured, ...]:
    """Every figure of the period that has a target, tasks and quality first."""
    figures: dict[str, float] = {TASKS: float(period.tasks)}
    if period.quality is not None:
        figures[QUALITY] = period.quality
    figures |= {name: period.values[name] for name in INDICATORS if name in period.values}
    found = []
    for name, value in figures.items():
        target = target_on(period.targets, name, period.since)
        if target is not None and target.value is not None:
            wanted = round(target.value * months_in(period.since, period.until), 6) if name == TASKS else target.value
            found.append(Measured(name, value, wanted, target.direction))
    return tuple(found)


def months_in(since: date, until: date) -> float:
    """How many months the days are: 1.0 for a whole calendar month, 0.5 for the first half of June."""
    return fsum(days / length for days, length in _days_by_month([(since, until)]).values())


def months_covered(spans: Iterable[tuple[date, date]]) -> tuple[date, ...]:
    """The calendar months (as their first days) of which at least two thirds of the days lie in `spans`, which do not
    overlap. Two thirds, so that weeks from Monday to Friday cover every month."""
    return tuple(month for month, (days, length) in sorted(_days_by_month(spans).items()) if 3 * days >= 2 * length)


def _days_by_month(spans: Iterable[tuple[date, date]]) -> dict[date, tuple[int, int]]:
    """{first day of a month: (its days in the spans, its length)}."""
    found: dict[date, tuple[int, int]] = {}
    for since, until in spans:
        first = since
        while first <= until:
            length = monthrange(first.year, first.month)[1]
            last = min(first.replace(day=length), until)
            month = first.replace(day=1)
            found[month] = (found.get(month, (0, 0))[0] + (last - first).days + 1, length)
            if last == date.max:
                break
            first = last + timedelta(days=1)
    return found


def weighted_mean(pairs: Iterable[tuple[float, int]]) -> float | None:
    """The mean of values weighted by tasks; of all alike where no task was done at all; None of nothing."""
    rows = list(pairs)
    if not rows:
        return None
    weight = sum(tasks for _value, tasks in rows)
    if weight == 0:
        return fsum(value for value, _tasks in rows) / len(rows)
    mean = fsum(value * tasks for value, tasks in rows) / weight
    return min(max(mean, min(value for value, _ in rows)), max(value for value, _ in rows))


def sum_up(periods: Iterable[Period], complaints: Iterable[Complaint], since: date, until: date) -> WorkFigures:
    """E1 to E5 of one person over the days `since` to `until`, both included; the periods do not overlap."""
    counted = [one for one in periods if since <= one.since and one.until <= until]
    counted.sort(key=lambda one: (one.since, one.record))
    received = [one for one in complaints if since <= one.received <= until]
    received.sort(key=lambda one: (one.received, one.record))
    justified = [one for one in received if one.justified]
    results = [one for period in counted for one in measure(period) if one.indicator in INDICATORS]
    return WorkFigures(
        since=since,
        until=until,
        tasks=sum(one.tasks for one in counted),
        quality=weighted_mean((one.quality, one.tasks) for one in counted if one.quality is not None),
        met=sum(one.met for one in results),
        measured=len(results),
        from_departments=sum(one.source == DEPARTMENT for one in justified),
        from_customers=sum(one.source == CUSTOMER for one in justified),
        open_complaints=sum(one.justified is None for one in received),
        months=len(months_covered((one.since, one.until) for one in counted)),
        indicators=tuple(_indicator(name, counted, results) for name in INDICATORS if any(name in p.values for p in counted)),
        records=tuple(one.record for one in counted),
        complaints=tuple(one.record for one in justified),
    )  # fmt: skip


def _indicator(name: str, counted: list[Period], results: list[Measured]) -> IndicatorFigure:
    own = [one for one in results if one.indicator == name]
    mean = weighted_mean((one.values[name], one.tasks) for one in counted if name in one.values)
    return IndicatorFigure(name, mean if mean is not None else 0.0, sum(one.met for one in own), len(own))
