"""People who learned something, for reports on many of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from tests.factories.accounts import NOW
from tests.factories.courses import SLUG, read_all, take_quiz
from trainer.store.accounts import User
from trainer.store.exams import ExamAnswer, ExamAttempt
from trainer.store.practice import Card, PracticeRound


def add_exam(
    session: Session, user: User, shares: dict[str, tuple[str, float | None]], *, form: int = 1, exam: str = "retired",
    at: datetime = NOW,
) -> ExamAttempt:  # fmt: skip
    """A paper handed in: question ("course.question") -> (duty, share)."""
    decided = [share for _duty, share in shares.values() if share is not None]
    percent = int(100 * sum(decided) / len(decided)) if decided else 0
    attempt = ExamAttempt(
        organisation_id=user.organisation_id, user_id=user.id, exam=exam, version="1", form=form, seed=1, started_at=at,
        due_at=at + timedelta(minutes=10), finished_at=at, percent=percent, passed=percent >= 60,
        waiting=len(shares) - len(decided),
    )  # fmt: skip
    session.add(attempt)
    session.flush()
    for name, (duty, share) in shares.items():
        session.add(
            ExamAnswer(
                organisation_id=user.organisation_id, attempt_id=attempt.id, question=name, duty=duty, answer=[], at=at,
                share=share, waits=share is None,
            )
        )  # fmt: skip
    session.commit()
    return attempt


def add_round(session: Session, user: User, kind: str = "typing", *, wpm: float = 34.0, at: datetime = NOW) -> None:
    values = {
        "typing": {"wpm": wpm, "error_rate": 0.02, "seconds": 60.0},
        "listening": {"right": 4.0, "of": 5.0, "seconds": 90.0},
        "diction": {"word_errors": 0.1, "pace": 140.0, "long_pauses": 1.0, "confidence": 0.9},
    }[kind]
    session.add(
        PracticeRound(
            organisation_id=user.organisation_id, user_id=user.id, kind=kind, item="1", language="en", started_at=at,
            finished_at=at, typed=["x"], values=values, remarks=[], passed=True,
        )
    )  # fmt: skip
    session.commit()


def add_card(session: Session, user: User, due: datetime, item: str = "q") -> None:
    session.add(
        Card(
            organisation_id=user.organisation_id, user_id=user.id, kind="question", course=SLUG, item=item, due_at=due,
            made_at=NOW,
        )
    )  # fmt: skip
    session.commit()


def learn(session: Session, user: User, *, wrong: int = 0, at: datetime = NOW) -> None:
    """Everything once: lessons, a quiz, an exam, and a drill."""
    read_all(session, user, at)
    take_quiz(session, user, wrong=wrong, at=at)
    add_exam(session, user, {f"{SLUG}.a": ("IN4", 1.0), f"{SLUG}.b": ("IN1", 0.0)}, at=at)
    add_round(session, user, at=at)
