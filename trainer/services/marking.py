"""Marking a call blind: without sight of the machine's grade or of other people's. What it shows is how far to trust
both.

Who has opened the review of a call, decided on it or marked it, knows the mark, and is not asked any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, Invalid, NotAllowed
from trainer.domain.grade import CallGrade, Check, FieldGrade
from trainer.domain.grading.marking import asked_checks, differences, far_apart, is_drawn, kept_answers, marked_by
from trainer.domain.roles import Actor
from trainer.domain.scenario import Case
from trainer.services.agreement import settle_standings
from trainer.services.call_log import case_of_call
from trainer.services.calls_review import READ, Turn, transcript
from trainer.services.reviewing import effective_grade, open_item, pass_mark, reviewed_call
from trainer.store import calls as call_store
from trainer.store import markings as store
from trainer.store import reviews
from trainer.store.audit import has_entry, record
from trainer.store.calls import Call
from trainer.store.documents import from_document
from trainer.store.markings import CalibrationSession, Marking
from trainer.store.marks import marks_of

NOTE_LENGTH = 2000


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a person needs to mark a call: what was said, what is true, what was typed, and the questions.

    The `checks` carry the machine's answers, which a page must not show. `sessions` are the open calibration sessions
    that wait for this marking.
    """

    call: Call
    case: Case
    turns: tuple[Turn, ...]
    checks: tuple[Check, ...]
    record: tuple[FieldGrade, ...]
    rubric_version: str
    answers: Mapping[str, str]
    note: str
    is_handed_in: bool
    sessions: tuple[CalibrationSession, ...] = ()


def knows_the_mark(session: Session, user_id: int, call: Call) -> bool:
    """Whether this person took the call, or has seen or made a mark of it."""
    if call.user_id == user_id or has_entry(session, user_id, READ, call):
        return True
    rows = (*reviews.decisions_of(session, call), *marks_of(session, call.id))
    return any(row.by_id == user_id for row in rows)


def _blind(session: Session, actor: Actor, call_id: str) -> tuple[Call, CallGrade, Marking | None]:
    """The call, the machine's grade and the actor's own marking so far. Raises as `open_sheet`."""
    call, row = reviewed_call(session, actor, call_id)
    own = store.marking_of(session, call, actor.user_id)
    if not (own and own.handed_in_at) and knows_the_mark(session, actor.user_id, call):
        raise NotAllowed("marking.not_blind")
    return call, from_document(CallGrade, row.grade), own


def open_sheet(session: Session, actor: Actor, call_id: str) -> Sheet:
    """The sheet of an assessed call. Raises NotFound, Conflict before it is graded, NotAllowed for who knows the mark."""
    call, grade, own = _blind(session, actor, call_id)
    return Sheet(
        call=call,
        case=case_of_call(session, call),
        turns=transcript(call_store.events_of(session, call)),
        checks=asked_checks(grade),
        record=grade.record,
        rubric_version=grade.rubric_version,
        answers=own.answers if own else {},
        note=own.note if own else "",
        is_handed_in=bool(own and own.handed_in_at),
        sessions=tuple(store.sessions_to_mark(session, actor.user_id, call)),
    )


def keep_marking(
    session: Session, actor: Actor, call_id: str, *, answers: Mapping[str, str], note: str, done: bool, now: datetime
) -> Marking:
    """Keep the answers for later, or hand them in, after which they stay as they are.

    What the actor cannot say is left out of `answers`. Raises as `open_sheet`, Conflict when it was handed in already,
    Invalid for a long note and for handing in nothing.
    """
    call, grade, own = _blind(session, actor, call_id)
    if own is not None and own.handed_in_at is not None:
        raise Conflict("marking.handed_in")
    note = note.strip()
    if len(note) > NOTE_LENGTH:
        raise Invalid("marking.long_note", field="note", longest=NOTE_LENGTH)
    kept = kept_answers(grade, answers)
    if done and not kept:
        raise Invalid("marking.nothing", field="answers")
    if own is None:
        own = Marking(
            organisation_id=call.organisation_id, call_id=call.id, by_id=actor.user_id, by_name=actor.name, at=now
        )
        session.add(own)
    own.answers, own.note, own.at = kept, note, now
    if done:
        _hand_in(session, actor, call, grade, own, now)
    session.commit()
    return own


def _hand_in(session: Session, actor: Actor, call: Call, grade: CallGrade, own: Marking, now: datetime) -> None:
    theirs = marked_by(grade, own.answers, pass_mark(grade))
    own.overall, own.passed, own.handed_in_at = theirs.overall, theirs.passed, now
    session.flush()
    record(session, actor, "call.marked_blind", call, now, {"overall": theirs.overall, "passed": theirs.passed})
    asked = reviews.items_of(session, call).get("second")
    if asked is not None and asked.closed_at is None:
        asked.closed_at, asked.closed_by = now, actor.name
    settle_standings(session, actor, now)
    row = call_store.latest_grade(session, call)
    counts = effective_grade(session, call, row) if row else grade
    if far_apart(counts, theirs):
        open_item(session, call, "differs", [one.check for one in differences(counts, own.answers)], now)


def left_to_people(session: Session, call: Call) -> tuple[str, ...]:
    """The criteria (or "error:3") on which the machine has no say now. Of assessed calls: others wait for nobody."""
    if call.mode != "assessed":
        return ()
    found = store.standings(session, call.organisation_id)
    return tuple(sorted(name for name, row in found.items() if row.people_decide))


def ask_for_second(session: Session, call: Call, now: datetime) -> None:
    """Put an assessed call that was drawn for it into the queue, once. Does not commit."""
    drawn = call.mode == "assessed" and is_drawn(call.public_id)
    if drawn and "second" not in reviews.items_of(session, call):
        open_item(session, call, "second", [], now)


@dataclass(frozen=True, slots=True)
class BlindMark:
    """A marking that was handed in, for the review: by whom, what it gave, and the checks that the mark in force
    answers otherwise: (check id, there, here)."""

    by: str
    overall: int
    passed: bool
    note: str
    at: datetime
    differing: tuple[tuple[str, str, str], ...]


def blind_marks(session: Session, call: Call, counts: CallGrade) -> tuple[BlindMark, ...]:
    """Every marking of the call that was handed in, beside the grade that counts."""
    return tuple(
        BlindMark(
            row.by_name,
            row.overall or 0,
            bool(row.passed),
            row.note,
            row.handed_in_at or row.at,
            tuple((one.check, one.one, one.other) for one in differences(counts, row.answers)),
        )
        for row in store.handed_in(session, [call.id])[call.id]
    )
