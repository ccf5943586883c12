"""How questions work in the quizzes and exams of an organisation: figures of each, and how often each answer was chosen.

In a quiz a person's first answer to a question counts alone: afterwards they were shown what is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from trainer.domain.courses import Course
from trainer.domain.errors import NotFound
from trainer.domain.item_choices import ChoiceGroup, Chosen, tally
from trainer.domain.item_statistics import FEWEST, ItemFigures, item_figures
from trainer.domain.questions import Question
from trainer.domain.roles import Actor
from trainer.services import quiz_marks
from trainer.services.courses import published
from trainer.services.quiz_marks import MOST_QUIZZES
from trainer.store import exams as exam_store
from trainer.store import learning_report as store

REMARKS = ("wrong_way", "too_hard", "weak", "too_easy")


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question that was asked. `question` is None where the course no longer has it."""

    course: str
    id: str
    title: str
    question: Question | None
    figures: ItemFigures

    @property
    def shown(self) -> bool:
        """Whether enough people answered it for figures to say something."""
        return self.figures.attempts >= FEWEST


@dataclass(frozen=True, slots=True)
class QuestionReport:
    """One question: `groups` are (what is chosen from, how many chose, each choice), none below the fewest attempts."""

    line: QuestionLine
    groups: tuple[tuple[ChoiceGroup, int, tuple[Chosen, ...]], ...]


@dataclass(frozen=True, slots=True)
class _Papers:
    """What each question earned on each paper, by a name for the paper; and what quizzes hold as answers."""

    shares: Mapping[str, Mapping[str, float]]
    answers: Mapping[tuple[str, str], tuple[str, ...]]


def list_questions(
    session: Session, actor: Actor, folder: Path, language: str, course: str = "", remark: str = ""
) -> list[QuestionLine]:
    """Every question that was asked, the hardest first, then those with too few attempts; of one course or with one remark
    where these are given."""
    figures = item_figures(list(_papers(session, actor).shares.values()))
    lines = [_line(one, published(folder), language) for one in figures]
    lines = [line for line in lines if course in ("", line.course) and (not remark or remark in line.figures.remarks)]
    return sorted(
        lines, key=lambda line: (not line.shown, line.figures.ease if line.shown else 0, line.course, line.id)
    )


def report_question(
    session: Session, actor: Actor, folder: Path, language: str, course: str, question: str
) -> QuestionReport:
    """Raises NotFound where nobody was asked it."""
    name = f"{course}.{question}"
    papers = _papers(session, actor)
    found = next((one for one in item_figures(list(papers.shares.values())) if one.question == name), None)
    if found is None:
        raise NotFound("reports.no_question")
    line = _line(found, published(folder), language)
    if line.question is None or not line.shown:
        return QuestionReport(line, ())
    in_exams = store.exam_answers_to(session, actor.organisation_id, name)
    answers = []
    for paper, shares in papers.shares.items():
        if name not in shares:
            continue
        answer = papers.answers.get((paper, name)) or in_exams.get(_exam_number(paper), ())
        rest = [share for one, share in shares.items() if one != name]
        answers.append((answer, sum(rest) / len(rest) if rest else 0.0))
    return QuestionReport(line, tally(line.question, answers))


def _exam_number(paper: str) -> int:
    kind, _, number = paper.partition(":")
    return int(number) if kind == "exam" else 0


def _line(figures: ItemFigures, courses: Mapping[str, Course], language: str) -> QuestionLine:
    slug, _, question_id = figures.question.partition(".")
    edition = courses[slug].edition(language) if slug in courses else None
    question = edition.question(question_id) if edition else None
    return QuestionLine(slug, question_id, edition.title if edition else slug, question, figures)


def _papers(session: Session, actor: Actor) -> _Papers:
    shares: dict[str, dict[str, float]] = {}
    answers: dict[tuple[str, str], tuple[str, ...]] = {}
    for attempt, question, share in exam_store.shares(session, actor.organisation_id):
        shares.setdefault(f"exam:{attempt}", {})[question] = share
    quizzes = store.quizzes_handed_in(session, actor.organisation_id, limit=MOST_QUIZZES)
    marks = quiz_marks.marks_of(session, quizzes)
    met: set[tuple[int, str]] = set()
    for quiz in quizzes:
        for one in marks.get(quiz.public_id, ()):
            name, paper = f"{one.course}.{one.question}", f"quiz:{quiz.public_id}"
            if one.share is not None and (quiz.user_id, name) not in met:
                shares.setdefault(paper, {})[name] = float(one.share)
                answers[paper, name] = one.answer
            met.add((quiz.user_id, name))
    return _Papers(shares, answers)
