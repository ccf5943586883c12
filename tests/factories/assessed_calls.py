"""Finished calls with a grade, as they stand in the database, for tests of what is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy.orm import Session

from trainer.domain.grade import RUBRIC_CRITERIA, CallGrade, Check, CriterionGrade, ErrorFound, Evidence
from trainer.store.accounts import User
from trainer.store.calls import FINISHED, Call, CallGradeRow
from trainer.store.documents import to_document

_numbers = count(1)


def make_grade(
    overall: int = 80,
    *,
    passed: bool = True,
    scores: dict[str, int | None] | None = None,
    errors: Sequence[tuple[int, bool]] = (),
    undecided: Sequence[str] = (),
    rubric: str = "call-1",
) -> CallGrade:
    """A grade whose every criterion of `rubric` scores `overall` unless `scores` says otherwise; each has one check."""
    criteria_of = RUBRIC_CRITERIA[rubric.partition("-")[0]]
    wanted = {criterion: (scores or {}).get(criterion, overall) for criterion in criteria_of}
    criteria = tuple(_criterion(name, score, undecided) for name, score in wanted.items())
    found = tuple(ErrorFound(number, (Evidence("so what", "rude"),), decided) for number, decided in errors)
    return CallGrade(
        scenario="late-parcel-small", scenario_version="v1", rubric_version=rubric, understanding_version="u-1",
        outcome="resolved", success=True, overall=overall, passed=passed, criteria=criteria, objections=(),
        errors=found, record=(), figures={}, undecided=tuple(undecided), advice=None,
    )  # fmt: skip


def _criterion(name: str, score: int | None, undecided: Sequence[str]) -> CriterionGrade:
    check = {"opening": "opening.greeting", "closing": "closing.goodbye"}.get(name, f"{name}.x")
    answer = "undecided" if check in undecided else "not_applicable" if score is None else "yes"
    evidence = (Evidence("good morning", "greeting", seq=2),)
    return CriterionGrade(name, 10, score, (Check(check, name, answer, 1, evidence),))


def make_call(
    session: Session,
    user: User,
    at: datetime,
    *,
    mode: str = "assessed",
    state: str = FINISHED,
    grade: CallGrade | None = None,
) -> Call:
    """A call of `user` that began at `at` and, if finished, ended five minutes later."""
    call = Call(
        organisation_id=user.organisation_id, user_id=user.id, scenario="late-parcel-small", version="v1",
        title="A late parcel", seed=7, language="en", mode=mode, state=state, outcome="resolved", started_at=at,
        ended_at=at + timedelta(minutes=5), touched_at=at + timedelta(minutes=6), next_seq=9,
    )  # fmt: skip
    session.add(call)
    session.flush()
    if grade:
        add_grade(session, call, grade)
    session.commit()
    return call


def add_grade(session: Session, call: Call, grade: CallGrade) -> None:
    session.add(
        CallGradeRow(
            call_id=call.id, grade=to_document(grade), rubric_version=grade.rubric_version,
            understanding_version=grade.understanding_version, digest=f"digest-{next(_numbers)}",
            overall=grade.overall, passed=grade.passed, made_at=call.touched_at,
        )
    )  # fmt: skip
    session.commit()
