"""What all tables share: unguessable public ids, and times that stay aware on every database."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import CursorResult, DateTime, Select, String, TypeDecorator
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.extensions import db


def ask(session: Session, statement: Select[Any], values: Mapping[str, Any]) -> CursorResult[Any]:
    """The rows of a statement over columns, past what the session does to make objects of rows: a third of its time.
    As with the session, what was added and not flushed is stored first."""
    session.flush()
    return session.connection().execute(statement, values)


def new_public_id() -> str:
    """Sixteen characters with 96 random bits, for addresses; never a dash first, which a command would take for an option."""
    while (made := secrets.token_urlsafe(12)).startswith("-"):
        pass
    return made


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes, kept as UTC; SQLite would otherwise give them back without a zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Row(db.Model):  # type: ignore[name-defined,misc]
    """A table row with a number for joins and a public id for addresses."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(24), unique=True, default=new_public_id)
