"""Papers drawn from a bank, and their marks. Pure.

A paper is drawn from a seed: which questions, their order and that of their options. A page shows options by their place on
the paper, never by their id, so that nothing in it tells which one is right. `mark_item` gives every item its share.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from itertools import combinations
from random import Random

from trainer.domain.errors import NotFound
from trainer.domain.grading.call_values import amount
from trainer.domain.grading.record import same_value
from trainer.domain.questions import ENDS, Option, Question, walk
from trainer.domain.scenario import FormField

LONGEST_TEXT = 600
"""Characters of an answer in one's own words that are read."""
LONGEST_FIELD = 200
Judge = Callable[[Question, str], Fraction | None]
"""What a text earns, 0 to 1; None where only a person can tell."""


@dataclass(frozen=True, slots=True)
class Item:
    """A question as it stands on a paper: what can be chosen, in the order shown."""

    question: Question
    options: tuple[Option, ...]
    replies: tuple[Option, ...] = ()

    def places_of(self, chosen: Sequence[str]) -> tuple[int, ...]:
        """Where the chosen options stand on the paper, counted from 1; 0 for one that is not there (match)."""
        places = {option.id: place for place, option in enumerate(self.options, 1)}
        if self.question.kind == "match":
            return tuple(places.get(one, 0) for one in chosen)
        return tuple(places[one] for one in chosen if one in places)

    def accept(self, given: Sequence[str | int]) -> tuple[str, ...] | None:
        """The answer to keep, from what a form sent; None when it is no answer to a question of this kind.

        single: one place. several: one or more. order: every place once, the first to do first. match: a place, or
        nothing, for each pair. number, text: what was typed. record: a value, or nothing, for each field. better: the places of a
        reply and of a reason. spot: a line's number, and an error's. branch: the places of all replies so far.
        """
        match self.question.kind:
            case "match":
                return self._accept_match(given)
            case "number":
                typed = str(given[0]).strip()[:40] if len(given) == 1 else ""
                return (typed,) if amount(typed) is not None else None
            case "record":
                values = tuple(str(one).strip()[:LONGEST_FIELD] for one in given)
                return values if len(values) == len(self.question.fields) and any(values) else None
            case "better":
                return self._accept_better(given)
            case "spot":
                return self._accept_spot(given)
            case "text":
                text = str(given[0]).strip()[:LONGEST_TEXT] if len(given) == 1 else ""
                return (text,) if any(sign.isalnum() for sign in text) else None
            case "branch":
                return self._accept_path(given)
        return self._accept_choice(given)

    def _accept_choice(self, given: Sequence[str | int]) -> tuple[str, ...] | None:
        places = [_number(one) for one in given]
        count = len(self.options)
        if any(not 1 <= place <= count for place in places) or len(set(places)) != len(places):
            return None
        enough = {"single": len(places) == 1, "several": len(places) >= 1, "order": len(places) == count}
        if not enough[self.question.kind]:
            return None
        chosen = [self.options[place - 1].id for place in places]
        return tuple(chosen) if self.question.kind == "order" else tuple(sorted(chosen))

    def _accept_match(self, given: Sequence[str | int]) -> tuple[str, ...] | None:
        places = [_number(one) for one in given]
        if len(places) != len(self.question.pairs) or any(place > len(self.options) for place in places):
            return None
        chosen = tuple(self.options[place - 1].id if place > 0 else "" for place in places)
        return chosen if any(chosen) else None

    def _accept_better(self, given: Sequence[str | int]) -> tuple[str, ...] | None:
        if len(given) != 2:
            return None
        reply, reason = (_number(one) for one in given)
        if not 1 <= reply <= len(self.replies) or not 1 <= reason <= len(self.options):
            return None
        return self.replies[reply - 1].id, self.options[reason - 1].id

    def _accept_spot(self, given: Sequence[str | int]) -> tuple[str, ...] | None:
        if len(given) != 2:
            return None
        line, error = (_number(one) for one in given)
        lines = self.question.lines
        if not 1 <= line <= len(lines) or lines[line - 1].speaker != "operator" or not 1 <= error <= 7:
            return None
        return str(line), str(error)

    def _accept_path(self, given: Sequence[str | int]) -> tuple[str, ...] | None:
        chosen: tuple[str, ...] = ()
        for one in given:
            _taken, step, _end = walk(self.question.steps, chosen)
            place = _number(one)
            if step is None or not 1 <= place <= len(step.replies):
                return None
            chosen = (*chosen, step.replies[place - 1].id)
        return chosen or None

    def given_for(self, answer: Sequence[str]) -> tuple[str | int, ...]:
        """What a form sends for a stored answer: `accept` of it is the answer again."""
        question = self.question
        match question.kind:
            case "number" | "text" | "record" | "spot":
                return tuple(answer)
            case "better":
                return _place(self.replies, answer[0]), _place(self.options, answer[1])
            case "branch":
                taken, _step, _end = walk(question.steps, tuple(answer))
                return tuple(_place(step.replies, reply.id) for step, reply in taken)
        return self.places_of(answer)

    def whole(self, answer: Sequence[str]) -> bool:
        """Whether nothing more is to be answered: a branch goes on until an end."""
        if self.question.kind == "branch":
            return bool(walk(self.question.steps, tuple(answer))[2])
        return bool(answer)


@dataclass(frozen=True, slots=True)
class OnTheTable:
    """A paper that somebody is answering: its items in one language, and the answers so far by question id."""

    items: tuple[Item, ...]
    answers: Mapping[str, tuple[str, ...]]

    def item(self, number: int) -> Item:
        """The item of that number, from 1. Raises NotFound."""
        if not 1 <= number <= len(self.items):
            raise NotFound("learn.no_question")
        return self.items[number - 1]

    def answered(self, number: int) -> bool:
        item = self.items[number - 1]
        return item.whole(self.answers.get(item.question.id, ()))

    @property
    def next_number(self) -> int | None:
        """The first question without a whole answer; None when all have one."""
        return next((number for number in range(1, len(self.items) + 1) if not self.answered(number)), None)


@dataclass(frozen=True, slots=True)
class ItemMark:
    """What an item earned, 0 to 1, None where a person has to say; `answer` is empty where there was none."""

    item: Item
    answer: tuple[str, ...]
    share: Fraction | None

    @property
    def right(self) -> bool:
        return self.share == 1

    @property
    def missed(self) -> bool:
        """Not wholly right, as far as it is decided."""
        return self.share is not None and self.share < 1


@dataclass(frozen=True, slots=True)
class QuizResult:
    """`percent` is rounded down, so that nobody reads a figure that would pass and did not. What waits for a person
    counts neither way until then."""

    marks: tuple[ItemMark, ...]
    points: Fraction
    percent: int
    passed: bool


def draw_paper(questions: Sequence[Question], seed: int, count: int = 0) -> tuple[Item, ...]:
    """The items of a paper, chosen and shuffled by `seed`: the same seed gives the same paper.

    With `count`, so many are drawn, spread evenly over the lessons.
    """
    drawn = list(questions)
    Random(f"{seed}:questions").shuffle(drawn)
    if 0 < count < len(drawn):
        drawn = _spread(drawn, count)
    return tuple(set_out(question, seed) for question in drawn)


def _spread(shuffled: Sequence[Question], count: int) -> list[Question]:
    """Of each lesson its first, then of each its second, and so on; in the order of the shuffle."""
    seen: dict[str, int] = {}
    ranks = []
    for place, question in enumerate(shuffled):
        seen[question.lesson] = seen.get(question.lesson, 0) + 1
        ranks.append((seen[question.lesson], place))
    chosen = {place for _rank, place in sorted(ranks)[:count]}
    return [question for place, question in enumerate(shuffled) if place in chosen]


def set_out(question: Question, seed: int) -> Item:
    """The question with everything that can be chosen in the order that `seed` gives it."""

    def shuffled(options: Sequence[Option], name: str) -> tuple[Option, ...]:
        drawn = list(options)
        Random(f"{seed}:{name}").shuffle(drawn)
        return tuple(drawn)

    options = shuffled(question.options, question.id)
    if question.kind == "order" and options == question.options:
        options = (*options[1:], options[0])  # the right order is never the one offered
    steps = tuple(replace(s, replies=shuffled(s.replies, f"{question.id}:{s.id}")) for s in question.steps)
    replies = shuffled(question.replies, f"{question.id}:replies")
    return Item(replace(question, steps=steps) if steps else question, options, replies)


def mark_item(item: Item, answer: Sequence[str], judge: Judge | None = None) -> ItemMark:
    """single: all or nothing. several: right ones ticked less wrong ones ticked, of all right ones, not below 0.
    order: Kendall's tau between the answer and the right order (pairs in order less pairs out of order, of all
    pairs), not below 0. match, record: of all pairs or fields those that are right. number: all or nothing, the tolerance
    included. better: half for the reply, half for the reason where the reply is right. spot: half for the line, half
    for the error where the line is right. branch: by its end. text: as `judge` says; without one a person has to say."""
    share = _share(item, tuple(answer), judge) if answer else Fraction(0)
    return ItemMark(item, tuple(answer), share)


def _share(item: Item, answer: tuple[str, ...], judge: Judge | None) -> Fraction | None:
    question = item.question
    key = question.key
    match question.kind:
        case "single":
            return Fraction(answer == key)
        case "several":
            hits = len(set(answer) & set(key))
            return max(Fraction(hits - (len(set(answer)) - hits), len(key)), Fraction(0))
        case "order":
            return _in_order(answer, key)
        case "match":
            return _of_all([given == right for given, right in zip(answer, key, strict=False)], len(key))
        case "record":
            same = [same_field(field, given) for field, given in zip(question.fields, answer, strict=False)]
            return _of_all(same, len(key))
        case "number":
            return Fraction(_within(answer[0], question.value, question.tolerance))
        case "better" | "spot":
            first = answer[:1] == key[:1]
            return Fraction(first + (first and answer == key), 2)
        case "branch":
            return Fraction(ENDS.get(walk(question.steps, answer)[2], 0), 2)
    return judge(question, answer[0]) if judge else None


def _in_order(answer: tuple[str, ...], key: tuple[str, ...]) -> Fraction:
    if len(answer) != len(key) or len(key) < 2:
        return Fraction(0)
    place = {option: number for number, option in enumerate(answer)}
    if set(place) != set(key):
        return Fraction(0)
    steps = [1 if place[first] < place[second] else -1 for first, second in combinations(key, 2)]
    return max(Fraction(sum(steps), len(steps)), Fraction(0))


def _of_all(right: Sequence[bool], count: int) -> Fraction:
    return Fraction(sum(right), count) if count else Fraction(0)


def same_field(field: FormField, typed: str) -> bool:
    """Whether a field of a record was filled rightly."""
    return bool(typed) and any(same_value(field, typed, truth) for truth in (field.truth, *field.accept))


def _within(typed: str, value: str, tolerance: str) -> bool:
    given = amount(typed)
    try:
        return given is not None and abs(given - Decimal(value)) <= Decimal(tolerance)
    except InvalidOperation:
        return False


def _place(options: Sequence[Option], wanted: str) -> int:
    """Where an option stands, from 1; 0 where it does not."""
    return next((place for place, option in enumerate(options, 1) if option.id == wanted), 0)


def _number(given: str | int) -> int:
    """A place that was sent; 0 for what is none."""
    try:
        return int(given)
    except ValueError:
        return 0


def mark_quiz(
    paper: Sequence[Item], answers: Mapping[str, Sequence[str]], pass_mark: int, judge: Judge | None = None
) -> QuizResult:
    """Mark `answers` (question id to answer); a question without an answer earns nothing. Every item weighs the
    same, and the quiz is passed from `pass_mark` percent on."""
    marks = tuple(mark_item(item, answers.get(item.question.id, ()), judge) for item in paper)
    decided = [mark.share for mark in marks if mark.share is not None]
    points = sum(decided, Fraction(0))
    passed = bool(decided) and points * 100 >= pass_mark * len(decided)
    return QuizResult(marks, points, int(points * 100 / len(decided)) if decided else 0, passed)
