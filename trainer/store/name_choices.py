"""Whether a certificate's public page may show its holder's name: the holder's choices, of which the latest counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ForeignKey, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.store.base import Row, UtcDateTime, ask


class NameChoice(Row):
    """Added, never changed."""

    __tablename__ = "certificate_name_choices"

    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"), index=True)
    hidden: Mapped[bool]
    at: Mapped[datetime] = mapped_column(UtcDateTime)


_CHOICES = (
    select(NameChoice.certificate_id, NameChoice.hidden)
    .where(NameChoice.certificate_id.in_(bindparam("ids", expanding=True)))
    .order_by(NameChoice.id)
)
"""Made once: building a query costs more than running it."""


def hidden_among(session: Session, certificate_ids: Iterable[int]) -> set[int]:
    """Certificates whose holders hide their names, in one query."""
    latest = {row.certificate_id: row.hidden for row in ask(session, _CHOICES, {"ids": list(certificate_ids)})}
    return {number for number, hidden in latest.items() if hidden}
