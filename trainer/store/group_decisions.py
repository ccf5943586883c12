"""Decisions over many people at once: who is in the group, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.store.accounts import User
from trainer.store.base import Row, UtcDateTime
from trainer.store.careers import Decision
from trainer.store.certificates import Certificate

WAITING, ISSUED, NOT_GRANTED, FAILED = "waiting", "issued", "not_granted", "failed"
"""States of a member. Only a waiting one is still to be done."""


class GroupDecision(Row):
    """One supervisor's order to decide over a group and to issue what is granted. `address` is the site's address that
    stands in the certificates. `leased_until`: somebody is at it until then (None: nobody); `finished_at` ends it."""

    __tablename__ = "group_decisions"
    __table_args__ = (Index("ix_group_decisions_organisation_at", "organisation_id", "at"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class GroupMember(Row):
    """A person of the group and the category decided over. `decision_id` is set in the transaction that decides, so that a
    group cut off at any moment decides over nobody twice. `code` says why it failed."""

    __tablename__ = "group_members"
    __table_args__ = (UniqueConstraint("group_id", "user_id", "category", name="uq_group_members_group_user_category"),)

    group_id: Mapped[int] = mapped_column(ForeignKey("group_decisions.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    category: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(16), default=WAITING)
    code: Mapped[str] = mapped_column(String(60), default="")
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))
    certificate_id: Mapped[int | None] = mapped_column(ForeignKey("certificates.id"))


def find_group(session: Session, organisation_id: int, public_id: str) -> GroupDecision | None:
    return session.scalar(
        select(GroupDecision).where(
            GroupDecision.public_id == public_id, GroupDecision.organisation_id == organisation_id
        )
    )


def group_to_work_on(session: Session, public_id: str) -> GroupDecision | None:
    """For the job, which acts for no organisation."""
    return session.scalar(select(GroupDecision).where(GroupDecision.public_id == public_id))


def groups_of(session: Session, organisation_id: int, limit: int = 20) -> list[GroupDecision]:
    """The latest first."""
    query = select(GroupDecision).where(GroupDecision.organisation_id == organisation_id)
    return list(session.scalars(query.order_by(GroupDecision.id.desc()).limit(limit)))


def unfinished(session: Session) -> list[str]:
    """Public ids of groups that are owed, the oldest first."""
    query = select(GroupDecision.public_id).where(GroupDecision.finished_at.is_(None)).order_by(GroupDecision.id)
    return list(session.scalars(query))


def take_lease(session: Session, group: GroupDecision, now: datetime, until: datetime) -> bool:
    """Whether the group is the caller's until then; False while somebody else is at it, or once it is finished."""
    free = or_(GroupDecision.leased_until.is_(None), GroupDecision.leased_until < now)
    query = update(GroupDecision).where(GroupDecision.id == group.id, GroupDecision.finished_at.is_(None), free)
    done = session.execute(query.values(leased_until=until))
    return isinstance(done, CursorResult) and done.rowcount == 1


def counts_of(session: Session, groups: Iterable[GroupDecision]) -> dict[tuple[int, str], int]:
    """(group id, state) -> members, in one query."""
    query = (
        select(GroupMember.group_id, GroupMember.state, func.count())
        .where(GroupMember.group_id.in_([group.id for group in groups]))
        .group_by(GroupMember.group_id, GroupMember.state)
    )
    return {(row.group_id, row.state): row[2] for row in session.execute(query)}


def waiting_members(session: Session, group: GroupDecision, limit: int) -> list[GroupMember]:
    query = select(GroupMember).where(GroupMember.group_id == group.id, GroupMember.state == WAITING)
    return list(session.scalars(query.order_by(GroupMember.id).limit(limit)))


def members_of(
    session: Session, group: GroupDecision, limit: int, offset: int = 0
) -> list[tuple[GroupMember, User, Decision | None, Certificate | None]]:
    """What is not in order first, then by name."""
    query = (
        select(GroupMember, User, Decision, Certificate)
        .join(User, User.id == GroupMember.user_id)
        .outerjoin(Decision, Decision.id == GroupMember.decision_id)
        .outerjoin(Certificate, Certificate.id == GroupMember.certificate_id)
        .where(GroupMember.group_id == group.id)
        .order_by(GroupMember.state == ISSUED, GroupMember.state == WAITING, User.sort_name, GroupMember.id)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query.limit(limit).offset(offset))]


def under_way(session: Session, organisation_id: int) -> set[tuple[int, str]]:
    """(person, category) of everybody who waits in a group of the organisation."""
    query = (
        select(GroupMember.user_id, GroupMember.category)
        .join(GroupDecision, GroupDecision.id == GroupMember.group_id)
        .where(GroupDecision.organisation_id == organisation_id, GroupMember.state == WAITING)
    )
    return {(row.user_id, row.category) for row in session.execute(query)}


def set_waiting(session: Session, group: GroupDecision) -> int:
    """Let what failed be tried again; gives how many."""
    query = update(GroupMember).where(GroupMember.group_id == group.id, GroupMember.state == FAILED)
    done = session.execute(query.values(state=WAITING, code=""))
    return done.rowcount if isinstance(done, CursorResult) else 0


def certificates_in(session: Session, group: GroupDecision) -> list[str]:
    """Public ids of the certificates of the group, by holder."""
    query = (
        select(Certificate.public_id)
        .join(GroupMember, GroupMember.certificate_id == Certificate.id)
        .where(GroupMember.group_id == group.id)
        .order_by(Certificate.holder, Certificate.id)
    )
    return list(session.scalars(query))
