"""What people do with graded calls: the queue of what waits for them, decisions on single checks, comments, appeals.

Decisions and comments are added, never changed. A queue item is one reason why one call waits; it is closed, not removed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.store.accounts import User
from trainer.store.base import Row, UtcDateTime
from trainer.store.calls import Call

FROM_GRADE = ("undecided", "error", "corrected")
KINDS = ("appeal", *FROM_GRADE, "differs", "second")
"""Why a call waits: the learner disagrees; checks are undecided; one fundamental error alone fails it; the learner wrote
down what was misheard; a blind marking differs from the mark; a blind marking is asked for."""


class CheckDecision(Row):
    """A person's answer to one check of one call; the newest one a check counts. `machine` is what it answered then."""

    __tablename__ = "check_decisions"
    __table_args__ = (Index("ix_check_decisions_call", "call_id", "id"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    check_id: Mapped[str] = mapped_column(String(120))
    answer: Mapped[str] = mapped_column(String(16))
    machine: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CallComment(Row):
    """What a reviewer says about one moment of a call. `seq` is the turn, `at_ms` the moment within the call."""

    __tablename__ = "call_comments"
    __table_args__ = (Index("ix_call_comments_call", "call_id", "at_ms"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    seq: Mapped[int]
    at_ms: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReviewItem(Row):
    """One reason (of KINDS) why a call waits for a person. `about` holds ids of checks ("error:3" for an error)."""

    __tablename__ = "review_items"
    __table_args__ = (
        UniqueConstraint("call_id", "kind", name="uq_review_items_call_kind"),
        Index("ix_review_items_waiting", "organisation_id", "closed_at", "opened_at"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    about: Mapped[list[str]] = mapped_column(JSON, default=list)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by: Mapped[str] = mapped_column(String(120), default="")


class Appeal(Row):
    """A learner disagrees with a mark. `overall` and `passed` are the mark appealed against; `outcome` "" while open."""

    __tablename__ = "appeals"
    __table_args__ = (UniqueConstraint("call_id", name="uq_appeals_call"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    call_id: Mapped[int] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(Text)
    overall: Mapped[int]
    passed: Mapped[bool]
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(16), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_by_name: Mapped[str] = mapped_column(String(120), default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def decisions_of(session: Session, call: Call) -> list[CheckDecision]:
    """Every decision on checks of the call, the oldest first."""
    query = select(CheckDecision).where(CheckDecision.call_id == call.id).order_by(CheckDecision.id)
    return list(session.scalars(query))


def decisions_of_calls(session: Session, call_ids: Collection[int]) -> dict[int, list[CheckDecision]]:
    """The decisions on checks of the calls that have any, by call id, the oldest first. One query."""
    found: dict[int, list[CheckDecision]] = {}
    query = select(CheckDecision).where(CheckDecision.call_id.in_(call_ids)).order_by(CheckDecision.id)
    for row in session.scalars(query) if call_ids else ():
        found.setdefault(row.call_id, []).append(row)
    return found


def comments_of(session: Session, call: Call) -> list[CallComment]:
    """In the order of the call."""
    query = select(CallComment).where(CallComment.call_id == call.id).order_by(CallComment.at_ms, CallComment.id)
    return list(session.scalars(query))


def items_of(session: Session, call: Call) -> dict[str, ReviewItem]:
    """The call's queue items, open and closed, by kind."""
    return {item.kind: item for item in session.scalars(select(ReviewItem).where(ReviewItem.call_id == call.id))}


def appeal_of(session: Session, call: Call) -> Appeal | None:
    return session.scalar(select(Appeal).where(Appeal.call_id == call.id))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A call in the queue: all that it waits for, since the oldest of it. `due_at` is that of an appeal."""

    call: Call
    who: str
    items: tuple[ReviewItem, ...]
    since: datetime
    due_at: datetime | None = None


def waiting_calls(
    session: Session, organisation_id: int, kinds: Sequence[str], limit: int, offset: int
) -> list[Waiting]:
    """Calls with open items of these kinds, the one that has waited longest first, in three queries."""
    open_items = (ReviewItem.organisation_id == organisation_id, ReviewItem.closed_at.is_(None))
    since = func.min(ReviewItem.opened_at)
    page = session.execute(
        select(ReviewItem.call_id, since)
        .where(*open_items, ReviewItem.kind.in_(kinds))
        .group_by(ReviewItem.call_id)
        .order_by(since, ReviewItem.call_id)
        .limit(limit)
        .offset(offset)
    ).all()
    ids = [call_id for call_id, _ in page]
    return _with_calls(session, ids) if ids else []


def _with_calls(session: Session, ids: Sequence[int]) -> list[Waiting]:
    items: dict[int, list[ReviewItem]] = {number: [] for number in ids}
    query = select(ReviewItem).where(ReviewItem.call_id.in_(ids), ReviewItem.closed_at.is_(None))
    for item in session.scalars(query.order_by(ReviewItem.opened_at, ReviewItem.id)):
        items[item.call_id].append(item)
    due = dict(
        session.execute(
            select(Appeal.call_id, Appeal.due_at).where(Appeal.call_id.in_(ids), Appeal.outcome == "")
        ).all()
    )
    found = {
        call.id: (call, name)
        for call, name in session.execute(
            select(Call, User.name).join(User, User.id == Call.user_id).where(Call.id.in_(ids))
        ).all()
    }
    return [
        Waiting(*found[number], tuple(items[number]), items[number][0].opened_at, due.get(number)) for number in ids
    ]


def count_waiting(session: Session, organisation_id: int, kinds: Iterable[str]) -> int:
    """How many calls wait for one of these reasons."""
    query = select(func.count(func.distinct(ReviewItem.call_id))).where(
        ReviewItem.organisation_id == organisation_id,
        ReviewItem.closed_at.is_(None),
        ReviewItem.kind.in_(list(kinds)),
    )
    return int(session.scalar(query) or 0)
