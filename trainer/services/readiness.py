"""Ready for calls: what stands between a new hire and the first customer, from the exam that says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from trainer.domain.exams import Exam
from trainer.domain.roles import Actor
from trainer.services import exams, job_description
from trainer.services.job_description_signing import is_owed
from trainer.store.exams import passed_exams
from trainer.store.learning import passed_courses
from trainer.store.practice import drills_passed


@dataclass(frozen=True, slots=True)
class Condition:
    """`kind`: signature, course {name: its slug}, drill {name}, exam {name: its slug}."""

    kind: str
    name: str
    done: bool


@dataclass(frozen=True, slots=True)
class Readiness:
    """The conditions in order; `ready` when the last one, the exam, is passed and nothing has to be signed again."""

    exam: Exam
    conditions: tuple[Condition, ...]

    @property
    def ready(self) -> bool:
        return all(condition.done for condition in self.conditions)

    @property
    def next(self) -> Condition | None:
        return next((condition for condition in self.conditions if not condition.done), None)


def readiness_of(session: Session, actor: Actor, courses: Path) -> Readiness | None:
    """How the actor stands; None where no exam of this installation makes anybody ready for calls."""
    exam = _the_exam(courses)
    if exam is None:
        return None
    passed = {slug for slug, _at, _id in passed_courses(session, [actor.user_id]).get(actor.user_id, [])}
    drills = drills_passed(session, [actor.user_id]).get(actor.user_id, set())
    taken = passed_exams(session, [actor.user_id]).get(actor.user_id, {})
    asks = exam.signature and job_description.is_there(courses)
    signed = asks and not is_owed(session, actor, courses)
    return Readiness(exam, _conditions(exam, asks, signed, passed, drills, exam.slug in taken))


def _conditions(
    exam: Exam, asks: bool, signed: bool, passed: Iterable[str], drills: Iterable[str], taken: bool
) -> tuple[Condition, ...]:
    known, done = set(passed), set(drills)
    return (
        *((Condition("signature", "", signed),) if asks else ()),
        *(Condition("course", slug, slug in known) for slug in exam.after),
        *(Condition("drill", kind, kind in done) for kind in exam.drills),
        Condition("exam", exam.slug, taken),
    )


def _the_exam(courses: Path) -> Exam | None:
    return next((exam for exam in exams.published(courses).values() if exam.ready == "calls"), None)
