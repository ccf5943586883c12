"""Courses: lessons made of typed blocks, and the quiz at their end. Pure.

A quiz paper is drawn from a seed: the order of questions and of their options. A page shows options by their place on
the paper, never by their id, so that nothing in it tells which one is right. `mark_quiz` gives every item its share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from random import Random

QUESTION_KINDS = ("single", "several", "order")
"""single: one best answer. several: every right one, and no other. order: all of them, the first to do first."""
EXERCISES = ("think", "say", "recall")
"""Blocks with a question and an answer to open: to think about, to say aloud, to answer from memory."""
BLOCK_KINDS = ("text", "dialogue", *EXERCISES, "keep", "try")
VERDICTS = ("bad", "good", "plain")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a dialogue. `speaker`: customer, operator, or note (what happens between the lines)."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a lesson. Which fields are filled depends on the kind:

    text {html} · dialogue {title, verdict, lines} · think, say, recall {html (the question), answer (html)}
    · keep {points (html)} · try {html, call (a scenario's slug)}
    """

    kind: str
    html: str = ""
    answer: str = ""
    title: str = ""
    verdict: str = "plain"
    lines: tuple[Line, ...] = ()
    points: tuple[str, ...] = ()
    call: str = ""


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
class Option:
    """An answer and what is said of it afterwards. `right` says nothing for questions of order."""

    id: str
    text: str
    feedback: str
    right: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A decision in a situation. Options of kind "order" stand in their right order."""

    id: str
    kind: str
    duty: str
    lesson: str
    difficulty: int
    text: str
    options: tuple[Option, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """The option ids of a whole answer; in order for kind "order"."""
        return tuple(option.id for option in self.options if option.right or self.kind == "order")


@dataclass(frozen=True, slots=True)
class Edition:
    """The course in one language."""

    title: str
    about: str
    lessons: tuple[Lesson, ...]
    questions: tuple[Question, ...]

    def lesson(self, slug: str) -> Lesson | None:
        return next((lesson for lesson in self.lessons if lesson.slug == slug), None)


@dataclass(frozen=True, slots=True)
class Course:
    """A course in its languages. Lessons and questions have the same ids in each; `pass_mark` is in percent.

    `calls` are slugs of the scenarios to go on with; `version` changes with any byte of the course's files.
    """

    slug: str
    version: str
    category: int
    duties: tuple[str, ...]
    pass_mark: int
    calls: tuple[str, ...]
    editions: Mapping[str, Edition]

    def edition(self, language: str) -> Edition:
        """The text in `language`, else in the first language there is."""
        return self.editions[language] if language in self.editions else next(iter(self.editions.values()))

    @property
    def lesson_slugs(self) -> tuple[str, ...]:
        return tuple(lesson.slug for lesson in self.edition("").lessons)


@dataclass(frozen=True, slots=True)
class Item:
    """A question as it stands on a paper: its options in the order shown."""

    question: Question
    options: tuple[Option, ...]

    def places_of(self, chosen: Sequence[str]) -> tuple[int, ...]:
        """Where the chosen options stand on the paper, counted from 1."""
        places = {option.id: place for place, option in enumerate(self.options, 1)}
        return tuple(places[one] for one in chosen if one in places)

    def accept(self, places: Sequence[int]) -> tuple[str, ...] | None:
        """The option ids at `places`; None when they are no answer to a question of this kind.

        single: one place. several: one or more. order: every place once, the first to do first.
        """
        count = len(self.options)
        if any(not 1 <= place <= count for place in places) or len(set(places)) != len(places):
            return None
        enough = {"single": len(places) == 1, "several": len(places) >= 1, "order": len(places) == count}
        if not enough[self.question.kind]:
            return None
        chosen = [self.options[place - 1].id for place in places]
        return tuple(chosen) if self.question.kind == "order" else tuple(sorted(chosen))


@dataclass(frozen=True, slots=True)
class ItemMark:
    """What an item earned, 0 to 1; `answer` is empty where there was none."""

    item: Item
    answer: tuple[str, ...]
    share: Fraction

    @property
    def right(self) -> bool:
        return self.share == 1


@dataclass(frozen=True, slots=True)
class QuizResult:
    """`percent` is rounded down, so that nobody reads a figure that would pass and did not."""

    marks: tuple[ItemMark, ...]
    points: Fraction
    percent: int
    passed: bool


def draw_paper(questions: Sequence[Question], seed: int) -> tuple[Item, ...]:
    """The items of a paper, shuffled by `seed`: the same seed gives the same paper."""
    drawn = list(questions)
    Random(f"{seed}:questions").shuffle(drawn)
    return tuple(Item(question, _shuffled(question, seed)) for question in drawn)


def _shuffled(question: Question, seed: int) -> tuple[Option, ...]:
    options = list(question.options)
    Random(f"{seed}:{question.id}").shuffle(options)
    if question.kind == "order" and tuple(options) == question.options:
        options.append(options.pop(0))  # the right order is never the one offered
    return tuple(options)


def mark_item(item: Item, answer: Sequence[str]) -> ItemMark:
    """single: all or nothing. several: right ones ticked less wrong ones ticked, of all right ones, not below 0.
    order: Kendall's tau between the answer and the right order (pairs in order less pairs out of order, of all
    pairs), not below 0."""
    key, kind = item.question.key, item.question.kind
    share = Fraction(0)
    if kind == "single":
        share = Fraction(tuple(answer) == key)
    elif kind == "several":
        hits = len(set(answer) & set(key))
        share = max(Fraction(hits - (len(set(answer)) - hits), len(key)), Fraction(0))
    elif len(answer) == len(key):
        place = {option: number for number, option in enumerate(answer)}
        steps = [1 if place[first] < place[second] else -1 for first, second in combinations(key, 2)]
        share = max(Fraction(sum(steps), len(steps)), Fraction(0))
    return ItemMark(item, tuple(answer), share)


def mark_quiz(paper: Sequence[Item], answers: Mapping[str, Sequence[str]], pass_mark: int) -> QuizResult:
    """Mark `answers` (question id to option ids); a question without an answer earns nothing. Every item weighs the
    same, and the quiz is passed from `pass_mark` percent on."""
    marks = tuple(mark_item(item, answers.get(item.question.id, ())) for item in paper)
    points = sum((mark.share for mark in marks), Fraction(0))
    passed = points * 100 >= pass_mark * len(marks)
    return QuizResult(marks, points, int(points * 100 / len(marks)), passed)
