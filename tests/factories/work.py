"""A team with a supervisor, people and targets, and its figures as tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from tests.factories.accounts import NOW, make_user
from trainer.domain.work_figures import AT_LEAST, AT_MOST, CUSTOMER
from trainer.services import work_complaints, work_imports, work_teams
from trainer.services.work_complaints import NewComplaint
from trainer.store.accounts import Organisation, User
from trainer.store.work_complaints import WorkComplaint
from trainer.store.work_figures import FiguresImport
from trainer.store.work_teams import Team

TODAY = NOW.date()
JOINED = date(2026, 6, 1)
HEAD = "email;from;to;tasks;quality;handle_time;first_contact_resolution"


@dataclass
class Crew:
    """A team at work."""

    session: Session
    team: Team
    lead: User
    nora: User
    theo: User

    @property
    def id(self) -> str:
        return self.team.public_id

    def table(self, rows: Iterable[tuple[User, str]], head: str = HEAD) -> str:
        """`rows`: a person, and the cells after the address."""
        return "\n".join([head, *(f"{user.email};{cells}" for user, cells in rows)])

    def take(self, *rows: tuple[User, str], now: datetime = NOW) -> FiguresImport:
        return work_imports.take_figures(self.session, self.lead.actor, self.id, self.table(rows), now)

    def target(self, indicator: str, value: float | None, since: date = JOINED, direction: str = "") -> None:
        work_teams.set_target(
            self.session, self.lead.actor, self.id, indicator=indicator, direction=direction, value=value, since=since,
            now=NOW,
        )  # fmt: skip

    def complain(
        self, user: User, *, source: str = CUSTOMER, received: date = TODAY, now: datetime = NOW
    ) -> WorkComplaint:
        new = NewComplaint(user.public_id, source, "Mr Adeyemi", received, "Nobody came on Thursday.", "The recording.")
        return work_complaints.record_complaint(self.session, self.lead.actor, self.id, new, now)


def make_crew(session: Session, organisation: Organisation, *, with_targets: bool = True) -> Crew:
    """Two people under one supervisor; handle time at most 300 s, first-contact resolution at least 75 %."""
    lead = make_user(session, organisation, ["supervisor"], name="Maeve Sullivan")
    nora = make_user(session, organisation, name="Nora Haddad")
    theo = make_user(session, organisation, name="Théo Lefèvre", language="fr")
    team = work_teams.create_team(session, lead.actor, "Orders", NOW)
    for user in (nora, theo):
        work_teams.add_member(session, lead.actor, team.public_id, user.public_id, JOINED, NOW)
    crew = Crew(session, team, lead, nora, theo)
    if with_targets:
        crew.target("handle_time", 300, direction=AT_MOST)
        crew.target("first_contact_resolution", 75, direction=AT_LEAST)
    return crew
