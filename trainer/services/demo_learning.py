"""How people of the demo learned: the same services that pages use, with right answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from trainer.domain.papers import Item
from trainer.domain.roles import Actor
from trainer.ports import Ports
from trainer.services import exams, job_description, learning, practice
from trainer.services import job_description_signing as signing
from trainer.services.courses import published

CATEGORY = 3
READING = {"word_errors": 0.04, "pace": 148.0, "long_pauses": 0.0, "confidence": 0.91}
"""A passage read aloud: the demo has no voice of its own to read it with."""


def become_ready(session: Session, ports: Ports, actor: Actor, folder: Path, now: datetime) -> None:
    """Sign the job description, pass all courses of category 3, the drills, the exam that makes ready for calls and the
    knowledge exam of the category."""
    if job_description.is_there(folder):
        seen = signing.read(session, actor, folder, actor.language, now)
        signing.sign(
            session, ports.queue, actor, folder, edition_id=seen.edition.public_id, language=seen.language, name=actor.name,
            has_read=True, now=now,
        )  # fmt: skip
    pass_course(session, actor, folder, now)
    drill(session, actor, folder, now)
    for slug in ("first-calls", "operator-3"):
        if slug in exams.published(folder):
            pass_exam(session, ports, actor, folder, slug, now)


def pass_exam(session: Session, ports: Ports, actor: Actor, folder: Path, slug: str, now: datetime) -> None:
    """Everything right but the first question; whatever waits for a person is left to one."""
    card = exams.card_of(session, actor, folder, slug)
    attempt = exams.start(session, actor, card, folder, now)
    judge = learning.judge_of(ports)
    paper = exams.open_paper(session, actor, attempt.public_id, actor.language, now, judge)
    for number, item in enumerate(paper.items[1:], start=2):
        exams.answer_question(session, paper, number, right_answer(item), now)
    paper = exams.open_paper(session, actor, attempt.public_id, actor.language, now, judge)
    exams.hand_in(session, actor, paper, now + timedelta(minutes=19), judge)


def right_answer(item: Item) -> tuple[str | int, ...]:
    """What a form sends for it."""
    return item.given_for(item.question.key or item.question.references[:1])


def pass_course(session: Session, actor: Actor, folder: Path, now: datetime) -> None:
    """Read every lesson of the courses of category 3 and answer their quizzes right, but for the first question."""
    for course in (one for one in published(folder).values() if one.category == CATEGORY):
        for lesson in course.edition(actor.language).lessons:
            learning.read_lesson(session, actor, course, lesson.slug, now)
        progress = learning.progress_in(session, actor, folder, course.slug)
        attempt = learning.start_quiz(session, actor, progress, now, seed=7)
        quiz = learning.open_quiz(session, actor, attempt.public_id, actor.language)
        for number, item in enumerate(quiz.items[1:], start=2):
            learning.answer_question(session, quiz, number, right_answer(item), now)
        learning.hand_in(session, actor, learning.open_quiz(session, actor, attempt.public_id, actor.language), now)


def drill(session: Session, actor: Actor, folder: Path, now: datetime) -> None:
    """A note typed, and a passage read aloud."""
    row = practice.begin(session, actor, folder, "typing", actor.language, now)
    found = practice.open_round(session, actor, folder, row.public_id)
    text = found.passage.text if found.passage else ""
    practice.finish_typing(session, found, text, 71.0, now + timedelta(seconds=80))
    read = practice.begin(session, actor, folder, "diction", actor.language, now)
    passage = practice.open_round(session, actor, folder, read.public_id).passage
    read.typed, read.values, read.passed = [passage.text if passage else ""], dict(READING), True
    read.finished_at = now + timedelta(seconds=40)
    session.commit()
