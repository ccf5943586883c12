"""Teams: who supervises them, who is in them, and the targets they work by, each from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.domain.roles import Actor
from trainer.domain.work_figures import DIRECTIONS, MEASURES, Target, target_on
from trainer.services.accounts import checked_name
from trainer.store import accounts
from trainer.store import work_figures as figures
from trainer.store import work_teams as store
from trainer.store.accounts import User
from trainer.store.audit import record
from trainer.store.work_teams import Team, TeamLead, TeamMember, TeamTarget

LEADS = ("supervisor", "admin")
MOST_MEMBERS, MOST_LEADS = 200, 10
FARTHEST = timedelta(days=732)
"""How far ahead a target may begin."""


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A measure of the team: the target in force, the next ones, and all that was ever set, the newest first."""

    measure: str
    now: Target | None
    coming: tuple[Target, ...]
    history: tuple[TeamTarget, ...]


@dataclass(frozen=True, slots=True)
class TeamSetup:
    """Who is in a team, who may be, and what it works by. `first_free`: the earliest day a new target may hold from."""

    team: Team
    leads: tuple[User, ...]
    members: tuple[tuple[TeamMember, User], ...]
    may_lead: tuple[User, ...]
    may_join: tuple[User, ...]
    targets: tuple[TargetLine, ...]
    first_free: date | None


def list_teams(session: Session, actor: Actor) -> list[tuple[Team, int]]:
    """The teams that the actor supervises (an administrator sees all), each with its number of people."""
    return store.list_teams(session, actor.organisation_id, None if actor.is_any("admin") else actor.user_id)


def create_team(session: Session, actor: Actor, name: str, now: datetime) -> Team:
    """An empty team that the actor supervises. Raises Invalid, NotAllowed."""
    if not actor.is_any("supervisor"):
        raise NotAllowed
    team = Team(organisation_id=actor.organisation_id, name=checked_name(name), created_at=now)
    session.add(team)
    session.flush()
    session.add(TeamLead(team_id=team.id, user_id=actor.user_id))
    record(session, actor, "work.team_made", team, now)
    session.commit()
    return team


def find_team(session: Session, actor: Actor, team_id: str) -> Team:
    """A team that the actor supervises; any of the organisation for an administrator. Raises NotFound."""
    team = store.find_team(session, actor.organisation_id, team_id)
    if team is None or not supervises(session, actor, team.id):
        raise NotFound("work.no_team")
    return team


def supervises(session: Session, actor: Actor, team_id: int) -> bool:
    """Of a team of the actor's own organisation."""
    return actor.is_any("admin") or (actor.is_any("supervisor") and store.is_lead(session, team_id, actor.user_id))


def open_setup(session: Session, actor: Actor, team_id: str, today: date) -> TeamSetup:
    """The page on which a team is put together. Raises NotFound."""
    team = find_team(session, actor, team_id)
    leads = store.leads_of(session, team)
    staff = accounts.users_with_role(session, team.organisation_id, *LEADS)
    known = {user.id for user in leads}
    last = figures.last_day_with_figures(session, team)
    return TeamSetup(
        team=team,
        leads=tuple(leads),
        members=tuple(store.members_of(session, team)),
        may_lead=tuple(user for user in staff if user.id not in known),
        may_join=tuple(store.people_without_team(session, team.organisation_id)),
        targets=target_lines(store.target_rows(session, [team.id])[team.id], today),
        first_free=last + timedelta(days=1) if last else None,
    )


def target_lines(rows: list[TeamTarget], today: date) -> tuple[TargetLine, ...]:
    """Every measure that ever had a target, in the order of tables."""
    lines = []
    for name in MEASURES:
        own = [row for row in rows if row.indicator == name]
        if own:
            targets = store.as_targets(own)
            coming = sorted((one for one in targets if one.since > today), key=lambda one: one.since)
            lines.append(TargetLine(name, target_on(targets, name, today), tuple(coming), tuple(reversed(own))))
    return tuple(lines)


def add_member(session: Session, actor: Actor, team_id: str, person_id: str, since: date, now: datetime) -> TeamMember:
    """Put somebody of the organisation into the team. Raises NotFound, Invalid, Conflict for people of another team."""
    team, person = find_team(session, actor, team_id), accounts.find_user(session, actor.organisation_id, person_id)
    if person is None or person.is_candidate or not person.is_active:
        raise Invalid("work.nobody", field="person")
    if not date(2000, 1, 1) <= since <= now.date() + FARTHEST:
        raise Invalid("work.bad_day", field="since")
    other = store.team_now_of(session, person.id)
    if other is not None:
        raise Conflict("work.in_a_team", field="person", name=person.name, team=other.name)
    if len(store.members_of(session, team)) >= MOST_MEMBERS:
        raise Conflict("work.team_full", field="person", most=MOST_MEMBERS)
    member = store.member_of(session, team, person.id)
    if member is None:
        member = TeamMember(team_id=team.id, user_id=person.id)
        session.add(member)
    member.since, member.left_on = since, None
    record(session, actor, "work.member_added", team, now, {"person": person.public_id, "since": since.isoformat()})
    session.commit()
    return member


def remove_member(session: Session, actor: Actor, team_id: str, person_id: str, now: datetime) -> User:
    """Take somebody out; what is recorded stays theirs and the team's. Twice changes nothing. Raises NotFound."""
    team = find_team(session, actor, team_id)
    person = accounts.find_user(session, actor.organisation_id, person_id)
    member = store.member_of(session, team, person.id) if person else None
    if person is None or member is None:
        raise NotFound("work.nobody")
    if member.left_on is None:
        member.left_on = max(now.date(), member.since)
        record(session, actor, "work.member_removed", team, now, {"person": person.public_id})
        session.commit()
    return person


def add_lead(session: Session, actor: Actor, team_id: str, person_id: str, now: datetime) -> User:
    """Another supervisor for the team. Raises NotFound, Invalid for somebody without the role."""
    team, person = find_team(session, actor, team_id), accounts.find_user(session, actor.organisation_id, person_id)
    if person is None or not person.is_active or not person.roles & set(LEADS):
        raise Invalid("work.no_supervisor", field="lead")
    known = store.leads_of(session, team)
    if person.id not in {user.id for user in known}:
        if len(known) >= MOST_LEADS:
            raise Conflict("work.many_leads", field="lead", most=MOST_LEADS)
        session.add(TeamLead(team_id=team.id, user_id=person.id))
        record(session, actor, "work.lead_added", team, now, {"person": person.public_id})
        session.commit()
    return person


def remove_lead(session: Session, actor: Actor, team_id: str, person_id: str, now: datetime) -> User:
    """One supervisor less; the last one stays. Raises NotFound, Conflict."""
    team, person = find_team(session, actor, team_id), accounts.find_user(session, actor.organisation_id, person_id)
    leads = {user.id for user in store.leads_of(session, team)}
    if person is None or person.id not in leads:
        raise NotFound("work.nobody")
    if len(leads) == 1:
        raise Conflict("work.last_lead")
    store.remove_lead(session, team, person)
    record(session, actor, "work.lead_removed", team, now, {"person": person.public_id})
    session.commit()
    return person


def set_target(
    session: Session, actor: Actor, team_id: str, *, indicator: str, direction: str, value: float | None, since: date,
    now: datetime,
) -> TeamTarget:  # fmt: skip
    """What the indicator is to reach from `since` on; `value` None ends its target, no `direction` is the usual one.

    Raises NotFound; Invalid for what no target can be, and for a day on or before which a period is recorded that the
    target would judge: people work by what they were told beforehand.
    """
    team = find_team(session, actor, team_id)
    known = MEASURES.get(indicator)
    if known is None:
        raise Invalid("work.bad_indicator", field="indicator")
    direction = direction or known.direction
    if direction not in DIRECTIONS:
        raise Invalid("work.bad_direction", field="direction")
    if value is not None and not 0 <= value <= known.largest:
        raise Invalid("work.out_of_range", field="value", most=known.largest)
    if not date(2000, 1, 1) <= since <= now.date() + FARTHEST:
        raise Invalid("work.bad_day", field="since")
    store.lock_team(session, team)
    last = figures.last_day_with_figures(session, team)
    if last is not None and since <= last:
        raise Invalid("work.target_in_past", field="since", earliest=last + timedelta(days=1))
    rows = store.target_rows(session, [team.id])[team.id]
    if value is None and target_on(store.as_targets(rows), indicator, since) is None:
        raise Invalid("work.no_target_to_end", field="value")
    made = TeamTarget(
        team_id=team.id, indicator=indicator, direction=direction, value=value, since=since, by_id=actor.user_id,
        by_name=actor.name, at=now,
    )  # fmt: skip
    session.add(made)
    facts = {"indicator": indicator, "direction": direction, "value": value, "since": since.isoformat()}
    record(session, actor, "work.target_set", team, now, facts)
    session.commit()
    return made
