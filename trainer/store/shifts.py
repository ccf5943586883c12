"""Shifts: the plan that was drawn, what the operator did, and the calls that were taken in it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.extensions import db
from trainer.store.base import Row, UtcDateTime
from trainer.store.calls import Call, CallEvent

Times = list[tuple[str, int, dict[str, Any]]]
"""(type, at_ms, data) of the events that tell when a call was held, ended and written up, in order."""


class Shift(Row):
    """One shift of one learner. `plan` holds the offers as they were drawn: [number, at_s, patience_s, slug, seed]."""

    __tablename__ = "shifts"
    __table_args__ = (Index("ix_shifts_user_started", "user_id", "started_at"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int]
    load: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(8))
    seed: Mapped[int]
    plan: Mapped[list[list[Any]]] = mapped_column(JSON)


class ShiftMoment(db.Model):  # type: ignore[name-defined,misc]
    """Something the operator did: ready, break, ended. Never changed."""

    __tablename__ = "shift_moments"
    __table_args__ = (UniqueConstraint("shift_id", "seq", name="uq_shift_moments_shift_seq"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id", ondelete="CASCADE"))
    seq: Mapped[int]
    at_s: Mapped[float]
    type: Mapped[str] = mapped_column(String(16))


class ShiftCall(db.Model):  # type: ignore[name-defined,misc]
    """An offer that was answered, once, and the call that it became."""

    __tablename__ = "shift_calls"
    __table_args__ = (
        UniqueConstraint("shift_id", "offer", name="uq_shift_calls_shift_offer"),
        UniqueConstraint("call_id", name="uq_shift_calls_call"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id", ondelete="CASCADE"))
    offer: Mapped[int]
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    answered_s: Mapped[float]


def add_shift(session: Session, shift: Shift) -> Shift:
    session.add(shift)
    session.flush()
    return shift


def find_shift(session: Session, user_id: int, public_id: str) -> Shift | None:
    """That person's shift, or None."""
    return session.scalar(select(Shift).where(Shift.public_id == public_id, Shift.user_id == user_id))


def latest_shift(session: Session, user_id: int) -> Shift | None:
    query = select(Shift).where(Shift.user_id == user_id).order_by(Shift.started_at.desc(), Shift.id.desc())
    return session.scalars(query.limit(1)).first()


def shifts_of_user(session: Session, user_id: int, limit: int = 30) -> list[Shift]:
    """A person's shifts, the latest first."""
    query = select(Shift).where(Shift.user_id == user_id).order_by(Shift.started_at.desc(), Shift.id.desc())
    return list(session.scalars(query.limit(limit)))


def moments_of(session: Session, shift_ids: Collection[int]) -> dict[int, list[ShiftMoment]]:
    """What the operator did in each shift, by shift, in order and in one query."""
    query = select(ShiftMoment).where(ShiftMoment.shift_id.in_(shift_ids))
    found: dict[int, list[ShiftMoment]] = {}
    for moment in session.scalars(query.order_by(ShiftMoment.shift_id, ShiftMoment.seq)):
        found.setdefault(moment.shift_id, []).append(moment)
    return found


def add_moment(session: Session, shift: Shift, seq: int, at_s: float, type_: str) -> None:
    """IntegrityError at flush when the same moment was written by another tab."""
    session.add(ShiftMoment(shift_id=shift.id, seq=seq, at_s=at_s, type=type_))
    session.flush()


def add_shift_call(session: Session, shift: Shift, offer: int, call: Call, answered_s: float) -> None:
    """IntegrityError at flush when the offer was answered before."""
    session.add(ShiftCall(shift_id=shift.id, offer=offer, call_id=call.id, answered_s=answered_s))
    session.flush()


def calls_of_shifts(session: Session, shift_ids: Collection[int]) -> dict[int, list[tuple[ShiftCall, Call]]]:
    """The calls taken in each shift, by shift, in order and in one query."""
    query = select(ShiftCall, Call).join(Call, Call.id == ShiftCall.call_id).where(ShiftCall.shift_id.in_(shift_ids))
    found: dict[int, list[tuple[ShiftCall, Call]]] = {}
    for taken, call in session.execute(query.order_by(ShiftCall.shift_id, ShiftCall.answered_s)):
        found.setdefault(taken.shift_id, []).append((taken, call))
    return found


def times_of_calls(session: Session, call_ids: Collection[int]) -> dict[int, Times]:
    """The events that tell a call's times, by call, in one query."""
    if not call_ids:
        return {}
    kinds = ("hold_started", "hold_ended", "call_ended", "wrap_up_saved")
    query = select(CallEvent).where(CallEvent.call_id.in_(call_ids), CallEvent.type.in_(kinds))
    found: dict[int, Times] = {}
    for event in session.scalars(query.order_by(CallEvent.call_id, CallEvent.seq)):
        found.setdefault(event.call_id, []).append((event.type, event.at_ms, event.data))
    return found


def shift_of_call(session: Session, call: Call) -> tuple[Shift, ShiftCall] | None:
    query = select(Shift, ShiftCall).join(ShiftCall, ShiftCall.shift_id == Shift.id).where(ShiftCall.call_id == call.id)
    row = session.execute(query).first()
    return (row[0], row[1]) if row else None
