"""Courses: lessons made of typed blocks, and the bank of questions behind their quizzes. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.domain.questions import Line, Question

EXERCISES = ("think", "say", "recall")
"""Blocks with a question and an answer to open: to think about, to say aloud, to answer from memory."""
BLOCK_KINDS = (
    "text", "dialogue", "listen", "spot", "question", *EXERCISES, "keep", "law", "sources", "sign", "try", "drill",
)  # fmt: skip
VERDICTS = ("bad", "good", "plain")
VOICES = ("woman", "man")
DRILLS = ("diction", "listening", "typing", "cards", "replies", "queue")
"""diction: read aloud. listening: hear and enter. typing: speed and accuracy. cards: repeat what was missed. replies: answer an
objection. queue: calls that wait, against the clock."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a lesson. Which fields are filled depends on the kind:

    text {html} · dialogue {title, verdict, lines, voices} · listen {title, lines (heard before they are read), voices, html
    (the question), answer} · spot {title, lines, wrong_line (from 1), error (1 to 7), answer} · question {question (its id)} · think, say,
    recall {html (the question), answer (html)} · keep {points (html)} · law {html: the principle, beside which the page
    shows the organisation's text} · sources {html} · sign {document, html} · try {html, call (a scenario's
    slug)} · drill {html, drill (one of DRILLS)}
    """

    kind: str
    html: str = ""
    answer: str = ""
    title: str = ""
    verdict: str = "plain"
    lines: tuple[Line, ...] = ()
    points: tuple[str, ...] = ()
    call: str = ""
    wrong_line: int = 0
    error: int = 0
    question: str = ""
    document: str = ""
    drill: str = ""
    voices: tuple[str, ...] = VOICES
    """Of the customer and of the operator: woman or man."""

    @property
    def spoken(self) -> bool:
        """Whether its lines are heard."""
        return self.kind in ("dialogue", "listen")


@dataclass(frozen=True, slots=True)
class Lesson:
    """One idea. `words` counts what there is to read, answers included."""

    slug: str
    title: str
    about: str
    minutes: int
    duties: tuple[str, ...]
    blocks: tuple[Block, ...]
    words: int


@dataclass(frozen=True, slots=True)
class Edition:
    """The course in one language."""

    title: str
    about: str
    lessons: tuple[Lesson, ...]
    questions: tuple[Question, ...]

    def lesson(self, slug: str) -> Lesson | None:
        return next((lesson for lesson in self.lessons if lesson.slug == slug), None)

    def question(self, question_id: str) -> Question | None:
        return next((question for question in self.questions if question.id == question_id), None)


@dataclass(frozen=True, slots=True)
class Course:
    """A course in its languages. Lessons and questions have the same ids in each; `pass_mark` is in percent.

    `calls` are slugs of the scenarios to go on with; `version` changes with any byte of the course's files. `order` is
    its place among all courses, `after` the slugs of those to pass before, `quiz` how many questions its quiz draws (0: all).
    """

    slug: str
    version: str
    category: int
    duties: tuple[str, ...]
    pass_mark: int
    calls: tuple[str, ...]
    editions: Mapping[str, Edition]
    order: int = 50
    after: tuple[str, ...] = ()
    quiz: int = 0

    def edition(self, language: str) -> Edition:
        """The text in `language`, else in the first language there is."""
        return self.editions[language] if language in self.editions else next(iter(self.editions.values()))

    @property
    def lesson_slugs(self) -> tuple[str, ...]:
        return tuple(lesson.slug for lesson in self.edition("").lessons)
