"""Exams as they were taken: the sheet of every form, attempts, and what each question earned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, bindparam, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.extensions import db
from trainer.store.accounts import User
from trainer.store.base import Row, UtcDateTime, ask


class ExamSheet(db.Model):  # type: ignore[name-defined,misc]
    """One form of one version of an exam, whole, as the JSON document of `domain.exams.Sheet`."""

    __tablename__ = "exam_sheets"
    __table_args__ = (UniqueConstraint("slug", "version", "form", name="uq_exam_sheets_slug_version_form"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(64))
    form: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)


class ExamAttempt(Row):
    """A paper that somebody began. `seed` shuffles the options; the result stands once it is handed in or its time is over.

    `waiting` questions wait for a person; `percent` and `passed` leave them out until then.
    """

    __tablename__ = "exam_attempts"
    __table_args__ = (
        UniqueConstraint("user_id", "exam", "form", name="uq_exam_attempts_user_exam_form"),
        Index("ix_exam_attempts_organisation_exam", "organisation_id", "exam", "finished_at"),
        Index(
            "uq_exam_attempts_one_open", "user_id", "exam", unique=True,
            sqlite_where=text("finished_at IS NULL"), postgresql_where=text("finished_at IS NULL"),
        ),
    )  # fmt: skip

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    exam: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(64))
    form: Mapped[int]
    seed: Mapped[int]
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    percent: Mapped[int | None]
    passed: Mapped[bool] = mapped_column(default=False)
    waiting: Mapped[int] = mapped_column(default=0)


class ExamAnswer(Row):
    """The latest answer to one question. From the end on every question has a row; `share` is what it earned, 0 to 1, None
    while the exam is open and where a person has to say. `decided_by_name`: the person who said."""

    __tablename__ = "exam_answers"
    __table_args__ = (
        UniqueConstraint("attempt_id", "question", name="uq_exam_answers_attempt_question"),
        Index("ix_exam_answers_organisation_waiting", "organisation_id", "waits"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    attempt_id: Mapped[int] = mapped_column(ForeignKey("exam_attempts.id"))
    question: Mapped[str] = mapped_column(String(160))
    duty: Mapped[str] = mapped_column(String(24))
    answer: Mapped[list[str]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    share: Mapped[float | None]
    waits: Mapped[bool] = mapped_column(default=False)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_by_name: Mapped[str] = mapped_column(String(120), default="")
    remark: Mapped[str] = mapped_column(Text, default="")


def find_sheet(session: Session, slug: str, version: str, form: int) -> dict[str, Any] | None:
    query = select(ExamSheet.document).where(
        ExamSheet.slug == slug, ExamSheet.version == version, ExamSheet.form == form
    )
    return session.scalar(query)


_ATTEMPTS = select(ExamAttempt).where(ExamAttempt.user_id == bindparam("user_id")).order_by(ExamAttempt.id.desc())
"""Made once: building a query costs more than running it."""


def attempts_of(session: Session, user_id: int) -> list[ExamAttempt]:
    """Every paper of a person, the latest first."""
    return list(session.scalars(_ATTEMPTS, {"user_id": user_id}))


_ATTEMPT = select(ExamAttempt).where(
    ExamAttempt.public_id == bindparam("public_id"),
    ExamAttempt.user_id == bindparam("user_id"),
    ExamAttempt.organisation_id == bindparam("organisation_id"),
)


def find_attempt(session: Session, organisation_id: int, user_id: int, public_id: str) -> ExamAttempt | None:
    """That person's paper, or None."""
    values = {"public_id": public_id, "user_id": user_id, "organisation_id": organisation_id}
    return session.scalar(_ATTEMPT, values)


_ANSWERS = select(ExamAnswer.question, ExamAnswer.answer).where(ExamAnswer.attempt_id == bindparam("attempt_id"))


def answers_on(session: Session, attempt_id: int) -> dict[str, tuple[str, ...]]:
    """Question -> the answer so far."""
    return {row[0]: tuple(row[1]) for row in ask(session, _ANSWERS, {"attempt_id": attempt_id})}


def answers_of(session: Session, attempt_id: int) -> list[ExamAnswer]:
    query = select(ExamAnswer).where(ExamAnswer.attempt_id == attempt_id).order_by(ExamAnswer.id)
    return list(session.scalars(query))


def find_answer(session: Session, attempt_id: int, question: str) -> ExamAnswer | None:
    query = select(ExamAnswer).where(ExamAnswer.attempt_id == attempt_id, ExamAnswer.question == question)
    return session.scalar(query)


def waiting_answers(
    session: Session, organisation_id: int, limit: int = 100
) -> Sequence[tuple[ExamAnswer, ExamAttempt, str]]:
    """(answer, its paper, the person's name) of what waits for a person, the oldest first."""
    query = (
        select(ExamAnswer, ExamAttempt, User.name)
        .join(ExamAttempt, ExamAttempt.id == ExamAnswer.attempt_id)
        .join(User, User.id == ExamAttempt.user_id)
        .where(ExamAnswer.organisation_id == organisation_id, ExamAnswer.waits)
        .order_by(ExamAnswer.id)
        .limit(limit)
    )
    return [(answer, attempt, name) for answer, attempt, name in session.execute(query)]


def find_waiting(session: Session, organisation_id: int, public_id: str) -> tuple[ExamAnswer, ExamAttempt] | None:
    """An answer of that organisation with its paper, whether it still waits or not."""
    query = (
        select(ExamAnswer, ExamAttempt)
        .join(ExamAttempt, ExamAttempt.id == ExamAnswer.attempt_id)
        .where(ExamAnswer.public_id == public_id, ExamAnswer.organisation_id == organisation_id)
    )
    row = session.execute(query).first()
    return (row[0], row[1]) if row else None


def shares(session: Session, organisation_id: int, limit: int = 200_000) -> list[tuple[int, str, float]]:
    """(attempt, question, share) of decided answers in finished papers, the latest papers first."""
    query = (
        select(ExamAnswer.attempt_id, ExamAnswer.question, ExamAnswer.share)
        .join(ExamAttempt, ExamAttempt.id == ExamAnswer.attempt_id)
        .where(
            ExamAttempt.organisation_id == organisation_id,
            ExamAttempt.finished_at.is_not(None),
            ExamAnswer.share.is_not(None),
        )
        .order_by(ExamAnswer.attempt_id.desc())
        .limit(limit)
    )
    return [
        (attempt, question, float(share)) for attempt, question, share in session.execute(query) if share is not None
    ]
