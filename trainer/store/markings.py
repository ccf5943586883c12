"""Blind markings of calls by people, sessions in which several mark the same calls, and who may not decide alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.extensions import db
from trainer.store.accounts import User
from trainer.store.base import Row, UtcDateTime
from trainer.store.calls import FINISHED, Call, CallGradeRow


class Marking(Row):
    """A person's answers to the checks and errors of one call, given blind: {check id: answer}.

    Until it is handed in (`handed_in_at`) it may be gone on with; after that it is never changed. `overall` 0 to 100 and
    `passed` follow from the answers.
    """

    __tablename__ = "markings"
    __table_args__ = (
        UniqueConstraint("call_id", "by_id", name="uq_markings_call_by"),
        Index("ix_markings_organisation", "organisation_id", "handed_in_at"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    answers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    note: Mapped[str] = mapped_column(Text, default="")
    overall: Mapped[int | None]
    passed: Mapped[bool | None]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    handed_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CalibrationSession(Row):
    """Several people mark the same calls blind and compare. Open until `closed_at`; `agreed` is what they settled."""

    __tablename__ = "calibration_sessions"
    __table_args__ = (Index("ix_calibration_sessions_organisation", "organisation_id", "opened_at"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    title: Mapped[str] = mapped_column(String(120))
    led_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    led_by_name: Mapped[str] = mapped_column(String(120))
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    agreed: Mapped[str] = mapped_column(Text, default="")


class CalibrationCall(db.Model):  # type: ignore[name-defined,misc]
    """A call of a session."""

    __tablename__ = "calibration_calls"

    session_id: Mapped[int] = mapped_column(ForeignKey("calibration_sessions.id", ondelete="CASCADE"), primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"), primary_key=True)


class CalibrationMarker(db.Model):  # type: ignore[name-defined,misc]
    """A person who marks the calls of a session."""

    __tablename__ = "calibration_markers"

    session_id: Mapped[int] = mapped_column(ForeignKey("calibration_sessions.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)


class CriterionStanding(Row):
    """Whether the machine may decide on a criterion (or "error:3") alone; the newest row of a criterion counts.

    `ac1` (Gwet's, machine against people) over `calls` calls is why.
    """

    __tablename__ = "criterion_standings"
    __table_args__ = (Index("ix_criterion_standings_organisation", "organisation_id", "criterion", "id"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    criterion: Mapped[str] = mapped_column(String(40))
    people_decide: Mapped[bool]
    ac1: Mapped[float]
    calls: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def standings(session: Session, organisation_id: int) -> dict[str, CriterionStanding]:
    """The newest row of each criterion that has one."""
    query = select(CriterionStanding).where(CriterionStanding.organisation_id == organisation_id)
    return {row.criterion: row for row in session.scalars(query.order_by(CriterionStanding.id))}


def marking_of(session: Session, call: Call, by_id: int) -> Marking | None:
    return session.scalar(select(Marking).where(Marking.call_id == call.id, Marking.by_id == by_id))


def handed_in(session: Session, call_ids: Iterable[int]) -> dict[int, list[Marking]]:
    """The markings of each call that were handed in, by call id, the oldest first. One query."""
    ids = list(call_ids)
    found: dict[int, list[Marking]] = {number: [] for number in ids}
    query = select(Marking).where(Marking.call_id.in_(ids), Marking.handed_in_at.is_not(None)).order_by(Marking.id)
    for row in session.scalars(query) if ids else ():
        found[row.call_id].append(row)
    return found


def marked_calls(session: Session, organisation_id: int, limit: int) -> list[int]:
    """The ids of calls with markings handed in, the newest first."""
    query = select(Marking.call_id).where(Marking.organisation_id == organisation_id, Marking.handed_in_at.is_not(None))
    return list(session.scalars(query.distinct().order_by(Marking.call_id.desc()).limit(limit)))


def last_handed_in(session: Session, organisation_id: int) -> tuple[int, datetime | None]:
    """How many markings were handed in, and when the last one was."""
    query = select(func.count(), func.max(Marking.handed_in_at)).where(
        Marking.organisation_id == organisation_id, Marking.handed_in_at.is_not(None)
    )
    count, newest = session.execute(query).one()
    return int(count), newest


def find_session(session: Session, organisation_id: int, public_id: str) -> CalibrationSession | None:
    query = select(CalibrationSession).where(
        CalibrationSession.public_id == public_id, CalibrationSession.organisation_id == organisation_id
    )
    return session.scalar(query)


def sessions_of(session: Session, organisation_id: int, limit: int = 100) -> list[CalibrationSession]:
    """The newest first."""
    query = select(CalibrationSession).where(CalibrationSession.organisation_id == organisation_id)
    return list(session.scalars(query.order_by(CalibrationSession.id.desc()).limit(limit)))


def parts_of_sessions(
    session: Session, session_ids: Collection[int]
) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    """The ids of the calls and of the people of each session, by session id. Two queries."""
    calls: dict[int, list[int]] = {number: [] for number in session_ids}
    people: dict[int, list[int]] = {number: [] for number in session_ids}
    if session_ids:
        for call in session.scalars(select(CalibrationCall).where(CalibrationCall.session_id.in_(session_ids))):
            calls[call.session_id].append(call.call_id)
        for one in session.scalars(select(CalibrationMarker).where(CalibrationMarker.session_id.in_(session_ids))):
            people[one.session_id].append(one.user_id)
    return calls, people


def calls_of_session(session: Session, held: CalibrationSession) -> list[Call]:
    """In the order in which they were taken."""
    query = select(Call).join(CalibrationCall, CalibrationCall.call_id == Call.id)
    return list(session.scalars(query.where(CalibrationCall.session_id == held.id).order_by(Call.id)))


def markers_of_session(session: Session, held: CalibrationSession) -> list[User]:
    """By name."""
    query = select(User).join(CalibrationMarker, CalibrationMarker.user_id == User.id)
    return list(session.scalars(query.where(CalibrationMarker.session_id == held.id).order_by(User.sort_name, User.id)))


def sessions_to_mark(session: Session, user_id: int, call: Call) -> list[CalibrationSession]:
    """The open sessions in which that person is to mark the call."""
    query = (
        select(CalibrationSession)
        .join(CalibrationMarker, CalibrationMarker.session_id == CalibrationSession.id)
        .join(CalibrationCall, CalibrationCall.session_id == CalibrationSession.id)
        .where(
            CalibrationMarker.user_id == user_id,
            CalibrationCall.call_id == call.id,
            CalibrationSession.closed_at.is_(None),
        )
    )
    return list(session.scalars(query.order_by(CalibrationSession.id)))


def calls_to_choose(session: Session, organisation_id: int, limit: int) -> list[Call]:
    """Assessed calls that are graded, the newest first."""
    graded = select(CallGradeRow.id).where(CallGradeRow.call_id == Call.id).exists()
    query = select(Call).where(
        Call.organisation_id == organisation_id, Call.mode == "assessed", Call.state == FINISHED, graded
    )
    return list(session.scalars(query.order_by(Call.id.desc()).limit(limit)))
