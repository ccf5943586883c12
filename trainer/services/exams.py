"""Exams: begun on a form nobody has had from them before, answered against the clock, handed in or over when time is up.

Time is the server's. A paper whose time is over is marked by whoever looks at it next, as it stood when it ended.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.content.exams import FOLDER, load_exams, whole_bank
from trainer.content.reading import LANGUAGES
from trainer.domain.courses import Course
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.exams import DutyScore, Exam, Sheet, by_duty, draw_form, is_over, time_left
from trainer.domain.papers import Item, Judge, OnTheTable, mark_item, set_out
from trainer.domain.roles import Actor
from trainer.services import cards, job_description
from trainer.services.courses import published as published_courses
from trainer.services.job_description_signing import is_owed
from trainer.services.kept import Kept, stamp_of
from trainer.store import exams as store
from trainer.store.documents import from_document, to_document
from trainer.store.exams import ExamAnswer, ExamAttempt, ExamSheet
from trainer.store.learning import passed_courses
from trainer.store.practice import drills_passed


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to be done. `kind`: signature, course {name: its slug}, drill {name}, exam {name: its slug}."""

    kind: str
    name: str
    done: bool


@dataclass(frozen=True, slots=True)
class ExamCard:
    """An exam as it stands for a person. `attempts` are finished, the latest first. `before`: what it asks for before it can
    be begun. `form`: the next to take, 0 when none is left."""

    exam: Exam
    attempts: tuple[ExamAttempt, ...]
    open: ExamAttempt | None
    before: tuple[Condition, ...]
    form: int

    @property
    def missing(self) -> tuple[Condition, ...]:
        return tuple(condition for condition in self.before if not condition.done)

    @property
    def passed(self) -> ExamAttempt | None:
        return next((attempt for attempt in reversed(self.attempts) if attempt.passed), None)


@dataclass(frozen=True, slots=True)
class Paper(OnTheTable):
    """An exam on the table, with the time that is left."""

    attempt: ExamAttempt
    sheet: Sheet
    left: timedelta


@dataclass(frozen=True, slots=True)
class ExamResult:
    """A finished paper: by duty, the weakest first. No key: the form may be another person's tomorrow."""

    attempt: ExamAttempt
    exam: Exam
    duties: tuple[DutyScore, ...]
    lessons: tuple[tuple[str, str, str], ...]
    """(duty, course, lesson) to read again, of what was not wholly right."""


def published(folder: Path) -> Mapping[str, Exam]:
    """All exams of the folder of courses by slug; read again only when a file changed."""
    courses = published_courses(folder)
    return _load(
        folder,
        stamp_of(folder / FOLDER, ".yaml"),
        tuple(sorted((slug, course.version) for slug, course in courses.items())),
    )


@lru_cache(maxsize=4)
def _load(
    folder: Path, _stamp: tuple[tuple[str, int], ...], _versions: tuple[tuple[str, str], ...]
) -> Mapping[str, Exam]:
    return {exam.slug: exam for exam in load_exams(folder, published_courses(folder))}


def find_exam(folder: Path, slug: str) -> Exam:
    """The exam of that slug. Raises NotFound."""
    exam = published(folder).get(slug)
    if exam is None:
        raise NotFound("exams.no_exam")
    return exam


def cards_of(session: Session, actor: Actor, folder: Path, passed: Collection[str] | None = None) -> list[ExamCard]:
    """Every exam as it stands for the actor, the highest category last; `passed` are their courses, where they are at hand."""
    attempts = store.attempts_of(session, actor.user_id)
    if passed is None:
        passed = [slug for slug, _at, _id in passed_courses(session, [actor.user_id]).get(actor.user_id, [])]
    done = {("course", slug) for slug in passed}
    done |= {("drill", kind) for kind in drills_passed(session, [actor.user_id]).get(actor.user_id, ())}
    signs = job_description.is_there(folder)
    if signs and not is_owed(session, actor, folder):
        done.add(("signature", ""))
    exams = sorted(published(folder).values(), key=lambda exam: (-exam.category, exam.count, exam.slug))
    return [_card(exam, [a for a in attempts if a.exam == exam.slug], done, signs) for exam in exams]


def card_of(session: Session, actor: Actor, folder: Path, slug: str, passed: Collection[str] | None = None) -> ExamCard:
    """One exam as it stands for the actor. Raises NotFound."""
    find_exam(folder, slug)
    return next(card for card in cards_of(session, actor, folder, passed) if card.exam.slug == slug)


def _card(exam: Exam, attempts: Sequence[ExamAttempt], done: set[tuple[str, str]], signs: bool) -> ExamCard:
    begun = next((attempt for attempt in attempts if attempt.finished_at is None), None)
    asked = [("signature", "")] if exam.signature and signs else []
    asked += [("course", slug) for slug in exam.after] + [("drill", kind) for kind in exam.drills]
    before = tuple(Condition(kind, name, (kind, name) in done) for kind, name in asked)
    used = {attempt.form for attempt in attempts}
    form = next((number for number in range(1, exam.forms + 1) if number not in used), 0)
    return ExamCard(exam, tuple(a for a in attempts if a.finished_at), begun, before, form)


_set_out: Kept[tuple[str, str, int, str, int], tuple[Item, ...]] = Kept(500)
"""Papers as their seeds shuffle them: each of their pages is asked for singly."""
_sheets: Kept[tuple[str, str, int], Sheet] = Kept(60)


def sheet_at(session: Session, slug: str, version: str, form: int) -> Sheet:
    """A form as it was kept. Raises NotFound."""

    def read() -> Sheet:
        document = store.find_sheet(session, slug, version, form)
        if document is None:
            raise NotFound("exams.no_exam")
        return from_document(Sheet, document)

    return _sheets.or_make((slug, version, form), read)


def make_sheet(exam: Exam, courses: Mapping[str, Course], form: int) -> Sheet:
    """The form drawn from the bank as it is now, in every language."""
    banks = {language: whole_bank(courses, language) for language in LANGUAGES}
    names = draw_form(exam, banks[LANGUAGES[0]], form)
    return Sheet(exam, form, {language: tuple(bank[name] for name in names) for language, bank in banks.items()})


def start(session: Session, actor: Actor, card: ExamCard, folder: Path, now: datetime) -> ExamAttempt:
    """The paper that is open already, else the next form. Raises Conflict while something is missing or no form is left."""
    if card.open is not None:
        return card.open
    if card.missing:
        raise Conflict("exams.not_yet")
    if card.passed is not None:
        raise Conflict("exams.passed")
    if not card.form:
        raise Conflict("exams.no_form")
    exam = card.exam
    try:
        if store.find_sheet(session, exam.slug, exam.version, card.form) is None:
            document = to_document(make_sheet(exam, published_courses(folder), card.form))
            session.add(ExamSheet(slug=exam.slug, version=exam.version, form=card.form, document=document))
        attempt = ExamAttempt(
            organisation_id=actor.organisation_id, user_id=actor.user_id, exam=exam.slug, version=exam.version,
            form=card.form, seed=secrets.randbelow(2**31), started_at=now, due_at=now + timedelta(minutes=exam.minutes),
        )  # fmt: skip
        session.add(attempt)
        session.commit()
    except IntegrityError:  # another tab began it at the same moment
        session.rollback()
        begun = next((a for a in store.attempts_of(session, actor.user_id) if a.exam == exam.slug and not a.finished_at), None)  # fmt: skip
        if begun is None:
            raise Conflict from None
        return begun
    return attempt


def open_paper(session: Session, actor: Actor, public_id: str, language: str, now: datetime, judge: Judge) -> Paper:
    """The actor's own paper, of the version it was begun with; handed in where its time is over. Raises NotFound."""
    attempt = store.find_attempt(session, actor.organisation_id, actor.user_id, public_id)
    if attempt is None:
        raise NotFound("exams.no_attempt")
    paper = _paper(session, attempt, language, now)
    if attempt.finished_at is None and is_over(attempt.due_at, now):
        hand_in(session, actor, paper, attempt.due_at, judge)
    return paper


def _paper(session: Session, attempt: ExamAttempt, language: str, now: datetime) -> Paper:
    sheet = sheet_at(session, attempt.exam, attempt.version, attempt.form)
    items = _set_out.or_make(
        (attempt.exam, attempt.version, attempt.form, language, attempt.seed),
        lambda: tuple(set_out(question, attempt.seed) for question in sheet.questions(language)),
    )
    return Paper(
        items, store.answers_on(session, attempt.id), attempt, sheet, time_left(attempt.started_at, attempt.due_at, now)
    )


def answer_question(session: Session, paper: Paper, number: int, given: Sequence[str | int], now: datetime) -> None:
    """Keep the answer to question `number`. Raises NotFound, Invalid, and Conflict once the paper is handed in."""
    item = paper.item(number)
    attempt = paper.attempt
    if attempt.finished_at:
        raise Conflict("exams.over")
    answer = item.accept(given)
    if answer is None:
        raise Invalid(f"learn.answer_{item.question.kind}")
    row = store.find_answer(session, attempt.id, item.question.id)
    if row is None:
        session.add(_row(attempt, item, answer, now))
    else:
        row.answer, row.at = list(answer), now
    try:
        session.commit()
    except IntegrityError:  # another tab answered it at the same moment
        session.rollback()
        raise Conflict from None


def _row(attempt: ExamAttempt, item: Item, answer: Sequence[str], at: datetime) -> ExamAnswer:
    return ExamAnswer(
        organisation_id=attempt.organisation_id, attempt_id=attempt.id, question=item.question.id,
        duty=item.question.duty, answer=list(answer), at=at,
    )  # fmt: skip


def hand_in(session: Session, actor: Actor, paper: Paper, at: datetime, judge: Judge) -> None:
    """Mark every question and keep what it earned; what has no answer earns nothing. Twice changes nothing."""
    attempt = paper.attempt
    if attempt.finished_at:
        return
    marks = [mark_item(item, paper.answers.get(item.question.id, ()), judge) for item in paper.items]
    rows = {row.question: row for row in store.answers_of(session, attempt.id)}
    for mark in marks:
        row = rows.get(mark.item.question.id)
        if row is None:
            row = _row(attempt, mark.item, mark.answer, at)
            session.add(row)
            rows[row.question] = row
        row.share = None if mark.share is None else float(mark.share)
        row.waits = mark.share is None
    attempt.finished_at = at
    settle(attempt, list(rows.values()), paper.sheet.exam.pass_mark)
    for mark in marks:
        if mark.missed:
            course, _, question = mark.item.question.id.partition(".")
            cards.add_missed(session, actor, course, [question], at)
    try:
        session.commit()
    except IntegrityError:  # handed in twice at the same moment: the first one stands
        session.rollback()


def settle(attempt: ExamAttempt, rows: Sequence[ExamAnswer], pass_mark: int) -> None:
    """Percent and passed from what is decided; what waits for a person counts neither way."""
    decided = [Fraction(row.share).limit_denominator(1000) for row in rows if row.share is not None]
    points = sum(decided, Fraction(0))
    attempt.waiting = sum(row.waits for row in rows)
    attempt.percent = int(points * 100 / len(decided)) if decided else 0
    attempt.passed = bool(decided) and points * 100 >= pass_mark * len(decided)


def result_of(session: Session, paper: Paper) -> ExamResult:
    """Scores by duty, and the lessons to read again. Raises Conflict before the end."""
    if not paper.attempt.finished_at:
        raise Conflict("exams.open")
    questions = {item.question.id: item.question for item in paper.items}
    rows = [row for row in store.answers_of(session, paper.attempt.id) if row.question in questions]
    shares = [(row.duty, None if row.share is None else Fraction(row.share).limit_denominator(1000)) for row in rows]
    missed = dict.fromkeys(
        (row.duty, row.question.split(".")[0], questions[row.question].lesson)
        for row in rows
        if row.share is not None and row.share < 1
    )
    return ExamResult(paper.attempt, paper.sheet.exam, by_duty(shares), tuple(missed))
