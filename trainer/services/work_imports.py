"""Tables of figures: what a spreadsheet says of a team's work, shown with every mistake before anything is kept, taken in as a
whole or not at all, and undone as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.content.spreadsheet_cells import unguarded
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.roles import Actor
from trainer.domain.work_figures import QUALITY, TASKS
from trainer.services.spreadsheets import Cell, cells_of, delimiter_of, filled_lines
from trainer.services.work_columns import EMAIL, FIGURES, NAME, SINCE, UNTIL, column_of, heading
from trainer.services.work_entries import SHOWN, Entry, Mistake, read_entry
from trainer.services.work_periods import followed, new_period, refuse_if_decided
from trainer.services.work_teams import find_team
from trainer.store import work_figures as store
from trainer.store import work_teams as teams
from trainer.store.accounts import User
from trainer.store.audit import record
from trainer.store.work_figures import FiguresImport
from trainer.store.work_teams import Team

MOST_ROWS = 2000
MOST_SIGNS = 500_000
MOST_MISTAKES = 200
EXPORTED = 5000
NEEDED = (SINCE, UNTIL, TASKS)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line that can be taken in."""

    line: int
    person: User
    entry: Entry


@dataclass(frozen=True, slots=True)
class Table:
    """What a table says. `empty`: lines of people without a figure, as in the template; `unknown`: headings left out;
    `columns`: the figures it has. `more_mistakes`: than are shown."""

    rows: tuple[TableRow, ...]
    mistakes: tuple[Mistake, ...]
    empty: int
    unknown: tuple[str, ...]
    columns: tuple[str, ...]
    more_mistakes: bool = False


class _People:
    """Finds the people of a team by e-mail address, or by name where only one is called so."""

    def __init__(self, people: Sequence[User]) -> None:
        self.by_email = {user.email.lower(): user for user in people if user.email}
        self.by_name: dict[str, list[User]] = {}
        for user in people:
            self.by_name.setdefault(_folded(user.name), []).append(user)

    def find(self, cells: dict[str, str]) -> User:
        """Raises Invalid, with the field."""
        email, name = cells.get(EMAIL, "").strip().lower(), _folded(cells.get(NAME, ""))
        if email:
            if email not in self.by_email:
                raise Invalid("work.not_in_team", field=EMAIL)
            return self.by_email[email]
        if not name:
            raise Invalid("work.no_person", field=EMAIL)
        found = self.by_name.get(name, [])
        if len(found) != 1:
            raise Invalid("work.same_name" if found else "work.not_in_team", field=NAME)
        return found[0]


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def read_table(session: Session, actor: Actor, team: Team, text: str, today: date) -> Table:
    """Every line of `text`. Raises Invalid where it is no table of figures at all; three queries."""
    if len(text) > MOST_SIGNS:
        raise Invalid("work.long_table", field="text", most=MOST_ROWS)
    lines = filled_lines(text)
    if lines and lines[0][1].strip().lower().startswith("sep="):
        lines = lines[1:]
    if not lines:
        raise Invalid("work.no_table", field="text")
    if len(lines) - 1 > MOST_ROWS:
        raise Invalid("work.long_table", field="text", most=MOST_ROWS)
    delimiter = delimiter_of(line for _, line in lines[:50])
    columns, mistakes, unknown = _columns(*lines[0], delimiter)
    people = teams.members_of(session, team, with_former=True)
    left = {user.id: member.left_on for member, user in people}
    index = _People([user for _, user in people])
    read: list[TableRow] = []
    empty = 0
    for number, line in lines[1:]:
        cells, wrong = _cells(number, line, delimiter, columns)
        mistakes += wrong
        if wrong:
            continue
        if not any(cells.get(name) for name in FIGURES):
            empty += 1
            continue
        row, wrong = _read_row(number, cells, index, actor, today)
        if row is not None and left[row.person.id] is not None and row.entry.since > (left[row.person.id] or today):
            row, wrong = None, [Mistake(SINCE, "work.left_before", cells[SINCE][:SHOWN], line=number)]
        mistakes += wrong
        read += [row] if row is not None else []
    rows, wrong = _apart(session, read)
    mistakes = sorted([*mistakes, *wrong], key=lambda one: one.line)
    figures = tuple(name for name in FIGURES if name in columns)
    return Table(tuple(rows), tuple(mistakes), empty, tuple(unknown), figures)


def _columns(number: int, line: str, delimiter: str) -> tuple[list[str], list[Mistake], list[str]]:
    """The column of each cell of the headings ("" for an unknown one). Raises Invalid when needed ones are not there."""
    cells = cells_of(line, delimiter) or []
    columns = [column_of(cell) or "" for cell in cells]
    lacking = [name for name in NEEDED if name not in columns]
    if EMAIL not in columns and NAME not in columns:
        lacking.insert(0, EMAIL)
    if lacking:
        raise Invalid("work.no_columns", field="text", columns=tuple(lacking))
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    mistakes = [Mistake(name, "work.column_twice", line=number) for name in twice]
    unknown = [cell[:SHOWN] for cell, column in zip(cells, columns, strict=True) if cell and not column]
    return columns, mistakes, unknown


def _cells(number: int, line: str, delimiter: str, columns: Sequence[str]) -> tuple[dict[str, str], list[Mistake]]:
    cells = cells_of(line, delimiter)
    if cells is None:
        return {}, [Mistake("row", "roster.unreadable", line.strip()[:SHOWN], line=number)]
    if any(cells[len(columns) :]):
        return {}, [Mistake("row", "work.many_cells", line.strip()[:SHOWN], line=number)]
    return {name: unguarded(cell) for name, cell in zip(columns, cells, strict=False) if name}, []


def _read_row(
    number: int, cells: dict[str, str], index: _People, actor: Actor, today: date
) -> tuple[TableRow | None, list[Mistake]]:
    entry, mistakes = read_entry(cells, today, number)
    try:
        person = index.find(cells)
    except Invalid as error:
        name = str(error.params["field"])
        return None, [Mistake(name, error.code, cells.get(name, "")[:SHOWN], line=number), *mistakes]
    if person.id == actor.user_id:
        return None, [Mistake(EMAIL, "work.own_figures", person.name, line=number), *mistakes]
    return (None, mistakes) if entry is None else (TableRow(number, person, entry), [])


def _apart(session: Session, read: Sequence[TableRow]) -> tuple[list[TableRow], list[Mistake]]:
    """The lines whose days are recorded nowhere yet, and the mistakes of the others."""
    if not read:
        return [], []
    first, last = min(row.entry.since for row in read), max(row.entry.until for row in read)
    known = store.periods_between(session, {row.person.id for row in read}, first, last)
    taken: dict[int, list[TableRow]] = {}
    rows, mistakes = [], []
    for row in read:
        own, since, until = taken.setdefault(row.person.id, []), row.entry.since, row.entry.until
        other = next((one for one in own if one.entry.since <= until and since <= one.entry.until), None)
        old = next((one for one in known[row.person.id] if one.first_day <= until and since <= one.last_day), None)
        value = f"{row.person.name}, {since} – {until}"[:SHOWN]
        if other is not None:
            mistakes.append(Mistake(SINCE, "work.overlap_line", value, {"line": other.line}, row.line))
        elif old is not None:
            params = {"since": old.first_day, "until": old.last_day}
            mistakes.append(Mistake(SINCE, "work.overlap", value, params, row.line))
        else:
            rows.append(row)
        own.append(row)
    return rows, mistakes


def preview_figures(session: Session, actor: Actor, team_id: str, text: str, now: datetime) -> Table:
    """What `text` would bring; nothing is kept. Raises NotFound; Invalid where it is no table of figures."""
    table = read_table(session, actor, find_team(session, actor, team_id), text, now.date())
    more = len(table.mistakes) > MOST_MISTAKES
    return replace(table, mistakes=table.mistakes[:MOST_MISTAKES], more_mistakes=more)


def take_figures(session: Session, actor: Actor, team_id: str, text: str, now: datetime) -> FiguresImport:
    """Take the whole table in. Raises NotFound; Invalid with any mistake in it, or nothing; Conflict."""
    team = find_team(session, actor, team_id)
    teams.lock_team(session, team)
    table = read_table(session, actor, team, text, now.date())
    if table.mistakes:
        raise Invalid("work.has_mistakes", field="text")
    if not table.rows:
        raise Invalid("work.no_table", field="text")
    taken = FiguresImport(
        team_id=team.id, added=len(table.rows), by_id=actor.user_id, by_name=actor.name, made_at=now
    )  # fmt: skip
    session.add(taken)
    session.flush()
    for one in table.rows:
        row = new_period(team, one.person.id, one.entry, actor, now)
        row.import_id = taken.id
        session.add(row)
    try:
        session.flush()
    except IntegrityError:  # the same table was sent twice at once
        session.rollback()
        raise Conflict from None
    record(session, actor, "work.figures_imported", team, now, {"added": taken.added, "import": taken.public_id})
    session.commit()
    return taken


def undo_import(session: Session, actor: Actor, team_id: str, import_id: str, now: datetime) -> FiguresImport:
    """Withdraw every period that came with the table, corrected ones too. Twice changes nothing.

    Raises NotFound; Conflict, with person and day, once a decision over a category was made on any of them.
    """
    team = find_team(session, actor, team_id)
    taken = store.find_import(session, team, import_id)
    if taken is None:
        raise NotFound("work.no_import")
    if taken.undone_at is None:
        refuse_if_decided(session, store.records_of_import(session, taken), taken.made_at)
        store.withdraw_import(session, taken, now)
        taken.undone_at, taken.undone_by_name = now, actor.name
        record(session, actor, "work.import_undone", team, now, {"removed": taken.added, "import": taken.public_id})
        session.commit()
    return taken


def template_rows(session: Session, actor: Actor, team_id: str, language: str, today: date) -> Iterator[list[Cell]]:
    """An empty table for the month that ended last, a line a person. Raises NotFound."""
    team = find_team(session, actor, team_id)
    columns = (EMAIL, NAME, SINCE, UNTIL, TASKS, QUALITY, *followed(session, team))
    last = today.replace(day=1) - timedelta(days=1)
    days = (last.replace(day=1).isoformat(), last.isoformat())
    people = [user for _, user in teams.members_of(session, team) if user.id != actor.user_id]
    yield [heading(name, language) for name in columns]
    for user in people:
        yield [user.email, user.name, *days, *(None for _ in columns[4:])]


def export_rows(session: Session, actor: Actor, team_id: str, language: str, now: datetime) -> list[list[Cell]]:
    """The team's newest periods in the columns of the template, the earliest day first; the log notes it. Raises NotFound."""
    team = find_team(session, actor, team_id)
    people = {user.id: user for _, user in teams.members_of(session, team, with_former=True)}
    periods = list(reversed(store.periods_of_team(session, team, EXPORTED)))
    used = {name for row in periods for name in row.values}
    columns = (EMAIL, NAME, SINCE, UNTIL, TASKS, QUALITY, *followed(session, team, used))
    rows: list[list[Cell]] = [[heading(name, language) for name in columns]]
    for row in periods:
        user = people.get(row.user_id)
        who: list[Cell] = [user.email, user.name] if user else [None, None]
        figures = [row.quality, *(row.values.get(name) for name in columns[6:])]
        rows.append([*who, row.first_day.isoformat(), row.last_day.isoformat(), row.tasks,
                     *(_figure(value, language) for value in figures)])  # fmt: skip
    record(session, actor, "work.figures_exported", team, now, {"periods": len(periods)})
    session.commit()
    return rows


def _figure(value: float | None, language: str) -> Cell:
    """As a spreadsheet of that language reads a number."""
    if value is None:
        return None
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language == "fr" else text
