"""A holder may keep their name off the public page: then a reader who knows it can only ask whether it is the one."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from trainer.domain.errors import NotFound
from trainer.domain.roles import Actor
from trainer.services.certificate_files import record_of
from trainer.store import certificates as certificate_store
from trainer.store import name_choices as store
from trainer.store.certificates import Certificate
from trainer.store.name_choices import NameChoice


def hide_name(session: Session, actor: Actor, public_id: str, hidden: bool, now: datetime) -> None:
    """The holder's choice, from now on. Raises NotFound for a certificate of somebody else."""
    certificate = certificate_store.find_certificate(session, public_id, actor.organisation_id)
    if certificate is None or certificate.user_id != actor.user_id:
        raise NotFound
    if hidden != is_hidden(session, certificate):
        session.add(NameChoice(certificate_id=certificate.id, hidden=hidden, at=now))
    session.commit()


def is_hidden(session: Session, certificate: Certificate) -> bool:
    return bool(store.hidden_among(session, [certificate.id]))


def hidden_of(session: Session, certificates: list[Certificate]) -> set[str]:
    """Public ids of those whose names are hidden, in one query."""
    hidden = store.hidden_among(session, [row.id for row in certificates])
    return {row.public_id for row in certificates if row.id in hidden}


def without_name(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record as the public page may show it."""
    return {**record, "holder": ""}


def name_fits(certificate: Certificate, typed: str) -> bool:
    """Whether the typed name is the holder's; case, spaces, accents and kinds of apostrophes do not matter."""
    return _plain(typed) == _plain(str(record_of(certificate)["holder"]))


def _plain(name: str) -> str:
    parts = unicodedata.normalize("NFKD", name.casefold().replace("’", "'"))
    return " ".join("".join(sign for sign in parts if not unicodedata.combining(sign)).split())
