"""What people learned: lessons read, quizzes with their answers, and every version of a course a quiz was drawn from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, bindparam, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.extensions import db
from trainer.store.base import Row, UtcDateTime, ask
from trainer.store.calls import Call


class LessonRead(db.Model):  # type: ignore[name-defined,misc]
    """A person has read a lesson; the first time counts."""

    __tablename__ = "lessons_read"
    __table_args__ = (UniqueConstraint("user_id", "course", "lesson", name="uq_lessons_read_user_course_lesson"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    course: Mapped[str] = mapped_column(String(80))
    lesson: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class QuizAttempt(Row):
    """A quiz somebody began. `seed` and `version` draw its paper again; the result is written once, when it is handed in."""

    __tablename__ = "quiz_attempts"
    __table_args__ = (
        Index("ix_quiz_attempts_user_course", "user_id", "course"),
        Index(
            "uq_quiz_attempts_one_open", "user_id", "course", unique=True,
            sqlite_where=text("finished_at IS NULL"), postgresql_where=text("finished_at IS NULL"),
        ),
    )  # fmt: skip

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    course: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(64))
    seed: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    percent: Mapped[int | None]
    passed: Mapped[bool] = mapped_column(default=False)


class QuizAnswer(db.Model):  # type: ignore[name-defined,misc]
    """The latest answer to one question: `chosen` are option ids (in order, for questions of order)."""

    __tablename__ = "quiz_answers"
    __table_args__ = (UniqueConstraint("attempt_id", "question", name="uq_quiz_answers_attempt_question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("quiz_attempts.id"))
    question: Mapped[str] = mapped_column(String(80))
    chosen: Mapped[list[str]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class CourseVersion(db.Model):  # type: ignore[name-defined,misc]
    """The whole content of one version, as the JSON document of `domain.courses.Course`."""

    __tablename__ = "course_versions"
    __table_args__ = (UniqueConstraint("slug", "version", name="uq_course_versions_slug_version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(64))
    document: Mapped[dict[str, Any]] = mapped_column(JSON)


_LESSONS_READ = select(LessonRead.course, LessonRead.lesson).where(LessonRead.user_id == bindparam("user_id"))
"""Made once, as the others below: building a query costs more than running it, and each page of a learner asks these."""


def lessons_read(session: Session, user_id: int) -> dict[str, set[str]]:
    """Course slug -> slugs of the lessons read."""
    found: dict[str, set[str]] = {}
    for course, lesson in ask(session, _LESSONS_READ, {"user_id": user_id}):
        found.setdefault(course, set()).add(lesson)
    return found


def open_attempt(session: Session, user_id: int, course: str) -> QuizAttempt | None:
    """The quiz that was begun and not handed in; there is one at most."""
    return session.scalar(
        select(QuizAttempt).where(
            QuizAttempt.user_id == user_id, QuizAttempt.course == course, QuizAttempt.finished_at.is_(None)
        )
    )


_ATTEMPTS = (
    select(QuizAttempt).where(QuizAttempt.user_id == bindparam("user_id")).order_by(QuizAttempt.id.desc()).limit(200)
)


def attempts_of(session: Session, user_id: int) -> list[QuizAttempt]:
    """The latest 200, the latest first, open ones too."""
    return list(session.scalars(_ATTEMPTS, {"user_id": user_id}))


_ATTEMPT = select(QuizAttempt).where(
    QuizAttempt.public_id == bindparam("public_id"),
    QuizAttempt.user_id == bindparam("user_id"),
    QuizAttempt.organisation_id == bindparam("organisation_id"),
)


def find_attempt(session: Session, organisation_id: int, user_id: int, public_id: str) -> QuizAttempt | None:
    """That person's quiz, or None."""
    values = {"public_id": public_id, "user_id": user_id, "organisation_id": organisation_id}
    return session.scalar(_ATTEMPT, values)


_ANSWERS = select(QuizAnswer.question, QuizAnswer.chosen).where(QuizAnswer.attempt_id == bindparam("attempt_id"))


def answers_of(session: Session, attempt: QuizAttempt) -> dict[str, tuple[str, ...]]:
    """Question id -> the option ids chosen."""
    return {question: tuple(chosen) for question, chosen in ask(session, _ANSWERS, {"attempt_id": attempt.id})}


def set_answer(session: Session, attempt: QuizAttempt, question: str, chosen: Iterable[str], at: datetime) -> None:
    """Keep the answer in place of an earlier one; IntegrityError when another request was first."""
    query = select(QuizAnswer).where(QuizAnswer.attempt_id == attempt.id, QuizAnswer.question == question)
    row = session.scalar(query)
    if row is None:
        session.add(QuizAnswer(attempt_id=attempt.id, question=question, chosen=list(chosen), at=at))
    else:
        row.chosen, row.at = list(chosen), at
    session.flush()


def find_course_version(session: Session, slug: str, version: str) -> dict[str, Any] | None:
    return session.scalar(
        select(CourseVersion.document).where(CourseVersion.slug == slug, CourseVersion.version == version)
    )


def has_course_version(session: Session, slug: str, version: str) -> bool:
    query = select(CourseVersion.id).where(CourseVersion.slug == slug, CourseVersion.version == version)
    return session.scalar(query) is not None


_PASSED = (
    select(QuizAttempt.user_id, QuizAttempt.course, QuizAttempt.finished_at, QuizAttempt.public_id)
    .where(QuizAttempt.user_id.in_(bindparam("user_ids", expanding=True)), QuizAttempt.passed)
    .order_by(QuizAttempt.finished_at, QuizAttempt.id)
)


def passed_courses(session: Session, user_ids: Iterable[int]) -> dict[int, list[tuple[str, datetime, str]]]:
    """Courses each person has passed: user id -> (course slug, passed at, public id of the first passed quiz)."""
    first: dict[tuple[int, str], tuple[str, datetime, str]] = {}
    for user_id, course, at, public_id in ask(session, _PASSED, {"user_ids": list(user_ids)}):
        assert at is not None  # what is passed is finished
        first.setdefault((user_id, course), (course, at, public_id))
    found: dict[int, list[tuple[str, datetime, str]]] = {}
    for (user_id, _course), row in first.items():
        found.setdefault(user_id, []).append(row)
    return found


def learning_progress(session: Session, user_ids: Iterable[int]) -> dict[int, tuple[int, int | None, datetime | None]]:
    """User id -> lessons read, best quiz score in percent (None before the first), newest activity. Two queries."""
    ids = list(user_ids)
    found: dict[int, tuple[int, int | None, datetime | None]] = {}
    read = (
        select(LessonRead.user_id, func.count(), func.max(LessonRead.at))
        .where(LessonRead.user_id.in_(ids))
        .group_by(LessonRead.user_id)
    )
    for user_id, lessons, at in session.execute(read):
        found[user_id] = (lessons, None, at)
    quizzes = (
        select(QuizAttempt.user_id, func.max(QuizAttempt.percent), func.max(QuizAttempt.finished_at))
        .where(QuizAttempt.user_id.in_(ids), QuizAttempt.finished_at.is_not(None))
        .group_by(QuizAttempt.user_id)
    )
    for user_id, best, handed_in in session.execute(quizzes):
        lessons, _none, earlier = found.get(user_id, (0, None, None))
        found[user_id] = (lessons, best, max(filter(None, (earlier, handed_in)), default=None))
    return found


def scenarios_of_calls(session: Session, public_ids: Iterable[str]) -> set[str]:
    """The slugs of the scenarios that these calls were played on."""
    ids = list(public_ids)
    return set(session.scalars(select(Call.scenario).where(Call.public_id.in_(ids)))) if ids else set()
