"""One person's learning as a whole: by duty, by course, by exam and by drill. Theirs to see, and their trainers'."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from sqlalchemy.orm import Session

from trainer.domain.courses import Course
from trainer.domain.errors import NotFound
from trainer.domain.roles import Actor
from trainer.domain.strengths import Answered, DutyStanding, Taught, standings, weakest
from trainer.services import learning, practice, quiz_marks
from trainer.services.courses import published
from trainer.services.learning import Progress
from trainer.services.practice import Standing
from trainer.store import exams as exam_store
from trainer.store import learning_report as store
from trainer.store.accounts import User, find_user
from trainer.store.audit import has_entry, record
from trainer.store.exams import ExamAttempt

SEEN = "learning.seen"
MOST_QUIZZES = 200


@dataclass(frozen=True, slots=True)
class Duties:
    """Every duty with what is known of it, and the weakest few."""

    all: tuple[DutyStanding, ...]
    weakest: tuple[DutyStanding, ...]


@dataclass(frozen=True, slots=True)
class LearningRecord:
    """`exams` are papers, the latest first, those that are not handed in yet included; without any key."""

    person: User
    duties: Duties
    courses: tuple[Progress, ...]
    exams: tuple[ExamAttempt, ...]
    drills: tuple[Standing, ...]


def duties_of(session: Session, actor: Actor, folder: Path) -> Duties:
    """How the actor stands with each duty."""
    courses = published(folder)
    progress = learning.progress_of(session, actor, courses)
    return _duties(session, actor, courses, progress)


def _duties(session: Session, person: Actor, courses: Mapping[str, Course], progress: Mapping[str, Progress]) -> Duties:
    taught = [
        Taught(slug, lesson.slug, lesson.duties, lesson.slug in progress[slug].read)
        for slug, course in courses.items()
        for lesson in course.edition(person.language).lessons
    ]
    quizzes = store.quizzes_handed_in(session, person.organisation_id, user_id=person.user_id, limit=MOST_QUIZZES)
    marks = quiz_marks.marks_of(session, quizzes)
    in_quizzes = [one for quiz in quizzes for one in marks.get(quiz.public_id, ())]
    in_exams = [_exam_answer(courses, *row) for row in store.exam_answers_of(session, person.user_id)]
    found = standings(taught, in_quizzes, in_exams)
    return Duties(found, weakest(found))


def _exam_answer(courses: Mapping[str, Course], name: str, duty: str, share: float | None) -> Answered:
    slug, _, question_id = name.partition(".")
    question = courses[slug].edition("").question(question_id) if slug in courses else None
    exact = None if share is None else Fraction(share).limit_denominator(1000)
    return Answered(slug, question_id, duty, question.lesson if question else "", (), exact)


def open_record(session: Session, actor: Actor, folder: Path, person_id: str, now: datetime) -> LearningRecord:
    """A person of the actor's organisation. Raises NotFound. The log notes, once, that the actor has seen it."""
    person = find_user(session, actor.organisation_id, person_id)
    if person is None or person.is_candidate:
        raise NotFound
    courses = published(folder)
    progress = learning.progress_of(session, person.actor, courses)
    found = LearningRecord(
        person, _duties(session, person.actor, courses, progress), tuple(progress.values()),
        tuple(exam_store.attempts_of(session, person.id)), tuple(practice.standings(session, person.actor)),
    )  # fmt: skip
    if person.id != actor.user_id and not has_entry(session, actor.user_id, SEEN, person):
        record(session, actor, SEEN, person, now)
        session.commit()
    return found
