"""How hard scenarios and their forms turned out to be, from real attempts. Pure statistics.

Forms are meant to be parallel: which name or amount a seed draws must not make a call harder. Whether it does is asked
of each drawn value by Welch's t-test, its marks against those of the other forms of the scenario, and the p-values are
corrected for having asked many times by Holm's method. Fewer than `FEWEST_MARKS` on either side say nothing.

Sources: B. L. Welch, "The generalization of Student's problem when several different population variances are
involved", Biometrika 34 (1947); S. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian
Journal of Statistics 6 (1979); the incomplete beta function as a continued fraction: NIST DLMF 8.17.22, evaluated by
the modified Lentz method.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, stdev

FEWEST_MARKS = 10
FEWEST_PEOPLE = 3
"""Figures of fewer people than this would show how a person did."""
LEVEL = 0.05
"""The chance, over all values asked about together, that one is called different although none is."""
TOO_FEW, ALIKE, DIFFERS = "too_few", "alike", "differs"
MOST_MISSED = 5


@dataclass(frozen=True, slots=True)
class Attempt:
    """A graded call: the mark that counts (0 to 100), its handle time in seconds, and the form's values by variable."""

    person: int
    mark: int
    passed: bool
    handle_s: float | None = None
    form: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Difficulty:
    """What attempts at a scenario came to. `shown` False: too few people, and every figure but `attempts` is None.

    `passed` is a share, 0 to 1; `mark` a mean, `spread` a standard deviation (None with one attempt), in points.
    """

    attempts: int
    people: int
    shown: bool
    passed: float | None = None
    mark: float | None = None
    spread: float | None = None
    handle_s: float | None = None


@dataclass(frozen=True, slots=True)
class FormValue:
    """One drawn value (or row of values drawn together) against all other forms of its scenario.

    `points` is the mean mark less that of the other forms (without those already found to differ more); `p` the corrected p-value (None where it was not tested);
    `verdict` "too_few", "alike" or "differs".
    """

    variable: str
    value: str
    attempts: int
    people: int
    mark: float | None
    points: float | None
    p: float | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Missed:
    """A check, in how many of the calls in which it was decided, and in what share of them, it was not met."""

    check: str
    missed: int
    decided: int

    @property
    def share(self) -> float:
        return self.missed / self.decided


def measure(attempts: Sequence[Attempt]) -> Difficulty:
    """The figures of one scenario."""
    people = len({attempt.person for attempt in attempts})
    if people < FEWEST_PEOPLE:
        return Difficulty(len(attempts), people, shown=False)
    marks = [attempt.mark for attempt in attempts]
    times = [attempt.handle_s for attempt in attempts if attempt.handle_s is not None]
    return Difficulty(
        attempts=len(attempts),
        people=people,
        shown=True,
        passed=fmean(attempt.passed for attempt in attempts),
        mark=fmean(marks),
        spread=stdev(marks) if len(marks) > 1 else None,
        handle_s=fmean(times) if times else None,
    )


def compare_forms(attempts: Sequence[Attempt]) -> list[FormValue]:
    """Every value that the attempts' forms drew, by variable; values that all forms share are left out."""
    drawn: dict[str, dict[str, list[Attempt]]] = defaultdict(lambda: defaultdict(list))
    for attempt in attempts:
        for variable, value in rows_of(attempt.form or {}).items():
            drawn[variable][value].append(attempt)
    drawn = {variable: values for variable, values in drawn.items() if len(values) > 1}
    questions = sum(len(values) for values in drawn.values())
    found = [one for variable, values in sorted(drawn.items()) for one in _compare(variable, values, questions)]
    return sorted(_corrected(found), key=lambda one: (one.variable, one.value))


def _compare(variable: str, values: Mapping[str, list[Attempt]], questions: int) -> list[FormValue]:
    """Each value against the others. One that differs is set aside before the rest are compared: beside a form that is
    far too hard, all others would look too easy."""
    left, aside = dict(values), list[FormValue]()
    while True:
        found = [_against_rest(variable, v, left[v], [a for o in left if o != v for a in left[o]]) for v in left]
        tested = [one for one in found if one.p is not None]
        furthest = min(tested, key=lambda one: one.p or 0.0, default=None)
        if furthest is None or len(left) < 3 or (furthest.p or 0.0) * questions >= LEVEL:
            return aside + found
        aside.append(furthest)
        del left[furthest.value]


def rows_of(form: Mapping[str, str]) -> dict[str, str]:
    """The form's values by group: "customer.name" and "customer.phone" were drawn together, as one row."""
    groups: dict[str, list[str]] = defaultdict(list)
    for variable, value in form.items():
        groups[variable.partition(".")[0]].append(value)
    return {group: ", ".join(values) for group, values in groups.items()}


def _against_rest(variable: str, value: str, chosen: Sequence[Attempt], rest: Sequence[Attempt]) -> FormValue:
    people, others_people = (len({attempt.person for attempt in side}) for side in (chosen, rest))
    if min(people, others_people) < FEWEST_PEOPLE:  # the mean of all and that of most would tell that of the few
        return FormValue(variable, value, len(chosen), people, None, None, None, TOO_FEW)
    marks, others = [a.mark for a in chosen], [a.mark for a in rest]
    mark = fmean(marks)
    if min(len(marks), len(others)) < FEWEST_MARKS:
        return FormValue(variable, value, len(chosen), people, mark, None, None, TOO_FEW)
    p = welch_p(marks, others)
    return FormValue(variable, value, len(chosen), people, mark, mark - fmean(others), p, ALIKE)


def _corrected(values: Sequence[FormValue]) -> list[FormValue]:
    tested = [number for number, value in enumerate(values) if value.p is not None]
    corrected = dict(zip(tested, holm([values[number].p or 0.0 for number in tested]), strict=True))
    return [
        replace(value, p=corrected[number], verdict=DIFFERS if corrected[number] < LEVEL else ALIKE)
        if number in corrected
        else value
        for number, value in enumerate(values)
    ]


def missed_checks(calls: Iterable[Iterable[tuple[str, str]]], most: int = MOST_MISSED) -> list[Missed]:
    """The checks that were missed most, from each call's (check, answer). A check counts once a call, by its plain name:
    of "record.field:phone" it is "record.field"; one "no" among several makes it missed."""
    missed: Counter[str] = Counter()
    decided: Counter[str] = Counter()
    for call in calls:
        answers: dict[str, set[str]] = defaultdict(set)
        for check, answer in call:
            if answer in ("yes", "no"):
                answers[check.partition(":")[0]].add(answer)
        decided.update(answers.keys())
        missed.update(check for check, given in answers.items() if "no" in given)
    found = [Missed(check, count, decided[check]) for check, count in missed.items()]
    return sorted(found, key=lambda one: (-one.share, -one.missed, one.check))[:most]


def welch_p(one: Sequence[float], other: Sequence[float]) -> float:
    """The two-sided p-value of Welch's t-test; each side has at least two values."""
    error = [stdev(marks) ** 2 / len(marks) for marks in (one, other)]
    difference = fmean(one) - fmean(other)
    if sum(error) == 0.0:  # everybody got the same mark on either side
        return 1.0 if difference == 0.0 else 0.0
    freedom = sum(error) ** 2 / (error[0] ** 2 / (len(one) - 1) + error[1] ** 2 / (len(other) - 1))
    t2 = difference**2 / sum(error)
    return incomplete_beta(freedom / 2, 0.5, freedom / (freedom + t2))


def holm(ps: Sequence[float]) -> list[float]:
    """The p-values corrected for being many, in the order given."""
    order = sorted(range(len(ps)), key=lambda place: ps[place])
    corrected = [0.0] * len(ps)
    highest = 0.0
    for rank, place in enumerate(order):
        highest = max(highest, min(1.0, ps[place] * (len(ps) - rank)))
        corrected[place] = highest
    return corrected


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b), for a and b above 0 and x from 0 to 1."""
    if x <= 0.0 or x >= 1.0:
        return 0.0 if x <= 0.0 else 1.0
    if x > (a + 1) / (a + b + 2):  # the fraction converges fast below this point only
        return 1.0 - incomplete_beta(b, a, 1.0 - x)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)) / a
    tiny = 1e-300
    c, d = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1) or tiny)
    value = d
    for m in range(1, 500):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        before = value
        for step in (even, odd):
            d = 1.0 / (1.0 + step * d or tiny)
            c = 1.0 + step / c or tiny
            value *= c * d
        if abs(value - before) < 1e-15 * abs(value):
            break
    return min(1.0, front * value)
