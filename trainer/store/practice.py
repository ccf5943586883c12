"""Drills of voice, ear and hands, and the cards that come again: what was measured, and when each card is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, bindparam, case, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.store.base import Row, UtcDateTime, ask


class PracticeRound(Row):
    """One go at a drill. `item` is a passage's id or a seed; `typed` what was typed or recognized; figures by name, once done.

    `passed` is None while it is open, and where nothing can be said (the recognizer was not sure).
    """

    __tablename__ = "practice_rounds"
    __table_args__ = (Index("ix_practice_rounds_user", "user_id", "kind", "id"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(16))
    item: Mapped[str] = mapped_column(String(80))
    language: Mapped[str] = mapped_column(String(8))
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    typed: Mapped[list[str]] = mapped_column(JSON, default=list)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    remarks: Mapped[list[str]] = mapped_column(JSON, default=list)
    passed: Mapped[bool | None]


class Card(Row):
    """Something to repeat. `kind` question (a bank question that was missed) or recall (a lesson's own question).

    `state` is the scheduler's own (fsrs); `due_at` is when it comes again. `front` and `back` are texts of recall cards.
    """

    __tablename__ = "cards"
    __table_args__ = (
        UniqueConstraint("user_id", "kind", "course", "item", name="uq_cards_user_kind_course_item"),
        Index("ix_cards_user_due", "user_id", "due_at"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[str] = mapped_column(String(16))
    course: Mapped[str] = mapped_column(String(80))
    item: Mapped[str] = mapped_column(String(80))
    state: Mapped[str] = mapped_column(Text, default="")
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reviews: Mapped[int] = mapped_column(default=0)


def find_round(session: Session, user_id: int, public_id: str) -> PracticeRound | None:
    """That person's round, or None."""
    query = select(PracticeRound).where(PracticeRound.public_id == public_id, PracticeRound.user_id == user_id)
    return session.scalar(query)


_ROUNDS = (
    select(PracticeRound)
    .where(PracticeRound.user_id == bindparam("user_id"), PracticeRound.finished_at.is_not(None))
    .order_by(PracticeRound.id.desc())
    .limit(bindparam("most"))
)


def rounds_of(session: Session, user_id: int, limit: int = 200) -> list[PracticeRound]:
    """Finished rounds of a person, the latest first."""
    return list(session.scalars(_ROUNDS, {"user_id": user_id, "most": limit}))


_PASSED = (
    select(PracticeRound.user_id, PracticeRound.kind)
    .where(PracticeRound.user_id.in_(bindparam("user_ids", expanding=True)), PracticeRound.passed)
    .distinct()
)
"""Made once, as `_COUNT` and `_DUE`: building a query costs more than running it."""


def drills_passed(session: Session, user_ids: Iterable[int]) -> dict[int, set[str]]:
    """User id -> kinds of drills that were passed at least once."""
    found: dict[int, set[str]] = {}
    for user_id, kind in ask(session, _PASSED, {"user_ids": list(user_ids)}):
        found.setdefault(user_id, set()).add(kind)
    return found


def find_card(session: Session, user_id: int, public_id: str) -> Card | None:
    return session.scalar(select(Card).where(Card.public_id == public_id, Card.user_id == user_id))


def card_of(session: Session, user_id: int, kind: str, course: str, item: str) -> Card | None:
    query = select(Card).where(Card.user_id == user_id, Card.kind == kind, Card.course == course, Card.item == item)
    return session.scalar(query)


_IS_DUE = Card.due_at <= bindparam("now")
_DUE = select(Card).where(Card.user_id == bindparam("user_id"), _IS_DUE).order_by(Card.due_at, Card.id).limit(50)
_COUNT = select(
    func.count(),
    func.coalesce(func.sum(case((_IS_DUE, 1), else_=0)), 0),
    func.min(case((~_IS_DUE, Card.due_at), else_=None)),
).where(Card.user_id == bindparam("user_id"))


def due_cards(session: Session, user_id: int, now: datetime) -> list[Card]:
    """The first 50 cards that are due, the longest due first."""
    return list(session.scalars(_DUE, {"user_id": user_id, "now": now}))


def count_cards(session: Session, user_id: int, now: datetime) -> tuple[int, int, datetime | None]:
    """(all cards, those due, when the next one comes that is not due yet)."""
    whole, waiting, next_at = ask(session, _COUNT, {"user_id": user_id, "now": now}).one()
    return int(whole), int(waiting), next_at
