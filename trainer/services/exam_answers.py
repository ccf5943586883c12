"""Exam answers that a person has to mark."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy.orm import Session

from trainer.domain.errors import Invalid, NotFound
from trainer.domain.questions import Question
from trainer.domain.roles import Actor
from trainer.services import audit
from trainer.services.exams import settle, sheet_at
from trainer.store import exams as store
from trainer.store.exams import ExamAnswer, ExamAttempt

SHARES = (0, 50, 100)
"""Percent that a person can give."""


@dataclass(frozen=True, slots=True)
class WaitingAnswer:
    """An answer in somebody's own words that the machine left to people, with its question in one language."""

    answer: ExamAnswer
    attempt: ExamAttempt
    person: str
    question: Question


def waiting(session: Session, actor: Actor, language: str) -> list[WaitingAnswer]:
    """What waits in the actor's organisation, the oldest first; nobody marks their own."""
    found = []
    for answer, attempt, name in store.waiting_answers(session, actor.organisation_id):
        if attempt.user_id != actor.user_id:
            found.append(WaitingAnswer(answer, attempt, name, _question(session, answer, attempt, language)))
    return found


def _question(session: Session, answer: ExamAnswer, attempt: ExamAttempt, language: str) -> Question:
    questions = sheet_at(session, attempt.exam, attempt.version, attempt.form).questions(language)
    return next(question for question in questions if question.id == answer.question)


def decide(session: Session, actor: Actor, public_id: str, percent: int, remark: str, now: datetime) -> None:
    """A person says what the answer earned; the paper's result follows. Raises NotFound, Invalid."""
    found = store.find_waiting(session, actor.organisation_id, public_id)
    if found is None or found[1].user_id == actor.user_id:
        raise NotFound("exams.no_answer")
    if percent not in SHARES:
        raise Invalid("exams.share")
    answer, attempt = found
    answer.share, answer.waits = float(Fraction(percent, 100)), False
    answer.decided_by_id, answer.decided_by_name, answer.remark = actor.user_id, actor.name, remark.strip()[:1000]
    exam = sheet_at(session, attempt.exam, attempt.version, attempt.form).exam
    settle(attempt, store.answers_of(session, attempt.id), exam.pass_mark)
    details = {"question": answer.question, "percent": percent, "exam_percent": attempt.percent}
    audit.record(session, actor, "exam.answer_marked", attempt, now, details)
    session.commit()
