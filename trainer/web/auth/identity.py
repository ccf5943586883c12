"""Who is signed in. The session cookie holds the person's public id and their epoch, nothing else."""

from __future__ import annotations

from dataclasses import dataclass, fields

from flask import g
from flask import session as browser
from flask_login import AnonymousUserMixin, UserMixin, login_user

from trainer.extensions import login
from trainer.store.accounts import SessionUser, User, find_session_user
from trainer.web import context
from trainer.web.languages import KEY as LANGUAGE_KEY


@dataclass(frozen=True)
class SignedIn(SessionUser, UserMixin):
    """The person of this request: values, not a row, so that a commit in a service does not read them again."""

    def get_id(self) -> str:
        return f"{self.public_id}.{self.auth_epoch}"


class Stranger(AnonymousUserMixin):
    """Nobody is signed in."""

    language = None
    is_candidate = False
    actor = None


def signed_in_as(user: User) -> SignedIn:
    return SignedIn(
        public_id=user.public_id,
        auth_epoch=user.auth_epoch,
        name=user.name,
        email=user.email,
        language=user.language,
        organisation=user.organisation.name,
        is_candidate=user.is_candidate,
        actor=user.actor,
        state_version=(user.state_version, user.organisation.state_version),
    )


def load_person(session_id: str) -> SignedIn | None:
    """The person behind a session cookie; None once their epoch has moved on or their account was closed."""
    public_id, _, epoch = session_id.rpartition(".")
    if not public_id or not epoch.isdecimal():
        return None
    found = find_session_user(context.session(), public_id, int(epoch))
    if found is None:
        return None
    g.tenant = found.actor.organisation_id
    return SignedIn(*(getattr(found, one.name) for one in fields(SessionUser)))


def tenant() -> int:
    """The organisation of whoever makes this request, as far as anybody asked who that is; 0 for a stranger."""
    return int(g.get("tenant", 0))


def begin_session(user: User) -> None:
    """Sign `user` in on this browser (a member or a candidate). What the browser held before is thrown away."""
    browser.clear()
    browser.permanent = True
    browser[LANGUAGE_KEY] = user.language
    login_user(signed_in_as(user))


login.anonymous_user = Stranger
login.user_loader(load_person)
