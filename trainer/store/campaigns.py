"""Campaigns: one call that many candidates take, their places in it, and the links that let them in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, and_, func, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from trainer.store.accounts import Organisation, User
from trainer.store.base import Row, UtcDateTime
from trainer.store.calls import FINISHED, Call

PERSONAL, OPEN = "personal", "open"


class Campaign(Row):
    """One version of one scenario in one language with one seed, so that every candidate meets the same customer.

    `open_token_hash` is that of the link which anyone may use, `open_limit` how many, `open_used` how many did.
    """

    __tablename__ = "campaigns"
    __table_args__ = (Index("ix_campaigns_organisation_created", "organisation_id", "created_at"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_by_name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(120))
    message: Mapped[str] = mapped_column(Text, default="")
    scenario: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8))
    seed: Mapped[int]
    show_review: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    open_token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    open_limit: Mapped[int] = mapped_column(default=0)
    open_used: Mapped[int] = mapped_column(default=0)

    organisation: Mapped[Organisation] = relationship()


class Candidacy(Row):
    """A candidate's place in a campaign. `user_id` is the person made when they began; their only call is its call.

    `used_at` tells that the link was used: it lets nobody in a second time. A new link clears it.
    """

    __tablename__ = "candidacies"
    __table_args__ = (Index("ix_candidacies_campaign_name", "campaign_id", "name"),)

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str] = mapped_column(String(254), default="")
    way: Mapped[str] = mapped_column(String(16), default=PERSONAL)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), unique=True)
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    consented_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    campaign: Mapped[Campaign] = relationship()
    user: Mapped[User | None] = relationship()


def is_written_up(call: Call) -> bool:
    """The call was answered, ended and written up: there is something to grade."""
    return call.state == FINISHED and call.next_seq > 1


def never_answered(call: Call) -> bool:
    """It rang until it ended by itself."""
    return call.state == FINISHED and call.next_seq == 1


def list_campaigns(session: Session, organisation_id: int) -> list[tuple[Campaign, int, int]]:
    """Campaigns, the newest first, each with how many candidates have a place and how many of them have begun."""
    here = select(func.count(Candidacy.id)).where(
        Candidacy.campaign_id == Campaign.id, Candidacy.withdrawn_at.is_(None)
    )
    begun = here.where(Candidacy.begun_at.is_not(None))
    query = select(
        Campaign, here.correlate(Campaign).scalar_subquery(), begun.correlate(Campaign).scalar_subquery()
    ).where(Campaign.organisation_id == organisation_id)
    return [(row[0], row[1], row[2]) for row in session.execute(query.order_by(Campaign.id.desc()))]


def find_campaign(session: Session, organisation_id: int, public_id: str) -> Campaign | None:
    query = select(Campaign).where(Campaign.public_id == public_id, Campaign.organisation_id == organisation_id)
    return session.scalar(query)


def campaign_by_open_token(session: Session, token_hash: str) -> Campaign | None:
    return session.scalar(select(Campaign).where(Campaign.open_token_hash == token_hash))


def candidacy_by_token(session: Session, token_hash: str) -> Candidacy | None:
    return session.scalar(select(Candidacy).where(Candidacy.token_hash == token_hash))


def candidacy_of_user(session: Session, user_id: int) -> Candidacy | None:
    return session.scalar(select(Candidacy).where(Candidacy.user_id == user_id))


def find_candidacy(session: Session, campaign: Campaign, public_id: str) -> Candidacy | None:
    query = select(Candidacy).where(Candidacy.public_id == public_id, Candidacy.campaign_id == campaign.id)
    return session.scalar(query)


def candidacies_with_calls(session: Session, campaign: Campaign) -> list[tuple[Candidacy, Call | None]]:
    """Every place by name, with its call, in one query."""
    query = (
        select(Candidacy, Call)
        .outerjoin(Call, and_(Call.user_id == Candidacy.user_id, Call.organisation_id == campaign.organisation_id))
        .where(Candidacy.campaign_id == campaign.id)
        .order_by(func.lower(Candidacy.name), Candidacy.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def invited_addresses(session: Session, campaign: Campaign) -> set[str]:
    """Addresses that have a place which still stands."""
    query = select(Candidacy.email).where(Candidacy.campaign_id == campaign.id, Candidacy.withdrawn_at.is_(None))
    return set(session.scalars(query))


def use_link(session: Session, candidacy: Candidacy, now: datetime) -> bool:
    """Mark the link as used; False if someone else was first. The database decides, so that two at once cannot win."""
    query = update(Candidacy).where(
        Candidacy.id == candidacy.id, Candidacy.used_at.is_(None), Candidacy.withdrawn_at.is_(None)
    )
    return _changed(session.execute(query.values(used_at=now)))


def use_open_link(session: Session, campaign: Campaign) -> bool:
    """Take one of the open link's places; False if none is left."""
    query = update(Campaign).where(Campaign.id == campaign.id, Campaign.open_used < Campaign.open_limit)
    return _changed(session.execute(query.values(open_used=Campaign.open_used + 1)))


def _changed(result: object) -> bool:
    assert isinstance(result, CursorResult)
    return bool(result.rowcount == 1)
