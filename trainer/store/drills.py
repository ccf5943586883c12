"""Drills: an objection of one's own call, practised again. They belong to the call and go with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.extensions import db
from trainer.store.base import Row, UtcDateTime
from trainer.store.calls import Call


class Drill(Row):
    """One drill of one learner. `wordings` are the customer's lines as they were when it began; `round` counts
    drills of the same point."""

    __tablename__ = "drills"
    __table_args__ = (
        UniqueConstraint("call_id", "criterion", "objection", "round", name="uq_drills_call_point_round"),
        Index("ix_drills_user_started", "user_id", "started_at"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    criterion: Mapped[str] = mapped_column(String(32))
    objection: Mapped[str] = mapped_column(String(80))
    objection_type: Mapped[str] = mapped_column(String(32))
    round: Mapped[int]
    wordings: Mapped[list[str]] = mapped_column(JSON, default=list)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class DrillReply(db.Model):  # type: ignore[name-defined,misc]
    """A reply and its grade. `turn_id` makes it safe to send again. Never changed."""

    __tablename__ = "drill_replies"
    __table_args__ = (
        UniqueConstraint("drill_id", "turn_id", name="uq_drill_replies_drill_turn"),
        UniqueConstraint("drill_id", "number", name="uq_drill_replies_drill_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    drill_id: Mapped[int] = mapped_column(ForeignKey("drills.id", ondelete="CASCADE"))
    turn_id: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    customer: Mapped[str] = mapped_column(Text)
    reply: Mapped[str] = mapped_column(Text)
    grade: Mapped[dict[str, Any]] = mapped_column(JSON)
    rubric_version: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def find_drill(session: Session, user_id: int, public_id: str) -> tuple[Drill, Call] | None:
    """That person's own drill with its call, or None: nobody else ever gets one."""
    query = select(Drill, Call).join(Call, Call.id == Drill.call_id)
    row = session.execute(query.where(Drill.public_id == public_id, Drill.user_id == user_id)).first()
    return (row[0], row[1]) if row else None


def drills_of_point(session: Session, call: Call, criterion: str, objection: str) -> list[Drill]:
    """Every drill of the same point of a call, the first one first."""
    query = select(Drill).where(Drill.call_id == call.id, Drill.criterion == criterion, Drill.objection == objection)
    return list(session.scalars(query.order_by(Drill.round)))


_OF_USER = (
    select(Drill, Call)
    .join(Call, Call.id == Drill.call_id)
    .where(Drill.user_id == bindparam("user_id"))
    .order_by(Drill.started_at.desc(), Drill.id.desc())
    .limit(50)
)
"""Made once: building a query costs more than running it."""


def drills_of_user(session: Session, user_id: int) -> list[tuple[Drill, Call]]:
    """A person's latest 50 drills with their calls, the latest first."""
    rows = session.execute(_OF_USER, {"user_id": user_id})
    return [(row[0], row[1]) for row in rows]


def add_drill(session: Session, drill: Drill) -> Drill:
    """IntegrityError at flush when another press of the button was first."""
    session.add(drill)
    session.flush()
    return drill


def replies_of(session: Session, drill: Drill) -> list[DrillReply]:
    return list(session.scalars(select(DrillReply).where(DrillReply.drill_id == drill.id).order_by(DrillReply.number)))


def add_reply(session: Session, reply: DrillReply) -> DrillReply:
    """IntegrityError at flush when this turn, or another of this number, was first."""
    session.add(reply)
    session.flush()
    return reply


def erase_drill(session: Session, drill: Drill) -> None:
    """Remove the drill; its replies go with it."""
    session.delete(drill)
    session.flush()
