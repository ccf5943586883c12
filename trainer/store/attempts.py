"""Graded calls as attempts at scenarios: what a report of many calls needs of each, and nothing of who made it but a number."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from trainer.store.calls import FINISHED, Call, CallGradeRow, newest_grade_id
from trainer.store.marks import CallMark, newest_mark_id


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """A finished, graded call. `overall` and `passed` are the machine's, or a person's where one was given."""

    grade_id: int
    scenario: str
    language: str
    version: str
    user_id: int
    form: Mapping[str, str]
    overall: int
    passed: bool
    handle_s: float | None


def graded_attempts(
    session: Session,
    organisation_id: int,
    modes: Collection[str],
    limit: int,
    *,
    scenario: str = "",
    language: str = "",
) -> list[AttemptRow]:
    """The newest `limit` attempts in these modes, of one scenario and language if they are given. One query."""
    grade, mark = aliased(CallGradeRow), aliased(CallMark)
    on_the_line, write_up = (grade.grade["figures"][name].as_float() for name in ("handle_time_s", "wrap_up_s"))
    query = (
        select(
            grade.id, Call.scenario, Call.language, Call.version, Call.user_id, Call.form,
            func.coalesce(mark.overall, grade.overall), func.coalesce(mark.passed, grade.passed), on_the_line, write_up,
        )
        .select_from(Call)
        .join(grade, grade.id == newest_grade_id())
        .outerjoin(mark, mark.id == newest_mark_id())
        .where(Call.organisation_id == organisation_id, Call.state == FINISHED, Call.mode.in_(modes))
        .order_by(Call.id.desc())
        .limit(limit)
    )  # fmt: skip
    if scenario:
        query = query.where(Call.scenario == scenario)
    if language:
        query = query.where(Call.language == language)
    return [_row(*values) for values in session.execute(query).all()]


def _row(
    grade_id: int, scenario: str, language: str, version: str, user_id: int, form: Mapping[str, str],
    overall: int, passed: bool, on_the_line: float | None, write_up: float | None,
) -> AttemptRow:  # fmt: skip
    handle_s = None if on_the_line is None else on_the_line + (write_up or 0.0)
    return AttemptRow(grade_id, scenario, language, version, user_id, form, overall, bool(passed), handle_s)


def criteria_of_grades(session: Session, grade_ids: Iterable[int]) -> list[list[Mapping[str, Any]]]:
    """The criteria of each grade, as JSON, in one query."""
    ids = list(grade_ids)
    if not ids:
        return []
    rows = session.scalars(select(CallGradeRow.grade).where(CallGradeRow.id.in_(ids)))
    return [list(grade.get("criteria", ())) for grade in rows]
