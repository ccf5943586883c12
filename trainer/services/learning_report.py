"""How far the people of an organisation have come in learning, a line a person. The queries do not grow with the lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from trainer.domain.errors import NotFound
from trainer.domain.roles import Actor
from trainer.services import cohorts
from trainer.services.courses import published
from trainer.services.practice import KINDS
from trainer.store import learning_report as store
from trainer.store.accounts import Organisation
from trainer.store.audit import record
from trainer.store.cohorts import Cohort
from trainer.store.learning import passed_courses
from trainer.store.learning_report import LastExam, LearnerRow
from trainer.store.practice import drills_passed

BATCH = 500
"""People that an export reads at a time."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What there is to learn: lessons and courses that are published, and drills."""

    lessons: int
    courses: int
    drills: int = len(KINDS)


@dataclass(frozen=True, slots=True)
class LearnerLine:
    """One person; `last_at` is the newest lesson, quiz, exam or drill."""

    person: LearnerRow
    lessons: int
    courses: int
    exam: LastExam | None
    drills: int
    cards: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom the report is about: a part of a name, and a cohort that the actor may see."""

    search: str = ""
    cohort: Cohort | None = None


def cohorts_of(session: Session, actor: Actor) -> list[Cohort]:
    """The cohorts by which the actor may filter: a teacher's own, an administrator's all, nobody else's."""
    return [cohort for cohort, _seats in cohorts.list_cohorts(session, actor)] if actor.is_any("teacher") else []


def asked_for(session: Session, actor: Actor, search: str, cohort_id: str) -> Asked:
    """Raises NotFound for a cohort that is not the actor's to see."""
    if cohort_id and not actor.is_any("teacher"):
        raise NotFound
    return Asked(search, cohorts.find_cohort(session, actor, cohort_id) if cohort_id else None)


def whole_of(folder: Path) -> Whole:
    courses = published(folder).values()
    return Whole(sum(len(course.lesson_slugs) for course in courses), len(courses))


def list_learners(
    session: Session, actor: Actor, folder: Path, asked: Asked, now: datetime, page: int = 1, size: int = 30
) -> tuple[list[LearnerLine], bool]:
    """A page of people by name, and whether there are more."""
    rows = _rows(session, actor, asked, size + 1, (page - 1) * size)
    return _lines(session, folder, rows[:size], now), len(rows) > size


def export_learners(session: Session, actor: Actor, folder: Path, asked: Asked, now: datetime) -> Iterator[LearnerLine]:
    """Everybody asked for. The audit log notes first that it left the house."""
    organisation = session.get(Organisation, actor.organisation_id)
    assert organisation is not None  # the actor is of it
    details = {"search": asked.search, "cohort": asked.cohort.public_id if asked.cohort else ""}
    record(session, actor, "learning.exported", organisation, now, details)
    session.commit()
    return _everybody(session, actor, folder, asked, now)


def _everybody(session: Session, actor: Actor, folder: Path, asked: Asked, now: datetime) -> Iterator[LearnerLine]:
    start = 0
    while rows := _rows(session, actor, asked, BATCH, start):
        yield from _lines(session, folder, rows, now)
        start += BATCH


def _rows(session: Session, actor: Actor, asked: Asked, limit: int, offset: int) -> list[LearnerRow]:
    cohort = asked.cohort.id if asked.cohort else None
    return store.learners(
        session, actor.organisation_id, search=asked.search, cohort_id=cohort, limit=limit, offset=offset
    )


def _lines(session: Session, folder: Path, rows: Sequence[LearnerRow], now: datetime) -> list[LearnerLine]:
    ids = [row.id for row in rows]
    courses = published(folder)
    places = [(course.slug, lesson) for course in courses.values() for lesson in course.lesson_slugs]
    lessons = store.lessons_counted(session, ids, places)
    passed, exams = passed_courses(session, ids), store.latest_exams(session, ids)
    drills, cards = drills_passed(session, ids), store.cards_due(session, ids, now)
    last = store.last_activity(session, ids)
    return [
        LearnerLine(
            row, lessons.get(row.id, 0), sum(course in courses for course, _at, _id in passed.get(row.id, ())),
            exams.get(row.id), len(drills.get(row.id, ())), cards.get(row.id, 0), last.get(row.id),
        )
        for row in rows
    ]  # fmt: skip
