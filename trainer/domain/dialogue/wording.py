"""Which wording of a line is said: drawn by the seed, and never the same words twice in a call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from trainer.domain.dialogue.state import CallState
from trainer.domain.forms import stable_number
from trainer.domain.scenario import Case

AGAIN = {
    "en": (
        "Like I said.", "I'll say it again.", "Once more, then.", "Same as before.", "I did tell you.", "Again.",
        "Right, listen.", "One more time.", "I've said this.", "Okay, again.",
    ),
    "fr": (
        "Comme je vous disais.", "Je répète.", "Encore une fois.", "C'est pareil qu'avant.", "Je vous l'ai dit.",
        "Bon, je le redis.", "Je recommence.", "Écoutez.", "Toujours la même chose.", "Je vous le redis.",
    ),
}  # fmt: skip
"""Said before a wording that was used already, when all of a line's wordings are spent."""


def choose(case: Case, state: CallState, pool: str, texts: Sequence[str], taken: frozenset[str]) -> tuple[str, str]:
    """(id, text) of the wording of `pool` to say next. `taken` are ids already chosen for the line under way."""
    order = sorted(range(len(texts)), key=lambda i: stable_number(case.version, case.seed, pool, i))
    for lead_id, lead in _leads(case, pool):
        for index in order:
            wording = f"{pool}.{index}{lead_id}"
            text = f"{lead} {texts[index]}".strip()
            if wording not in state.used and wording not in taken and text not in state.said:
                return wording, text
    raise AssertionError(f"no wording left for {pool}")  # thousands of turns: a call is ended long before


def unsaid(case: Case, state: CallState, wording: str, text: str) -> tuple[str, str]:
    """(id, text) of a text that is made during the call, with something before it if it was said word for word before."""
    pool = wording.partition("/")[0]
    for lead_id, lead in _leads(case, pool):
        whole = f"{lead} {text}".strip()
        if f"{wording}{lead_id}" not in state.used and whole not in state.said:
            return f"{wording}{lead_id}", whole
    raise AssertionError(f"no way left to say {wording}")


def pool_of(wording: str) -> tuple[str, int]:
    """(pool, number of the wording in it) of an id that a line was said under; number -1 where the id has none."""
    pool, _, index = wording.partition("/")[0].partition("~")[0].rpartition(".")
    return (pool, int(index)) if index.isdigit() else (wording, -1)


def texts_of(case: Case, pool: str) -> tuple[str, ...]:
    """The wordings of a pool, by the name under which `Draft.say` was given them; () for a name that is none."""
    kind, _, rest = pool.partition(".")
    name, _, what = rest.partition(".")
    if kind == "end":
        return case.ends[int(name)].lines if name.isdigit() and int(name) < len(case.ends) else ()
    owners: dict[str, dict[str, tuple[object, str]]] = {
        "topic": {topic.id: (topic, "answers") for topic in case.topics},
        "objection": {objection.id: (objection, "lines") for objection in case.objections},
        "goal": {goal.id: (goal, "met") for goal in case.goals},
    }  # fmt: skip
    if kind not in owners:
        return tuple(getattr(case.small_talk, pool, ()))
    owner, usual = owners[kind].get(name, (None, ""))
    return tuple(getattr(owner, what or usual, ()))


def _leads(case: Case, pool: str) -> Iterator[tuple[str, str]]:
    yield "", ""
    again = AGAIN.get(case.language, AGAIN["en"])
    order = sorted(range(len(again)), key=lambda i: stable_number(case.version, case.seed, pool, "again", i))
    for length in (1, 2, 3):
        for chosen in permutations(order, length):
            yield "~" + "~".join(map(str, chosen)), " ".join(again[i] for i in chosen)
