"""Answers to questions of every kind: what a form sent, and what a page shows of it again.

A page names options by their place on the paper and holds no feedback: nothing in it tells which ones are right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import request
from flask_babel import lazy_gettext as _l

from trainer.domain.papers import Item, ItemMark, OnTheTable, mark_item
from trainer.domain.questions import Option, Step, walk
from trainer.services import learning
from trainer.web import context
from trainer.web.errors import sentence


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as the form shows it: `places` ticked (or chosen for each pair), `steps` place -> number given (order),
    `values` typed, `reply` and `reason` (better), `line` and `error` (spot), `taken` and `now` (branch)."""

    places: tuple[int, ...] = ()
    steps: Mapping[int, int] | None = None
    values: tuple[str, ...] = ()
    reply: int = 0
    reason: int = 0
    line: int = 0
    error: int = 0
    taken: tuple[tuple[Step, Option], ...] = ()
    now: Step | None = None
    end: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """A question that is answered and told at once, and of which nothing is kept on the way: with its mark, or what was wrong
    with the answer, or on the way through a branch (`before`: the ids of the replies so far)."""

    item: Item
    given: Given
    mark: ItemMark | None = None
    error: str = ""
    before: tuple[str, ...] = ()


def untried(item: Item) -> Tried:
    """Before anything was answered."""
    return Tried(item, given_of(item, ()))


def try_item(item: Item) -> Tried:
    """The answer that this request sends to it."""
    before = tuple(request.form.get("before", "").split())
    places, given = sent(item, before)
    answer = item.accept(places)
    if answer is None:
        return Tried(item, given, error=sentence(f"learn.answer_{item.question.kind}"), before=before)
    if not item.whole(answer):
        return Tried(item, given_of(item, answer), before=answer)
    mark = mark_item(item, answer, learning.judge_of(context.ports()))
    return Tried(item, given_of(item, answer), mark)


def given_of(item: Item, answer: Sequence[str]) -> Given:
    """The stored answer, for the form."""
    question = item.question
    match question.kind:
        case "order":
            places = item.places_of(answer)
            return Given(places=places, steps={place: step for step, place in enumerate(places, 1)})
        case "number" | "text" | "record":
            return Given(values=tuple(answer))
        case "better":
            replies = {option.id: place for place, option in enumerate(item.replies, 1)}
            reasons = {option.id: place for place, option in enumerate(item.options, 1)}
            reply, reason = answer or ("", "")
            return Given(reply=replies.get(reply, 0), reason=reasons.get(reason, 0))
        case "spot":
            line, error = answer or ("0", "0")
            return Given(line=int(line), error=int(error))
        case "branch":
            taken, now, end = walk(question.steps, tuple(answer))
            return Given(taken=tuple(taken), now=now, end=end)
    return Given(places=item.places_of(answer))


def sent(item: Item, answer: Sequence[str] = ()) -> tuple[list[str | int], Given]:
    """(what `Item.accept` takes, the form as it was sent) of this request. `answer` is the stored one: a branch goes on
    from there."""
    form, question = request.form, item.question
    match question.kind:
        case "order":
            steps = {place: form.get(f"step-{place}", 0, type=int) for place in range(1, len(item.options) + 1)}
            whole = sorted(steps.values()) == list(range(1, len(steps) + 1))
            return sorted(steps, key=lambda place: steps[place]) if whole else [], Given(steps=steps)
        case "match":
            places = [form.get(f"pair-{number}", 0, type=int) for number in range(1, len(question.pairs) + 1)]
            return list(places), Given(places=tuple(places))
        case "number" | "text":
            value = form.get("value", "")
            return [value], Given(values=(value,))
        case "record":
            values = [form.get(f"field-{field.id}", "") for field in question.fields]
            return list(values), Given(values=tuple(values))
        case "better":
            reply, reason = form.get("reply", 0, type=int), form.get("reason", 0, type=int)
            return [reply, reason], Given(reply=reply, reason=reason)
        case "spot":
            line, error = form.get("line", 0, type=int), form.get("error", 0, type=int)
            return [line, error], Given(line=line, error=error)
        case "branch":
            return _path(item, answer), given_of(item, answer)
    places = form.getlist("place", type=int)
    return list(places), Given(places=tuple(places))


def _path(item: Item, answer: Sequence[str]) -> list[str | int]:
    """The places of the replies so far and of the one just chosen; as it stood where another tab went on before."""
    taken, step, _end = walk(item.question.steps, tuple(answer))
    path: list[str | int] = [[option.id for option in at.replies].index(reply.id) + 1 for at, reply in taken]
    place = request.form.get("place", 0, type=int)
    if step is None or request.form.get("after", -1, type=int) != len(taken):
        return path
    return [*path, place]


KIND_HELP = {
    "single": _l("Choose the best answer."),
    "several": _l("Choose every answer that fits."),
    "order": _l("Give each step its number; 1 comes first."),
    "match": _l("Choose what belongs to each. Something may be left over."),
    "number": _l("Work it out and type the figure."),
    "record": _l("Listen, as often as you like, and fill in the form."),
    "better": _l("Choose the better reply, then the reason that decides."),
    "spot": _l("One of the operator’s lines holds a fundamental error. Which line, and which error?"),
    "text": _l("Write what you would say, in a sentence or two. Where the machine is not sure, a person reads it."),
    "branch": _l("Choose what you say; the customer answers. As on a call, you cannot go back."),
}


def kind_help(kind: str) -> str:
    """What a question asks for."""
    return str(KIND_HELP[kind])


def places_of(paper: OnTheTable, address_of: Callable[[int], str]) -> list[tuple[str, bool]]:
    """(address, whether it has an answer) of each question of a paper, for the row of numbers above it."""
    return [(address_of(number), paper.answered(number)) for number in range(1, len(paper.items) + 1)]
