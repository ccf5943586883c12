"""A drill: one objection of one's own call, put again in other words until two replies are good in one criterion.

Where a drill stands follows from the list of its attempts. Nothing in it counts for a grade or a category.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

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
    """The criterion that was weakest over the replies of a call, and the reply (event `seq`) where it shows most."""

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
    `GOOD_REPLIES` needed; `repeated`: the last reply was good, but in the very words of one before."""

    wording: int
    good: int
    repeated: bool = False

    @property
    def done(self) -> bool:
        return self.good >= GOOD_REPLIES


def weakest(graded: Sequence[ObjectionGrade], weights: Mapping[str, int]) -> WeakSpot | None:
    """The lowest criterion on average; of equal ones that of more weight. In it the lowest reply, then the earliest.

    What was undecided is left out, since it waits for a person. None where every decided level is the best there is.
    """
    levels = {
        name: [(getattr(one.grade, name), one.grade.overall, one.seq, one) for one in graded if _is_decided(one, name)]
        for name in REPLY_CRITERIA
    }
    low = {name: sum(row[0] for row in rows) / len(rows) for name, rows in levels.items() if rows}
    low = {name: mean for name, mean in low.items() if mean < BEST}
    if not low:
        return None
    criterion = min(low, key=lambda name: (low[name], -weights.get(name, 0)))
    level, _, seq, one = min(levels[criterion], key=lambda row: row[:3])
    return WeakSpot(criterion, one.objection, one.type, seq, level)


def _is_decided(one: ObjectionGrade, criterion: str) -> bool:
    return criterion not in one.grade.undecided


def wordings_of(objection: Objection, heard: Sequence[str]) -> tuple[str, ...]:
    """The customer's ways of putting it, those that were not heard in the call first; each once."""
    lines = [line for line in dict.fromkeys((*objection.lines, *objection.insists)) if line and "{" not in line]
    return tuple(sorted(lines, key=lambda line: any(line in text for text in heard)))


def stand(attempts: Sequence[Attempt], wordings: int) -> Standing:
    """After each reply the next wording, round and round. Good replies count in words of their own."""
    said: set[str] = set()
    repeated = False
    for attempt in attempts:
        words = " ".join(attempt.reply.casefold().split())
        repeated = attempt.is_good and words in said
        if attempt.is_good:
            said.add(words)
    return Standing(len(attempts) % max(1, wordings), min(len(said), GOOD_REPLIES), repeated)


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
