"""Stored calls as JSON documents, for the command line and for other systems, which act for no organisation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from trainer.domain.errors import NotFound
from trainer.domain.grade import CallGrade
from trainer.domain.grading.changes import changes_between
from trainer.ports import Ports
from trainer.services.call_log import case_of_call
from trainer.services.calls_grading import grade_call
from trainer.services.grading import grade_events
from trainer.services.marking import left_to_people
from trainer.services.marks import marks_of_calls
from trainer.services.reviewing import decided_grade
from trainer.store import calls as store
from trainer.store.calls import Call, CallGradeRow
from trainer.store.documents import from_document

Take = Callable[[Session, int], list[Call]]


def list_calls(session: Session) -> Iterator[dict[str, Any]]:
    """A row a call, in the order in which they were taken; a page of them in memory at a time."""
    for page in _pages(session, store.calls_after):
        grades = store.latest_grades(session, [call.id for call in page])
        for call in page:
            yield _row(call, grades.get(call.id))


def call_document(session: Session, call_id: str) -> dict[str, Any]:
    """{call, scenario, version, seed, language, mode, state, events, outcome, grade}; the grade is null before it is
    made. Raises NotFound."""
    call = store.find_call_anywhere(session, call_id)
    if call is None:
        raise NotFound("call.not_found")
    grade = store.latest_grade(session, call)
    return {
        "call": call.public_id,
        "scenario": call.scenario,
        "version": call.version,
        "seed": call.seed,
        "language": call.language,
        "mode": call.mode,
        "state": call.state,
        "events": [event.as_json() for event in store.events_of(session, call)],
        "outcome": call.outcome,
        "grade": grade.grade if grade else None,
    }


def regrade_calls(
    session: Session, ports: Ports, now: datetime, call_ids: tuple[str, ...], *, every: bool
) -> Iterator[dict[str, Any]]:
    """Grade again what is named, or every finished call, or those that owe a grade; a row a call as it is done.

    A call whose log, scenario, rubric and understanding are what they were keeps its grade. Raises NotFound.
    """
    for call_id in _to_grade(session, call_ids, every):
        call = store.find_call_anywhere(session, call_id)
        if call is None:
            raise NotFound("call.not_found", id=call_id)
        before = store.latest_grade(session, call)
        was = before.id if before else None
        row = grade_call(session, ports, call_id, now)
        made = {"overall": row.overall, "passed": row.passed, "changed": row.id != was} if row else {}
        yield {"call": call_id, "graded": row is not None, **made}


def preview_regrade(
    session: Session, ports: Ports, call_ids: tuple[str, ...], *, every: bool
) -> Iterator[dict[str, Any]]:
    """What `regrade_calls` would change, a row a call; nothing is written. Raises NotFound.

    `mark` is the one that counts, before and after, with what people decided in it.
    """
    for call_id in _to_grade(session, call_ids, every):
        call = store.find_call_anywhere(session, call_id)
        if call is None:
            raise NotFound("call.not_found", id=call_id)
        row, events = store.latest_grade(session, call), store.events_of(session, call)
        if call.state != store.FINISHED or not events:
            yield {"call": call_id, "graded": False}
            continue
        after = grade_events(events, case_of_call(session, call), ports)
        before = from_document(CallGrade, row.grade) if row else None
        yield {
            "call": call_id,
            "graded": True,
            "before": None if before is None else {"overall": before.overall, "passed": before.passed},
            "after": {"overall": after.overall, "passed": after.passed},
            "mark": _marks(session, call, row, after),
            "checks": [] if before is None else [asdict(change) for change in changes_between(before, after)],
        }


def _marks(session: Session, call: Call, row: CallGradeRow | None, after: CallGrade) -> dict[str, Any]:
    """The mark that counts now, and after a regrade. One that a person gave as a whole stays."""
    mark = marks_of_calls(session, [call.id])[call.id]
    then = (
        decided_grade(session, call, after, left_to_people(session, call))
        if mark.from_checks or not mark.is_human
        else None
    )
    before = {"overall": mark.overall, "passed": mark.passed} if row else None
    return {"before": before, "after": {"overall": then.overall, "passed": then.passed} if then else before}


def _to_grade(session: Session, call_ids: tuple[str, ...], every: bool) -> Iterator[str]:
    if call_ids:
        yield from call_ids
    elif every:
        for page in _pages(session, store.finished_calls):
            yield from [call.public_id for call in page]
    else:
        yield from [call.public_id for call in store.calls_owing_a_grade(session)]


def _pages(session: Session, take: Take) -> Iterator[list[Call]]:
    last = 0
    while page := take(session, last):
        last = page[-1].id
        yield page


def _row(call: Call, grade: CallGradeRow | None) -> dict[str, Any]:
    return {
        "call": call.public_id,
        "scenario": call.scenario,
        "language": call.language,
        "mode": call.mode,
        "state": call.state,
        "outcome": call.outcome,
        "started_at": call.started_at.isoformat(),
        "overall": grade.overall if grade else None,
        "passed": grade.passed if grade else None,
    }
