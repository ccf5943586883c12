"""Learning: lessons that are read, and quizzes that are begun, answered one by one, resumed and handed in.

A course is passed with its quiz, and its quiz can be begun once every lesson is read.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.domain.courses import Course
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.papers import Item, ItemMark, Judge, OnTheTable, QuizResult, draw_paper, mark_quiz
from trainer.domain.questions import Question
from trainer.domain.roles import Actor
from trainer.language.short_answer import judge_short_answer
from trainer.ports import EngineUnavailable, Ports
from trainer.services import cards
from trainer.services.courses import course_at, find_lesson, keep_version, published
from trainer.services.kept import Kept
from trainer.store import learning as store
from trainer.store.learning import LessonRead, QuizAttempt


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a person is in a course. `attempts` are handed in, the latest first; `open` is begun and not handed in."""

    course: Course
    read: frozenset[str]
    attempts: tuple[QuizAttempt, ...]
    open: QuizAttempt | None

    @property
    def next_lesson(self) -> str | None:
        """The first lesson not read yet."""
        return next((slug for slug in self.course.lesson_slugs if slug not in self.read), None)

    @property
    def read_count(self) -> int:
        return sum(slug in self.read for slug in self.course.lesson_slugs)

    @property
    def passed(self) -> QuizAttempt | None:
        """The first quiz that was passed."""
        return next((attempt for attempt in reversed(self.attempts) if attempt.passed), None)

    @property
    def best(self) -> int | None:
        """The best score so far, in percent."""
        return max((attempt.percent or 0 for attempt in self.attempts), default=None)


@dataclass(frozen=True, slots=True)
class Quiz(OnTheTable):
    """A quiz of a course as it lies on the table."""

    attempt: QuizAttempt
    course: Course


def progress_of(session: Session, actor: Actor, courses: Mapping[str, Course]) -> dict[str, Progress]:
    """The actor's progress in each course, by slug."""
    read = store.lessons_read(session, actor.user_id)
    attempts = store.attempts_of(session, actor.user_id)
    found = {}
    for slug, course in courses.items():
        own = [attempt for attempt in attempts if attempt.course == slug]
        done = tuple(attempt for attempt in own if attempt.finished_at)
        begun = next((attempt for attempt in own if not attempt.finished_at), None)
        found[slug] = Progress(course, frozenset(read.get(slug, ())), done, begun)
    return found


def progress_in(session: Session, actor: Actor, folder: Path, slug: str) -> Progress:
    """The actor's progress in one course. Raises NotFound."""
    course = published(folder).get(slug)
    if course is None:
        raise NotFound("learn.no_course")
    return progress_of(session, actor, {slug: course})[slug]


def read_lesson(session: Session, actor: Actor, course: Course, slug: str, now: datetime) -> None:
    """The actor has read the lesson; saying so twice changes nothing. Raises NotFound."""
    lesson = find_lesson(course, slug, actor.language)
    if lesson.slug in store.lessons_read(session, actor.user_id).get(course.slug, ()):
        return
    session.add(
        LessonRead(
            organisation_id=actor.organisation_id,
            user_id=actor.user_id,
            course=course.slug,
            lesson=lesson.slug,
            version=course.version,
            at=now,
        )
    )
    try:
        cards.add_recall(session, actor, course.slug, lesson.slug, now)
        session.commit()
    except IntegrityError:  # another tab said so at the same moment
        session.rollback()


def start_quiz(
    session: Session, actor: Actor, progress: Progress, now: datetime, seed: int | None = None
) -> QuizAttempt:
    """The quiz that is open already, else a new one with its own order. Raises Conflict while lessons are unread."""
    if progress.open is not None:
        return progress.open
    if progress.next_lesson is not None:
        raise Conflict("learn.lessons_first")
    course = progress.course
    try:
        keep_version(session, course)
        attempt = QuizAttempt(
            organisation_id=actor.organisation_id,
            user_id=actor.user_id,
            course=course.slug,
            version=course.version,
            seed=secrets.randbelow(2**31) if seed is None else seed,
            started_at=now,
        )
        session.add(attempt)
        session.commit()
    except IntegrityError:  # another tab began it, or somebody kept this version, at the same moment
        session.rollback()
        begun = store.open_attempt(session, actor.user_id, course.slug)
        if begun is None:
            raise Conflict from None
        return begun
    return attempt


_drawn: Kept[tuple[str, str, str, int], tuple[Item, ...]] = Kept(500)
"""Papers by their seeds: each of their pages is asked for singly."""


def open_quiz(session: Session, actor: Actor, public_id: str, language: str) -> Quiz:
    """The actor's own quiz, of the version it was begun with. Raises NotFound."""
    attempt = store.find_attempt(session, actor.organisation_id, actor.user_id, public_id)
    if attempt is None:
        raise NotFound("learn.no_quiz")
    course = course_at(session, attempt.course, attempt.version)
    items = _drawn.or_make(
        (course.slug, course.version, language, attempt.seed),
        lambda: draw_paper(course.edition(language).questions, attempt.seed, course.quiz),
    )
    return Quiz(items, store.answers_of(session, attempt), attempt, course)


def answer_question(session: Session, quiz: Quiz, number: int, given: Sequence[str | int], now: datetime) -> None:
    """Keep the answer to question `number`; `given` is what the form sent. Raises NotFound, Invalid, Conflict."""
    item = quiz.item(number)
    if quiz.attempt.finished_at:
        raise Conflict("learn.quiz_over")
    chosen = item.accept(given)
    if chosen is None:
        raise Invalid(f"learn.answer_{item.question.kind}")
    try:
        store.set_answer(session, quiz.attempt, item.question.id, chosen, now)
        session.commit()
    except IntegrityError:
        session.rollback()
        raise Conflict from None


def judge_of(ports: Ports) -> Judge:
    """Who marks answers in one's own words: the rules with this installation's encoder, and where it fails a person."""

    def judge(question: Question, text: str) -> Fraction | None:
        try:
            return judge_short_answer(question, text, ports.encoder.encode if ports.encoder else None)
        except EngineUnavailable:
            return None

    return judge


def result_of(quiz: Quiz, judge: Judge | None = None) -> QuizResult:
    """Every item with what it earned; `judge` reads answers in one's own words. Raises Conflict before the quiz is handed in:
    it would give the key away."""
    if not quiz.attempt.finished_at:
        raise Conflict("learn.quiz_open")
    return mark_quiz(quiz.items, quiz.answers, quiz.course.pass_mark, judge)


def hand_in(session: Session, actor: Actor, quiz: Quiz, now: datetime, judge: Judge | None = None) -> None:
    """Mark the quiz and keep the result; what has no answer earns nothing, and what was missed comes again as a card.
    Handing in twice changes nothing."""
    attempt = quiz.attempt
    if attempt.finished_at:
        return
    result = mark_quiz(quiz.items, quiz.answers, quiz.course.pass_mark, judge)
    attempt.finished_at, attempt.percent, attempt.passed = now, result.percent, result.passed
    cards.add_missed(session, actor, quiz.course.slug, [m.item.question.id for m in result.marks if m.missed], now)
    session.commit()


def note_missed(session: Session, actor: Actor, course: Course, mark: ItemMark, now: datetime) -> None:
    """A question within a lesson comes again as a card where it was missed."""
    if mark.missed:
        cards.add_missed(session, actor, course.slug, [mark.item.question.id], now)
        session.commit()
