"""Complaints about a person's work, from other departments and from customers: what was said, the answers, the decisions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.store.accounts import User
from trainer.store.base import Row, UtcDateTime
from trainer.store.calls import FINISHED, Call
from trainer.store.work_teams import Team


class WorkComplaint(Row):
    """A complaint. `source` is "department" or "customer"; `justified` is what the newest decision says, None before one."""

    __tablename__ = "work_complaints"
    __table_args__ = (
        Index("ix_work_complaints_user", "user_id", "received_on"),
        Index("ix_work_complaints_team", "team_id", "id"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    source: Mapped[str] = mapped_column(String(16))
    from_whom: Mapped[str] = mapped_column(String(200))
    received_on: Mapped[date] = mapped_column(Date)
    text: Mapped[str] = mapped_column(Text)
    evidence: Mapped[str] = mapped_column(Text, default="")
    call_id: Mapped[int | None] = mapped_column(ForeignKey("calls.id", ondelete="SET NULL"))
    justified: Mapped[bool | None]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ComplaintAnswer(Row):
    """What the person says to it. Added, never changed."""

    __tablename__ = "complaint_answers"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("work_complaints.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ComplaintDecision(Row):
    """Whether it is justified, and why. Added, never changed: the newest counts."""

    __tablename__ = "complaint_decisions"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("work_complaints.id", ondelete="CASCADE"), index=True)
    justified: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def complaints_between(session: Session, user_ids: Iterable[int], since: date, until: date) -> dict[int, list[WorkComplaint]]:  # fmt: skip
    """The complaints about each person received in these days, by person, the newest first. One query."""
    ids = set(user_ids)
    found: dict[int, list[WorkComplaint]] = {number: [] for number in ids}
    query = select(WorkComplaint).where(
        WorkComplaint.user_id.in_(ids), WorkComplaint.received_on >= since, WorkComplaint.received_on <= until
    )
    for row in (
        session.scalars(query.order_by(WorkComplaint.received_on.desc(), WorkComplaint.id.desc())) if ids else ()
    ):
        found[row.user_id].append(row)
    return found


def open_of_team(session: Session, team: Team) -> list[tuple[WorkComplaint, str]]:
    """The complaints of the team on which nobody has decided, with the person's name, the oldest first."""
    query = select(WorkComplaint, User.name).join(User, User.id == WorkComplaint.user_id)
    query = query.where(WorkComplaint.team_id == team.id, WorkComplaint.justified.is_(None))
    query = query.order_by(WorkComplaint.received_on, WorkComplaint.id)
    return [(row[0], row[1]) for row in session.execute(query)]


def decided_of_team(session: Session, team: Team, limit: int) -> list[tuple[WorkComplaint, str]]:
    """The others, the newest first."""
    query = select(WorkComplaint, User.name).join(User, User.id == WorkComplaint.user_id)
    query = query.where(WorkComplaint.team_id == team.id, WorkComplaint.justified.is_not(None))
    query = query.order_by(WorkComplaint.received_on.desc(), WorkComplaint.id.desc()).limit(limit)
    return [(row[0], row[1]) for row in session.execute(query)]


def find_complaint(session: Session, organisation_id: int, public_id: str) -> WorkComplaint | None:
    query = select(WorkComplaint).where(WorkComplaint.public_id == public_id)
    return session.scalar(query.where(WorkComplaint.organisation_id == organisation_id))


def answers_to(session: Session, complaint_ids: Iterable[int]) -> dict[int, list[ComplaintAnswer]]:
    """By the complaint's id, the oldest first. One query."""
    ids = set(complaint_ids)
    found: dict[int, list[ComplaintAnswer]] = {number: [] for number in ids}
    query = select(ComplaintAnswer).where(ComplaintAnswer.complaint_id.in_(ids)).order_by(ComplaintAnswer.id)
    for row in session.scalars(query) if ids else ():
        found[row.complaint_id].append(row)
    return found


def decisions_on(session: Session, complaint_ids: Iterable[int]) -> dict[int, list[ComplaintDecision]]:
    """By the complaint's id, the newest first. One query."""
    ids = set(complaint_ids)
    found: dict[int, list[ComplaintDecision]] = {number: [] for number in ids}
    query = select(ComplaintDecision).where(ComplaintDecision.complaint_id.in_(ids))
    for row in session.scalars(query.order_by(ComplaintDecision.id.desc())) if ids else ():
        found[row.complaint_id].append(row)
    return found


def calls_to_link(session: Session, user_ids: Iterable[int], limit: int = 60) -> list[Call]:
    """The newest finished assessed calls of these people; practice is nobody's but theirs."""
    query = select(Call).where(Call.user_id.in_(set(user_ids)), Call.mode == "assessed", Call.state == FINISHED)
    return list(session.scalars(query.order_by(Call.started_at.desc(), Call.id.desc()).limit(limit)))


def calls_by_id(session: Session, call_ids: Iterable[int]) -> dict[int, Call]:
    ids = set(call_ids)
    return {row.id: row for row in session.scalars(select(Call).where(Call.id.in_(ids)))} if ids else {}
