"""Calls that a reviewer asks a learner to take, because of what they heard in another one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Select, String, Text, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.store.base import Row, UtcDateTime
from trainer.store.calls import FINISHED, Call, CallGradeRow, newest_grade_id
from trainer.store.marks import CallMark, newest_mark_id


class Assignment(Row):
    """`scenario` is to be taken by `user_id`; `call_id` is the call that it came of."""

    __tablename__ = "assignments"
    __table_args__ = (Index("ix_assignments_user", "user_id", "id"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    scenario: Mapped[str] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def assignments_of_call(session: Session, call: Call) -> list[Assignment]:
    """The oldest first."""
    return list(session.scalars(select(Assignment).where(Assignment.call_id == call.id).order_by(Assignment.id)))


def _left() -> Select[tuple[Assignment]]:
    passed_since = (
        select(Call.id)
        .join(CallGradeRow, CallGradeRow.id == newest_grade_id())
        .outerjoin(CallMark, CallMark.id == newest_mark_id())
        .where(
            Call.user_id == Assignment.user_id,
            Call.scenario == Assignment.scenario,
            Call.state == FINISHED,
            Call.started_at >= Assignment.at,
            func.coalesce(CallMark.passed, CallGradeRow.passed),
        )
        .correlate(Assignment)
        .exists()
    )
    own = Assignment.user_id == bindparam("user_id")
    return select(Assignment).where(own, ~passed_since).order_by(Assignment.id)


_LEFT = _left()
"""Made once: building this query costs thirty times what it takes to run."""


def assignments_left(session: Session, user_id: int) -> list[Assignment]:
    """What the person was asked to take and has not passed since, in any mode; the oldest first. One query."""
    return list(session.scalars(_LEFT, {"user_id": user_id}))
