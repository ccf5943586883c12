"""Exams: a blueprint draws equal forms from the bank of all courses. Pure.

Equal: every form has, cell by cell, so many questions of the same duties and the same difficulty. A cell's pool is
shuffled once, and form after form takes what comes next in it: forms share a question only where a pool is too small.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from random import Random

from trainer.domain.questions import QUESTION_KINDS, Question

GRACE = timedelta(seconds=20)
"""An answer that was on its way when the time ran out still counts."""


@dataclass(frozen=True, slots=True)
class Cell:
    """`count` questions on any of `ids`, of this difficulty and, where it matters, of one of these kinds."""

    ids: tuple[str, ...]
    difficulty: int
    count: int
    kinds: tuple[str, ...] = QUESTION_KINDS

    def takes(self, question: Question) -> bool:
        return question.duty in self.ids and question.difficulty == self.difficulty and question.kind in self.kinds


@dataclass(frozen=True, slots=True)
class Exam:
    """The blueprint and the rules. `minutes` for the whole, `pass_mark` in percent, `forms` equal forms, one attempt each.

    `after`: courses to pass, `drills` to pass and `signature` of the job description before it can be begun. `ready`: what
    a person who passed it is ready for ("calls", or nothing). `version` changes with the blueprint and with the bank.
    """

    slug: str
    version: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    category: int
    minutes: int
    pass_mark: int
    forms: int
    cells: tuple[Cell, ...]
    after: tuple[str, ...] = ()
    drills: tuple[str, ...] = ()
    signature: bool = False
    ready: str = ""

    @property
    def count(self) -> int:
        """Questions on a paper."""
        return sum(cell.count for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form of an exam, its questions in each language in the order of the blueprint; ids are "course.question"."""

    exam: Exam
    form: int
    editions: Mapping[str, tuple[Question, ...]]

    def questions(self, language: str) -> tuple[Question, ...]:
        return self.editions[language] if language in self.editions else next(iter(self.editions.values()))


Bank = Mapping[str, Question]
"""Question by "course.question", in one language."""


def bank_of(courses: Iterable[tuple[str, Sequence[Question]]]) -> dict[str, Question]:
    """(course slug, its questions) to the whole bank; each question carries its long id."""
    return {
        f"{slug}.{question.id}": replace(question, id=f"{slug}.{question.id}")
        for slug, questions in courses
        for question in questions
    }


def draw_form(exam: Exam, bank: Bank, form: int) -> tuple[str, ...]:
    """The ids of form `form` (from 1), none twice. Raises ValueError where the bank holds too few for a cell."""
    taken: set[str] = set()
    drawn: list[str] = []
    for number, cell in enumerate(exam.cells):
        pool = sorted(name for name, question in bank.items() if cell.takes(question))
        Random(f"{exam.slug}:{number}").shuffle(pool)
        start = (form - 1) * cell.count % len(pool) if pool else 0
        free = [name for name in (*pool[start:], *pool[:start]) if name not in taken][: cell.count]
        if len(free) < cell.count:
            raise ValueError(shortage(exam, number, len(free)))
        drawn += free
        taken |= set(free)
    return tuple(drawn)


def shortage(exam: Exam, number: int, found: int) -> str:
    """What is told where a cell cannot be filled."""
    cell = exam.cells[number]
    return (
        f"cell {number + 1} ({', '.join(cell.ids)}, difficulty {cell.difficulty}) needs {cell.count} questions; "
        f"the bank has {found} left for it"
    )


def time_left(started_at: datetime, due_at: datetime, now: datetime) -> timedelta:
    """What is left of the time; never more than the whole, whatever a clock was set to, and never below nothing."""
    return max(timedelta(0), min(due_at - now, due_at - started_at))


def is_over(due_at: datetime, now: datetime) -> bool:
    """Whether answers no longer count."""
    return now > due_at + GRACE


@dataclass(frozen=True, slots=True)
class DutyScore:
    """What was earned in the questions on one duty; `waiting` of `count` wait for a person."""

    duty: str
    count: int
    points: Fraction
    waiting: int

    @property
    def percent(self) -> int:
        decided = self.count - self.waiting
        return int(self.points * 100 / decided) if decided else 0


def by_duty(shares: Iterable[tuple[str, Fraction | None]]) -> tuple[DutyScore, ...]:
    """(duty, share) of each question to scores, the weakest first, those still waiting last."""
    found: dict[str, list[Fraction | None]] = {}
    for duty, share in shares:
        found.setdefault(duty, []).append(share)
    scores = [
        DutyScore(duty, len(all_), sum((s for s in all_ if s is not None), Fraction(0)), sum(s is None for s in all_))
        for duty, all_ in found.items()
    ]
    return tuple(sorted(scores, key=lambda score: (score.waiting == score.count, score.percent, score.duty)))
