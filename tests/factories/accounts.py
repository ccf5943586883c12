"""Organisations and people for tests."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from functools import cache
from itertools import count

from sqlalchemy.orm import Session

from trainer.services.passwords import hash_password
from trainer.store.accounts import Organisation, User, set_roles

PASSWORD = "correct horse battery"
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
_numbers = count(1)


@cache
def password_hash() -> str:
    """Hashed once: it is slow on purpose."""
    return hash_password(PASSWORD)


def make_organisation(session: Session, name: str = "", language: str = "en") -> Organisation:
    organisation = Organisation(name=name or f"Centre {next(_numbers)}", language=language, created_at=NOW)
    session.add(organisation)
    session.commit()
    return organisation


def make_user(
    session: Session,
    organisation: Organisation,
    roles: Collection[str] = ("learner",),
    *,
    name: str = "",
    email: str | None = "",
    language: str = "en",
    is_active: bool = True,
    is_candidate: bool = False,
) -> User:
    """A person whose password is `PASSWORD`; a candidate has neither address nor password."""
    number = next(_numbers)
    user = User(
        organisation_id=organisation.id,
        name=name or f"Person {number}",
        email=None if is_candidate else email or f"person{number}@example.org",
        password_hash=None if is_candidate else password_hash(),
        language=language,
        is_active=is_active,
        is_candidate=is_candidate,
        created_at=NOW,
    )
    set_roles(user, list(roles))
    session.add(user)
    session.commit()
    return user
