"""Questions of the bank: a decision in a situation, in ten kinds. Pure.

A question never tells in its shape which answer is right: what a page may show is an `Item` of `domain.papers`.
"""

from __future__ import annotations

from dataclasses import dataclass

from trainer.domain.scenario import FormField

QUESTION_KINDS = (
    "single", "several", "order", "match", "number", "record", "better", "spot", "text", "branch",
)  # fmt: skip
"""single: one best answer. several: every right one, and no other. order: all of them, the first to do first. match: to each
left side its right side. number: a figure, within a tolerance. record: a form, filled while listening to a customer.
better: of two replies the better one, and why. spot: the turn of a transcript with a fundamental error, and which. text: a
sentence of one's own. branch: a small dialogue in which each reply leads on."""
CHOICES = ("single", "several", "order")
SPEAKERS = ("customer", "operator", "note")
ENDS = {"good": 2, "fair": 1, "bad": 0}
"""How a branch ends, in halves of a mark."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a dialogue. `speaker`: customer, operator, or note (what happens between the lines)."""

    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class Option:
    """An answer and what is said of it afterwards. `right` says nothing for questions of order.

    In a branch, `leads` is the id of the step it leads to, or one of ENDS.
    """

    id: str
    text: str
    feedback: str
    right: bool = False
    leads: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A left side and the id of the option that belongs to it."""

    left: str
    option: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Near:
    """A wrong figure that people give, and what is said of it."""

    value: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Idea:
    """What an answer in one's own words has to say: any of these phrases says it."""

    name: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A moment of a branch: what the customer says, and what can be answered."""

    id: str
    customer: str
    replies: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A decision in a situation. Which fields are filled depends on the kind:

    single, several {options} · order {options, in their right order} · match {pairs, options: the right sides}
    · number {value, tolerance, unit, near} · record {lines, voice, fields} · better {lines, replies, options: the reasons}
    · spot {lines, wrong_line (from 1), error (1 to 7)} · text {references, ideas} · branch {steps, the first one first}

    `feedback` is said afterwards where no option has feedback of its own.
    """

    id: str
    kind: str
    duty: str
    lesson: str
    difficulty: int
    text: str
    options: tuple[Option, ...] = ()
    feedback: str = ""
    pairs: tuple[Pair, ...] = ()
    value: str = ""
    tolerance: str = "0"
    unit: str = ""
    near: tuple[Near, ...] = ()
    lines: tuple[Line, ...] = ()
    voice: str = ""
    fields: tuple[FormField, ...] = ()
    replies: tuple[Option, ...] = ()
    wrong_line: int = 0
    error: int = 0
    references: tuple[str, ...] = ()
    ideas: tuple[Idea, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """A whole right answer, as `domain.papers.Item.accept` gives it; empty for text, of which there are many."""
        match self.kind:
            case "match":
                return tuple(pair.option for pair in self.pairs)
            case "number":
                return (self.value,)
            case "record":
                return tuple(field.truth for field in self.fields)
            case "better":
                return (_right(self.replies), _right(self.options))
            case "spot":
                return (str(self.wrong_line), str(self.error))
            case "text":
                return ()
            case "branch":
                return best_path(self.steps)
        return tuple(option.id for option in self.options if option.right or self.kind == "order")


def _right(options: tuple[Option, ...]) -> str:
    return next((option.id for option in options if option.right), "")


def walk(steps: tuple[Step, ...], chosen: tuple[str, ...]) -> tuple[list[tuple[Step, Option]], Step | None, str]:
    """The steps taken with the replies given, the step that waits for a reply, and the end that was reached.

    `chosen` are reply ids in order; one that is not offered stops the walk where it stands.
    """
    by_id = {step.id: step for step in steps}
    taken: list[tuple[Step, Option]] = []
    step: Step | None = steps[0] if steps else None
    for one in chosen:
        reply = next((reply for reply in (step.replies if step else ()) if reply.id == one), None)
        if step is None or reply is None:
            break
        taken.append((step, reply))
        if reply.leads in ENDS:
            return taken, None, reply.leads
        step = by_id.get(reply.leads)
    return taken, step, ""


def best_path(steps: tuple[Step, ...]) -> tuple[str, ...]:
    """The shortest replies that reach a good end; empty where none does."""
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        path = waiting.pop(0)
        _taken, step, end = walk(steps, path)
        if end == "good":
            return path
        if step is not None and len(path) < len(steps):
            waiting += [(*path, reply.id) for reply in step.replies]
    return ()
