"""Organisations, their people, and the one-time links that let people in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, lazyload, mapped_column, relationship, validates

from trainer.domain.plain_text import without_accents
from trainer.domain.roles import Actor, in_order
from trainer.extensions import db
from trainer.store.base import Row, UtcDateTime, ask


class Organisation(Row):
    """A tenant: everything that people make belongs to exactly one."""

    __tablename__ = "organisations"

    name: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(8), default="en")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state_version: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")


class UserRole(db.Model):  # type: ignore[name-defined,misc]
    """One role of one person."""

    __tablename__ = "user_roles"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    role: Mapped[str] = mapped_column(String(16), primary_key=True)


def sort_name(name: str) -> str:
    """By what a name stands in lists: Élodie beside Elodie, de Vries beside De Vries, in every database."""
    return without_accents(name)[:120]


class User(Row):
    """A person in an organisation. A candidate came by a link: no e-mail, no password, only the learner's role.

    `auth_epoch` is written into each session: raising it ends every session that was begun before. `state_version`, as an
    organisation's, is counted by the session (store/state_versions.py).
    """

    __tablename__ = "users"
    __table_args__ = (
        Index("ix_users_organisation_name", "organisation_id", "name"),
        Index("ix_users_organisation_state", "organisation_id", "state_version"),
        # In the order of the lists, so that a page of ten thousand people sorts nothing.
        Index("ix_users_organisation_list", "organisation_id", "is_candidate", "is_active", "sort_name"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str] = mapped_column(String(120))
    sort_name: Mapped[str] = mapped_column(
        String(120), default=lambda row: sort_name(row.get_current_parameters()["name"])
    )
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(255))
    language: Mapped[str] = mapped_column(String(8), default="en")
    is_active: Mapped[bool] = mapped_column(default=True)
    is_candidate: Mapped[bool] = mapped_column(default=False)
    auth_epoch: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_sign_in_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state_version: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")

    organisation: Mapped[Organisation] = relationship()
    role_rows: Mapped[list[UserRole]] = relationship(cascade="all, delete-orphan", lazy="selectin")

    @validates("name")
    def _sort_by(self, _key: str, name: str) -> str:
        self.sort_name = sort_name(name)
        return name

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(row.role for row in self.role_rows)

    @property
    def ordered_roles(self) -> list[str]:
        """The roles in the order that the product names them."""
        return in_order(self.roles)

    @property
    def actor(self) -> Actor:
        return Actor(
            user_id=self.id,
            organisation_id=self.organisation_id,
            roles=self.roles,
            name=self.name,
            language=self.language,
        )


class Invitation(Row):
    """A link that lets one person join, once. Only the token's hash is kept; `roles` are words apart by spaces."""

    __tablename__ = "invitations"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120), default="")
    roles: Mapped[str] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(8), default="en")
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    organisation: Mapped[Organisation] = relationship()


class PasswordReset(Row):
    """A link that lets one person choose a new password, once."""

    __tablename__ = "password_resets"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    user: Mapped[User] = relationship()


def find_organisation(session: Session, name: str) -> Organisation | None:
    return session.scalar(select(Organisation).where(Organisation.name == name))


def find_user_by_email(session: Session, email: str) -> User | None:
    """By address in lower case, in any organisation."""
    return session.scalar(select(User).where(User.email == email))


def find_user(session: Session, organisation_id: int, public_id: str) -> User | None:
    """The person of that organisation, or None."""
    return session.scalar(select(User).where(User.public_id == public_id, User.organisation_id == organisation_id))


@dataclass(frozen=True, slots=True)
class SessionUser:
    """What every request needs to know of the person who makes it."""

    public_id: str
    auth_epoch: int
    name: str
    email: str | None
    language: str
    organisation: str
    is_candidate: bool
    actor: Actor
    state_version: tuple[int, int]
    """Their own and that of the organisation: while both stay, nothing they are shown has changed but by time."""


_SESSION_USER = (
    select(
        User.id, User.organisation_id, User.name, User.email, User.language, User.is_candidate,
        Organisation.name.label("organisation"), UserRole.role, User.state_version,
        Organisation.state_version.label("organisation_version"),
    )
    .join(Organisation, Organisation.id == User.organisation_id)
    .outerjoin(UserRole, UserRole.user_id == User.id)
    .where(User.public_id == bindparam("public_id"), User.auth_epoch == bindparam("auth_epoch"), User.is_active)
)  # fmt: skip
"""Made once: every request asks it, and building a query costs more than running this one."""


def find_session_user(session: Session, public_id: str, auth_epoch: int) -> SessionUser | None:
    """The active person whose sessions of that epoch still hold, with roles and organisation, in one query."""
    rows = ask(session, _SESSION_USER, {"public_id": public_id, "auth_epoch": auth_epoch}).all()
    if not rows:
        return None
    one, roles = rows[0], frozenset(row.role for row in rows if row.role)
    actor = Actor(one.id, one.organisation_id, roles, one.name, one.language)
    return SessionUser(
        public_id, auth_epoch, one.name, one.email, one.language, one.organisation, one.is_candidate, actor,
        (one.state_version, one.organisation_version),
    )  # fmt: skip


_PEOPLE_VERSION = select(func.max(User.state_version)).where(User.organisation_id == bindparam("organisation_id"))


def people_version(session: Session, organisation_id: int) -> int:
    """The highest of all people's: while it stays, nothing was stored of any of them. Where several machines commit at the
    same moment, a commit can be missed until the next one."""
    return ask(session, _PEOPLE_VERSION, {"organisation_id": organisation_id}).scalar() or 0


_ONESELF = select(User).where(User.id == bindparam("user_id")).options(lazyload(User.role_rows))


def find_oneself(session: Session, user_id: int) -> User | None:
    """The account of whoever asks; their roles, which the session has, are read only where somebody wants them."""
    return session.scalar(_ONESELF, {"user_id": user_id})


@dataclass(frozen=True, slots=True)
class Member:
    """A person of an organisation as a list shows them; `roles` in the order that the product names them."""

    public_id: str
    name: str
    email: str | None
    roles: tuple[str, ...]
    is_active: bool
    last_sign_in_at: datetime | None


_OWN = (User.organisation_id == bindparam("organisation_id"), ~User.is_candidate)
_MEMBER_COUNTS = select(User.is_active, func.count()).where(*_OWN).group_by(User.is_active)
_MEMBERS = (
    select(User.id, User.public_id, User.name, User.email, User.is_active, User.last_sign_in_at)
    .where(*_OWN, User.is_active == bindparam("is_active"))
    .order_by(User.sort_name, User.id)
    .limit(bindparam("most"))
    .offset(bindparam("first"))
)
_ROLES = select(UserRole.user_id, UserRole.role).where(UserRole.user_id.in_(bindparam("user_ids", expanding=True)))


def list_people(
    session: Session, organisation_id: int, *, search: str = "", limit: int = 50, offset: int = 0
) -> tuple[list[Member], int]:
    """A page of the organisation's people (candidates apart) by name, closed accounts last, and how many there are in all."""
    counts, members, own = _MEMBER_COUNTS, _MEMBERS, {"organisation_id": organisation_id}
    if search:
        like = User.name.icontains(search, autoescape=True) | User.email.icontains(search, autoescape=True)
        counts, members = counts.where(like), members.where(like)
    total: dict[bool, int] = {row[0]: row[1] for row in ask(session, counts, own)}
    rows: list[Any] = []
    for is_active, first in ((True, offset), (False, max(0, offset - total.get(True, 0)))):
        if len(rows) < limit and first < total.get(is_active, 0):
            page = own | {"is_active": is_active, "most": limit - len(rows), "first": first}
            rows += ask(session, members, page)
    held: dict[int, set[str]] = {row.id: set() for row in rows}
    for user_id, role in ask(session, _ROLES, {"user_ids": list(held)}):
        held[user_id].add(role)
    return [
        Member(
            row.public_id, row.name, row.email, tuple(in_order(held[row.id])), row.is_active, row.last_sign_in_at
        )
        for row in rows
    ], sum(total.values())  # fmt: skip


def count_active_admins(session: Session, organisation_id: int) -> int:
    query = select(func.count()).select_from(User).join(UserRole, UserRole.user_id == User.id)
    return (
        session.scalar(query.where(User.organisation_id == organisation_id, User.is_active, UserRole.role == "admin"))
        or 0
    )


def users_with_role(session: Session, organisation_id: int, *roles: str) -> list[User]:
    """Active people who have one of `roles` (candidates apart), by name."""
    having = select(UserRole.user_id).where(UserRole.role.in_(roles))
    query = select(User).where(
        User.organisation_id == organisation_id, User.is_active, ~User.is_candidate, User.id.in_(having)
    )
    return list(session.scalars(query.order_by(User.sort_name, User.id)))


def names_of_users(session: Session, user_ids: Iterable[int]) -> dict[int, str]:
    """Names by id, in one query."""
    ids = set(user_ids)
    if not ids:
        return {}
    return {row.id: row.name for row in session.execute(select(User.id, User.name).where(User.id.in_(ids)))}


def set_roles(user: User, roles: Sequence[str]) -> None:
    """Make `roles` the person's roles; rows that stay are kept."""
    wanted = set(roles)
    user.role_rows[:] = [row for row in user.role_rows if row.role in wanted]
    user.role_rows.extend(UserRole(role=role) for role in in_order(wanted - user.roles))


def find_invitation_by_hash(session: Session, token_hash: str) -> Invitation | None:
    return session.scalar(select(Invitation).where(Invitation.token_hash == token_hash))


def find_invitation(session: Session, organisation_id: int, public_id: str) -> Invitation | None:
    query = select(Invitation).where(Invitation.public_id == public_id, Invitation.organisation_id == organisation_id)
    return session.scalar(query)


_INVITATIONS = (
    select(Invitation)
    .where(
        Invitation.organisation_id == bindparam("organisation_id"),
        Invitation.accepted_at.is_(None),
        Invitation.withdrawn_at.is_(None),
    )
    .order_by(Invitation.created_at.desc(), Invitation.id.desc())
)


def open_invitations(session: Session, organisation_id: int, email: str | None = None) -> list[Invitation]:
    """Invitations neither taken nor withdrawn (expired ones too), the newest first."""
    query = _INVITATIONS if email is None else _INVITATIONS.where(Invitation.email == email)
    return list(session.scalars(query, {"organisation_id": organisation_id}))


def find_password_reset(session: Session, token_hash: str) -> PasswordReset | None:
    return session.scalar(select(PasswordReset).where(PasswordReset.token_hash == token_hash))
