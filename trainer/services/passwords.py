"""Passwords: hashing with argon2, signing in, changing and resetting."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.orm import Session

from trainer.domain.errors import Invalid, NotFound, TrainerError
from trainer.domain.roles import Actor
from trainer.services.tokens import hash_token, new_token
from trainer.store import accounts as store
from trainer.store.accounts import PasswordReset, User
from trainer.store.audit import record

SHORTEST, LONGEST = 10, 200
RESET_LIFE = timedelta(hours=24)

hasher = PasswordHasher()


class SignInFailed(TrainerError):
    """Unknown address, wrong password or closed account: from outside all look the same."""

    status = 401
    code = "error.sign_in_failed"


def checked_password(password: str) -> str:
    """Length is what makes a password strong; no rule about its signs. Raises Invalid."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid("error.bad_password_length", field="password", shortest=SHORTEST, longest=LONGEST)
    if len(set(password)) < 4:
        raise Invalid("error.password_too_plain", field="password")
    return password


def hash_password(password: str) -> str:
    return hasher.hash(password)


@cache
def _hash_of_nobody() -> str:
    return hasher.hash("the account does not exist")


def _matches(password_hash: str | None, password: str) -> bool:
    """Takes as long for an unknown person as for a known one, so that time does not tell who has an account."""
    try:
        hasher.verify(password_hash or _hash_of_nobody(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def sign_in(session: Session, email: str, password: str, now: datetime) -> User:
    """The person with that address and password. Raises SignInFailed."""
    user = store.find_user_by_email(session, email.strip().lower())
    fits = _matches(user.password_hash if user else None, password)
    if user is None or not fits or not user.is_active:
        raise SignInFailed
    if user.password_hash and hasher.check_needs_rehash(user.password_hash):
        user.password_hash = hash_password(password)
    user.last_sign_in_at = now
    session.commit()
    return user


def _me(session: Session, actor: Actor) -> User:
    user = session.get(User, actor.user_id)
    if user is None:
        raise NotFound
    return user


def change_password(session: Session, actor: Actor, *, old: str, new: str, now: datetime) -> User:
    """A new password; all sessions begun before end (the caller begins a new one here). Raises Invalid."""
    user = _me(session, actor)
    if not _matches(user.password_hash, old):
        raise Invalid("error.wrong_old_password", field="old_password")
    user.password_hash = hash_password(checked_password(new))
    user.auth_epoch += 1
    record(session, actor, "user.password_changed", user, now)
    session.commit()
    return user


def sign_out_everywhere(session: Session, actor: Actor, now: datetime) -> None:
    """Every session of this person ends, this one too."""
    user = _me(session, actor)
    user.auth_epoch += 1
    record(session, actor, "user.signed_out_everywhere", user, now)
    session.commit()


def set_language(session: Session, actor: Actor, language: str) -> None:
    _me(session, actor).language = language
    session.commit()


def begin_reset(session: Session, email: str, now: datetime) -> tuple[User, str] | None:
    """A person and the token of their reset link, or None where there is no such account (the page says the same)."""
    user = store.find_user_by_email(session, email.strip().lower())
    if user is None or not user.is_active:
        return None
    return user, _add_reset(session, user, user.actor, now)


def make_reset_link(session: Session, actor: Actor, public_id: str, now: datetime) -> tuple[User, str]:
    """The same, made by an administrator who hands the link over. Raises NotFound."""
    user = store.find_user(session, actor.organisation_id, public_id)
    if user is None or user.is_candidate or not user.is_active:
        raise NotFound
    return user, _add_reset(session, user, actor, now)


def _add_reset(session: Session, user: User, actor: Actor, now: datetime) -> str:
    token, token_hash = new_token()
    session.add(PasswordReset(user_id=user.id, token_hash=token_hash, created_at=now, expires_at=now + RESET_LIFE))
    record(session, actor, "user.reset_asked", user, now)
    session.commit()
    return token


def open_reset(session: Session, token: str, now: datetime) -> PasswordReset:
    """The reset behind a link that still works. Raises NotFound."""
    reset = store.find_password_reset(session, hash_token(token))
    if reset is None or reset.used_at or reset.expires_at <= now or not reset.user.is_active:
        raise NotFound("error.reset_unknown")
    return reset


def finish_reset(session: Session, token: str, password: str, now: datetime) -> User:
    """The new password stands, every older session ends, the link is spent. Raises NotFound, Invalid."""
    reset = open_reset(session, token, now)
    user = reset.user
    user.password_hash = hash_password(checked_password(password))
    user.auth_epoch += 1
    reset.used_at = now
    record(session, user.actor, "user.password_reset", user, now)
    session.commit()
    return user
