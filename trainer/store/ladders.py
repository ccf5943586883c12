"""Editions that organisations made of the career ladder. Never changed: a change is another edition."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

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


_other = aliased(LadderEdition)
_IN_FORCE = select(LadderEdition).where(
    LadderEdition.organisation_id.in_(bindparam("organisation_ids", expanding=True)),
    LadderEdition.number
    == select(func.max(_other.number))
    .where(_other.organisation_id == LadderEdition.organisation_id)
    .correlate(LadderEdition)
    .scalar_subquery(),
)
"""Made once: building a query costs more than running it."""


def editions_in_force(session: Session, organisation_ids: Iterable[int]) -> dict[int, LadderEdition]:
    """Organisation id -> its newest edition; those that made none are not in it."""
    rows = session.scalars(_IN_FORCE, {"organisation_ids": list(organisation_ids)})
    return {row.organisation_id: row for row in rows}


def find_edition(session: Session, organisation_id: int, version: str) -> LadderEdition | None:
    query = select(LadderEdition).where(
        LadderEdition.organisation_id == organisation_id, LadderEdition.version == version
    )
    return session.scalar(query)


def editions_of(session: Session, organisation_id: int) -> list[LadderEdition]:
    """The newest first."""
    query = select(LadderEdition).where(LadderEdition.organisation_id == organisation_id)
    return list(session.scalars(query.order_by(LadderEdition.number.desc())))
