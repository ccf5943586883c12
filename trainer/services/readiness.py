"""Ready for calls: what stands between a new hire and the first customer, from the exam that says so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from trainer.domain.roles import Actor
from trainer.services import exams
from trainer.services.exams import Condition, ExamCard


@dataclass(frozen=True, slots=True)
class Readiness:
    """How a person stands with that exam: what it asks for before, and then itself."""

    card: ExamCard

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return (*self.card.before, Condition("exam", self.card.exam.slug, self.card.passed is not None))

    @property
    def ready(self) -> bool:
        """Everything is done, and nothing has to be signed again."""
        return self.next is None

    @property
    def next(self) -> Condition | None:
        return next((condition for condition in self.conditions if not condition.done), None)


def readiness_of(
    session: Session, actor: Actor, courses: Path, passed: Collection[str] | None = None
) -> Readiness | None:
    """How the actor stands, who passed the courses `passed` (looked up if None); None where no exam of this installation
    makes anybody ready for calls."""
    exam = next((exam for exam in exams.published(courses).values() if exam.ready == "calls"), None)
    return Readiness(exams.card_of(session, actor, courses, exam.slug, passed)) if exam else None
