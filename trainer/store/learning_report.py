"""Figures of learning for many people at once: each a query, however many people there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, bindparam, exists, func, select, union_all
from sqlalchemy.orm import Session

from trainer.store.accounts import User, UserRole
from trainer.store.base import ask
from trainer.store.cohorts import Seat
from trainer.store.exams import ExamAnswer, ExamAttempt
from trainer.store.learning import LessonRead, QuizAnswer, QuizAttempt
from trainer.store.practice import Card, PracticeRound


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """A person who learns."""

    id: int
    public_id: str
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class LastExam:
    """The paper that was handed in last; `waiting` answers wait for a person."""

    exam: str
    percent: int
    passed: bool
    waiting: int
    at: datetime


@dataclass(frozen=True, slots=True)
class QuizRow:
    """A quiz that was handed in, with what draws its paper again."""

    id: int
    public_id: str
    user_id: int
    course: str
    version: str
    seed: int


# Statements are made once: building these costs ten times what running them takes.
_IDS = bindparam("user_ids", expanding=True)
_LEARNERS = (
    select(User.id, User.public_id, User.name, User.email)
    .where(
        User.organisation_id == bindparam("organisation_id"),
        User.is_active,
        ~User.is_candidate,
        exists().where(UserRole.user_id == User.id, UserRole.role == "learner"),
    )
    .order_by(User.sort_name, User.id)
)


def learners(
    session: Session, organisation_id: int, *, search: str, cohort_id: int | None, limit: int, offset: int
) -> list[LearnerRow]:
    """A page of the organisation's active learners by name (candidates apart)."""
    query = _LEARNERS
    if search:
        query = query.where(User.name.icontains(search, autoescape=True))
    if cohort_id is not None:
        query = query.where(User.email.in_(select(Seat.email).where(Seat.cohort_id == cohort_id)))
    rows = session.execute(query.limit(limit).offset(offset), {"organisation_id": organisation_id})
    return [LearnerRow(row.id, row.public_id, row.name, row.email or "") for row in rows]


_LESSONS = (
    select(LessonRead.user_id, func.count())
    .where(
        LessonRead.user_id.in_(_IDS),
        (LessonRead.course + "/" + LessonRead.lesson).in_(bindparam("names", expanding=True)),
    )
    .group_by(LessonRead.user_id)
)


def lessons_counted(
    session: Session, user_ids: Collection[int], published: Iterable[tuple[str, str]]
) -> dict[int, int]:
    """User id -> lessons read, of those (course, lesson) that are published."""
    names = [f"{course}/{lesson}" for course, lesson in published]
    return {row[0]: row[1] for row in ask(session, _LESSONS, {"user_ids": list(user_ids), "names": names})}


_PLACED = (
    select(
        ExamAttempt.id,
        func.row_number()
        .over(partition_by=ExamAttempt.user_id, order_by=(ExamAttempt.finished_at.desc(), ExamAttempt.id.desc()))
        .label("place"),
    )
    .where(ExamAttempt.user_id.in_(_IDS), ExamAttempt.finished_at.is_not(None))
    .subquery()
)
_LATEST_EXAMS = (
    select(
        ExamAttempt.user_id, ExamAttempt.exam, func.coalesce(ExamAttempt.percent, 0), ExamAttempt.passed,
        ExamAttempt.waiting, ExamAttempt.finished_at,
    )
    .join(_PLACED, _PLACED.c.id == ExamAttempt.id)
    .where(_PLACED.c.place == 1)
)  # fmt: skip


def latest_exams(session: Session, user_ids: Collection[int]) -> dict[int, LastExam]:
    """User id -> the paper handed in last."""
    return {user_id: LastExam(*rest) for user_id, *rest in ask(session, _LATEST_EXAMS, {"user_ids": list(user_ids)})}


_DUE = (
    select(Card.user_id, func.count())
    .where(Card.user_id.in_(_IDS), Card.due_at <= bindparam("now"))
    .group_by(Card.user_id)
)


def cards_due(session: Session, user_ids: Collection[int], now: datetime) -> dict[int, int]:
    """User id -> cards that are due."""
    return {row[0]: row[1] for row in ask(session, _DUE, {"user_ids": list(user_ids), "now": now})}


def _last_activity() -> Select[tuple[int, datetime]]:
    parts = [select(LessonRead.user_id.label("who"), LessonRead.at.label("at")).where(LessonRead.user_id.in_(_IDS))]
    for kind in (QuizAttempt, ExamAttempt, PracticeRound):
        when = func.coalesce(kind.finished_at, kind.started_at)
        parts.append(select(kind.user_id.label("who"), when.label("at")).where(kind.user_id.in_(_IDS)))
    whole = union_all(*parts).subquery()
    return select(whole.c.who, func.max(whole.c.at)).group_by(whole.c.who)


_LAST = _last_activity()


def last_activity(session: Session, user_ids: Collection[int]) -> dict[int, datetime]:
    """User id -> when a lesson was read, or a quiz, an exam or a drill begun or handed in, last."""
    return {row[0]: row[1] for row in ask(session, _LAST, {"user_ids": list(user_ids)})}


def quizzes_handed_in(
    session: Session, organisation_id: int, *, user_id: int | None = None, limit: int
) -> list[QuizRow]:
    """The newest `limit` of an organisation or of one person in it, the oldest of them first."""
    query = select(
        QuizAttempt.id, QuizAttempt.public_id, QuizAttempt.user_id, QuizAttempt.course, QuizAttempt.version, QuizAttempt.seed
    ).where(QuizAttempt.organisation_id == organisation_id, QuizAttempt.finished_at.is_not(None))  # fmt: skip
    if user_id is not None:
        query = query.where(QuizAttempt.user_id == user_id)
    rows = session.execute(query.order_by(QuizAttempt.id.desc()).limit(limit)).all()
    return [QuizRow(*row) for row in reversed(rows)]


def quiz_answers(session: Session, attempt_ids: Sequence[int]) -> dict[int, dict[str, tuple[str, ...]]]:
    """Attempt id -> question id -> answer."""
    query = select(QuizAnswer.attempt_id, QuizAnswer.question, QuizAnswer.chosen)
    found: dict[int, dict[str, tuple[str, ...]]] = {}
    for attempt, question, chosen in session.execute(query.where(QuizAnswer.attempt_id.in_(attempt_ids))):
        found.setdefault(attempt, {})[question] = tuple(chosen)
    return found


def exam_answers_of(session: Session, user_id: int) -> list[tuple[str, str, float | None]]:
    """(question, duty, share) of every answer in a person's finished papers, the oldest first."""
    query = (
        select(ExamAnswer.question, ExamAnswer.duty, ExamAnswer.share)
        .join(ExamAttempt, ExamAttempt.id == ExamAnswer.attempt_id)
        .where(ExamAttempt.user_id == user_id, ExamAttempt.finished_at.is_not(None))
        .order_by(ExamAttempt.finished_at, ExamAnswer.id)
    )
    return [(row[0], row[1], row[2]) for row in session.execute(query)]


def exam_answers_to(session: Session, organisation_id: int, question: str) -> dict[int, tuple[str, ...]]:
    """Attempt id -> the answer to that question ("course.question") in finished papers."""
    query = (
        select(ExamAnswer.attempt_id, ExamAnswer.answer)
        .join(ExamAttempt, ExamAttempt.id == ExamAnswer.attempt_id)
        .where(
            ExamAnswer.organisation_id == organisation_id,
            ExamAnswer.question == question,
            ExamAttempt.finished_at.is_not(None),
        )
    )
    return {row[0]: tuple(row[1]) for row in session.execute(query)}
