"""What another grade of the same call changes: for reading before a regrade is applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.domain.grade import CallGrade
from trainer.domain.grading.decided import error_id

ABSENT = "absent"
"""Where one of two grades has no such check."""


@dataclass(frozen=True, slots=True)
class Change:
    """One check or fundamental error ("error:3") that is answered otherwise."""

    check: str
    before: str
    after: str


def changes_between(before: CallGrade, after: CallGrade) -> tuple[Change, ...]:
    """Every check and error whose answer differs, in the order of `after`, then what it lacks."""
    old, new = _answers(before), _answers(after)
    names = [*new, *(name for name in old if name not in new)]
    pairs = ((name, old.get(name, ABSENT), new.get(name, ABSENT)) for name in names)
    return tuple(Change(name, was, is_now) for name, was, is_now in pairs if was != is_now)


def _answers(grade: CallGrade) -> Mapping[str, str]:
    checks = {check.id: check.answer for one in grade.criteria for check in one.checks}
    return checks | {error_id(one.number): "yes" if one.decided else "undecided" for one in grade.errors}
