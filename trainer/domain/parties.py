"""Who is on the operator's line, besides the customer: a colleague, whoever picked up, a machine, or nobody.

A fold of the call's events, as the customer's state is. Words said to anyone but the customer are `aside_utterance`
events, and what they answer `aside_line` events: the customer does not hear them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trainer.domain.events import Event
from trainer.domain.forms import stable_number
from trainer.domain.scenario import Case

CUSTOMER, COLLEAGUE, OTHER, MACHINE, NOBODY = "customer", "colleague", "other", "machine", ""
PARTY_OF_RESULT = {"answered": CUSTOMER, "wrong_person": OTHER, "voicemail": MACHINE}
"""Who is there after dialling; no answer and busy leave nobody."""


@dataclass(frozen=True, slots=True)
class Connection:
    """`party` is who hears the operator now. `attempts` were dialled; `marks` are those of the asides of this party;
    `used` the wordings already said by anyone aside; `asked` what a colleague asked for last."""

    party: str = NOBODY
    department: str = ""
    attempts: int = 0
    marks: frozenset[str] = frozenset()
    used: frozenset[str] = frozenset()
    asked: str = ""


@dataclass(frozen=True, slots=True)
class AsideLine:
    """What somebody else says. `line` is the id of its wording, `marks` what it settles ("told:who", "goodbye")."""

    party: str
    line: str
    text: str
    marks: tuple[str, ...] = ()

    def as_event_data(self) -> dict[str, object]:
        """The data of this line's `aside_line` event (without its sound)."""
        return {"party": self.party, "line": self.line, "text": self.text, "marks": list(self.marks)}


def connection(case: Case, events: Sequence[Event]) -> Connection:
    """The connection after `events`."""
    state = Connection()
    for event in events:
        state = follow(case, state, event)
    return state


def follow(case: Case, state: Connection, event: Event) -> Connection:
    """The connection after one more event."""
    data = event.data
    if event.type == "call_started":
        return state if must_dial(case) else replace(state, party=CUSTOMER)
    if event.type == "dialled":
        party = PARTY_OF_RESULT.get(str(data["result"]), NOBODY)
        return replace(state, party=party, attempts=state.attempts + 1, marks=frozenset(), asked="")
    if event.type == "consult_started":
        return replace(state, party=COLLEAGUE, department=str(data["to"]), marks=frozenset(), asked="")
    if event.type == "consult_ended":
        return replace(state, party=CUSTOMER, department="")
    if event.type == "put_down":
        return replace(state, party=NOBODY)
    if event.type == "aside_line":
        marks = frozenset(str(mark) for mark in data.get("marks") or ())
        asked = next((mark[4:] for mark in marks if mark.startswith("ask:")), "")
        return replace(
            state,
            marks=state.marks | marks,
            used=state.used | {str(data["line"])},
            asked=asked,
            party=NOBODY if "goodbye" in marks else state.party,
        )
    if event.type in ("transfer", "call_ended"):
        ended = event.type == "call_ended"
        return replace(state, party=NOBODY if ended else CUSTOMER, department="")
    return state


def must_dial(case: Case) -> bool:
    """An outbound call whose number may not be answered at the first attempt."""
    return case.direction == "outbound" and bool(case.dialling.attempts)


def wording(case: Case, state: Connection, pool: str, texts: Sequence[str]) -> tuple[str, str]:
    """(id, text) of a wording of `pool`, in an order drawn by the seed; none comes again before all have been said."""
    order = sorted(range(len(texts)), key=lambda i: stable_number(case.version, case.seed, pool, i))
    fresh = [i for i in order if f"{pool}.{i}" not in state.used]
    chosen = (fresh or order)[0]
    return f"{pool}.{chosen}", texts[chosen]
