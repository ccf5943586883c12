"""Which people and organisations a transaction changed something for, counted where each request reads it anyway.

`users.state_version` rises with each commit that changed what is stored of a person, `organisations.state_version` with those
that changed what all its people see. A page that is kept for a person (web/kept_pages.py) holds as long as both stay. The
session itself counts, in the transaction that changes the rows, so no service has to think of it and none can forget it.

A version is the time of the commit in microseconds, or one more than before where that is later: so the highest of an
organisation's people tells whether anything was stored of any of them, without a row that every commit would wait for.

Every table stands in one of the three sets below; a structure test sees to it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any

from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import event, inspect, text
from sqlalchemy.orm import Mapper

PERSONS = frozenset(
    {
        "appeals", "assignments", "attestations", "call_comments", "call_events", "call_grades", "call_marks", "calls", "cards",
        "certificate_facts", "certificate_name_choices", "certificate_papers", "certificate_reminders", "certificates",
        "check_decisions", "complaint_answers", "complaint_decisions", "decision_appeals", "decisions", "drill_replies", "drills",
        "exam_answers", "exam_attempts", "job_description_signatures", "lesson_feedback", "lessons_read", "password_resets",
        "period_corrections", "practice_rounds", "printed_names", "quiz_answers", "quiz_attempts", "review_items",
        "rights_answers", "rights_requests", "shift_calls", "shift_moments", "shifts", "status_entries", "user_roles", "users",
        "work_complaints", "work_periods",
    }
)  # fmt: skip
"""Rows that tell of the people they refer to, themselves or by the row they belong to."""
ORGANISATIONS = frozenset(
    {
        "calibration_calls", "calibration_markers", "calibration_sessions", "campaigns", "candidacies",
        "certificate_design_choices", "cohort_seats", "cohorts", "criterion_standings", "figures_imports", "group_decisions",
        "group_members", "invitations", "job_description_editions", "job_description_settings", "ladder_editions",
        "management_notices", "markings", "organisations", "roster_imports", "team_leads", "team_members", "team_targets", "teams",
    }
)  # fmt: skip
"""Rows that everybody of the organisation may see something of: conditions, texts, teams, what markings say of the grader."""
NOBODY = frozenset(
    {
        "audit_entries", "certificate_design_versions", "course_versions", "exam_sheets", "job_description_versions",
        "scenario_versions", "status_lists",
    }
)  # fmt: skip
"""Copies of content, and notes of what happened: they change no page."""

_CHANGED = "changed for"
_RAISE = "UPDATE {table} SET state_version = CASE WHEN state_version < :now THEN :now ELSE state_version + 1 END"
_PERSON = text(_RAISE.format(table="users") + " WHERE id = :id")
_ORGANISATION = text(_RAISE.format(table="organisations") + " WHERE id = :id")
_EVERY_ORGANISATION = text(_RAISE.format(table="organisations"))


@dataclass
class _Changed:
    """What one transaction touched so far. `owners` are rows that know for whom: they are asked before the commit."""

    people: set[int] = field(default_factory=set)
    organisations: set[int] = field(default_factory=set)
    all_organisations: bool = False
    owners: set[tuple[type, int]] = field(default_factory=set)

    def note(self, row: Any) -> None:
        mapper: Mapper[Any] = inspect(row).mapper
        table = table_of(mapper)
        if table in NOBODY:
            return
        owned = [(getattr(row, name), kind) for name, kind in references_of(mapper)]
        self.owners |= {(kind, number) for number, kind in owned if kind is not None and number is not None}
        if table in PERSONS:
            self.people |= {number for number, kind in owned if kind is None and number is not None}
        elif number := row.id if table == "organisations" else getattr(row, "organisation_id", None):
            self.organisations.add(number)


@cache
def references_of(mapper: Mapper[Any]) -> tuple[tuple[str, Any], ...]:
    """(attribute, class of the row it refers to, None for a person) of all that tells for whom a row is. An organisation
    is no reference: a row that has one is asked for it."""
    classes = {table_of(one): one.class_ for one in mapper.registry.mappers}
    table, columns = table_of(mapper), mapper.local_table.columns
    found: list[tuple[str, Any]] = [("id", None)] if table == "users" else []
    for column in columns:
        for key in column.foreign_keys:
            referred = key.column.table.name
            name = mapper.get_property_by_column(column).key
            if referred == "users" and table in PERSONS:
                found.append((name, None))
            elif referred in (PERSONS if table in PERSONS else ORGANISATIONS) - {"users", "organisations"}:
                found.append((name, classes[referred]))
    if table in ORGANISATIONS and "organisation_id" in columns:
        return ()
    return tuple(found)


def table_of(mapper: Mapper[Any]) -> str:
    return str(mapper.local_table.name)  # type: ignore[attr-defined]


class CountingSession(FlaskSession):
    """A session that counts, before it commits, for whom something changed."""

    def execute(self, statement: Any, *args: Any, **options: Any) -> Any:
        """A statement that changes rows unseen may have changed them for anybody."""
        if getattr(statement, "is_dml", False) and statement.table.name not in NOBODY:
            self.changed.all_organisations = True
        return super().execute(statement, *args, **options)

    @property
    def changed(self) -> _Changed:
        found: _Changed = self.info.setdefault(_CHANGED, _Changed())
        return found


@event.listens_for(CountingSession, "after_flush")
def _note(session: CountingSession, _context: object) -> None:
    for row in chain(session.new, session.dirty, session.deleted):
        session.changed.note(row)


@event.listens_for(CountingSession, "before_commit")
def _count(session: CountingSession) -> None:
    session.flush()
    changed: _Changed | None = session.info.pop(_CHANGED, None)
    if changed is None:
        return
    with session.no_autoflush:
        while changed.owners:
            kind, number = changed.owners.pop()
            owner = session.get(kind, number)
            if owner is not None:
                changed.note(owner)
    connection = session.connection()
    now = time.time_ns() // 1000
    # In order, so that two transactions never wait for each other.
    if changed.people:
        connection.execute(_PERSON, [{"id": number, "now": now} for number in sorted(changed.people)])
    if changed.all_organisations:
        connection.execute(_EVERY_ORGANISATION, {"now": now})
    elif changed.organisations:
        connection.execute(_ORGANISATION, [{"id": number, "now": now} for number in sorted(changed.organisations)])
