"""Learners at some point of the published course."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from tests.factories.accounts import NOW
from trainer.config import ROOT
from trainer.domain.courses import Course
from trainer.domain.papers import Item
from trainer.services import courses, learning
from trainer.services.learning import Progress
from trainer.store.accounts import User
from trainer.store.learning import QuizAttempt

SLUG = "complaint-calls"
FOLDER = ROOT / "tests" / "data" / "courses"


def the_course() -> Course:
    return courses.find_course(FOLDER, SLUG)


def progress(session: Session, user: User) -> Progress:
    return learning.progress_in(session, user.actor, FOLDER, SLUG)


def read_all(session: Session, user: User, at: datetime = NOW) -> None:
    for slug in the_course().lesson_slugs:
        learning.read_lesson(session, user.actor, the_course(), slug, at)


def begin_quiz(session: Session, user: User, seed: int | None = 7, at: datetime = NOW) -> QuizAttempt:
    read_all(session, user, at)
    return learning.start_quiz(session, user.actor, progress(session, user), at, seed)


def right_places(item: Item) -> tuple[int, ...]:
    return item.places_of(item.question.key)


def wrong_places(item: Item) -> tuple[int, ...]:
    """An answer that earns nothing."""
    if item.question.kind == "order":
        return tuple(reversed(right_places(item)))
    return tuple(set(range(1, len(item.options) + 1)) - set(right_places(item)))[:1]


def take_quiz(session: Session, user: User, *, wrong: int = 0, at: datetime = NOW, language: str = "en") -> QuizAttempt:
    """A quiz handed in with the first `wrong` questions answered wrongly, the rest rightly."""
    attempt = begin_quiz(session, user, None, at)
    for number in range(1, len(the_course().edition(language).questions) + 1):
        quiz = learning.open_quiz(session, user.actor, attempt.public_id, language)
        item = quiz.item(number)
        places = wrong_places(item) if number <= wrong else right_places(item)
        learning.answer_question(session, quiz, number, places, at)
    learning.hand_in(session, user.actor, learning.open_quiz(session, user.actor, attempt.public_id, language), at)
    return attempt


def shown_answers(attempt_quiz: learning.Quiz) -> Mapping[str, tuple[int, ...]]:
    """Places ticked on the paper, by question id."""
    return {one.question.id: one.places_of(attempt_quiz.answers.get(one.question.id, ())) for one in attempt_quiz.items}


@contextmanager
def course_of_all_kinds(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """A copy of the course with every kind of question, the only one that the application has meanwhile."""
    folder = shutil.copytree(FOLDER / "every-kind", tmp_path / "courses" / "every-kind")
    before = app.extensions["settings"]
    app.extensions["settings"] = replace(before, courses=folder.parent)
    yield folder
    app.extensions["settings"] = before
