"""Tables of figures: read as spreadsheets write them, every mistake told, all taken in or nothing, and undone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories.accounts import NOW, make_user
from tests.factories.work import HEAD, JOINED, TODAY, Crew, make_crew
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.services import work_figures, work_imports, work_periods, work_teams
from trainer.services.spreadsheets import csv_text, decode_table
from trainer.services.work_columns import HEADINGS, column_of, heading
from trainer.services.work_imports import MOST_ROWS, Table
from trainer.store.accounts import Organisation
from trainer.store.audit import AuditEntry
from trainer.store.careers import Decision
from trainer.store.work_figures import WorkPeriod

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
OCTOBER = "2026-10-01;2026-10-31;"


@pytest.fixture
def crew(session: Session, organisation: Organisation) -> Crew:
    return make_crew(session, organisation)


def preview(crew: Crew, text: str) -> Table:
    return work_imports.preview_figures(crew.session, crew.lead.actor, crew.id, text, NOW)


def mistakes(table: Table) -> list[tuple[int, str, str]]:
    return [(one.line, one.field, one.code) for one in table.mistakes]


def periods(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(WorkPeriod).where(WorkPeriod.withdrawn_at.is_(None))) or 0


@pytest.mark.parametrize("column", HEADINGS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_headings_are_understood_in_both_languages(column: str, language: str) -> None:
    assert column_of(heading(column, language)) == column_of(column) == column
    assert column_of(f'"{heading(column, language).upper()}"') == column


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_table_is_read_as_a_spreadsheet_saves_it(crew: Crew, encoding: str, delimiter: str) -> None:
    number = '"92,5"' if delimiter == "," else "92,5"
    rows = [["Courriel", "Nom", "Du", "Au", "Tâches", "Qualité (%)", "DMT (s)"],
            [crew.nora.email or "", "Nora", "01/10/2026", "31/10/2026", "1 204", number, "4:55"]]  # fmt: skip
    data = "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)
    found = preview(crew, decode_table(data))
    assert not found.mistakes
    (row,) = found.rows
    assert (row.person.id, row.entry.since, row.entry.until) == (crew.nora.id, date(2026, 10, 1), date(2026, 10, 31))
    figures = row.entry.figures
    assert (figures.tasks, figures.quality, figures.values) == (1204, 92.5, {"handle_time": 295.0})


def test_mistakes_are_told_by_line_and_field_and_nothing_is_taken_in(session: Session, crew: Crew) -> None:
    work_teams.add_member(session, crew.lead.actor, crew.id, crew.lead.public_id, JOINED, NOW)
    crew.take((crew.theo, f"{OCTOBER}10;;;"))
    lines = [
        f"{crew.nora.email};{OCTOBER}-5;101;abc;80",
        f"nobody@example.org;{OCTOBER}5;;;",
        f"{crew.lead.email};{OCTOBER}5;;;",
        f"{crew.theo.email};2026-10-31;2026-11-02;5;;;",
        f"{crew.nora.email};2026-08-01;2026-08-31;5;;;",
        f"{crew.nora.email};2026-08-31;2026-09-01;5;;;",
        f"{crew.nora.email};2026-07-01;2026-07-31;5;;;;;x",
        f'{crew.nora.email};"2026-07-01;2026-07-31;5;;;',
        ";2026-07-01;2026-07-31;5;;;",
        f"{crew.nora.email};{OCTOBER};;;",
    ]
    text = "\n".join([HEAD, *lines])
    found = preview(crew, text)
    assert mistakes(found) == [
        (2, "tasks", "work.bad_tasks"), (2, "quality", "work.out_of_range"), (2, "handle_time", "work.bad_number"),
        (3, "email", "work.not_in_team"), (4, "email", "work.own_figures"), (5, "since", "work.overlap"),
        (7, "since", "work.overlap_line"), (8, "row", "work.many_cells"), (9, "row", "roster.unreadable"),
        (10, "email", "work.no_person"),
    ]  # fmt: skip
    assert ([row.line for row in found.rows], found.empty) == ([6], 1)
    with pytest.raises(Invalid) as refused:
        work_imports.take_figures(session, crew.lead.actor, crew.id, text, NOW)
    assert refused.value.code == "work.has_mistakes"
    assert periods(session) == 1


def test_people_are_found_by_name_where_only_one_is_called_so(session: Session, crew: Crew) -> None:
    twin = make_user(session, crew.lead.organisation, name="nora haddad")
    head, rows = "Nom;Du;Au;Tâches", [f"  théo   LEFÈVRE ;{OCTOBER}5", f"Nora Haddad;{OCTOBER}6"]
    assert not preview(crew, "\n".join([head, *rows])).mistakes
    work_teams.add_member(session, crew.lead.actor, crew.id, twin.public_id, JOINED, NOW)
    assert mistakes(preview(crew, "\n".join([head, *rows]))) == [(3, "name", "work.same_name")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "work.no_table"), (" ;;\n\n", "work.no_table"), ("sep=;", "work.no_table"), ("a,b,c", "work.no_columns"),
        ("email;from;to", "work.no_columns"), ('"email;from', "work.no_columns"), ("x" * 500_001, "work.long_table"),
        ("\n".join(["email;from;to;tasks", *["x;;;"] * (MOST_ROWS + 1)]), "work.long_table"), ("\x01\x02", "work.no_columns"),
    ],
)  # fmt: skip
def test_what_is_no_table_of_figures_is_refused_as_a_whole(crew: Crew, text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        preview(crew, text)
    assert refused.value.code == code


def test_of_very_many_mistakes_the_first_are_shown(crew: Crew) -> None:
    found = preview(crew, "\n".join([HEAD, *["nobody@example.org;x;y;-1;;;"] * 300]))
    assert (len(found.mistakes), found.more_mistakes) == (200, True)


def test_unknown_headings_are_told_and_twice_the_same_is_a_mistake(crew: Crew) -> None:
    found = preview(crew, f"sep=;\nemail;from;to;tasks;Notes;AHT;dmt\n{crew.nora.email};{OCTOBER}5;x;1;2")
    assert found.unknown == ("Notes",)
    assert mistakes(found) == [(2, "handle_time", "work.column_twice")]


def test_a_thousand_lines_are_taken_in_and_undone_as_one(session: Session, crew: Crew) -> None:
    for _ in range(8):
        user = make_user(session, crew.lead.organisation)
        work_teams.add_member(session, crew.lead.actor, crew.id, user.public_id, date(2020, 1, 1), NOW)
    people = [line.person for line in work_figures.team_page(session, crew.lead.actor, crew.id, 3, TODAY).members]
    monday = date(2024, 11, 4)
    weeks = [(monday + timedelta(weeks=n), monday + timedelta(weeks=n, days=6)) for n in range(100)]
    rows = [(user, f"{since};{until};{number};9{number % 10},5;{250 + number};70") for user in people
            for number, (since, until) in enumerate(weeks)]  # fmt: skip
    taken = crew.take(*rows)
    assert (taken.added, periods(session)) == (1000, 1000)
    with pytest.raises(Invalid):
        crew.take(*rows)
    work_imports.undo_import(session, crew.lead.actor, crew.id, taken.public_id, NOW)
    work_imports.undo_import(session, crew.lead.actor, crew.id, taken.public_id, NOW)
    assert periods(session) == 0
    assert work_figures.figures_of(session, [user.id for user in people], *YEAR)[people[0].id].is_empty
    undone = session.scalars(select(AuditEntry.action).where(AuditEntry.action == "work.import_undone"))
    assert len(list(undone)) == 1
    assert crew.take(*rows).added == 1000


def decide(session: Session, crew: Crew, records: list[str]) -> None:
    gates = [{"id": "work", "records": records}, {"id": "other", "records": []}]
    session.add(
        Decision(
            organisation_id=crew.team.organisation_id, user_id=crew.nora.id, category="operator-3", ladder="ladder-1",
            granted=False, gates=gates, by_id=crew.lead.id, by_name="Maeve", at=NOW + timedelta(hours=1),
        )
    )  # fmt: skip
    session.commit()


def test_undo_is_refused_once_a_decision_was_made_on_it(session: Session, crew: Crew) -> None:
    first = crew.take((crew.nora, f"{OCTOBER}5;;;"), (crew.theo, f"{OCTOBER}5;;;"))
    second = crew.take((crew.theo, "2026-09-01;2026-09-30;5;;;"))
    records = work_figures.figures_of(session, [crew.nora.id], *YEAR)[crew.nora.id].records
    decide(session, crew, ["another-record"])
    decide(session, crew, list(records))
    with pytest.raises(Conflict) as refused:
        work_imports.undo_import(session, crew.lead.actor, crew.id, first.public_id, NOW)
    assert (refused.value.code, refused.value.params["name"]) == ("work.decided_on", "Nora Haddad")
    with pytest.raises(Conflict):
        work_periods.withdraw_period(session, crew.lead.actor, records[0], "The wrong person.", NOW)
    assert periods(session) == 3
    work_imports.undo_import(session, crew.lead.actor, crew.id, second.public_id, NOW)
    assert periods(session) == 2


def test_undo_takes_corrected_periods_out_too_and_leaves_those_entered_by_hand(session: Session, crew: Crew) -> None:
    taken = crew.take((crew.nora, f"{OCTOBER}5;;;"))
    (record,) = work_figures.figures_of(session, [crew.nora.id], *YEAR)[crew.nora.id].records
    work_periods.correct_period(session, crew.lead.actor, record, {"tasks": "6"}, "One was left out.", NOW)
    cells = {"since": "2026-09-01", "until": "2026-09-30", "tasks": "7"}
    work_periods.enter_period(session, crew.lead.actor, crew.id, crew.nora.public_id, cells, NOW)
    work_imports.undo_import(session, crew.lead.actor, crew.id, taken.public_id, NOW)
    assert work_figures.figures_of(session, [crew.nora.id], *YEAR)[crew.nora.id].tasks == 7


def test_import_of_another_team_cannot_be_undone_from_here(session: Session, crew: Crew) -> None:
    taken = crew.take((crew.nora, f"{OCTOBER}5;;;"))
    other = work_teams.create_team(session, crew.lead.actor, "Returns", NOW)
    with pytest.raises(NotFound):
        work_imports.undo_import(session, crew.lead.actor, other.public_id, taken.public_id, NOW)


def test_figures_of_whoever_left_are_taken_until_that_day_only(session: Session, crew: Crew) -> None:
    work_teams.remove_member(session, crew.lead.actor, crew.id, crew.nora.public_id, NOW - timedelta(days=30))
    assert crew.take((crew.nora, "2026-10-01;2026-10-20;5;;;")).added == 1
    found = preview(crew, crew.table([(crew.nora, "2026-11-01;2026-11-10;5;;;")]))
    assert mistakes(found) == [(2, "since", "work.left_before")]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_template_is_taken_when_filled_and_an_export_reads_back_as_it_was(
    session: Session, crew: Crew, language: str
) -> None:
    delimiter = ";" if language == "fr" else ","
    rows = list(work_imports.template_rows(session, crew.lead.actor, crew.id, language, TODAY))
    assert preview(crew, csv_text(rows, delimiter)).empty == 2
    rows[1][4:7] = [412, "88,5" if language == "fr" else "88.5", 296]
    found = preview(crew, csv_text(rows, delimiter))
    assert (len(found.rows), found.empty, found.mistakes) == (1, 1, ())
    taken = work_imports.take_figures(session, crew.lead.actor, crew.id, csv_text(rows, delimiter), NOW)
    exported = csv_text(work_imports.export_rows(session, crew.lead.actor, crew.id, language, NOW), delimiter)
    before = work_figures.figures_of(session, [crew.nora.id], *YEAR)[crew.nora.id]
    work_imports.undo_import(session, crew.lead.actor, crew.id, taken.public_id, NOW)
    work_imports.take_figures(session, crew.lead.actor, crew.id, exported, NOW)
    after = work_figures.figures_of(session, [crew.nora.id], *YEAR)[crew.nora.id]
    assert (
        (after.tasks, after.quality, after.indicators)
        == (before.tasks, before.quality, before.indicators)
        != (0, None, ())
    )
