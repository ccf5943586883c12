"""Marks that people give to assessed calls. They stand beside the machine's, which stays as it was."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, Index, ScalarSelect, String, Text, false, func, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from trainer.store.base import Row, UtcDateTime
from trainer.store.calls import Call


class CallMark(Row):
    """A person's mark of one call: 0 to 100, passed or not, and why. Never changed; the newest one counts.

    `by_name` is kept as it was, so that the mark outlives the person's row. `from_checks`: it follows from decisions on
    single checks, which carry the reasons; otherwise it was given as a whole, with `reason`.
    """

    __tablename__ = "call_marks"
    __table_args__ = (Index("ix_call_marks_call", "call_id", "id"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    overall: Mapped[int]
    passed: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    from_checks: Mapped[bool] = mapped_column(default=False, server_default=false())
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def newest_mark_id() -> ScalarSelect[int]:
    """The number of the newest mark that a person gave to the `Call` of the query around it."""
    mark = aliased(CallMark)
    return select(func.max(mark.id)).where(mark.call_id == Call.id).correlate(Call).scalar_subquery()


def latest_marks(session: Session, call_ids: Iterable[int]) -> dict[int, CallMark]:
    """The newest mark that a person gave to each call, by call id, in one query."""
    ids = list(call_ids)
    if not ids:
        return {}
    rows = session.scalars(select(CallMark).where(CallMark.call_id.in_(ids)).order_by(CallMark.id))
    return {row.call_id: row for row in rows}


def marks_of(session: Session, call_id: int) -> list[CallMark]:
    """Every mark that people gave to a call, the oldest first."""
    return list(session.scalars(select(CallMark).where(CallMark.call_id == call_id).order_by(CallMark.id)))
