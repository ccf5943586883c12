"""How often each answer of a question was chosen, and by whom: the analysis of distractors. Pure.

A wrong answer that nobody chooses does no work; one that the stronger half chooses may be right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.domain.questions import Option, Question, walk

FEWEST_DRAWN, CLEARLY = 3, 0.1
ERRORS = tuple(str(number) for number in range(1, 8))


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that could be chosen. For an error of a spot question, `text` is its number."""

    id: str
    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class ChoiceGroup:
    """What is chosen from at once. `part`: "" (the question itself), reply, reason, pair, line, error or step; `about` is the
    left side of a pair, or what the customer says at a step."""

    part: str
    about: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """`count` of all who answered; `share` 0 to 1, and the same in the stronger and the weaker half (by the rest of their
    paper), None where the halves are the same."""

    choice: Choice
    count: int
    share: float
    strong: float | None
    weak: float | None

    @property
    def draws_strong(self) -> bool:
        """Whether it is wrong and the stronger half takes it clearly more often: a few people are no sign."""
        if self.choice.right or self.strong is None or self.weak is None or self.count < FEWEST_DRAWN:
            return False
        return self.strong - self.weak >= CLEARLY


def groups_of(question: Question) -> tuple[ChoiceGroup, ...]:
    """What a question lets people choose from; nothing for what is typed, and for an order."""
    match question.kind:
        case "single" | "several":
            return (ChoiceGroup("", "", _choices(question.options)),)
        case "better":
            return ChoiceGroup("reply", "", _choices(question.replies)), ChoiceGroup("reason", "", _choices(question.options))  # fmt: skip
        case "match":
            return tuple(
                ChoiceGroup("pair", pair.left, tuple(Choice(o.id, o.text, o.id == pair.option) for o in question.options))
                for pair in question.pairs
            )  # fmt: skip
        case "spot":
            lines = [(str(n), line) for n, line in enumerate(question.lines, 1) if line.speaker == "operator"]
            spoken = tuple(Choice(number, line.text, number == str(question.wrong_line)) for number, line in lines)
            errors = tuple(Choice(number, number, number == str(question.error)) for number in ERRORS)
            return ChoiceGroup("line", "", spoken), ChoiceGroup("error", "", errors)
        case "branch":
            best = {step.id: reply.id for step, reply in walk(question.steps, question.key)[0]}
            return tuple(
                ChoiceGroup("step", step.customer, tuple(Choice(r.id, r.text, best.get(step.id) == r.id) for r in step.replies))
                for step in question.steps
            )  # fmt: skip
    return ()


def _choices(options: Sequence[Option]) -> tuple[Choice, ...]:
    return tuple(Choice(option.id, option.text, option.right) for option in options)


def picked(question: Question, answer: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """The ids chosen, a tuple for each group of `groups_of`; an empty one where nothing was chosen."""
    given = tuple(answer)
    match question.kind:
        case "single" | "several":
            return (given,)
        case "better" | "spot":
            return given[:1], given[1:2]
        case "match":
            padded = (*given, *("" for _pair in question.pairs))[: len(question.pairs)]
            return tuple((one,) if one else () for one in padded)
        case "branch":
            taken = {step.id: reply.id for step, reply in walk(question.steps, given)[0]}
            return tuple((taken[step.id],) if step.id in taken else () for step in question.steps)
    return ()


def tally(
    question: Question, answers: Sequence[tuple[Sequence[str], float]]
) -> tuple[tuple[ChoiceGroup, int, tuple[Chosen, ...]], ...]:
    """(group, how many answered it, its choices) of answers as (answer, what the rest of the paper earned)."""
    found = []
    for place, group in enumerate(groups_of(question)):
        rows = [(set(picked(question, answer)[place]), rest) for answer, rest in answers]
        rows = sorted(((ids, rest) for ids, rest in rows if ids), key=lambda row: row[1])
        half = len(rows) // 2
        apart = half > 0 and rows[0][1] < rows[-1][1]
        weak, strong = [ids for ids, _ in rows[:half]], [ids for ids, _ in rows[len(rows) - half :]]
        chosen = []
        for choice in group.choices:
            count = sum(choice.id in ids for ids, _ in rows)
            share = count / len(rows) if rows else 0.0
            halves = (_share(choice, strong), _share(choice, weak)) if apart else (None, None)
            chosen.append(Chosen(choice, count, share, *halves))
        found.append((group, len(rows), tuple(chosen)))
    return tuple(found)


def _share(choice: Choice, rows: Sequence[set[str]]) -> float:
    return sum(choice.id in ids for ids in rows) / len(rows)
