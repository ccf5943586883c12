"""E1 to E5 of people over a span of days, and the pages that show them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from trainer.domain import work_figures as domain
from trainer.domain.errors import NotFound
from trainer.domain.roles import Actor
from trainer.domain.work_figures import (
    Measured,
    Period,
    Target,
    WorkFigures,
    measure,
    months_covered,
    sum_up,
    target_on,
)
from trainer.services.work_teams import find_team
from trainer.store import accounts
from trainer.store import work_complaints as complaint_store
from trainer.store import work_figures as store
from trainer.store import work_teams as teams
from trainer.store.accounts import User
from trainer.store.audit import record
from trainer.store.calls import Call
from trainer.store.work_complaints import ComplaintAnswer, ComplaintDecision, WorkComplaint
from trainer.store.work_figures import FiguresImport, PeriodCorrection, WorkPeriod
from trainer.store.work_teams import Team

SPANS = (3, 6, 12)
"""Months that a page can look back on, the month that has begun apart."""
MISSING_MONTHS = 6
DECIDED = 20


def figures_of(session: Session, user_ids: Iterable[int], since: date, until: date) -> dict[int, WorkFigures]:
    """E1 to E5 of each of these people over the days `since` to `until`, both included; three queries, however many people.

    For gates and reports: a person without any record has a `WorkFigures` that `is_empty`. `records` and `complaints` of a
    result are the public ids of what was counted; a decision that keeps the former among the records of its gates keeps
    the import they came with from being undone. Withdrawn periods count for nothing. What counts and how is said in
    `trainer.domain.work_figures`. The caller answers for these ids being of one organisation.
    """
    found = figures_since(session, user_ids, [since], until)
    return {number: figures[since] for number, figures in found.items()}


def figures_since(
    session: Session, user_ids: Iterable[int], starts: Collection[date], until: date
) -> dict[int, dict[date, WorkFigures]]:
    """As `figures_of`, from each of several first days on; still three queries."""
    ids, first = list(dict.fromkeys(user_ids)), min(starts)
    rows = store.periods_between(session, ids, first, until)
    targets = _targets(session, rows.values())
    said = complaint_store.complaints_between(session, ids, first, until)
    found = {}
    for number in ids:
        periods, complaints = as_periods(rows[number], targets), as_complaints(said[number])
        found[number] = {since: sum_up(periods, complaints, since, until) for since in starts}
    return found


def _targets(session: Session, rows: Iterable[Sequence[WorkPeriod]]) -> dict[int, tuple[Target, ...]]:
    ids = {row.team_id for own in rows for row in own}
    return {number: teams.as_targets(found) for number, found in teams.target_rows(session, ids).items()}


def as_periods(rows: Iterable[WorkPeriod], targets: Mapping[int, tuple[Target, ...]]) -> list[Period]:
    """Rows as the domain takes them; `targets` by the team's id."""
    return [
        Period(row.public_id, row.first_day, row.last_day, row.tasks, row.quality, row.values, targets[row.team_id])
        for row in rows
    ]


def as_complaints(rows: Iterable[WorkComplaint]) -> list[domain.Complaint]:
    return [domain.Complaint(row.public_id, row.source, row.received_on, row.justified) for row in rows]


def span_back(today: date, months: int) -> tuple[date, date]:
    """From the first day of the month `months` before this one until today."""
    first = today.replace(day=1)
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    return first, today


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """A period as pages show it: what it met, and what it said before it was corrected."""

    row: WorkPeriod
    measured: dict[str, Measured]
    corrections: tuple[PeriodCorrection, ...]

    @property
    def met(self) -> tuple[int, int]:
        """Indicators met, of how many measured (E3)."""
        own = [one for one in self.measured.values() if one.indicator in domain.INDICATORS]
        return sum(one.met for one in own), len(own)


@dataclass(frozen=True, slots=True)
class ComplaintLine:
    """A complaint with its answers (the oldest first), its decisions (the newest first) and the call it speaks of."""

    row: WorkComplaint
    answers: tuple[ComplaintAnswer, ...]
    decisions: tuple[ComplaintDecision, ...]
    call: Call | None


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person's figures over `months` months: the sums, every period and complaint (the newest first), targets now."""

    person: User
    team: Team | None
    months: int
    figures: WorkFigures
    periods: tuple[PeriodLine, ...]
    complaints: tuple[ComplaintLine, ...]
    targets: dict[str, Target]


def own_page(session: Session, actor: Actor, months: int, today: date) -> PersonPage:
    """The actor's own figures. Raises NotFound for candidates, who have no work here."""
    person = accounts.find_oneself(session, actor.user_id)
    if person is None or person.is_candidate:
        raise NotFound
    return _page(session, person, teams.team_now_of(session, person.id), months, today)


def person_page(session: Session, actor: Actor, team_id: str, person_id: str, months: int, now: datetime) -> PersonPage:
    """The figures of somebody in the actor's team; of whoever left, those of their time in it. The log notes who looked.
    Raises NotFound."""
    team = find_team(session, actor, team_id)
    person = accounts.find_user(session, actor.organisation_id, person_id)
    member = teams.member_of(session, team, person.id) if person else None
    if person is None or member is None:
        raise NotFound("work.nobody")
    page = _page(session, person, team, months, now.date(), of_team_only=member.left_on is not None)
    record(session, actor, "work.seen", person, now)
    session.commit()
    return page


def _page(
    session: Session, person: User, team: Team | None, months: int, today: date, *, of_team_only: bool = False
) -> PersonPage:
    months = months if months in SPANS else SPANS[0]
    since, until = span_back(today, months)
    rows = store.periods_between(session, [person.id], since, until)[person.id]
    complaints = complaint_store.complaints_between(session, [person.id], since, until)[person.id]
    if of_team_only and team is not None:
        rows = [row for row in rows if row.team_id == team.id]
        complaints = [row for row in complaints if row.team_id == team.id]
    targets = _targets(session, [rows])
    if team is not None and team.id not in targets:
        targets |= {team.id: teams.as_targets(teams.target_rows(session, [team.id])[team.id])}
    periods = as_periods(rows, targets)
    corrections = store.corrections_of(session, [row.id for row in rows])
    lines = [
        PeriodLine(row, {one.indicator: one for one in measure(period)}, tuple(corrections[row.id]))
        for row, period in zip(rows, periods, strict=True)
        if period.since >= since
    ]
    return PersonPage(
        person=person,
        team=team,
        months=months,
        figures=sum_up(periods, as_complaints(complaints), since, until),
        periods=tuple(reversed(lines)),
        complaints=complaint_lines(session, complaints),
        targets=targets_on(targets[team.id], today) if team else {},
    )


def targets_on(targets: Sequence[Target], day: date) -> dict[str, Target]:
    """The targets in force on a day, in the order of tables."""
    found = {name: target_on(targets, name, day) for name in domain.MEASURES}
    return {name: target for name, target in found.items() if target is not None}


def complaint_lines(session: Session, rows: Sequence[WorkComplaint]) -> tuple[ComplaintLine, ...]:
    """With what belongs to each; three queries."""
    ids = [row.id for row in rows]
    answers, decisions = complaint_store.answers_to(session, ids), complaint_store.decisions_on(session, ids)
    calls = complaint_store.calls_by_id(session, [row.call_id for row in rows if row.call_id is not None])
    return tuple(
        ComplaintLine(row, tuple(answers[row.id]), tuple(decisions[row.id]), calls.get(row.call_id or 0))
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A person of the team: the sums, and the months since they joined of which too few days are recorded."""

    person: User
    figures: WorkFigures
    missing: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class TeamPage:
    """A team over `months` months. `indicators`: those with a target or a figure, in the order of tables."""

    team: Team
    leads: tuple[User, ...]
    months: int
    since: date
    until: date
    members: tuple[MemberLine, ...]
    targets: dict[str, Target]
    indicators: tuple[str, ...]
    open_complaints: tuple[tuple[WorkComplaint, str], ...]
    decided: tuple[tuple[WorkComplaint, str], ...]
    imports: tuple[FiguresImport, ...]


def team_page(session: Session, actor: Actor, team_id: str, months: int, today: date) -> TeamPage:
    """Everyone of the team with their figures, in a number of queries that does not grow with people. Raises NotFound."""
    team = find_team(session, actor, team_id)
    months = months if months in SPANS else SPANS[0]
    since, until = span_back(today, months)
    members = teams.members_of(session, team)
    ids = [user.id for _, user in members]
    earliest = min(since, span_back(today, MISSING_MONTHS)[0])
    rows = store.periods_between(session, ids, earliest, until)
    targets = {team.id: (), **_targets(session, rows.values())}
    targets[team.id] = teams.as_targets(teams.target_rows(session, [team.id])[team.id])
    said = complaint_store.complaints_between(session, ids, since, until)
    lines = []
    for member, user in members:
        periods = as_periods(rows[user.id], targets)
        figures = sum_up(periods, as_complaints(said[user.id]), since, until)
        lines.append(MemberLine(user, figures, _missing(periods, member.since, today)))
    in_force = targets_on(targets[team.id], today)
    shown = {one.indicator for line in lines for one in line.figures.indicators} | set(in_force)
    return TeamPage(
        team=team,
        leads=tuple(teams.leads_of(session, team)),
        months=months,
        since=since,
        until=until,
        members=tuple(lines),
        targets=in_force,
        indicators=tuple(name for name in domain.INDICATORS if name in shown),
        open_complaints=tuple(complaint_store.open_of_team(session, team)),
        decided=tuple(complaint_store.decided_of_team(session, team, DECIDED)),
        imports=tuple(store.list_imports(session, team)),
    )


def _missing(periods: Iterable[Period], joined: date, today: date) -> tuple[date, ...]:
    """The whole months since then, of the latest ones, that are not covered."""
    covered = set(months_covered((one.since, one.until) for one in periods))
    first, _ = span_back(today, MISSING_MONTHS)
    found, month = [], first
    while month < today.replace(day=1):
        if month >= joined and month not in covered:
            found.append(month)
        month = (month + timedelta(days=31)).replace(day=1)
    return tuple(found)
