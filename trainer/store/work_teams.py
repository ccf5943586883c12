"""Teams of an organisation: their supervisors, their people, and the targets they work by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.domain import work_figures as domain
from trainer.extensions import db
from trainer.store.accounts import User
from trainer.store.base import Row, UtcDateTime


class Team(Row):
    """People who work by the same targets."""

    __tablename__ = "teams"
    __table_args__ = (Index("ix_teams_organisation_name", "organisation_id", "name"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class TeamLead(db.Model):  # type: ignore[name-defined,misc]
    """A supervisor of a team."""

    __tablename__ = "team_leads"

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)


class TeamMember(Row):
    """A person of a team since a day. Whoever left (`left_on`, the last day) stays with the figures of then."""

    __tablename__ = "team_members"
    __table_args__ = (
        UniqueConstraint("team_id", "user_id", name="uq_team_members_team_user"),
        Index("ix_team_members_user", "user_id"),
    )

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    since: Mapped[date] = mapped_column(Date)
    left_on: Mapped[date | None] = mapped_column(Date)


class TeamTarget(Row):
    """What an indicator is to reach from a day on; `value` None ends it. Added, never changed."""

    __tablename__ = "team_targets"
    __table_args__ = (Index("ix_team_targets_team", "team_id", "id"),)

    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id", ondelete="CASCADE"))
    indicator: Mapped[str] = mapped_column(String(32))
    direction: Mapped[str] = mapped_column(String(16))
    value: Mapped[float | None]
    since: Mapped[date] = mapped_column(Date)
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_name: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def find_team(session: Session, organisation_id: int, public_id: str) -> Team | None:
    return session.scalar(select(Team).where(Team.public_id == public_id, Team.organisation_id == organisation_id))


def lock_team(session: Session, team: Team) -> None:
    """Writers of one team's figures wait for each other (where the database has locks of rows; SQLite has one writer)."""
    session.execute(select(Team.id).where(Team.id == team.id).with_for_update())


def list_teams(session: Session, organisation_id: int, lead_id: int | None) -> list[tuple[Team, int]]:
    """The teams of one supervisor (all with None) by name, with the number of their people."""
    people = select(TeamMember.team_id, func.count().label("people")).where(TeamMember.left_on.is_(None))
    counted = people.group_by(TeamMember.team_id).subquery()
    query = select(Team, func.coalesce(counted.c.people, 0)).outerjoin(counted, counted.c.team_id == Team.id)
    query = query.where(Team.organisation_id == organisation_id)
    if lead_id is not None:
        query = query.where(Team.id.in_(select(TeamLead.team_id).where(TeamLead.user_id == lead_id)))
    return [(row[0], row[1]) for row in session.execute(query.order_by(Team.name, Team.id))]


def leads_of(session: Session, team: Team) -> list[User]:
    """The team's supervisors by name."""
    query = select(User).join(TeamLead, TeamLead.user_id == User.id).where(TeamLead.team_id == team.id)
    return list(session.scalars(query.order_by(User.sort_name, User.id)))


def is_lead(session: Session, team_id: int, user_id: int) -> bool:
    return session.get(TeamLead, (team_id, user_id)) is not None


def remove_lead(session: Session, team: Team, user: User) -> None:
    session.execute(delete(TeamLead).where(TeamLead.team_id == team.id, TeamLead.user_id == user.id))


def members_of(session: Session, team: Team, *, with_former: bool = False) -> list[tuple[TeamMember, User]]:
    """The people of a team by name; those who left too, if asked."""
    query = select(TeamMember, User).join(User, User.id == TeamMember.user_id).where(TeamMember.team_id == team.id)
    if not with_former:
        query = query.where(TeamMember.left_on.is_(None))
    return [(row[0], row[1]) for row in session.execute(query.order_by(User.sort_name, User.id))]


def member_of(session: Session, team: Team, user_id: int) -> TeamMember | None:
    """The person's place in the team, left or not."""
    return session.scalar(select(TeamMember).where(TeamMember.team_id == team.id, TeamMember.user_id == user_id))


def team_now_of(session: Session, user_id: int) -> Team | None:
    """The one team that the person is in."""
    query = select(Team).join(TeamMember, TeamMember.team_id == Team.id)
    return session.scalar(query.where(TeamMember.user_id == user_id, TeamMember.left_on.is_(None)).limit(1))


def people_without_team(session: Session, organisation_id: int) -> list[User]:
    """Active people of the organisation who are in no team now (candidates apart), by name."""
    placed = select(TeamMember.user_id).where(TeamMember.left_on.is_(None))
    query = select(User).where(
        User.organisation_id == organisation_id, User.is_active, ~User.is_candidate, User.id.not_in(placed)
    )
    return list(session.scalars(query.order_by(User.sort_name, User.id)))


def target_rows(session: Session, team_ids: Iterable[int]) -> dict[int, list[TeamTarget]]:
    """The targets of each team in the order they were set, by the team's id. One query."""
    ids = set(team_ids)
    found: dict[int, list[TeamTarget]] = {number: [] for number in ids}
    query = select(TeamTarget).where(TeamTarget.team_id.in_(ids)).order_by(TeamTarget.id)
    for row in session.scalars(query) if ids else ():
        found[row.team_id].append(row)
    return found


def as_targets(rows: Iterable[TeamTarget]) -> tuple[domain.Target, ...]:
    return tuple(domain.Target(row.indicator, row.direction, row.value, row.since) for row in rows)
