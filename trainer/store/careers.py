"""Attestations and decisions over categories, the name a person wants printed, and the calls that gates count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.store.accounts import User
from trainer.store.base import Row, UtcDateTime
from trainer.store.calls import FINISHED, Call, CallGradeRow, newest_grade_id
from trainer.store.certificates import Certificate


class Attestation(Row):
    """A supervisor's word that a person's work is fit for a category. Never changed; `by_name` is kept as it was."""

    __tablename__ = "attestations"
    __table_args__ = (Index("ix_attestations_user_category", "user_id", "category"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    category: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Decision(Row):
    """The decision over one category for one person, with every gate as it stood then. Never changed.

    `gates` rows: id, kind, title {en, fr}, figure, threshold, passed, records, remarks [{code, params}].
    `by_id` is None for a decision made on the machine itself.
    """

    __tablename__ = "decisions"
    __table_args__ = (Index("ix_decisions_user_category", "user_id", "category"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    category: Mapped[str] = mapped_column(String(40))
    ladder: Mapped[str] = mapped_column(String(40))
    granted: Mapped[bool]
    gates: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class PrintedName(Row):
    """The name a person wants on certificates, in any script; without a row it is the account's name."""

    __tablename__ = "printed_names"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass(frozen=True, slots=True)
class CountedCallRow:
    """A finished assessed call with what gates ask of its newest grade; `overall` is None until it is graded."""

    user_id: int
    public_id: str
    scenario: str
    title: str
    ended_at: datetime
    overall: int | None
    passed: bool
    errors: list[dict[str, Any]]


_ASSESSED = (
    select(Call, CallGradeRow.overall, CallGradeRow.passed, CallGradeRow.grade["errors"])
    .outerjoin(CallGradeRow, CallGradeRow.id == newest_grade_id())
    .where(
        Call.user_id.in_(bindparam("user_ids", expanding=True)),
        Call.mode == "assessed",
        Call.state == FINISHED,
        Call.next_seq > 1,
    )
    .order_by(Call.id)
)
"""Made once: building a query costs more than running it."""


def assessed_calls(session: Session, user_ids: Iterable[int]) -> list[CountedCallRow]:
    """Finished assessed calls of these people, in one query. A call that nobody answered has no log and is left out."""
    return [
        CountedCallRow(
            user_id=call.user_id,
            public_id=call.public_id,
            scenario=call.scenario,
            title=call.title,
            ended_at=call.ended_at or call.touched_at,
            overall=overall,
            passed=bool(passed),
            errors=list(errors or []),
        )
        for call, overall, passed, errors in session.execute(_ASSESSED, {"user_ids": list(user_ids)})
    ]


def find_person_anywhere(session: Session, public_id: str) -> User | None:
    """For commands, which act for no organisation."""
    return session.scalar(select(User).where(User.public_id == public_id))


def people_with_passed_calls(session: Session, organisation_id: int, limit: int = 500) -> list[User]:
    """Active learners of the organisation with an assessed call that some grade of it passed, by name."""
    passed = (
        select(Call.user_id)
        .join(CallGradeRow, CallGradeRow.call_id == Call.id)
        .where(Call.organisation_id == organisation_id, Call.mode == "assessed", CallGradeRow.passed)
    )
    query = select(User).where(
        User.organisation_id == organisation_id, User.is_active, ~User.is_candidate, User.id.in_(passed)
    )
    return list(session.scalars(query.order_by(User.name, User.id).limit(limit)))


_ATTESTATIONS = (
    select(Attestation)
    .where(Attestation.user_id.in_(bindparam("user_ids", expanding=True)))
    .order_by(Attestation.at.desc(), Attestation.id.desc())
)


def attestations_of(session: Session, user_ids: Iterable[int]) -> list[Attestation]:
    """The latest first."""
    return list(session.scalars(_ATTESTATIONS, {"user_ids": list(user_ids)}))


def decisions_of(session: Session, user_id: int, limit: int = 50) -> list[Decision]:
    """The latest first."""
    query = select(Decision).where(Decision.user_id == user_id)
    return list(session.scalars(query.order_by(Decision.at.desc(), Decision.id.desc()).limit(limit)))


def find_decision(session: Session, public_id: str, organisation_id: int | None) -> Decision | None:
    """The decision of that organisation; of any with None (for commands, which act for no organisation)."""
    query = select(Decision).where(Decision.public_id == public_id)
    if organisation_id is not None:
        query = query.where(Decision.organisation_id == organisation_id)
    return session.scalar(query)


def decision_without_certificate(session: Session, user_id: int, category: str) -> Decision | None:
    """The latest granted decision that still waits for its certificate."""
    done = select(Certificate.id).where(Certificate.decision_id == Decision.id).exists()
    query = select(Decision).where(Decision.user_id == user_id, Decision.category == category, Decision.granted, ~done)
    return session.scalar(query.order_by(Decision.at.desc(), Decision.id.desc()).limit(1))


def printed_name(session: Session, user_id: int) -> PrintedName | None:
    return session.scalar(select(PrintedName).where(PrintedName.user_id == user_id))
