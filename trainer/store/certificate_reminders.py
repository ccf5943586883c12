"""Mails that told holders of the end of their certificate."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from trainer.store.accounts import User
from trainer.store.base import Row, UtcDateTime
from trainer.store.certificates import Certificate, CertificateFact


class CertificateReminder(Row):
    """`days` before the end for which the mail was due (0: at the end); one a step."""

    __tablename__ = "certificate_reminders"
    __table_args__ = (
        UniqueConstraint("certificate_id", "days", name="uq_certificate_reminders_certificate_days"),
    )  # fmt: skip

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"))
    days: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


_newer = aliased(Certificate)


def ending(session: Session, earliest: datetime, latest: datetime) -> list[tuple[Certificate, User]]:
    """Certificates that end within these moments, of active people with an address, the first to end first: not those that
    were revoked or replaced, nor those that a later one of the category goes on from."""
    withdrawn = select(CertificateFact.id).where(CertificateFact.certificate_id == Certificate.id).exists()
    continued = (
        select(_newer.id)
        .where(
            _newer.user_id == Certificate.user_id,
            _newer.category == Certificate.category,
            _newer.issued_at > Certificate.issued_at,
        )
        .exists()
    )
    query = (
        select(Certificate, User)
        .join(User, User.id == Certificate.user_id)
        .where(
            Certificate.valid_until.between(earliest, latest),
            User.is_active,
            User.email.is_not(None),
            ~withdrawn,
            ~continued,
        )
        .order_by(Certificate.valid_until, Certificate.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def reminded(session: Session, certificate_ids: list[int]) -> set[tuple[int, int]]:
    """(certificate id, days) that were told."""
    query = select(CertificateReminder.certificate_id, CertificateReminder.days)
    rows = session.execute(query.where(CertificateReminder.certificate_id.in_(certificate_ids)))
    return {(row[0], row[1]) for row in rows}
