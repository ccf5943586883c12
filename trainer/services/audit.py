"""The audit log's door for services and pages."""

from __future__ import annotations

from sqlalchemy.orm import Session

from trainer.domain.roles import Actor
from trainer.store import audit as store
from trainer.store.audit import AuditEntry, record

__all__ = ["list_audit", "record"]


def list_audit(session: Session, actor: Actor, page: int, size: int = 50) -> tuple[list[AuditEntry], bool]:
    """Page `page` (from 1) of the organisation's log, and whether there is an older one."""
    rows = store.list_entries(session, actor.organisation_id, limit=size + 1, offset=(page - 1) * size)
    return rows[:size], len(rows) > size
