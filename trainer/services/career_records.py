"""What people have done, as the gates of the ladder ask for it: from stored records alone, for many people at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from trainer.content.call_rubric import call_rubric
from trainer.domain.career import (
    Attested,
    CallTaken,
    CoursePassed,
    DrillPassed,
    ExamPassed,
    Held,
    Record,
    Signed,
    WorkDone,
)
from trainer.domain.credential import REVOKED, VALID, Standing
from trainer.domain.ladder import (
    ATTESTATION,
    CLEAN_CALLS,
    COURSE,
    DELIVERY,
    DRILL,
    EXAM,
    SCENARIOS,
    SIGNATURE,
    TYPING,
    WORK,
    Gate,
    Ladder,
)
from trainer.domain.scenario import Scenario
from trainer.domain.work_figures import WorkFigures
from trainer.services.agreement import grader_error
from trainer.services.kept import Kept
from trainer.services.work_figures import figures_since
from trainer.store import career_records as store
from trainer.store import careers
from trainer.store.career_records import CountedCallRow
from trainer.store.certificates import Certificate
from trainer.store.documents import from_document
from trainer.store.learning import passed_courses
from trainer.store.scenario_versions import find_scenario_version

Issued = Collection[tuple[Certificate, Standing]]
"""Certificates with what they are today, the latest first."""


def gather(
    session: Session,
    organisation_id: int,
    user_ids: Iterable[int],
    ladder: Ladder,
    gates: Collection[Gate],
    issued: Issued,
    now: datetime,
) -> dict[int, Record]:
    """Everything that `gates` may count, by person of the organisation, and nothing else; `issued` are their certificates.

    A supervisor's word serves one certificate: after that was issued, a renewal or a certificate after a revocation
    asks for a new word.
    """
    ids, kinds = list(user_ids), {gate.kind for gate in gates}
    signed = store.signatures_in_force(session, ids) if SIGNATURE in kinds else {}
    courses = passed_courses(session, ids) if COURSE in kinds else {}
    exams = _exams(session, ids) if EXAM in kinds else {}
    drills = _drills(session, ids) if kinds & {DRILL, TYPING} else {}
    calls = _calls(session, ids) if kinds & {SCENARIOS, CLEAN_CALLS, DELIVERY} else {}
    worked = _work(session, ids, gates, now) if WORK in kinds else {}
    words = _attested(session, ids, issued) if ATTESTATION in kinds else {}
    held = _held(ladder, issued)
    short = {number for number, taken in calls.items() if any(call.fell_short_by() is not None for call in taken)}
    margin = grader_error(session, organisation_id) if short and ladder.margin else None
    return {
        number: Record(
            signed=Signed(*signed[number]) if number in signed else None,
            courses=tuple(CoursePassed(course, at, record) for course, at, record in courses.get(number, ())),
            exams=tuple(exams.get(number, ())),
            drills=tuple(drills.get(number, ())),
            calls=tuple(calls.get(number, ())),
            work=worked.get(number, ()),
            held=tuple(held.get(number, ())),
            attestations=tuple(words.get(number, ())),
            margin=margin if number in short else None,
        )
        for number in ids
    }


def _exams(session: Session, ids: Sequence[int]) -> dict[int, list[ExamPassed]]:
    found = defaultdict(list)
    for user_id, exam, at, record, percent in store.exams_passed(session, ids):
        found[user_id].append(ExamPassed(exam, at, record, percent))
    return found


def _drills(session: Session, ids: Sequence[int]) -> dict[int, list[DrillPassed]]:
    found = defaultdict(list)
    for user_id, kind, at, record, wpm in store.drills_passed(session, ids):
        found[user_id].append(DrillPassed(kind, at, record, round(wpm, 1)))
    return found


def _calls(session: Session, ids: Sequence[int]) -> defaultdict[int, list[CallTaken]]:
    rows = store.assessed_calls(session, ids)
    decided = store.error_decisions(session, [row.id for row in rows])
    found = defaultdict(list)
    for row in rows:
        found[row.user_id].append(_call(session, row, decided.get(row.id, {})))
    return found


def _call(session: Session, row: CountedCallRow, answers: dict[int, str]) -> CallTaken:
    """`answers` are what people said of its fundamental errors: they count before the machine."""
    machine = {int(error["number"]): bool(error.get("decided", True)) for error in row.errors}
    errors = {number: decided and f"error:{number}" not in row.people_decide for number, decided in machine.items()}
    errors |= {number: True for number, answer in answers.items() if answer == "yes"}
    errors = {number: decided for number, decided in errors.items() if answers.get(number) != "no"}
    duties, difficulty = _about(session, row.scenario, row.version)
    return CallTaken(
        record=row.public_id,
        scenario=row.scenario,
        title=row.title,
        at=row.ended_at,
        overall=row.overall or 0,
        passed=row.passed,
        errors=tuple(sorted(number for number, decided in errors.items() if decided)),
        waiting=not all(errors.values()),
        graded=row.overall is not None,
        success=row.success,
        mark=_mark(row.rubric),
        form="; ".join(f"{name}={value}" for name, value in sorted(row.form.items())),
        duties=duties,
        difficulty=difficulty,
        figures=row.figures,
    )


_abouts: Kept[tuple[str, str], tuple[tuple[str, ...], int]] = Kept(500)


def _about(session: Session, slug: str, version: str) -> tuple[tuple[str, ...], int]:
    """Duties and difficulty of the scenario as it was played; a version never changes."""

    def read() -> tuple[tuple[str, ...], int]:
        document = find_scenario_version(session, slug, version)
        if document is None:
            return (), 1
        template = next(iter(from_document(Scenario, document).templates.values()))
        return tuple(template.duties), template.difficulty

    return _abouts.or_make((slug, version), read)


def _mark(rubric: str) -> int:
    """The pass mark of the rubric that the grade was given with."""
    try:
        return round(call_rubric(rubric.split("+")[0]).thresholds.pass_mark)
    except KeyError:
        return 70


def _work(
    session: Session, ids: Sequence[int], gates: Collection[Gate], now: datetime
) -> dict[int, tuple[WorkDone, ...]]:
    """Real work over the last so many calendar months and the one that runs, for each number of months that a gate asks for."""
    today = now.date()
    spans = {gate.months: _months_before(today, gate.months) for gate in gates if gate.kind == WORK}
    found = figures_since(session, ids, set(spans.values()), today)
    return {
        number: tuple(_done(months, figures[since]) for months, since in sorted(spans.items()))
        for number, figures in found.items()
    }


def _done(months: int, figures: WorkFigures) -> WorkDone:
    told: dict[str, float | None] = {
        "E1": figures.tasks,
        "E2": figures.quality,
        "E3": figures.share_met,
        "E4": figures.from_departments,
        "E5": figures.from_customers,
    }
    rounded = {name: None if value is None else round(value, 1) for name, value in told.items()}
    return WorkDone(months, rounded, figures.months, (*figures.records, *figures.complaints))


def _months_before(day: date, months: int) -> date:
    """The first day of the month so many months before that of `day`."""
    place = day.year * 12 + day.month - 1 - months
    return date(place // 12, place % 12 + 1, 1)


def _attested(session: Session, ids: Sequence[int], issued: Issued) -> defaultdict[int, list[Attested]]:
    served: dict[tuple[int, str], datetime] = {}
    for certificate, _standing in issued:  # the latest first
        served.setdefault((certificate.user_id, certificate.category), certificate.issued_at)
    found = defaultdict(list)
    for word in careers.attestations_of(session, ids):
        until = served.get((word.user_id, word.category))
        if until is None or word.at.replace(microsecond=0) > until:
            found[word.user_id].append(Attested(word.public_id, word.category, word.by_name, word.at, str(word.by_id)))
    return found


def _held(ladder: Ladder, issued: Issued) -> defaultdict[int, list[Held]]:
    """Who holds a category holds those below it. Months go on through renewals: what was issued while the one before was
    valid continues it."""
    chains: dict[tuple[int, str], datetime] = {}
    ends: dict[tuple[int, str], datetime | None] = {}
    for certificate, standing in sorted(issued, key=lambda one: one[0].issued_at):
        if standing.state == REVOKED:
            continue
        key = certificate.user_id, certificate.category
        end = ends.get(key, certificate.issued_at - timedelta(seconds=1))
        if end is not None and end < certificate.issued_at:
            chains[key] = certificate.issued_at
        ends[key] = certificate.valid_until
    best: dict[tuple[int, str], Held] = {}
    for certificate, standing in issued:
        category = ladder.find(certificate.category)
        if category is None or standing.state != VALID:
            continue
        since = chains[certificate.user_id, certificate.category]
        for lower in ladder.categories[: category.rank + 1]:
            key = certificate.user_id, lower.id
            known = best.get(key)
            if known is None or since < known.since:
                best[key] = Held(certificate.public_id, lower.id, since)
    found = defaultdict(list)
    for (user_id, _category), held in best.items():
        found[user_id].append(held)
    return found
