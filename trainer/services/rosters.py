"""Rosters: people as a teacher or a personnel office has them, in a table or an address list, with every mistake told.

A line is a person: `name,email`, with a comma, semicolon or tab between them, or `Name <email>`. A first line of headings
is understood in English and French, also with first and last name apart; without one, the cell with an "@" is the
address. Lines are read one by one, so that an open quotation mark spoils its own line only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from trainer.domain.errors import Invalid
from trainer.services.accounts import checked_name, normal_email
from trainer.services.spreadsheets import cells_of, delimiter_of, filled_lines, plain_heading

MOST_ROWS = 500
_EMAIL_HEADS = {"email", "e-mail", "mail", "e mail", "e-mail address", "email address", "courriel", "adresse e-mail",
                "adresse email", "adresse courriel", "adresse mail", "adresse electronique"}  # fmt: skip
_NAME_HEADS = {"name", "full name", "learner", "student", "candidate", "nom complet", "nom et prenom", "prenom et nom",
               "apprenant", "etudiant", "candidat"}  # fmt: skip
_FIRST_HEADS = {"first name", "firstname", "given name", "prenom"}
_LAST_HEADS = {"last name", "lastname", "surname", "family name", "nom", "nom de famille"}
_ADDRESS = re.compile(r'^\s*"?(?P<name>[^<>"]*?)"?\s*<(?P<email>[^<>]*)>\s*$')


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A person; `line` counts from 1 as in the text."""

    line: int
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class RowMistake:
    """What is wrong with one line. `field` is "name", "email" or "row"; `value` is what stands there."""

    line: int
    field: str
    code: str
    value: str
    other_line: int = 0


@dataclass(frozen=True, slots=True)
class Roster:
    """The lines that can be used, and the mistakes in the others."""

    rows: tuple[RosterRow, ...]
    mistakes: tuple[RowMistake, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where name and address stand; `email` None means: wherever the "@" is."""

    email: int | None = None
    names: tuple[int, ...] = ()


def read_roster(text: str) -> Roster:
    """Every person in `text`, and every mistake. Raises Invalid when there is nobody in it, or more than can be taken."""
    lines = filled_lines(text)
    if not lines:
        raise Invalid("roster.empty", field="text")
    delimiter = delimiter_of(line for _, line in lines)
    columns = _headings(lines[0][1], delimiter)
    people = lines[1:] if columns else lines
    if not people:
        raise Invalid("roster.empty", field="text")
    if len(people) > MOST_ROWS:
        raise Invalid("roster.too_many", field="text", count=len(people), most=MOST_ROWS)
    rows: list[RosterRow] = []
    mistakes: list[RowMistake] = []
    seen: dict[str, int] = {}
    for number, line in people:
        wrong = list(_take(number, line, delimiter, columns or _Columns(), seen, rows))
        mistakes += wrong
    return Roster(tuple(rows), tuple(mistakes))


def _headings(line: str, delimiter: str) -> _Columns | None:
    """The columns, if this line names them."""
    cells = [plain_heading(cell) for cell in line.split(delimiter)]
    email = next((place for place, cell in enumerate(cells) if cell in _EMAIL_HEADS), None)
    if email is None or "@" in line:
        return None
    first = [place for place, cell in enumerate(cells) if cell in _FIRST_HEADS]
    last = [place for place, cell in enumerate(cells) if cell in _LAST_HEADS]
    whole = [place for place, cell in enumerate(cells) if cell in _NAME_HEADS]
    return _Columns(email, tuple(whole[:1] or first[:1] + last[:1]))


def _take(
    number: int, line: str, delimiter: str, columns: _Columns, seen: dict[str, int], rows: list[RosterRow]
) -> Iterator[RowMistake]:
    """Put the line's person into `rows`, or say what is wrong with it."""
    parts = _parts(line, delimiter, columns)
    if parts is None:
        yield RowMistake(number, "row", "roster.unreadable", line.strip()[:80])
        return
    name, email = parts
    good = True
    try:
        name = checked_name(name)
        if any(unicodedata.category(sign) == "Cc" for sign in name):
            raise Invalid("error.bad_name")
    except Invalid:
        good = False
        yield RowMistake(number, "name", "roster.no_name" if not name.strip() else "error.bad_name", name[:80])
    try:
        address = normal_email(email)
    except Invalid:
        yield RowMistake(number, "email", "roster.no_email" if not email else "error.bad_email", email[:80])
        return
    if address in seen:
        yield RowMistake(number, "email", "roster.twice", address, seen[address])
        return
    seen[address] = number
    if good:
        rows.append(RosterRow(number, name, address))


def _parts(line: str, delimiter: str, columns: _Columns) -> tuple[str, str] | None:
    """Name and address as they stand in the line; None when its quotation marks do not close."""
    address = _ADDRESS.match(line)
    if address and columns.email is None:
        return address["name"].strip(), address["email"].strip()
    cells = cells_of(line, delimiter)
    if cells is None:
        return None
    if columns.email is not None:
        names = [cells[place] for place in columns.names if place < len(cells)]
        return " ".join(filter(None, names)), cells[columns.email] if columns.email < len(cells) else ""
    at = next((place for place, cell in enumerate(cells) if "@" in cell), 1)
    rest = [cell for place, cell in enumerate(cells) if place != at]
    return " ".join(filter(None, rest[:2] if at > 1 else rest[:1])), cells[at] if at < len(cells) else ""
