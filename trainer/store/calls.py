"""Calls: the row of each call, its append-only events, and the grades made of them.

An event row is never changed or removed while its call lives; only erasing a whole call removes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    ScalarSelect,
    String,
    UniqueConstraint,
    bindparam,
    case,
    delete,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from trainer.domain.events import Event
from trainer.extensions import db
from trainer.store.base import Row, UtcDateTime, ask

RINGING, LIVE, WRAP_UP, FINISHED = "ringing", "live", "wrap_up", "finished"
"""The states of a call: not yet answered, on the line, over but not yet written up, done and to be graded."""
MODES = ("guided", "practice", "assessed")
"""With a checklist and for oneself; for oneself alone; without help, once a form, and for the record."""


class Call(Row):
    """One simulated call. `holder` is the browser tab that works it; `touched_at` when it last did."""

    __tablename__ = "calls"
    __table_args__ = (
        Index("ix_calls_user_started", "user_id", "started_at"),
        Index("ix_calls_state_touched", "state", "touched_at"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    scenario: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(64))
    title: Mapped[str] = mapped_column(String(200), default="")
    seed: Mapped[int]
    form: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    language: Mapped[str] = mapped_column(String(8))
    mode: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16), default=RINGING)
    outcome: Mapped[str | None] = mapped_column(String(32))
    consent_recording: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    touched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    holder: Mapped[str] = mapped_column(String(64), default="")
    next_seq: Mapped[int] = mapped_column(default=1)
    regrade_owed: Mapped[bool] = mapped_column(default=False)


class CallEvent(db.Model):  # type: ignore[name-defined,misc]
    """An event of a call. `batch` is the seq of the event that caused it, so that a re-sent turn finds its answer."""

    __tablename__ = "call_events"
    __table_args__ = (
        UniqueConstraint("call_id", "seq", name="uq_call_events_call_seq"),
        UniqueConstraint("call_id", "turn_id", name="uq_call_events_call_turn"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    seq: Mapped[int]
    batch: Mapped[int]
    turn_id: Mapped[str | None] = mapped_column(String(64))
    at_ms: Mapped[int]
    type: Mapped[str] = mapped_column(String(32))
    data: Mapped[dict[str, Any]] = mapped_column(JSON)

    def as_event(self) -> Event:
        return Event(seq=self.seq, at_ms=self.at_ms, type=self.type, data=self.data)


class CallGradeRow(Row):
    """The machine's grade of a call as it stood for one log, rubric and understanding. Never changed, only added to.

    `digest` names those inputs; `grade` is the JSON form of `domain.grade.CallGrade`, with every answer of the machine.
    `people_decide` are the criteria (or "error:3") on which it had no say then: `overall` and `passed` are without them.
    """

    __tablename__ = "call_grades"
    __table_args__ = (UniqueConstraint("call_id", "digest", name="uq_call_grades_call_digest"),)

    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id"))
    grade: Mapped[dict[str, Any]] = mapped_column(JSON)
    people_decide: Mapped[list[str]] = mapped_column(JSON, default=list, server_default="[]")
    rubric_version: Mapped[str] = mapped_column(String(64))
    understanding_version: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    overall: Mapped[int]
    passed: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


def add_call(session: Session, call: Call) -> Call:
    session.add(call)
    session.flush()
    return call


def find_call(session: Session, organisation_id: int, public_id: str) -> Call | None:
    """The call of that organisation, or None."""
    return session.scalar(select(Call).where(Call.public_id == public_id, Call.organisation_id == organisation_id))


def find_call_anywhere(session: Session, public_id: str) -> Call | None:
    """For jobs and commands, which act for no organisation."""
    return session.scalar(select(Call).where(Call.public_id == public_id))


def events_of(session: Session, call: Call, after: int = 0) -> list[Event]:
    """The call's events with seq > `after`, in order."""
    rows = session.scalars(
        select(CallEvent).where(CallEvent.call_id == call.id, CallEvent.seq > after).order_by(CallEvent.seq)
    )
    return [row.as_event() for row in rows]


def find_event(session: Session, call: Call, seq: int) -> Event | None:
    row = session.scalar(select(CallEvent).where(CallEvent.call_id == call.id, CallEvent.seq == seq))
    return row.as_event() if row else None


def answer_to_turn(session: Session, call: Call, turn_id: str) -> list[Event] | None:
    """All events that the turn `turn_id` wrote, or None if it was never taken."""
    seq = session.scalar(select(CallEvent.seq).where(CallEvent.call_id == call.id, CallEvent.turn_id == turn_id))
    if seq is None:
        return None
    rows = session.scalars(
        select(CallEvent).where(CallEvent.call_id == call.id, CallEvent.batch == seq).order_by(CallEvent.seq)
    )
    return [row.as_event() for row in rows]


def append_events(session: Session, call: Call, events: Sequence[Event], turn_id: str | None = None) -> None:
    """Write `events` (the first of which `turn_id` names); IntegrityError at flush when another writer was first."""
    for place, event in enumerate(events):
        session.add(
            CallEvent(
                call_id=call.id,
                seq=event.seq,
                batch=events[0].seq,
                turn_id=turn_id if place == 0 else None,
                at_ms=event.at_ms,
                type=event.type,
                data=dict(event.data),
            )
        )
    if events:
        call.next_seq = events[-1].seq + 1
    session.flush()


def calls_of_user(session: Session, user_id: int, limit: int = 50, offset: int = 0) -> list[Call]:
    """A person's calls, the latest first."""
    query = select(Call).where(Call.user_id == user_id).order_by(Call.started_at.desc(), Call.id.desc())
    return list(session.scalars(query.limit(limit).offset(offset)))


def count_calls_of_user(session: Session, user_id: int) -> int:
    return session.scalar(select(func.count()).select_from(Call).where(Call.user_id == user_id)) or 0


def assessed_forms(session: Session, user_id: int, scenario: str) -> list[dict[str, str]]:
    """The forms of that scenario that the person had in assessed calls, whether finished or not."""
    query = select(Call.form).where(Call.user_id == user_id, Call.scenario == scenario, Call.mode == "assessed")
    return list(session.scalars(query))


_OPEN = (
    select(Call)
    .where(Call.user_id == bindparam("user_id"), Call.state.in_((RINGING, LIVE, WRAP_UP)))
    .order_by(Call.started_at.desc())
)


def open_calls_of_user(session: Session, user_id: int) -> list[Call]:
    """Calls of a person that wait for them: ringing, on the line, or not yet written up."""
    return list(session.scalars(_OPEN, {"user_id": user_id}))


def newest_grade_id() -> ScalarSelect[int]:
    """The number of the newest grade of the `Call` of the query around it."""
    grade = aliased(CallGradeRow)
    return select(func.max(grade.id)).where(grade.call_id == Call.id).correlate(Call).scalar_subquery()


def latest_grades(session: Session, call_ids: Iterable[int]) -> dict[int, CallGradeRow]:
    """The newest grade of each call, by call id, in one query."""
    ids = list(call_ids)
    if not ids:
        return {}
    rows = session.scalars(select(CallGradeRow).where(CallGradeRow.call_id.in_(ids)).order_by(CallGradeRow.id))
    return {row.call_id: row for row in rows}


@dataclass(frozen=True, slots=True)
class Best:
    """The best that a person has reached in a scenario: its mark, whether it was ever passed, calls graded."""

    overall: int
    passed: bool
    calls: int


_BEST = (
    select(
        Call.scenario,
        func.max(CallGradeRow.overall),
        func.max(case((CallGradeRow.passed, 1), else_=0)),
        func.count(func.distinct(Call.id)),
    )
    .join(CallGradeRow, CallGradeRow.call_id == Call.id)
    .where(Call.user_id == bindparam("user_id"))
    .group_by(Call.scenario)
)


def best_results(session: Session, user_id: int) -> dict[str, Best]:
    """The person's best result by scenario, of all modes, in one query."""
    rows = ask(session, _BEST, {"user_id": user_id})
    return {row[0]: Best(int(row[1]), bool(row[2]), int(row[3])) for row in rows}


_GRADED = (
    select(Call, CallGradeRow)
    .join(CallGradeRow, CallGradeRow.id == newest_grade_id())
    .where(Call.user_id == bindparam("user_id"))
    .order_by(Call.started_at.desc(), Call.id.desc())
    .limit(bindparam("most"))
)
"""Made once, as `_BEST` and `_OPEN`: building a query costs more than running it."""


def graded_calls_of_user(session: Session, user_id: int, limit: int) -> list[tuple[Call, CallGradeRow]]:
    """A person's latest graded calls with the newest grade of each, the latest first, in one query."""
    rows = session.execute(_GRADED, {"user_id": user_id, "most": limit})
    return [(row[0], row[1]) for row in rows]


def latest_grade(session: Session, call: Call) -> CallGradeRow | None:
    return latest_grades(session, [call.id]).get(call.id)


def grades_of(session: Session, call: Call) -> list[CallGradeRow]:
    """Every grade that was ever given to the call, the first first."""
    return list(session.scalars(select(CallGradeRow).where(CallGradeRow.call_id == call.id).order_by(CallGradeRow.id)))


def grade_by_digest(session: Session, call: Call, digest: str) -> CallGradeRow | None:
    return session.scalar(select(CallGradeRow).where(CallGradeRow.call_id == call.id, CallGradeRow.digest == digest))


def calls_owing_a_grade(session: Session, limit: int = 100) -> list[Call]:
    """Finished calls that have no grade, or whose transcript was corrected since. Calls never answered owe none."""
    graded = select(CallGradeRow.call_id).where(CallGradeRow.call_id == Call.id).exists()
    query = select(Call).where(Call.state == FINISHED, Call.next_seq > 1, (~graded) | Call.regrade_owed)
    return list(session.scalars(query.order_by(Call.ended_at).limit(limit)))


def finished_calls(session: Session, after_id: int = 0, limit: int = 100) -> list[Call]:
    """Finished calls in order of id, a page at a time (for regrading all)."""
    query = select(Call).where(Call.state == FINISHED, Call.id > after_id).order_by(Call.id).limit(limit)
    return list(session.scalars(query))


def calls_after(session: Session, after_id: int = 0, limit: int = 100) -> list[Call]:
    """Every call in order of id, a page at a time."""
    return list(session.scalars(select(Call).where(Call.id > after_id).order_by(Call.id).limit(limit)))


def calls_left_open(session: Session, untouched_since: datetime, limit: int = 100) -> list[Call]:
    """Calls nobody touched since then, not finished."""
    query = select(Call).where(Call.state.in_((RINGING, LIVE, WRAP_UP)), Call.touched_at < untouched_since)
    return list(session.scalars(query.order_by(Call.touched_at).limit(limit)))


def erase_call(session: Session, call: Call) -> None:
    """Remove the call, its events and its grades."""
    session.execute(delete(CallGradeRow).where(CallGradeRow.call_id == call.id))
    session.execute(delete(CallEvent).where(CallEvent.call_id == call.id))
    session.delete(call)
    session.flush()
