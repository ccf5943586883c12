"""What people say of a lesson: whether it was clear, and a comment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.store.accounts import User
from trainer.store.base import Row, UtcDateTime


class LessonFeedback(Row):
    """One person's word on one lesson, changeable. `clarity`: clear, partly or unclear; `version` is the course's as it
    was read."""

    __tablename__ = "lesson_feedback"
    __table_args__ = (
        UniqueConstraint("user_id", "course", "lesson", name="uq_lesson_feedback_user_course_lesson"),
        Index("ix_lesson_feedback_organisation_lesson", "organisation_id", "course", "lesson"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    course: Mapped[str] = mapped_column(String(80))
    lesson: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(64))
    clarity: Mapped[str] = mapped_column(String(16))
    comment: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)


_OWN = select(LessonFeedback).where(
    LessonFeedback.user_id == bindparam("user_id"),
    LessonFeedback.course == bindparam("course"),
    LessonFeedback.lesson == bindparam("lesson"),
)
"""Made once: building a query costs more than running it."""


def feedback_of(session: Session, user_id: int, course: str, lesson: str) -> LessonFeedback | None:
    """That person's word on that lesson, or None."""
    return session.scalar(_OWN, {"user_id": user_id, "course": course, "lesson": lesson})


def counts_by_lesson(session: Session, organisation_id: int) -> dict[tuple[str, str], dict[str, int]]:
    """(course, lesson) -> clarity -> how many said so."""
    query = (
        select(LessonFeedback.course, LessonFeedback.lesson, LessonFeedback.clarity, func.count())
        .where(LessonFeedback.organisation_id == organisation_id)
        .group_by(LessonFeedback.course, LessonFeedback.lesson, LessonFeedback.clarity)
    )
    found: dict[tuple[str, str], dict[str, int]] = {}
    for course, lesson, clarity, count in session.execute(query):
        found.setdefault((course, lesson), {})[clarity] = count
    return found


def comments(
    session: Session, organisation_id: int, place: tuple[str, str] | None, limit: int, offset: int
) -> list[tuple[LessonFeedback, str]]:
    """A page of (word with a comment, the person's name), the newest first; of one (course, lesson), or of all."""
    query = (
        select(LessonFeedback, User.name)
        .join(User, User.id == LessonFeedback.user_id)
        .where(LessonFeedback.organisation_id == organisation_id, LessonFeedback.comment != "")
    )
    if place is not None:
        query = query.where(LessonFeedback.course == place[0], LessonFeedback.lesson == place[1])
    query = query.order_by(LessonFeedback.at.desc(), LessonFeedback.id.desc()).limit(limit).offset(offset)
    return [(row[0], row[1]) for row in session.execute(query)]
