"""A drill: one objection of one's own call, put again in other words until two replies are good in one criterion.

Where a drill stands follows from the list of its attempts. Nothing in it counts for a grade or a category.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from trainer.domain.grade import REPLY_CRITERIA, ObjectionGrade
from trainer.domain.scenario import Case, Objection

BEST = 4
GOOD_FROM = 3
"""The level of the criterion from which a reply is good."""
GOOD_REPLIES = 2
MINUTES = 5
"""What a drill is meant to take. A guide: nothing ends by it."""
SITTING = timedelta(minutes=15)
"""A pause after which somebody has been away and begins anew."""


@dataclass(frozen=True, slots=True)
class WeakSpot:
    """A criterion that was weak in a call, and the reply (event `seq`) in which it shows."""

    criterion: str
    objection: str
    type: str
    seq: int
    level: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """One reply: the level of the drill's criterion, 0 to 4, and the critical error of the whole reply, if any."""

    reply: str
    level: int
    critical_error: str | None = None

    @property
    def is_good(self) -> bool:
        return self.level >= GOOD_FROM and self.critical_error is None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a drill stands. `wording` is the place of the line to answer next; `good` counts good replies of the
    `GOOD_REPLIES` needed; `repeated`: the last reply was good, but in the very words of one before or of the model answer."""

    wording: int
    good: int
    repeated: bool = False

    @property
    def done(self) -> bool:
        return self.good >= GOOD_REPLIES


def weak_spots(graded: Sequence[ObjectionGrade], weights: Mapping[str, int]) -> tuple[WeakSpot, ...]:
    """Every reply in every criterion that is below the best, the weakest first: criteria by their average over the
    call, equal ones by their weight; within one the lowest reply, then the worst as a whole, then the earliest.

    What was undecided is left out, since it waits for a person.
    """
    decided = {name: [one for one in graded if name not in one.grade.undecided] for name in REPLY_CRITERIA}
    means = {name: sum(_level(one, name) for one in rows) / len(rows) for name, rows in decided.items() if rows}
    return tuple(
        WeakSpot(name, one.objection, one.type, one.seq, _level(one, name))
        for name in sorted(means, key=lambda name: (means[name], -weights.get(name, 0)))
        for one in sorted(decided[name], key=lambda one: (_level(one, name), one.grade.overall, one.seq))
        if _level(one, name) < BEST
    )


def _level(one: ObjectionGrade, criterion: str) -> int:
    return int(getattr(one.grade, criterion))


def to_practise(
    spots: Sequence[WeakSpot], objections: Sequence[Objection], reachable: Callable[[str, str], bool]
) -> WeakSpot | None:
    """The weakest in which a good reply is recognized as one: nobody practises for what they could never be given.

    `reachable` tells it of a criterion and an objection. Where none of the replies that were weak will do, their
    criterion is practised on another of the case's `objections`; what was good already comes last.
    """
    weak = [spot for spot in spots if spot.level < GOOD_FROM]
    elsewhere = (replace(spot, objection=one.id, type=one.type) for spot in weak for one in objections)
    good = (spot for spot in spots if spot.level >= GOOD_FROM)
    return next((spot for spot in chain(weak, elsewhere, good) if reachable(spot.criterion, spot.objection)), None)


def wordings_of(objection: Objection, heard: Sequence[str]) -> tuple[str, ...]:
    """The customer's ways of putting it, those that were not heard in the call first; each once."""
    lines = [line for line in dict.fromkeys((*objection.lines, *objection.insists)) if line and "{" not in line]
    return tuple(sorted(lines, key=lambda line: any(line in text for text in heard)))


def stand(attempts: Sequence[Attempt], wordings: int, model: str = "") -> Standing:
    """After each reply the next wording, round and round. Good replies count in words of their own: neither those of a
    reply before nor, sign for sign, those of the `model` answer."""
    said = {_words(model)}
    repeated = False
    for attempt in attempts:
        words = _words(attempt.reply)
        repeated = attempt.is_good and words in said
        if attempt.is_good:
            said.add(words)
    return Standing(len(attempts) % max(1, wordings), min(len(said) - 1, GOOD_REPLIES), repeated)


def _words(text: str) -> str:
    """What is said, however it is written."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def model_answer(case: Case, objection: Objection) -> tuple[str, ...]:
    """What a good operator says there, one line after the other: the scenario's own words, else the facts that settle
    it, as they are best told."""
    lines = tuple(line.text for line in case.model if line.at == f"objection:{objection.id}")
    return lines or facts_for(case, objection)[:2]


def facts_for(case: Case, objection: Objection) -> tuple[str, ...]:
    """The facts that may be told, in a good operator's words; those that settle this objection first."""
    wanted: Collection[str] = {fact for condition in objection.resolved_by for fact in condition.asked_facts}
    facts = [fact for fact in case.all_facts if fact.disclose != "never" and fact.say]
    return tuple(fact.say for fact in sorted(facts, key=lambda fact: fact.id not in wanted))


def sitting_began(started: datetime, replied: Sequence[datetime], now: datetime) -> datetime:
    """When the person sat down to it: what lies before a longer pause does not count to the five minutes."""
    began = last = started
    for at in (*replied, now):
        if at - last > SITTING:
            began = at
        last = at
    return began
