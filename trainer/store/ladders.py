"""Editions that organisations made of the career ladder. Never changed: a change is another edition."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.store.base import Row, UtcDateTime


class LadderEdition(Row):
    """The ladder of an organisation from a moment on, as YAML (content/ladder.py); the greatest `number` is in force.

    `note` says why it was made. Number 0 stands for none: the house's ladder holds.
    """

    __tablename__ = "ladder_editions"
    __table_args__ = (UniqueConstraint("organisation_id", "number", name="uq_ladder_editions_organisation_number"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    number: Mapped[int]
    version: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


_IN_FORCE = (
    select(LadderEdition)
    .where(LadderEdition.organisation_id == bindparam("organisation_id"))
    .order_by(LadderEdition.number.desc())
    .limit(1)
)
"""Made once: building a query costs more than running it."""


def edition_in_force(session: Session, organisation_id: int) -> LadderEdition | None:
    """The newest, or None."""
    return session.scalar(_IN_FORCE, {"organisation_id": organisation_id})


def find_edition(session: Session, organisation_id: int, version: str) -> LadderEdition | None:
    query = select(LadderEdition).where(
        LadderEdition.organisation_id == organisation_id, LadderEdition.version == version
    )
    return session.scalar(query)


def editions_of(session: Session, organisation_id: int) -> list[LadderEdition]:
    """The newest first."""
    query = select(LadderEdition).where(LadderEdition.organisation_id == organisation_id)
    return list(session.scalars(query.order_by(LadderEdition.number.desc())))
