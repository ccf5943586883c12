"""Candidates of one campaign side by side: the same call, criterion by criterion. Nothing here decides; a person does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from trainer.domain.errors import NotFound
from trainer.domain.grade import EVERY_CRITERION, CallGrade, Check
from trainer.domain.roles import Actor
from trainer.domain.scenario import Case
from trainer.services.campaigns import case_of_campaign, find_campaign
from trainer.services.marks import Mark, mark_of
from trainer.services.reviewing import effective_documents
from trainer.store import calls as call_store
from trainer.store import campaigns as store
from trainer.store.audit import record
from trainer.store.calls import Call, CallGradeRow
from trainer.store.campaigns import Campaign, Candidacy
from trainer.store.documents import from_document
from trainer.store.marks import latest_marks

ORDERS = ("name", "overall", "errors", "undecided", *EVERY_CRITERION)


@dataclass(frozen=True, slots=True)
class Cell:
    """One criterion of one candidate: `score` 0 to 100, or None; how many of its checks wait for a person."""

    score: int | None
    undecided: int
    came_up: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate with a graded call. `errors` are decided fundamental errors, `errors_waiting` those for a person."""

    candidacy: Candidacy
    call: Call
    mark: Mark
    success: bool
    cells: Mapping[str, Cell]
    errors: tuple[int, ...]
    errors_waiting: tuple[int, ...]
    undecided: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """`criteria` that came up for anybody, in the rubric's order. `mixed`: not all grades are of one rubric.

    `waiting` are candidates without a grade yet.
    """

    campaign: Campaign
    case: Case
    lines: tuple[Line, ...]
    criteria: tuple[str, ...]
    waiting: tuple[Candidacy, ...]
    mixed: bool
    order: str
    descending: bool


def compare(
    session: Session, actor: Actor, campaign_id: str, now: datetime, *, order: str = "name", descending: bool = False
) -> Comparison:
    """Everyone's call, by name unless asked otherwise; the look is written into the audit log. Raises NotFound."""
    campaign = find_campaign(session, actor, campaign_id)
    # Before anything is read: a commit afterwards would have every row read again, one by one.
    record(session, actor, "campaign.compared", campaign, now)
    session.commit()
    order = order if order in ORDERS else "name"
    rows = _graded(session, campaign)
    grades = effective_documents(session, {call.id: row for _, call, row, _ in rows})
    lines = [_line(candidacy, call, grades[call.id], mark) for candidacy, call, _row, mark in rows]
    lines.sort(key=_key(order), reverse=descending)
    if order != "name":  # whoever has no figure there stands last in either direction
        lines.sort(key=lambda line: order in EVERY_CRITERION and _score(line, order) is None)
    with_grade = {line.candidacy.id for line in lines}
    places = [one for one, _call in store.candidacies_with_calls(session, campaign)]
    return Comparison(
        campaign=campaign,
        case=case_of_campaign(session, campaign),
        lines=tuple(lines),
        criteria=tuple(name for name in EVERY_CRITERION if any(line.cells[name].came_up for line in lines)),
        waiting=tuple(one for one in places if one.id not in with_grade and not one.withdrawn_at),
        mixed=len({(grade.rubric_version, grade.understanding_version) for _, _, grade, _ in rows}) > 1,
        order=order,
        descending=descending,
    )


def _graded(session: Session, campaign: Campaign) -> list[tuple[Candidacy, Call, CallGradeRow, Mark]]:
    """Candidates whose call is finished and graded, by name, in three queries."""
    done = [
        (candidacy, call)
        for candidacy, call in store.candidacies_with_calls(session, campaign)
        if call is not None and store.is_written_up(call)
    ]
    ids = [call.id for _, call in done]
    grades, given = call_store.latest_grades(session, ids), latest_marks(session, ids)
    return [
        (candidacy, call, grades[call.id], mark_of(grades[call.id], given.get(call.id)))
        for candidacy, call in done
        if call.id in grades
    ]


def _line(candidacy: Candidacy, call: Call, grade: Mapping[str, Any], mark: Mark) -> Line:
    found = {one["id"]: _cell(one) for one in grade["criteria"]}
    return Line(
        candidacy=candidacy,
        call=call,
        mark=mark,
        success=bool(grade["success"]),
        cells={name: found.get(name, Cell(None, 0, False)) for name in EVERY_CRITERION},
        errors=tuple(one["number"] for one in grade["errors"] if one.get("decided", True)),
        errors_waiting=tuple(one["number"] for one in grade["errors"] if not one.get("decided", True)),
        undecided=len(grade["undecided"]),
    )


def _cell(criterion: Mapping[str, Any]) -> Cell:
    answers = [check["answer"] for check in criterion["checks"]]
    came_up = criterion["score"] is not None or any(answer != "not_applicable" for answer in answers)
    return Cell(criterion["score"], answers.count("undecided"), came_up)


def _score(line: Line, criterion: str) -> int | None:
    return line.cells[criterion].score


def _key(order: str) -> Callable[[Line], Any]:
    keys: dict[str, Callable[[Line], Any]] = {
        "name": lambda line: line.candidacy.name.casefold(),
        "overall": lambda line: line.mark.overall or 0,
        "errors": lambda line: (len(line.errors), len(line.errors_waiting)),
        "undecided": lambda line: line.undecided,
    }
    return keys.get(order) or (lambda line: _score(line, order) or 0)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one candidate's call shows for one criterion."""

    candidacy: Candidacy
    call: Call
    grade: CallGrade
    score: int | None
    checks: tuple[Check, ...]


def compare_criterion(
    session: Session, actor: Actor, campaign_id: str, criterion: str
) -> tuple[Campaign, list[Evidence]]:
    """One criterion of every candidate with its checks and the words that show them. Raises NotFound."""
    if criterion not in EVERY_CRITERION:
        raise NotFound
    campaign = find_campaign(session, actor, campaign_id)
    found = []
    rows = _graded(session, campaign)
    documents = effective_documents(session, {call.id: row for _, call, row, _ in rows})
    for candidacy, call, _row, _mark in rows:
        grade = from_document(CallGrade, documents[call.id])
        part = next((one for one in grade.criteria if one.id == criterion), None)
        found.append(Evidence(candidacy, call, grade, part.score if part else None, part.checks if part else ()))
    return campaign, found


def note_export(session: Session, actor: Actor, campaign_id: str, now: datetime) -> None:
    """Write into the audit log that the comparison left the house. Raises NotFound."""
    record(session, actor, "campaign.exported", find_campaign(session, actor, campaign_id), now)
    session.commit()
