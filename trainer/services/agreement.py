"""How far the machine and people agree, and people among themselves, on calls that people marked blind.

Compared are the answers to each check and each fundamental error: those of the machine's newest grade, and those of
every marking that was handed in. What one side left open (undecided, "cannot say") is counted, not compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from math import ceil
from statistics import fmean

from sqlalchemy.orm import Session

from trainer.domain.grade import EVERY_CRITERION, FUNDAMENTAL_ERRORS, CallGrade
from trainer.domain.grading.decided import DECISIONS, answer_in, error_id
from trainer.domain.grading.marking import MEASURED, asked_ids, people_decide
from trainer.domain.roles import Actor
from trainer.services.coefficients import Agreement, measure
from trainer.services.kept import Kept
from trainer.store import calls as call_store
from trainer.store import markings as store
from trainer.store.audit import record
from trainer.store.documents import from_document
from trainer.store.markings import CriterionStanding, Marking

ENOUGH_CALLS = 20
"""Marked calls from which a distance says something of the grader and not of a handful of calls."""
MOST_CALLS = 200
"""The newest calls that were marked: a machine that has changed since is judged by what it does now."""
PASSED = "passed"
Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MarkedCall:
    """One call with the machine's answers and those of each person, {check or error id: answer}."""

    machine: Answers
    people: tuple[Answers, ...]
    overall: int = 0
    people_overall: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """The agreement on one criterion, check or error. `left_open` is the share of the machine's answers that it left to
    people, 0 to 1; `people_decide` tells whether the criterion is theirs."""

    name: str
    machine: Agreement | None
    people: Agreement | None
    left_open: float = 0.0
    people_decide: bool = False


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """Over `calls` calls with `markings` markings. `apart` is the mean distance of the marks, machine to people, in
    points of 100 (None without any)."""

    calls: int
    markings: int
    apart: float | None
    passed: Line
    criteria: tuple[Line, ...]
    errors: tuple[Line, ...]
    checks: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    """The lines of single checks, by criterion."""


def _machine_answers(grade: CallGrade) -> dict[str, str]:
    found = {name: answer_in(grade, name) or "" for name in asked_ids(grade)}
    return found | {PASSED: "yes" if grade.passed else "no"}


def _people_answers(row: Marking) -> dict[str, str]:
    return {**row.answers, PASSED: "yes" if row.passed else "no"}


def marked_calls(session: Session, call_ids: Sequence[int]) -> list[MarkedCall]:
    """The calls of those ids that have a grade and a marking. Two queries."""
    grades, markings = call_store.latest_grades(session, call_ids), store.handed_in(session, call_ids)
    found = []
    for number in call_ids:
        if number in grades and markings[number]:
            grade, rows = from_document(CallGrade, grades[number].grade), markings[number]
            people = tuple(_people_answers(row) for row in rows)
            overalls = tuple(row.overall or 0 for row in rows)
            found.append(MarkedCall(_machine_answers(grade), people, grade.overall, overalls))
    return found


def newest_marked(session: Session, organisation_id: int) -> list[MarkedCall]:
    """The organisation's newest marked calls, `MOST_CALLS` at most."""
    return marked_calls(session, store.marked_calls(session, organisation_id, MOST_CALLS))


def _table(pairs: Iterable[tuple[Answers, Answers]], wanted: str) -> list[list[int]]:
    """How often the one answered i where the other answered j, over the ids that belong to `wanted`."""
    table = [[0] * len(DECISIONS) for _ in DECISIONS]
    for one, other in pairs:
        for name in one.keys() & other.keys():
            if belongs(name, wanted) and one[name] in DECISIONS and other[name] in DECISIONS:
                table[DECISIONS.index(one[name])][DECISIONS.index(other[name])] += 1
    return table


def belongs(name: str, wanted: str) -> bool:
    """Whether the check or error `name` is `wanted`, or one of its checks ("record.field:phone" of "record.field" and
    of "record")."""
    rule = name if name.startswith("error:") else name.split(":")[0]
    return wanted in (rule, rule.split(".")[0])


def line_of(calls: Sequence[MarkedCall], wanted: str, *, decided_by_people: bool = False) -> Line:
    """The agreement on one criterion, check, error, or PASSED."""
    machine = measure([_table([(call.machine, one) for one in call.people], wanted) for call in calls])
    people = measure([_table(combinations(call.people, 2), wanted) for call in calls])
    answers = [text for call in calls for name, text in call.machine.items() if belongs(name, wanted)]
    open_share = sum(text == "undecided" for text in answers) / len(answers) if answers else 0.0
    return Line(wanted, machine, people, open_share, decided_by_people)


def judged_criteria() -> list[str]:
    return [name for name in EVERY_CRITERION if name not in MEASURED]


def distance_of(calls: Sequence[MarkedCall]) -> float | None:
    """The mean distance of the machine's marks from people's, in points of 100; None without any."""
    distances = [abs(call.overall - one) for call in calls for one in call.people_overall]
    return fmean(distances) if distances else None


def report_on(calls: Sequence[MarkedCall], decided_by_people: Iterable[str] = ()) -> AgreementReport:
    """The report on those calls. A pure function of them."""
    theirs = set(decided_by_people)
    rules = sorted({name.split(":")[0] for call in calls for name in call.machine if not name.startswith("error:")})
    return AgreementReport(
        calls=len(calls),
        markings=sum(len(call.people) for call in calls),
        apart=distance_of(calls),
        passed=line_of(calls, PASSED),
        criteria=tuple(line_of(calls, name, decided_by_people=name in theirs) for name in judged_criteria()),
        errors=tuple(
            line_of(calls, error_id(number), decided_by_people=error_id(number) in theirs)
            for number in FUNDAMENTAL_ERRORS
        ),
        checks={
            name: tuple(line_of(calls, rule) for rule in rules if belongs(rule, name) and rule != name)
            for name in judged_criteria()
        },
    )


def agreement_report(session: Session, actor: Actor) -> AgreementReport:
    """The report on the newest marked calls of the actor's organisation."""
    standing = store.standings(session, actor.organisation_id)
    return report_on(
        newest_marked(session, actor.organisation_id), [name for name, row in standing.items() if row.people_decide]
    )


_kappas: Kept[tuple[int, int, datetime | None], dict[str, float | None]] = Kept(50)


def kappas_of(session: Session, organisation_id: int) -> dict[str, float | None] | None:
    """Cohen's kappa of machine and people by criterion, on the newest marked calls of the organisation; None for a criterion
    that nobody compared, and None at all while nobody has marked. Reckoned again when another marking was handed in."""
    count, newest = store.last_handed_in(session, organisation_id)
    if not count:
        return None

    def reckon() -> dict[str, float | None]:
        calls = newest_marked(session, organisation_id)
        found = {name: line_of(calls, name).machine for name in judged_criteria()}
        return {
            name: None if one is None or one.kappa.value is None else round(one.kappa.value, 3)
            for name, one in found.items()
        }

    known = _kappas.or_make((organisation_id, count, newest), reckon)
    return known if any(value is not None for value in known.values()) else None


_marked: Kept[tuple[int, int, datetime | None], Sequence[MarkedCall]] = Kept(50)


def grader_error(session: Session, organisation_id: int) -> int | None:
    """How far the machine's marks are from people's on the same calls, in the mean, in points of 100 and rounded up; None
    while fewer than `ENOUGH_CALLS` were marked blind. The calls are read again when another marking was handed in."""
    count, newest = store.last_handed_in(session, organisation_id)
    if count < ENOUGH_CALLS:
        return None
    calls = _marked.or_make((organisation_id, count, newest), lambda: newest_marked(session, organisation_id))
    apart = distance_of(calls) if len(calls) >= ENOUGH_CALLS else None
    return None if apart is None else ceil(apart)


def settle_standings(session: Session, actor: Actor, now: datetime) -> list[CriterionStanding]:
    """After a marking: criteria on which the machine agrees too little go to people, others come back. No commit.

    Gives the rows that changed; each change is in the audit log. A grade that was made stays as it is.
    """
    calls = newest_marked(session, actor.organisation_id)
    standing, changed = store.standings(session, actor.organisation_id), []
    for name in (*judged_criteria(), *(error_id(number) for number in FUNDAMENTAL_ERRORS)):
        tables = [_table([(call.machine, one) for one in call.people], name) for call in calls]
        found = measure(tables, intervals=False)
        did = name in standing and standing[name].people_decide
        ac1 = found.ac1.value if found else None
        does = people_decide(ac1, found.calls if found else 0, did=did)
        if does != did and found is not None and ac1 is not None:
            row = CriterionStanding(
                organisation_id=actor.organisation_id, criterion=name, people_decide=does, ac1=ac1, calls=found.calls,
                at=now,
            )  # fmt: skip
            session.add(row)
            session.flush()
            action = "criterion.left_to_people" if does else "criterion.given_back"
            record(session, actor, action, row, now, {"criterion": name, "ac1": round(ac1, 3), "calls": found.calls})
            changed.append(row)
    return changed
