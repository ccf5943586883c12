"""What the access tests put into the gaps of addresses. A new route needs nothing here if its gaps are named well.

A gap `<thing_id>` is taken for the public id of a row of the table class `Thing`; such rows are made up by
`make_row`, with all that they refer to. `ROWS` names the tables of gaps that are called otherwise, `PLAIN` the values
of gaps that are no ids of rows, `ANSWERS` the routes whose good answer is neither a page nor a redirect.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, Float, Integer, String, inspect
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import Column

from tests.factories.accounts import NOW
from trainer.extensions import Base
from trainer.store.accounts import Organisation, User
from trainer.store.base import UtcDateTime

UNKNOWN = "AAAAAAAAAAAAAAAA"
"""Looks like a public id, and is nobody's."""

ROWS: dict[str, str] = {
    # gap: table class
    "person_id": "User",
    "learner_id": "User",
    "import_id": "RosterImport",
}

PLAIN: dict[str, str] = {
    # gap, or endpoint and gap: a value that exists for everyone
    "language": "en",
    "number": "1",
    "seq": "1",
    "turn_id": "turn-0001",
    "calls.tone:name": "ring",
    "company": "tandem",
}

ANSWERS: dict[str, set[int]] = {
    # endpoint: what a permitted person may get from GET without ids in the address, besides 200 and redirects
    "campaigns.my_call": {404},  # only candidates have one
    "campaigns.go_on": {404},
}


def classes() -> dict[str, type[Any]]:
    """Every table class by name."""
    return {mapper.class_.__name__: mapper.class_ for mapper in Base.registry.mappers}


def class_of(gap: str) -> type[Any] | None:
    """The table class whose public ids stand in that gap, or None."""
    name = ROWS.get(gap) or "".join(word.title() for word in gap.removesuffix("_id").split("_"))
    return classes().get(name) if gap.endswith("_id") else None


def unknown_value(endpoint: str, gap: str, converter: str) -> str:
    """A value that names nothing, or the plain one of that gap."""
    plain = PLAIN.get(f"{endpoint}:{gap}") or PLAIN.get(gap)
    return plain or ("1" if converter == "IntegerConverter" else UNKNOWN)


class Tenant:
    """An organisation with one person in it, and rows made up for them when they are asked for."""

    def __init__(self, session: Session, organisation: Organisation, user: User) -> None:
        self.session = session
        self.rows: dict[str, Any] = {"organisations": organisation, "users": user}

    def public_id(self, gap: str) -> str:
        kind = class_of(gap)
        assert kind is not None, f"no table for the gap {gap}"
        return str(self.row(kind).public_id)

    def row(self, kind: type[Any]) -> Any:
        """This tenant's one row of that table."""
        table: str = kind.__tablename__
        if table not in self.rows:
            made = kind(**{name: self._value(column) for name, column in needed(kind)})
            self.session.add(made)
            self.session.commit()
            self.rows[table] = made
        return self.rows[table]

    def content(self) -> dict[str, dict[str, Any]]:
        """What stands in this tenant's rows, as the database has it now, but for the counters that make pages anew: a
        statement that changes many rows at once counts for everybody."""
        self.session.expire_all()
        return {
            table: {
                column.key: getattr(row, column.key)
                for column in inspect(type(row)).column_attrs
                if column.key != "state_version"
            }
            for table, row in self.rows.items()
        }

    def _value(self, column: Column[Any]) -> Any:
        for key in column.foreign_keys:
            kind = next(one for one in classes().values() if one.__tablename__ == key.column.table.name)
            return getattr(self.row(kind), key.column.name)
        return made_up(column)


def needed(kind: type[Any]) -> Iterator[tuple[str, Column[Any]]]:
    """The columns that must be given a value, and those that refer to another row."""
    for attribute in inspect(kind).column_attrs:
        column = attribute.columns[0]
        given = column.default is not None or column.nullable or column.primary_key
        if isinstance(column, Column) and (column.foreign_keys or not given) and not column.primary_key:
            yield attribute.key, column


def made_up(column: Column[Any]) -> Any:
    """Something of the column's type; unique texts differ."""
    kind = column.type
    if isinstance(kind, UtcDateTime | DateTime):
        return NOW
    if isinstance(kind, Date):
        return NOW.date()
    if isinstance(kind, Float):
        return 1.0
    if isinstance(kind, JSON):
        return {}
    if isinstance(kind, Boolean):
        return False
    if isinstance(kind, Integer):
        return 1
    if isinstance(kind, String):
        return secrets.token_hex(8) if column.unique else "x"
    raise TypeError(f"no made-up value for {column}: name it in access_values")
