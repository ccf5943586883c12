"""The operator's screen as a page shows it: sheets with their fields, whom a search of the database finds, the way in."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.domain.desk import Sheet
from trainer.domain.menu import path_of
from trainer.domain.scenario import Case, FormField

OWN = "own"
"""The id of this call's customer among the people of the database."""


@dataclass(frozen=True, slots=True)
class SheetOfCall:
    """A sheet with the fields that are on it."""

    id: str
    label: str
    kind: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody in the customer database, found by any of `words`. `lines` are shown of others only: the record of this
    call's customer is on the page with its marks."""

    id: str
    name: str
    reference: str
    phone: str
    words: str
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """`hidden`: the customer's record has to be searched for."""

    sheets: tuple[SheetOfCall, ...]
    people: tuple[Found, ...]
    hidden: bool


@dataclass(frozen=True, slots=True)
class WayIn:
    """The choices that the caller made in the voice menu, and the seconds they waited then (None where unknown)."""

    labels: tuple[str, ...] = ()
    waited_s: int | None = None


def desk_of(case: Case) -> Desk:
    hidden = case.lookup == "search"
    people = _people(case) if hidden or case.company.customers else ()
    return Desk(sheets=_sheets(case), people=people, hidden=hidden)


def way_in(case: Case) -> WayIn:
    path = path_of(case.menu, case.route) if case.menu and case.route else None
    waited = int(case.waited_s) if case.waited_s.isdigit() else None
    return WayIn(path.labels if path else (), waited)


def _sheets(case: Case) -> tuple[SheetOfCall, ...]:
    """A scenario without sheets has all its fields on one."""
    sheets = case.sheets or ((Sheet("record", "", "ticket"),) if case.form else ())
    first = sheets[0].id if sheets else ""
    return tuple(
        SheetOfCall(one.id, one.label, one.kind, tuple(f for f in case.form if (f.sheet or first) == one.id))
        for one in sheets
    )


def _people(case: Case) -> tuple[Found, ...]:
    """Everybody in the database by name, this call's customer among them."""
    found = [
        Found(f"other:{one.reference}", one.name, one.reference, one.phone, one.name, one.lines)
        for one in case.company.customers
    ]
    if case.record:
        found.append(_own(case))
    return tuple(sorted(found, key=lambda one: (one.name.split()[-1:], one.name, one.id)))


def _own(case: Case) -> Found:
    rows = {row.id: row.value for row in case.record}
    identity = [row.value for row in case.record if row.identity]
    name = rows.get("name") or (case.persona.name if case.is_holder else (identity or list(rows.values()))[0])
    phone = next((value for key, value in rows.items() if "phone" in key or "mobile" in key), "")
    reference = next((value for value in identity if value not in (name, phone)), "")
    return Found(OWN, name, reference, phone, " ".join((name, *identity)))
