"""What gates count: assessed calls, exams, drills and signatures of many people, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased

from trainer.store.base import ask
from trainer.store.calls import FINISHED, Call, CallGradeRow, newest_grade_id
from trainer.store.exams import ExamAttempt
from trainer.store.job_descriptions import JobDescriptionEdition, JobDescriptionSignature
from trainer.store.marks import CallMark, newest_mark_id
from trainer.store.practice import PracticeRound
from trainer.store.reviews import CheckDecision

# Statements are made once: building a query costs more than running it, and pages of careers ask all of them.


@dataclass(frozen=True, slots=True)
class CountedCallRow:
    """A finished assessed call with what gates ask of its newest grade; `overall` is None until it is graded.

    `overall` and `passed` are the mark that counts: a person's where one gave it, else the machine's. `errors` are the
    machine's; what people decided about them is in `error_decisions`.
    """

    id: int
    user_id: int
    public_id: str
    scenario: str
    version: str
    title: str
    form: dict[str, str]
    ended_at: datetime
    overall: int | None
    passed: bool
    success: bool
    rubric: str
    errors: list[dict[str, Any]]
    figures: dict[str, float]
    people_decide: list[str]


_ASSESSED = (
    select(
        Call.id, Call.user_id, Call.public_id, Call.scenario, Call.version, Call.title, Call.form,
        func.coalesce(Call.ended_at, Call.touched_at).label("ended_at"),
        func.coalesce(CallMark.overall, CallGradeRow.overall).label("overall"),
        func.coalesce(CallMark.passed, CallGradeRow.passed).label("passed"),
        CallGradeRow.rubric_version,
        CallGradeRow.grade["errors"].label("errors"),
        CallGradeRow.grade["figures"].label("figures"),
        CallGradeRow.grade["success"].label("success"),
        CallGradeRow.people_decide,
    )
    .select_from(Call)
    .outerjoin(CallGradeRow, CallGradeRow.id == newest_grade_id())
    .outerjoin(CallMark, CallMark.id == newest_mark_id())
    .where(
        Call.user_id.in_(bindparam("user_ids", expanding=True)),
        Call.mode == "assessed",
        Call.state == FINISHED,
        Call.next_seq > 1,
    )
    .order_by(Call.id)
)  # fmt: skip


def assessed_calls(session: Session, user_ids: Iterable[int]) -> list[CountedCallRow]:
    """Finished assessed calls of these people, in one query. A call that nobody answered has no log and is left out."""
    return [
        CountedCallRow(
            id=row.id,
            user_id=row.user_id,
            public_id=row.public_id,
            scenario=row.scenario,
            version=row.version,
            title=row.title,
            form=row.form or {},
            ended_at=row.ended_at,
            overall=row.overall,
            passed=bool(row.passed),
            success=row.success is not False,
            rubric=row.rubric_version or "",
            errors=list(row.errors or []),
            figures=dict(row.figures or {}),
            people_decide=list(row.people_decide or []),
        )
        for row in ask(session, _ASSESSED, {"user_ids": list(user_ids)})
    ]


_ERROR_DECISIONS = (
    select(CheckDecision.call_id, CheckDecision.check_id, CheckDecision.answer)
    .where(
        CheckDecision.call_id.in_(bindparam("call_ids", expanding=True)), CheckDecision.check_id.startswith("error:")
    )
    .order_by(CheckDecision.id)
)


def error_decisions(session: Session, call_ids: Collection[int]) -> dict[int, dict[int, str]]:
    """Call id -> fundamental error -> the newest answer of a person: "yes" it was made, "no", "" taken back."""
    found: dict[int, dict[int, str]] = {}
    if not call_ids:
        return found
    for row in ask(session, _ERROR_DECISIONS, {"call_ids": list(call_ids)}):
        number = row.check_id.partition(":")[2]
        if number.isdigit():
            found.setdefault(row.call_id, {})[int(number)] = row.answer
    return found


_EXAMS = (
    select(ExamAttempt.user_id, ExamAttempt.exam, ExamAttempt.finished_at, ExamAttempt.public_id, ExamAttempt.percent)
    .where(
        ExamAttempt.user_id.in_(bindparam("user_ids", expanding=True)),
        ExamAttempt.passed,
        ExamAttempt.finished_at.is_not(None),
    )
    .order_by(ExamAttempt.finished_at, ExamAttempt.id)
)


def exams_passed(session: Session, user_ids: Iterable[int]) -> list[tuple[int, str, datetime, str, int]]:
    """(user id, exam, handed in at, public id, percent), the oldest first."""
    rows = ask(session, _EXAMS, {"user_ids": list(user_ids)})
    return [(row[0], row[1], row[2], row[3], row[4] or 0) for row in rows]


_DRILLS = (
    select(
        PracticeRound.user_id, PracticeRound.kind, PracticeRound.finished_at, PracticeRound.public_id,
        PracticeRound.values["wpm"].label("wpm"),
    )
    .where(
        PracticeRound.user_id.in_(bindparam("user_ids", expanding=True)),
        PracticeRound.passed,
        PracticeRound.finished_at.is_not(None),
    )
    .order_by(PracticeRound.finished_at, PracticeRound.id)
)  # fmt: skip


def drills_passed(session: Session, user_ids: Iterable[int]) -> list[tuple[int, str, datetime, str, float]]:
    """(user id, kind of drill, done at, public id, words a minute or 0), the oldest first."""
    rows = ask(session, _DRILLS, {"user_ids": list(user_ids)})
    return [(row[0], row[1], row[2], row[3], float(row[4] or 0)) for row in rows]


_other = aliased(JobDescriptionEdition)
_SIGNED = (
    select(JobDescriptionSignature.user_id, JobDescriptionSignature.public_id, JobDescriptionSignature.signed_at)
    .join(JobDescriptionEdition, JobDescriptionEdition.id == JobDescriptionSignature.edition_id)
    .where(
        JobDescriptionSignature.user_id.in_(bindparam("user_ids", expanding=True)),
        JobDescriptionEdition.number
        == select(func.max(_other.number))
        .where(_other.organisation_id == JobDescriptionEdition.organisation_id)
        .correlate(JobDescriptionEdition)
        .scalar_subquery(),
    )
)


def signatures_in_force(session: Session, user_ids: Iterable[int]) -> dict[int, tuple[str, datetime]]:
    """User id -> (public id, time) of their signature under their organisation's newest edition of the job description."""
    return {row[0]: (row[1], row[2]) for row in ask(session, _SIGNED, {"user_ids": list(user_ids)})}
