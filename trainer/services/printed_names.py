"""The name a person wants on certificates, in any script."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.domain.errors import Invalid
from trainer.domain.roles import Actor
from trainer.store import careers as store
from trainer.store.accounts import User
from trainer.store.careers import PrintedName

JOINERS = {"\u200c", "\u200d"}
"""Signs without width that names in some scripts need."""


def name_to_print(session: Session, person: User) -> str:
    row = store.printed_name(session, person.id)
    return row.name if row else person.name


def set_printed_name(session: Session, actor: Actor, name: str, now: datetime) -> str:
    """The actor's own name as it shall stand on certificates to come. Raises Invalid."""
    name = checked_printed_name(name)
    row = store.printed_name(session, actor.user_id)
    if row is None:
        session.add(PrintedName(user_id=actor.user_id, name=name, at=now))
    else:
        row.name, row.at = name, now
    session.commit()
    return name


def checked_printed_name(name: str) -> str:
    """A name of one line in any script, in composed letters. Raises Invalid for an empty or too long one, or one with
    signs that no font prints (control signs, unassigned ones, private use)."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    strange = {sign for sign in name if unicodedata.category(sign) in {"Cc", "Cf", "Cn", "Co", "Cs"}}
    if not 1 <= len(name) <= 120 or strange - JOINERS or not any(sign.isalpha() for sign in name):
        raise Invalid("career.bad_name", field="name")
    return name
