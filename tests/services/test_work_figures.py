"""Teams, targets, periods and E1 to E5 of people on a real database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from tests.factories.accounts import NOW, make_organisation, make_user
from tests.factories.work import JOINED, TODAY, Crew, make_crew
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.services import work_complaints, work_figures, work_periods, work_teams
from trainer.store.accounts import Organisation
from trainer.store.audit import AuditEntry
from trainer.store.work_figures import PeriodCorrection, WorkPeriod

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
SEPTEMBER, OCTOBER = "2026-09-01;2026-09-30;", "2026-10-01;2026-10-31;"
CELLS = {"since": "2026-10-01", "until": "31/10/2026", "tasks": "400", "quality": "92,5", "handle_time": "4:55"}


@pytest.fixture
def crew(session: Session, organisation: Organisation) -> Crew:
    return make_crew(session, organisation)


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The statements that run meanwhile, with nothing remembered from before."""
    session.commit()
    session.expire_all()
    seen: list[str] = []

    def note(*args: object) -> None:
        seen.append(str(args[2]))

    event.listen(session.get_bind(), "before_cursor_execute", note)
    yield seen
    event.remove(session.get_bind(), "before_cursor_execute", note)


def actions(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


def test_figures_of_people_are_summed_with_the_records_they_come_from(session: Session, crew: Crew) -> None:
    crew.take((crew.nora, f"{SEPTEMBER}300;80;310;70"), (crew.nora, f"{OCTOBER}100;100;290;80"), (crew.theo, f"{OCTOBER}50;;;"))  # fmt: skip
    one = crew.complain(crew.nora)
    work_complaints.answer_complaint(session, crew.nora.actor, one.public_id, "It was not booked.", NOW)
    work_complaints.decide_complaint(session, crew.lead.actor, one.public_id, justified=True, reason="It was promised.", now=NOW)  # fmt: skip
    crew.complain(crew.theo, source="department")
    found = work_figures.figures_of(session, [crew.nora.id, crew.theo.id, crew.lead.id, crew.nora.id], *YEAR)
    nora, theo = found[crew.nora.id], found[crew.theo.id]
    assert (nora.tasks, nora.quality, nora.met, nora.measured, nora.months) == (400, 85.0, 2, 4, 2)
    assert (nora.from_customers, nora.from_departments, nora.complaints) == (1, 0, (one.public_id,))
    rows = session.scalars(select(WorkPeriod).where(WorkPeriod.user_id == crew.nora.id).order_by(WorkPeriod.first_day))
    assert nora.records == tuple(row.public_id for row in rows)
    assert (theo.tasks, theo.quality, theo.share_met, theo.open_complaints) == (50, None, None, 1)
    assert found[crew.lead.id].is_empty
    october = work_figures.figures_of(session, [crew.nora.id], date(2026, 9, 2), TODAY)[crew.nora.id]
    assert (october.tasks, october.months) == (100, 1)


def test_queries_do_not_grow_with_people_or_periods(session: Session, crew: Crew) -> None:
    crew.take((crew.nora, f"{OCTOBER}100;90;290;80"))
    crew.complain(crew.nora)

    def asked() -> tuple[int, int, int]:
        ids = [user.id for user in (crew.nora, crew.theo)]
        with counted(session) as figures:
            work_figures.figures_of(session, ids, *YEAR)
        actor, team_id = crew.lead.actor, crew.id
        with counted(session) as page:
            work_figures.team_page(session, actor, team_id, 6, TODAY)
        mine = crew.nora.actor
        with counted(session) as own:
            work_figures.own_page(session, mine, 6, TODAY)
        return len(figures), len(page), len(own)

    before = asked()
    assert before[0] <= 4
    crew.take((crew.nora, f"{SEPTEMBER}100;90;290;80"))
    crew.complain(crew.nora)
    for number in range(12):
        user = make_user(session, crew.lead.organisation)
        work_teams.add_member(session, crew.lead.actor, crew.id, user.public_id, JOINED, NOW)
        crew.take((user, f"{SEPTEMBER}{number};90;290;80"), (user, f"{OCTOBER}100;90;290;80"))
        crew.complain(user)
    assert asked() == before


def test_a_new_target_never_changes_what_is_recorded(session: Session, crew: Crew) -> None:
    crew.take((crew.nora, f"{OCTOBER}100;90;290;80"))
    with pytest.raises(Invalid) as refused:
        crew.target("handle_time", 280, since=date(2026, 10, 1))
    assert (refused.value.code, refused.value.params["earliest"]) == ("work.target_in_past", date(2026, 10, 2))
    before = work_figures.figures_of(session, [crew.nora.id], *YEAR)
    crew.target("handle_time", 280, since=date(2026, 11, 1))
    crew.target("first_contact_resolution", None, since=date(2026, 11, 1))
    assert work_figures.figures_of(session, [crew.nora.id], *YEAR) == before
    crew.take((crew.nora, "2026-11-01;2026-11-20;100;90;290;10"))
    after = work_figures.figures_of(session, [crew.nora.id], *YEAR)[crew.nora.id]
    assert (after.met, after.measured) == (2, 3)
    lines = work_teams.open_setup(session, crew.lead.actor, crew.id, TODAY).targets
    assert [(line.measure, line.now and line.now.value, len(line.history)) for line in lines] == [
        ("handle_time", 280, 2), ("first_contact_resolution", None, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"indicator": "luck"}, "indicator"), ({"direction": "about"}, "direction"), ({"value": -1.0}, "value"),
        ({"value": 7201.0}, "value"), ({"value": float("nan")}, "value"), ({"since": date(1970, 1, 1)}, "since"),
        ({"since": date.max}, "since"), ({"indicator": "occupancy", "value": None}, "value"),
    ],
)  # fmt: skip
def test_target_that_cannot_be_is_refused_by_its_field(session: Session, crew: Crew, given: dict, field: str) -> None:
    wanted = {"indicator": "handle_time", "direction": "at_most", "value": 250.0, "since": TODAY} | given
    with pytest.raises(Invalid) as refused:
        work_teams.set_target(session, crew.lead.actor, crew.id, now=NOW, **wanted)
    assert refused.value.params["field"] == field


def test_period_is_entered_as_people_write_and_only_once(session: Session, crew: Crew) -> None:
    row = work_periods.enter_period(session, crew.lead.actor, crew.id, crew.nora.public_id, CELLS, NOW)
    assert (row.first_day, row.last_day, row.tasks, row.quality, row.values) == (
        date(2026, 10, 1), date(2026, 10, 31), 400, 92.5, {"handle_time": 295.0},
    )  # fmt: skip
    with pytest.raises(Invalid) as refused:
        work_periods.enter_period(
            session, crew.lead.actor, crew.id, crew.nora.public_id, CELLS | {"since": "2026-10-31", "until": "2026-11-02"}, NOW
        )  # fmt: skip
    assert [one.code for one in refused.value.params["mistakes"]] == ["work.overlap"]
    assert "work.period_entered" in actions(session)


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("since", "", "work.no_day"), ("since", "2026-02-30", "work.bad_day"), ("since", "1026-10-01", "work.bad_day"),
        ("since", "yesterday", "work.bad_day"), ("until", "2026-09-30", "work.days_reversed"),
        ("until", "2026-11-25", "work.not_over"), ("since", "2026-07-01", "work.long_period"),
        ("tasks", "", "work.no_tasks"), ("tasks", "-1", "work.bad_tasks"), ("tasks", "4.5", "work.bad_tasks"),
        ("tasks", "1e3", "work.bad_tasks"), ("tasks", "9" * 400, "work.bad_tasks"), ("tasks", "٣", "work.bad_tasks"),
        ("tasks", "100001", "work.bad_tasks"), ("quality", "100,1", "work.out_of_range"),
        ("quality", "-0.5", "work.out_of_range"), ("quality", "nan", "work.bad_number"), ("quality", "½", "work.bad_number"),
        ("handle_time", "2:61", "work.bad_number"), ("handle_time", "7201", "work.out_of_range"),
    ],
)  # fmt: skip
def test_cell_that_cannot_be_is_told_by_its_field(
    session: Session, crew: Crew, field: str, text: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        work_periods.enter_period(session, crew.lead.actor, crew.id, crew.nora.public_id, CELLS | {field: text}, NOW)
    assert code in [one.code for one in refused.value.params["mistakes"]]
    assert session.scalar(select(WorkPeriod)) is None


def test_correction_keeps_the_earlier_figures_with_name_time_and_reason(session: Session, crew: Crew) -> None:
    row = work_periods.enter_period(session, crew.lead.actor, crew.id, crew.nora.public_id, CELLS, NOW)
    later = NOW + timedelta(hours=2)
    with pytest.raises(Invalid):
        work_periods.correct_period(session, crew.lead.actor, row.public_id, CELLS | {"tasks": "410"}, " ", later)
    with pytest.raises(Conflict):
        work_periods.correct_period(session, crew.lead.actor, row.public_id, CELLS, "Nothing new.", later)
    work_periods.correct_period(
        session, crew.lead.actor, row.public_id, CELLS | {"tasks": "410", "handle_time": ""}, "Counted twice.", later
    )
    assert (row.tasks, row.values) == (410, {})
    kept = session.scalars(select(PeriodCorrection)).one()
    assert kept.earlier == {"tasks": 400, "quality": 92.5, "values": {"handle_time": 295.0}}
    assert (kept.by_name, kept.at, kept.reason) == ("Maeve Sullivan", later, "Counted twice.")
    work_periods.withdraw_period(session, crew.lead.actor, row.public_id, "The wrong person.", later)
    assert work_figures.figures_of(session, [crew.nora.id], *YEAR)[crew.nora.id].is_empty
    work_periods.enter_period(session, crew.lead.actor, crew.id, crew.nora.public_id, CELLS, later)
    assert {"work.period_corrected", "work.period_withdrawn"} <= set(actions(session))


def test_nobody_enters_or_corrects_their_own_figures(session: Session, crew: Crew) -> None:
    work_teams.add_member(session, crew.lead.actor, crew.id, crew.lead.public_id, JOINED, NOW)
    with pytest.raises(Invalid) as refused:
        work_periods.enter_period(session, crew.lead.actor, crew.id, crew.lead.public_id, CELLS, NOW)
    assert refused.value.params["mistakes"][0].code == "work.own_figures"
    other = make_user(session, crew.lead.organisation, ["supervisor"])
    work_teams.add_lead(session, crew.lead.actor, crew.id, other.public_id, NOW)
    row = work_periods.enter_period(session, other.actor, crew.id, crew.lead.public_id, CELLS, NOW)
    with pytest.raises(NotAllowed):
        work_periods.open_period(session, crew.lead.actor, row.public_id)


def test_a_team_is_its_supervisors_and_the_administrators(session: Session, crew: Crew) -> None:
    colleague = make_user(session, crew.lead.organisation, ["supervisor"])
    admin = make_user(session, crew.lead.organisation, ["admin"])
    stranger = make_user(session, make_organisation(session), ["admin"])
    for person in (colleague, crew.nora, stranger):
        with pytest.raises(NotFound):
            work_figures.team_page(session, person.actor, crew.id, 3, TODAY)
    assert work_teams.list_teams(session, colleague.actor) == []
    assert [team.name for team, people in work_teams.list_teams(session, admin.actor) if people == 2] == ["Orders"]
    with pytest.raises(Invalid):
        work_teams.add_member(session, crew.lead.actor, crew.id, stranger.public_id, JOINED, NOW)
    with pytest.raises(Invalid):
        work_teams.add_lead(session, crew.lead.actor, crew.id, crew.nora.public_id, NOW)
    with pytest.raises(Conflict):
        work_teams.remove_lead(session, crew.lead.actor, crew.id, crew.lead.public_id, NOW)
    # whoever loses the role no longer supervises, though the team still names them
    with pytest.raises(NotFound):
        work_figures.team_page(session, replace(crew.lead.actor, roles=frozenset({"learner"})), crew.id, 3, TODAY)


def test_a_person_is_in_one_team_and_what_was_recorded_stays_when_they_leave(session: Session, crew: Crew) -> None:
    crew.take((crew.nora, f"{OCTOBER}100;90;290;80"))
    second = work_teams.create_team(session, crew.lead.actor, "Returns", NOW)
    with pytest.raises(Conflict) as refused:
        work_teams.add_member(session, crew.lead.actor, second.public_id, crew.nora.public_id, TODAY, NOW)
    assert refused.value.params["team"] == "Orders"
    work_teams.remove_member(session, crew.lead.actor, crew.id, crew.nora.public_id, NOW)
    work_teams.add_member(session, crew.lead.actor, second.public_id, crew.nora.public_id, TODAY, NOW)
    page = work_figures.own_page(session, crew.nora.actor, 3, TODAY)
    assert (page.team, page.figures.tasks, page.figures.measured) == (second, 100, 2)
    boss = make_user(session, crew.lead.organisation, ["supervisor", "admin"])
    work_periods.enter_period(
        session,
        boss.actor,
        second.public_id,
        crew.nora.public_id,
        CELLS | {"since": "2026-11-01", "until": "2026-11-20"},
        NOW,
    )
    seen = {team: work_figures.person_page(session, boss.actor, team, crew.nora.public_id, 3, NOW).figures.tasks
            for team in (crew.id, second.public_id)}  # fmt: skip
    assert seen == {crew.id: 100, second.public_id: 500}  # the former team sees its own time only
    work_teams.remove_member(session, crew.lead.actor, second.public_id, crew.nora.public_id, NOW)
    work_teams.add_member(session, crew.lead.actor, crew.id, crew.nora.public_id, TODAY, NOW)  # comes back


def test_missing_months_are_those_since_joining_that_are_not_covered(session: Session, crew: Crew) -> None:
    crew.take((crew.nora, f"{SEPTEMBER}1;;;"), (crew.nora, "2026-10-01;2026-10-15;1;;;"), (crew.theo, f"{OCTOBER}1;;;"))
    late = make_user(session, crew.lead.organisation, name="Zoé")
    work_teams.add_member(session, crew.lead.actor, crew.id, late.public_id, date(2026, 10, 2), NOW)
    page = work_figures.team_page(session, crew.lead.actor, crew.id, 3, TODAY)
    missing = {line.person.name: [month.month for month in line.missing] for line in page.members}
    assert missing == {"Nora Haddad": [6, 7, 8, 10], "Théo Lefèvre": [6, 7, 8, 9], "Zoé": []}
