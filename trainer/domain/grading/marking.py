"""A person's own marking of a call, made without sight of the machine's: what is asked, and the grade that follows.

What is measured rather than judged (pace, pauses, handling time) is taken over from the machine: two people with a
stop-watch would not differ about it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from trainer.domain.grade import FUNDAMENTAL_ERRORS, CallGrade, Check
from trainer.domain.grading.decided import DECISIONS, Decision, answer_in, error_id, with_decisions

MEASURED = ("delivery", "handling_time")
FAR_APART = 10
"""Points of 100 from which two marks of one call are looked at by a third person."""
SECOND_MARKING_PERCENT = 10
"""How many of a hundred assessed calls are marked blind by a person, too, so that agreement is always measured."""

AGREEMENT_FLOOR = 0.6
"""Gwet's AC1 between machine and people under which people decide on a criterion: "substantial" begins here (Landis and
Koch, 1977)."""
FEWEST_CALLS = 20
"""Calls marked blind without which nothing is concluded."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A check or error that one marking answers otherwise than another."""

    check: str
    one: str
    other: str


def asked_checks(grade: CallGrade) -> tuple[Check, ...]:
    """The checks that a person is asked, in the rubric's order. Their answers are the machine's: not to be shown."""
    return tuple(check for one in grade.criteria if one.id not in MEASURED for check in one.checks)


def asked_ids(grade: CallGrade) -> tuple[str, ...]:
    """The ids of the checks that are asked, then those of the seven errors."""
    return (*(check.id for check in asked_checks(grade)), *(error_id(number) for number in FUNDAMENTAL_ERRORS))


def kept_answers(grade: CallGrade, answers: Mapping[str, str]) -> dict[str, str]:
    """Of `answers` those that answer what is asked, in its order; "" and unknown words fall out."""
    return {
        name: answers[name]
        for name in asked_ids(grade)
        if answers.get(name) in (DECISIONS[:2] if name.startswith("error:") else DECISIONS)
    }


def marked_by(grade: CallGrade, answers: Mapping[str, str], pass_mark: float) -> CallGrade:
    """The grade that a person's answers give. What they left open weighs nothing; an error not ticked was not made."""
    made = {error_id(number): "no" for number in FUNDAMENTAL_ERRORS} | dict(answers)
    decisions = {name: Decision(name, answer, "") for name, answer in made.items()}
    judged = [one.id for one in grade.criteria if one.id not in MEASURED]
    return with_decisions(grade, decisions, pass_mark, for_people=judged)


def differences(grade: CallGrade, answers: Mapping[str, str]) -> tuple[Difference, ...]:
    """Where a person answered otherwise than the grade. What the grade leaves undecided is no difference."""
    pairs = ((name, answer_in(grade, name), given) for name, given in answers.items())
    return tuple(Difference(n, m, p) for n, m, p in pairs if m is not None and m != "undecided" and m != p)


def far_apart(one: CallGrade, other: CallGrade) -> bool:
    """Whether two grades of one call are so different that a third person has to look."""
    return one.passed != other.passed or abs(one.overall - other.overall) >= FAR_APART


def people_decide(ac1: float | None, calls: int, *, did: bool) -> bool:
    """Whether people decide on a criterion from now on; `did` is how it was. Too few calls leave it so."""
    if ac1 is None or calls < FEWEST_CALLS:
        return did
    return ac1 < AGREEMENT_FLOOR


def is_drawn(public_id: str, percent: int = SECOND_MARKING_PERCENT) -> bool:
    """Whether the call with that id is among those that a person marks blind: by its id, so that it stays so."""
    return int(hashlib.sha256(public_id.encode()).hexdigest(), 16) % 100 < percent
