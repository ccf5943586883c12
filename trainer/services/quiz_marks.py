"""What each answer of quizzes earned, worked out anew from the answers and the kept version of the course.

A quiz keeps its answers and its percent, not what each question earned. The language it was read in is not kept either, so an
answer counts as in the language in which it earns most. Answers in one's own words are left to people here: the
encoder that reads them is too slow for thousands at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from sqlalchemy.orm import Session

from trainer.domain.courses import Course
from trainer.domain.errors import NotFound
from trainer.domain.papers import Item, draw_paper, mark_item
from trainer.domain.strengths import Answered
from trainer.services.courses import course_at
from trainer.services.kept import Kept
from trainer.store import learning_report as store
from trainer.store.learning_report import QuizRow

MOST_QUIZZES = 5_000
"""The newest of an organisation that are counted, so that a page takes no longer in an installation that is years old."""
_marked: Kept[str, tuple[Answered, ...]] = Kept(2 * MOST_QUIZZES)
"""By public id: what is handed in never changes."""


def marks_of(session: Session, quizzes: Sequence[QuizRow]) -> dict[str, tuple[Answered, ...]]:
    """Public id -> every question of the paper with its share; quizzes whose course was not kept are left out. One query
    for the answers, and one for each version of a course that this process has not read yet."""
    found = {quiz.public_id: kept for quiz in quizzes if (kept := _marked.get(quiz.public_id)) is not None}
    left = [quiz for quiz in quizzes if quiz.public_id not in found]
    answers = store.quiz_answers(session, [quiz.id for quiz in left])
    for quiz in left:
        try:
            course = course_at(session, quiz.course, quiz.version)
        except NotFound:
            continue
        given = answers.get(quiz.id, {})
        found[quiz.public_id] = _marked.or_make(quiz.public_id, lambda c=course, q=quiz, g=given: _mark(c, q, g))  # type: ignore[misc]
    return found


def _mark(course: Course, quiz: QuizRow, given: dict[str, tuple[str, ...]]) -> tuple[Answered, ...]:
    papers = [draw_paper(edition.questions, quiz.seed, course.quiz) for edition in course.editions.values()]
    asked = []
    for item in papers[0]:
        question = item.question
        answer = given.get(question.id, ())
        same = [one for paper in papers for one in paper if one.question.id == question.id]
        share = _best(same, answer)
        asked.append(Answered(course.slug, question.id, question.duty, question.lesson, answer, share))
    return tuple(asked)


def _best(items: Iterable[Item], answer: tuple[str, ...]) -> Fraction | None:
    shares = [mark_item(item, answer).share for item in items]
    return max((share for share in shares if share is not None), default=None)
