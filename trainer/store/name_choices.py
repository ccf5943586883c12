"""Whether a certificate's public page may show its holder's name: the holder's choices, of which the latest counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.store.base import Row, UtcDateTime


class NameChoice(Row):
    """Added, never changed."""

    __tablename__ = "certificate_name_choices"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"), index=True)
    hidden: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def hidden_among(session: Session, certificate_ids: Iterable[int]) -> set[int]:
    """Certificates whose holders hide their names, in one query."""
    query = select(NameChoice).where(NameChoice.certificate_id.in_(list(certificate_ids))).order_by(NameChoice.id)
    latest = {row.certificate_id: row.hidden for row in session.scalars(query)}
    return {number for number, hidden in latest.items() if hidden}
