"""What a person knows by duty: the lessons they read on it, and what their answers on it earned. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from trainer.domain.exams import DutyScore, by_duty
from trainer.domain.job import TEACHABLE

WEAK_BELOW = 80
"""Percent under which a duty is worth reading again; the pass mark of most quizzes."""
MOST_WEAK, MOST_LESSONS = 3, 3
_PLACES = {duty: place for place, duty in enumerate(TEACHABLE)}


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that was handed in. `share` is what it earned, 0 to 1; None where only a person can tell."""

    course: str
    question: str
    duty: str
    lesson: str
    answer: tuple[str, ...]
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class Taught:
    """A lesson that is published, and whether the person has read it."""

    course: str
    lesson: str
    duties: tuple[str, ...]
    is_read: bool


@dataclass(frozen=True, slots=True)
class DutyStanding:
    """One duty: `read` of `lessons`, and the scores of the latest answer to each question, in quizzes and in exams.

    `again`: (course, lesson) to read, those of missed questions first.
    """

    duty: str
    lessons: int
    read: int
    quiz: DutyScore
    exam: DutyScore
    again: tuple[tuple[str, str], ...]

    @property
    def decided(self) -> int:
        """Answers that count."""
        return self.quiz.count - self.quiz.waiting + self.exam.count - self.exam.waiting

    @property
    def was_asked(self) -> bool:
        return self.quiz.count + self.exam.count > 0

    @property
    def percent(self) -> int | None:
        """Of quizzes and exams together, rounded down; None while nothing was answered."""
        return int((self.quiz.points + self.exam.points) * 100 / self.decided) if self.decided else None

    @property
    def is_weak(self) -> bool:
        return self.percent is not None and self.percent < WEAK_BELOW


def standings(taught: Sequence[Taught], quiz: Iterable[Answered], exam: Iterable[Answered]) -> tuple[DutyStanding, ...]:
    """Every duty that is taught or was asked, in the order of the job. Answers come oldest first: the latest to a
    question counts, since it says what the person knows now."""
    quizzes, exams = _latest(quiz), _latest(exam)
    named = {duty for lesson in taught for duty in lesson.duties} | {one.duty for one in (*quizzes, *exams)}
    in_quizzes, in_exams = _scores(quizzes), _scores(exams)
    found = []
    for duty in sorted(named, key=lambda name: (_PLACES.get(name, len(_PLACES)), name)):
        lessons = [lesson for lesson in taught if duty in lesson.duties]
        missed = [one for one in (*exams, *quizzes) if one.duty == duty and one.share is not None and one.share < 1]
        none = DutyScore(duty, 0, Fraction(0), 0)
        found.append(
            DutyStanding(
                duty, len(lessons), sum(lesson.is_read for lesson in lessons), in_quizzes.get(duty, none),
                in_exams.get(duty, none), _again(taught, lessons, missed),
            )
        )  # fmt: skip
    return tuple(found)


def weakest(all_: Iterable[DutyStanding]) -> tuple[DutyStanding, ...]:
    """The few weakest duties, the weakest first. One missed question says less than three: they are ordered by Laplace's rule
    of succession, (points + 1) / (answers + 2)."""
    weak = [one for one in all_ if one.is_weak]
    return tuple(sorted(weak, key=lambda one: (_expected(one), _PLACES.get(one.duty, 0)))[:MOST_WEAK])


def _expected(one: DutyStanding) -> Fraction:
    return (one.quiz.points + one.exam.points + 1) / (one.decided + 2)


def _latest(answers: Iterable[Answered]) -> tuple[Answered, ...]:
    return tuple({(one.course, one.question): one for one in answers}.values())


def _scores(answers: Iterable[Answered]) -> dict[str, DutyScore]:
    return {score.duty: score for score in by_duty((one.duty, one.share) for one in answers)}


def _again(
    taught: Iterable[Taught], lessons: Iterable[Taught], missed: Iterable[Answered]
) -> tuple[tuple[str, str], ...]:
    known = {(lesson.course, lesson.lesson) for lesson in taught}
    places = [(one.course, one.lesson) for one in missed]
    places += [(one.course, one.lesson) for one in sorted(lessons, key=lambda lesson: lesson.is_read)]
    return tuple(place for place in dict.fromkeys(places) if place in known)[:MOST_LESSONS]
