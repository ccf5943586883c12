"""People of an organisation: joining, changing, leaving, and the one-time links for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.roles import ROLES, Actor, in_order
from trainer.services.passwords import checked_password, hash_password
from trainer.services.tokens import hash_token, new_token
from trainer.store import accounts as store
from trainer.store.accounts import Invitation, Organisation, User
from trainer.store.audit import record

INVITATION_LIFE = timedelta(days=14)
LANGUAGES = ("en", "fr")


def normal_email(email: str) -> str:
    """The address as it is stored, in lower case. Raises Invalid."""
    try:
        return validate_email(email.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise Invalid("error.bad_email", field="email") from None


def checked_roles(roles: Sequence[str]) -> list[str]:
    """The roles in the product's order. Raises Invalid for none, or for a word that is no role."""
    if not roles or set(roles) - set(ROLES):
        raise Invalid("error.bad_roles", field="roles")
    return in_order(roles)


def checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= 120:
        raise Invalid("error.bad_name", field="name")
    return name


def _language(language: str) -> str:
    if language not in LANGUAGES:
        raise Invalid("error.bad_language", field="language")
    return language


def add_organisation(session: Session, name: str, language: str, now: datetime) -> Organisation:
    """A new tenant. Raises Conflict when the name is taken."""
    name = checked_name(name)
    if store.find_organisation(session, name):
        raise Conflict("error.organisation_exists")
    organisation = Organisation(name=name, language=_language(language), created_at=now)
    session.add(organisation)
    session.commit()
    return organisation


def add_user(
    session: Session,
    organisation: Organisation,
    *,
    name: str,
    email: str,
    roles: Sequence[str],
    language: str,
    password: str,
    now: datetime,
) -> User:
    """A person with an account, made on the machine itself. Raises Invalid; Conflict when the address is taken."""
    user = _new_user(organisation.id, name, email, roles, language, password, now)
    _add_or_conflict(session, user)
    record(session, user.actor, "user.added", user, now, {"roles": list(roles)})
    session.commit()
    return user


def _new_user(
    organisation_id: int, name: str, email: str, roles: Sequence[str], language: str, password: str, now: datetime
) -> User:
    user = User(
        organisation_id=organisation_id,
        name=checked_name(name),
        email=normal_email(email),
        password_hash=hash_password(checked_password(password)),
        language=_language(language),
        created_at=now,
    )
    store.set_roles(user, checked_roles(roles))
    return user


def _add_or_conflict(session: Session, user: User) -> None:
    """The unique address in the database decides, so that two at once cannot both win."""
    session.add(user)
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        raise Conflict("error.email_taken", field="email") from None


def add_candidate(session: Session, organisation_id: int, name: str, language: str, now: datetime) -> User:
    """A person who came by a link to an assessed call: no address, no password. Flushes only, its caller commits."""
    user = User(
        organisation_id=organisation_id,
        name=checked_name(name),
        language=_language(language),
        is_candidate=True,
        created_at=now,
    )
    store.set_roles(user, ["learner"])
    session.add(user)
    session.flush()
    return user


def invite(
    session: Session,
    actor: Actor,
    *,
    email: str,
    name: str,
    roles: Sequence[str],
    language: str,
    now: datetime,
) -> tuple[Invitation, str]:
    """An invitation and its token, which is told here once. An open one for that address stops working.

    Raises Invalid; Conflict when a person of this organisation has the address already. An account in another
    organisation is not told here: it would show one tenant who is in another.
    """
    address, ordered = normal_email(email), checked_roles(roles)
    known = store.find_user_by_email(session, address)
    if known and known.organisation_id == actor.organisation_id:
        raise Conflict("error.already_member", field="email")
    for earlier in store.open_invitations(session, actor.organisation_id, address):
        earlier.withdrawn_at = now
    token, token_hash = new_token()
    invitation = Invitation(
        organisation_id=actor.organisation_id,
        email=address,
        name=" ".join(name.split())[:120],
        roles=" ".join(ordered),
        language=_language(language),
        token_hash=token_hash,
        invited_by_id=actor.user_id or None,
        created_at=now,
        expires_at=now + INVITATION_LIFE,
    )
    session.add(invitation)
    session.flush()
    record(session, actor, "user.invited", invitation, now, {"roles": ordered})
    session.commit()
    return invitation, token


def withdraw_invitation(session: Session, actor: Actor, public_id: str, now: datetime) -> Invitation:
    """The link stops working. Raises NotFound; Conflict when it was already taken."""
    invitation = store.find_invitation(session, actor.organisation_id, public_id)
    if invitation is None:
        raise NotFound
    if invitation.accepted_at:
        raise Conflict("error.invitation_used")
    if invitation.withdrawn_at is None:
        invitation.withdrawn_at = now
        record(session, actor, "invitation.withdrawn", invitation, now)
    session.commit()
    return invitation


def open_invitation(session: Session, token: str, now: datetime) -> Invitation:
    """The invitation behind a link that still works. Raises NotFound with the reason: unknown, used or expired."""
    invitation = store.find_invitation_by_hash(session, hash_token(token))
    if invitation is None or invitation.withdrawn_at:
        raise NotFound("error.invitation_unknown")
    if invitation.accepted_at:
        raise NotFound("error.invitation_used")
    if invitation.expires_at <= now:
        raise NotFound("error.invitation_expired")
    return invitation


def accept_invitation(session: Session, token: str, *, name: str, password: str, language: str, now: datetime) -> User:
    """Join the organisation. Raises NotFound for a link that does not work, Invalid, Conflict for a taken address."""
    invitation = open_invitation(session, token, now)
    user = _new_user(
        invitation.organisation_id, name, invitation.email, invitation.roles.split(), language, password, now
    )
    user.last_sign_in_at = now
    invitation.accepted_at = now
    _add_or_conflict(session, user)
    record(session, user.actor, "user.joined", user, now)
    session.commit()
    return user


@dataclass(frozen=True, slots=True)
class MemberPage:
    """One page of the people, and the invitations that are still open (on the first page only)."""

    people: list[store.Member]
    total: int
    more: bool
    invitations: list[Invitation]


def list_members(session: Session, actor: Actor, *, search: str = "", page: int = 1, size: int = 50) -> MemberPage:
    """Page `page` (from 1) of the actor's organisation."""
    offset = (page - 1) * size
    people, total = store.list_people(session, actor.organisation_id, search=search, limit=size, offset=offset)
    invitations = store.open_invitations(session, actor.organisation_id) if page == 1 and not search else []
    return MemberPage(people, total, offset + len(people) < total, invitations)


def find_member(session: Session, actor: Actor, public_id: str) -> User:
    """A person of the actor's organisation. Raises NotFound."""
    user = store.find_user(session, actor.organisation_id, public_id)
    if user is None or user.is_candidate:
        raise NotFound
    return user


def change_member(
    session: Session, actor: Actor, public_id: str, *, name: str, roles: Sequence[str], language: str, now: datetime
) -> User:
    """New name, roles and language. Raises NotFound, Invalid; Conflict if nobody would be left to administer."""
    user = find_member(session, actor, public_id)
    ordered, before = checked_roles(roles), user.ordered_roles
    if user.is_active and "admin" in before and "admin" not in ordered:
        _keep_an_admin(session, user)
    user.name, user.language = checked_name(name), _language(language)
    store.set_roles(user, ordered)
    record(session, actor, "user.changed", user, now, {"roles": ordered, "roles_before": before})
    session.commit()
    return user


def set_member_active(session: Session, actor: Actor, public_id: str, active: bool, now: datetime) -> User:
    """Close a person's account (every session of theirs ends at once), or open it again. What they did stays."""
    user = find_member(session, actor, public_id)
    if user.is_active == active:
        return user
    if not active:
        if user.id == actor.user_id:
            raise Conflict("error.deactivate_self")
        if "admin" in user.roles:
            _keep_an_admin(session, user)
        user.auth_epoch += 1
    user.is_active = active
    record(session, actor, "user.reactivated" if active else "user.deactivated", user, now)
    session.commit()
    return user


def _keep_an_admin(session: Session, user: User) -> None:
    if store.count_active_admins(session, user.organisation_id) <= 1:
        raise Conflict("error.last_admin", field="roles")
