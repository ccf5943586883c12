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


def _leads(case: Case, pool: str) -> Iterator[tuple[str, str]]:
    yield "", ""
    again = AGAIN.get(case.language, AGAIN["en"])
    order = sorted(range(len(again)), key=lambda i: stable_number(case.version, case.seed, pool, "again", i))
    for length in (1, 2, 3):
        for chosen in permutations(order, length):
            yield "~" + "~".join(map(str, chosen)), " ".join(again[i] for i in chosen)
