"""Rights at work: what people say to their manager, the answers, and the management's decisions that all may know."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.store.accounts import User
from trainer.store.base import Row, UtcDateTime

OPEN, ANSWERED, CLOSED = "open", "answered", "closed"
STATES = (OPEN, ANSWERED, CLOSED)
PROPOSAL, MATERIAL, DEFICIENCY = "proposal", "material", "deficiency"
"""R2, R4 and R5 of the job description."""


class RightsRequest(Row):
    """Something a person put to the manager. `place` and `remedy` belong to deficiencies: where, and how to remove it."""

    __tablename__ = "rights_requests"
    __table_args__ = (
        Index("ix_rights_requests_organisation_state", "organisation_id", "state", "id"),
        Index("ix_rights_requests_user", "user_id", "id"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(String(200), default="")
    remedy: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(16), default=OPEN)
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by_name: Mapped[str] = mapped_column(String(120), default="")


class RightsAnswer(Row):
    """A supervisor's answer. Added, never changed."""

    __tablename__ = "rights_answers"

    request_id: Mapped[int] = mapped_column(ForeignKey("rights_requests.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ManagementNotice(Row):
    """A decision of the management on the unit (R1), for everybody of the organisation; gone from the page when withdrawn."""

    __tablename__ = "management_notices"
    __table_args__ = (Index("ix_management_notices_organisation", "organisation_id", "id"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


def requests_of(session: Session, user_id: int, limit: int) -> list[RightsRequest]:
    """The person's own, the newest first."""
    query = select(RightsRequest).where(RightsRequest.user_id == user_id).order_by(RightsRequest.id.desc())
    return list(session.scalars(query.limit(limit)))


def answers_to(session: Session, request_ids: Iterable[int]) -> dict[int, list[RightsAnswer]]:
    """The answers to each request by its id, the oldest first. One query."""
    ids = list(request_ids)
    found: dict[int, list[RightsAnswer]] = {number: [] for number in ids}
    query = select(RightsAnswer).where(RightsAnswer.request_id.in_(ids)).order_by(RightsAnswer.id)
    for row in session.scalars(query) if ids else ():
        found[row.request_id].append(row)
    return found


def list_requests(
    session: Session, organisation_id: int, state: str, limit: int, offset: int
) -> list[tuple[RightsRequest, str]]:
    """A page of the organisation's requests in that state ("" for all) with the names of who sent them. Those that wait
    are in the order they came, others the newest first."""
    query = select(RightsRequest, User.name).join(User, User.id == RightsRequest.user_id)
    query = query.where(RightsRequest.organisation_id == organisation_id)
    if state:
        query = query.where(RightsRequest.state == state)
    query = query.order_by(RightsRequest.id if state == OPEN else RightsRequest.id.desc())
    return [(row[0], row[1]) for row in session.execute(query.limit(limit).offset(offset))]


def count_requests(session: Session, organisation_id: int) -> dict[str, int]:
    """How many there are in each state."""
    query = select(RightsRequest.state, func.count()).where(RightsRequest.organisation_id == organisation_id)
    found = {row[0]: row[1] for row in session.execute(query.group_by(RightsRequest.state))}
    return {state: found.get(state, 0) for state in STATES}


def find_request(session: Session, organisation_id: int, public_id: str) -> RightsRequest | None:
    query = select(RightsRequest).where(
        RightsRequest.public_id == public_id, RightsRequest.organisation_id == organisation_id
    )
    return session.scalar(query)


def notices_of(session: Session, organisation_id: int, limit: int, offset: int = 0) -> list[ManagementNotice]:
    """What stands, the newest first."""
    query = select(ManagementNotice).where(
        ManagementNotice.organisation_id == organisation_id, ManagementNotice.withdrawn_at.is_(None)
    )
    return list(session.scalars(query.order_by(ManagementNotice.id.desc()).limit(limit).offset(offset)))


def find_notice(session: Session, organisation_id: int, public_id: str) -> ManagementNotice | None:
    query = select(ManagementNotice).where(
        ManagementNotice.public_id == public_id, ManagementNotice.organisation_id == organisation_id
    )
    return session.scalar(query)
