"""Which bit of which published list stands for which certificate, and which lists are out of date."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.store.base import Row, UtcDateTime
from trainer.store.certificates import CertificateFact


class StatusList(Row):
    """A list under `issuer`'s address. `withdrawn` is how many certificates its published file says are withdrawn,
    None while there is none."""

    __tablename__ = "status_lists"
    __table_args__ = (UniqueConstraint("organisation_id", "number", name="uq_status_lists_organisation_number"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    number: Mapped[int]
    issuer: Mapped[str] = mapped_column(String(500))
    withdrawn: Mapped[int | None]
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StatusEntry(Row):
    """A certificate's place in a list: drawn, so that it does not tell when the certificate was issued."""

    __tablename__ = "status_entries"
    __table_args__ = (UniqueConstraint("status_list_id", "position", name="uq_status_entries_list_position"),)

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"), unique=True)
    status_list_id: Mapped[int] = mapped_column(ForeignKey("status_lists.id"))
    position: Mapped[int]


def hold_list(session: Session, row: StatusList, now: datetime) -> None:
    """Until this transaction ends nobody else publishes the list: its row is written first."""
    session.execute(update(StatusList).where(StatusList.id == row.id).values(made_at=now))


def lists_of(session: Session, organisation_id: int) -> list[StatusList]:
    """In the order of their numbers."""
    query = select(StatusList).where(StatusList.organisation_id == organisation_id).order_by(StatusList.number)
    return list(session.scalars(query))


def find_list(session: Session, organisation_id: int, number: int) -> StatusList | None:
    query = select(StatusList).where(StatusList.organisation_id == organisation_id, StatusList.number == number)
    return session.scalar(query)


def list_of_certificate(session: Session, certificate_id: int) -> StatusList | None:
    """None for a certificate that was issued before there were lists."""
    query = select(StatusList).join(StatusEntry, StatusEntry.status_list_id == StatusList.id)
    return session.scalar(query.where(StatusEntry.certificate_id == certificate_id))


def count_entries(session: Session, status_list_id: int) -> int:
    query = select(func.count()).select_from(StatusEntry).where(StatusEntry.status_list_id == status_list_id)
    return session.scalar(query) or 0


def is_taken(session: Session, status_list_id: int, position: int) -> bool:
    query = select(StatusEntry.id).where(StatusEntry.status_list_id == status_list_id, StatusEntry.position == position)
    return session.scalar(query) is not None


def withdrawn_positions(session: Session, status_list_id: int, now: datetime) -> set[int]:
    """Of certificates that are revoked or replaced."""
    query = (
        select(StatusEntry.position)
        .join(CertificateFact, CertificateFact.certificate_id == StatusEntry.certificate_id)
        .where(StatusEntry.status_list_id == status_list_id, CertificateFact.at <= now)
    )
    return set(session.scalars(query))


def lists_out_of_date(session: Session, now: datetime) -> list[StatusList]:
    """Those that were never published, or say another number of withdrawn certificates than there are."""
    counted = (
        select(func.count(func.distinct(StatusEntry.id)))
        .join(CertificateFact, CertificateFact.certificate_id == StatusEntry.certificate_id)
        .where(StatusEntry.status_list_id == StatusList.id, CertificateFact.at <= now)
        .correlate(StatusList)
        .scalar_subquery()
    )
    query = select(StatusList).where(StatusList.withdrawn.is_(None) | (StatusList.withdrawn != counted))
    return list(session.scalars(query.order_by(StatusList.id)))
