"""The audit log: who did what to which thing, and when. Rows are added, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.domain.roles import Actor
from trainer.store.base import Row, UtcDateTime


class AuditEntry(Row):
    """One line of the log. `actor_name` is kept as it was then, so that the log outlives the person's row."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_organisation_at", "organisation_id", "at"),
        Index("ix_audit_entries_object", "object_id", "action"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    actor_id: Mapped[int | None]
    actor_name: Mapped[str] = mapped_column(String(120), default="")
    action: Mapped[str] = mapped_column(String(64))
    object_type: Mapped[str] = mapped_column(String(32))
    object_id: Mapped[str] = mapped_column(String(64))
    object_name: Mapped[str] = mapped_column(String(200), default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def record(
    session: Session, actor: Actor, action: str, thing: Row, when: datetime, details: Mapping[str, Any] | None = None
) -> AuditEntry:
    """Add a line in the current transaction: `actor` did `action` ("user.invited", "recording.heard") to `thing`."""
    entry = AuditEntry(
        organisation_id=actor.organisation_id,
        actor_id=actor.user_id or None,
        actor_name=actor.name,
        action=action,
        object_type=thing.__tablename__,
        object_id=thing.public_id or "",
        object_name=str(getattr(thing, "name", None) or getattr(thing, "title", None) or getattr(thing, "email", ""))[
            :200
        ],
        details=dict(details or {}),
        at=when,
    )
    session.add(entry)
    session.flush()
    return entry


def list_entries(session: Session, organisation_id: int, *, limit: int = 50, offset: int = 0) -> list[AuditEntry]:
    """A page of the organisation's log, the newest first."""
    query = select(AuditEntry).where(AuditEntry.organisation_id == organisation_id)
    return list(session.scalars(query.order_by(AuditEntry.at.desc(), AuditEntry.id.desc()).limit(limit).offset(offset)))


def has_entry(session: Session, actor_id: int, action: str, thing: Row) -> bool:
    """Whether that person has ever done that to `thing`."""
    query = select(AuditEntry.id).where(
        AuditEntry.object_id == thing.public_id,
        AuditEntry.action == action,
        AuditEntry.object_type == thing.__tablename__,
        AuditEntry.actor_id == actor_id,
    )
    return session.scalar(query.limit(1)) is not None
