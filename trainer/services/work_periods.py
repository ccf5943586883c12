"""Periods of work entered by hand, corrected with the earlier figures kept, and withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.domain.roles import Actor
from trainer.domain.work_figures import INDICATORS
from trainer.services.work_entries import Entry, Figures, Mistake, read_entry, read_figures
from trainer.services.work_teams import find_team, supervises
from trainer.store import accounts
from trainer.store import work_figures as store
from trainer.store import work_teams as teams
from trainer.store.accounts import User
from trainer.store.audit import record
from trainer.store.work_figures import PeriodCorrection, WorkPeriod
from trainer.store.work_teams import Team

REASON_LENGTH = (5, 1000)


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Where a period is entered: the people it may be of, and the indicators that the team has targets for."""

    team: Team
    people: tuple[User, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeriodPage:
    """A period with its person, team and corrections (the newest first), and the indicators it may have."""

    row: WorkPeriod
    person: User
    team: Team
    corrections: tuple[PeriodCorrection, ...]
    indicators: tuple[str, ...]


def followed(session: Session, team: Team, values: Iterable[str] = ()) -> tuple[str, ...]:
    """The indicators that the team ever had a target for, and those of `values`, in the order of tables."""
    known = {row.indicator for row in teams.target_rows(session, [team.id])[team.id]} | set(values)
    return tuple(name for name in INDICATORS if name in known)


def open_entry(session: Session, actor: Actor, team_id: str) -> EntryPage:
    """Raises NotFound. Nobody enters their own work, so the actor is not among the people."""
    team = find_team(session, actor, team_id)
    people = tuple(user for _, user in teams.members_of(session, team) if user.id != actor.user_id)
    return EntryPage(team, people, followed(session, team))


def enter_period(
    session: Session, actor: Actor, team_id: str, person_id: str, cells: Mapping[str, str], now: datetime
) -> WorkPeriod:
    """Record a period of somebody of the team. `cells` as they were typed, by column (see `work_columns`).

    Raises NotFound; Invalid with `mistakes`, every `Mistake` there is.
    """
    team = find_team(session, actor, team_id)
    teams.lock_team(session, team)
    entry, mistakes = read_entry(cells, now.date())
    person = accounts.find_user(session, actor.organisation_id, person_id)
    member = teams.member_of(session, team, person.id) if person else None
    if person is None or member is None:
        mistakes.insert(0, Mistake("person", "work.nobody"))
    elif person.id == actor.user_id:
        mistakes.insert(0, Mistake("person", "work.own_figures"))
    elif entry is not None and member.left_on is not None and entry.since > member.left_on:
        mistakes.append(Mistake("since", "work.left_before"))
    elif entry is not None and (fault := overlap(session, person.id, entry)):
        mistakes.append(fault)
    if mistakes or entry is None or person is None:
        raise Invalid("work.bad_entry", mistakes=tuple(mistakes))
    row = new_period(team, person.id, entry, actor, now)
    session.add(row)
    try:
        session.flush()
    except IntegrityError:  # the same form was sent twice at once
        session.rollback()
        raise Conflict from None
    record(session, actor, "work.period_entered", row, now, {"person": person.public_id, **days(row)})
    session.commit()
    return row


def overlap(session: Session, user_id: int, entry: Entry) -> Mistake | None:
    """The mistake of days that are recorded already."""
    for row in store.periods_between(session, [user_id], entry.since, entry.until)[user_id]:
        return Mistake("since", "work.overlap", params={"since": row.first_day, "until": row.last_day})
    return None


def new_period(team: Team, user_id: int, entry: Entry, actor: Actor, now: datetime) -> WorkPeriod:
    return WorkPeriod(
        organisation_id=team.organisation_id, team_id=team.id, user_id=user_id, first_day=entry.since,
        last_day=entry.until, tasks=entry.figures.tasks, quality=entry.figures.quality, values=entry.figures.values,
        by_id=actor.user_id, by_name=actor.name, at=now,
    )  # fmt: skip


def days(row: WorkPeriod) -> dict[str, str]:
    return {"since": row.first_day.isoformat(), "until": row.last_day.isoformat()}


def open_period(session: Session, actor: Actor, period_id: str) -> PeriodPage:
    """A period of a team that the actor supervises, not of the actor's own work. Raises NotFound, NotAllowed."""
    row = store.find_period(session, actor.organisation_id, period_id)
    if row is None or not supervises(session, actor, row.team_id):
        raise NotFound("work.no_period")
    if row.user_id == actor.user_id:
        raise NotAllowed("work.own_figures")
    person, team = session.get(User, row.user_id), session.get(Team, row.team_id)
    if person is None or team is None:
        raise NotFound("work.no_period")
    corrections = store.corrections_of(session, [row.id])[row.id]
    return PeriodPage(row, person, team, tuple(corrections), followed(session, team, row.values))


def correct_period(
    session: Session, actor: Actor, period_id: str, cells: Mapping[str, str], reason: str, now: datetime
) -> WorkPeriod:
    """Other figures for the period; the earlier ones are kept with name, time and reason. Its days cannot be changed.

    Raises NotFound, NotAllowed; Invalid with `mistakes`; Conflict when nothing differs.
    """
    row = open_period(session, actor, period_id).row
    found, mistakes = read_figures(cells)
    mistakes += _reason_mistakes(reason)
    if mistakes or found is None:
        raise Invalid("work.bad_entry", mistakes=tuple(mistakes))
    if found == _figures(row):
        raise Conflict("work.nothing_differs")
    _keep_earlier(session, actor, row, reason, now)
    row.tasks, row.quality, row.values = found.tasks, found.quality, found.values
    record(session, actor, "work.period_corrected", row, now, days(row))
    session.commit()
    return row


def withdraw_period(session: Session, actor: Actor, period_id: str, reason: str, now: datetime) -> WorkPeriod:
    """Take a period out that should not be there; it is kept, and counts for nothing.

    Raises NotFound, NotAllowed, Invalid with `mistakes`, Conflict once a decision was made on it.
    """
    row = open_period(session, actor, period_id).row
    if mistakes := _reason_mistakes(reason):
        raise Invalid("work.bad_entry", mistakes=tuple(mistakes))
    refuse_if_decided(session, {row.public_id: row.user_id}, row.at)
    _keep_earlier(session, actor, row, reason, now)
    row.withdrawn_at = now
    record(session, actor, "work.period_withdrawn", row, now, days(row))
    session.commit()
    return row


def refuse_if_decided(session: Session, records: Mapping[str, int], since: datetime) -> None:
    """Raises Conflict when a decision over a category was made since then on any of these records {public id: person}."""
    decision = store.decision_on(session, list(records.values()), records, since) if records else None
    if decision is not None:
        name = accounts.names_of_users(session, [decision.user_id]).get(decision.user_id, "")
        raise Conflict("work.decided_on", name=name, day=decision.at.date())


def _figures(row: WorkPeriod) -> Figures:
    return Figures(row.tasks, row.quality, dict(row.values))


def _reason_mistakes(reason: str) -> list[Mistake]:
    if REASON_LENGTH[0] <= len(reason.strip()) <= REASON_LENGTH[1]:
        return []
    return [Mistake("reason", "work.bad_reason", params={"shortest": REASON_LENGTH[0], "longest": REASON_LENGTH[1]})]


def _keep_earlier(session: Session, actor: Actor, row: WorkPeriod, reason: str, now: datetime) -> None:
    earlier = {"tasks": row.tasks, "quality": row.quality, "values": dict(row.values)}
    session.add(
        PeriodCorrection(
            period_id=row.id, earlier=earlier, reason=reason.strip(), by_id=actor.user_id, by_name=actor.name, at=now
        )
    )
