"""Attestations and decisions over categories, the name a person wants printed, and the calls that gates count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, bindparam, false, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.store.accounts import User
from trainer.store.base import Row, UtcDateTime
from trainer.store.calls import Call, CallGradeRow
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

    `gates` rows: id, kind, title {en, fr}, figure, threshold, at_most, passed, near, records, remarks [{code, params}].
    `outcome` is granted, one_more_call or refused; `is_renewal` says that the category was held and is to be held on.
    `inputs` are the records it was made from (JSON form of `domain.career.Record`), so that it can be made again;
    `inputs_sha256` names them. `renewed_since` is when the renewed certificate was issued. `by_id` is None for a decision
    made on the machine itself.
    """

    __tablename__ = "decisions"
    __table_args__ = (Index("ix_decisions_user_category", "user_id", "category"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    category: Mapped[str] = mapped_column(String(40))
    ladder: Mapped[str] = mapped_column(String(40))
    granted: Mapped[bool]
    outcome: Mapped[str] = mapped_column(String(16), default="refused", server_default="refused")
    is_renewal: Mapped[bool] = mapped_column(default=False, server_default=false())
    renewed_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    inputs: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    inputs_sha256: Mapped[str] = mapped_column(String(64), default="", server_default="")
    gates: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class DecisionAppeal(Row):
    """A person disagrees with a decision that was not in their favour. One a decision; a second supervisor answers until
    `answer_by`. `outcome` is "" while it is open, "stands", or "again": then `new_decision_id` was made at once."""

    __tablename__ = "decision_appeals"
    __table_args__ = (Index("ix_decision_appeals_organisation", "organisation_id", "outcome"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(Text)
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer_by: Mapped[datetime] = mapped_column(UtcDateTime)
    outcome: Mapped[str] = mapped_column(String(16), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_by_name: Mapped[str] = mapped_column(String(120), default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    new_decision_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))


class PrintedName(Row):
    """The name a person wants on certificates, in any script; without a row it is the account's name."""

    __tablename__ = "printed_names"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


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
    return list(session.scalars(query.order_by(User.sort_name, User.id).limit(limit)))


def people_with_certificates(
    session: Session, organisation_id: int, earliest: datetime, latest: datetime, limit: int = 500
) -> list[User]:
    """Active people with a certificate that ends within these moments, the first to end first."""
    query = (
        select(User, func.min(Certificate.valid_until).label("ends"))
        .join(Certificate, Certificate.user_id == User.id)
        .where(
            Certificate.organisation_id == organisation_id,
            Certificate.valid_until.between(earliest, latest),
            User.is_active,
            ~User.is_candidate,
        )
        .group_by(User)
        .order_by("ends", User.id)
        .limit(limit)
    )
    return [row[0] for row in session.execute(query)]


def appeal_of(session: Session, decision: Decision) -> DecisionAppeal | None:
    return session.scalar(select(DecisionAppeal).where(DecisionAppeal.decision_id == decision.id))


def find_appeal(session: Session, organisation_id: int, public_id: str) -> DecisionAppeal | None:
    return session.scalar(
        select(DecisionAppeal).where(
            DecisionAppeal.public_id == public_id, DecisionAppeal.organisation_id == organisation_id
        )
    )


def open_appeals(session: Session, organisation_id: int) -> list[tuple[DecisionAppeal, Decision, User]]:
    """Appeals that nobody has answered, the first due first."""
    query = (
        select(DecisionAppeal, Decision, User)
        .join(Decision, Decision.id == DecisionAppeal.decision_id)
        .join(User, User.id == DecisionAppeal.user_id)
        .where(DecisionAppeal.organisation_id == organisation_id, DecisionAppeal.outcome == "")
        .order_by(DecisionAppeal.answer_by, DecisionAppeal.id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


_ATTESTATIONS = (
    select(Attestation)
    .where(Attestation.user_id.in_(bindparam("user_ids", expanding=True)))
    .order_by(Attestation.at.desc(), Attestation.id.desc())
)


def attestations_of(session: Session, user_ids: Iterable[int]) -> list[Attestation]:
    """The latest first."""
    return list(session.scalars(_ATTESTATIONS, {"user_ids": list(user_ids)}))


_DECISIONS = (
    select(Decision)
    .where(Decision.user_id == bindparam("user_id"))
    .order_by(Decision.at.desc(), Decision.id.desc())
    .limit(50)
)


def decisions_of(session: Session, user_id: int) -> list[Decision]:
    """The latest fifty, the latest first."""
    return list(session.scalars(_DECISIONS, {"user_id": user_id}))


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


_PRINTED_NAME = select(PrintedName).where(PrintedName.user_id == bindparam("user_id"))


def printed_name(session: Session, user_id: int) -> PrintedName | None:
    return session.scalar(_PRINTED_NAME, {"user_id": user_id})
