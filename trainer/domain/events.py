"""A call is an append-only list of events. State, transcript and grade are all read from it.

An event has a sequence number within its call (1, 2, 3 ...), the time in milliseconds from the call's start, a type
and data. What the data of each type holds is written in `EVENT_TYPES`; a key that is not named there is rejected, so
a log that was stored today can be read by any later version.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

EVENT_TYPES: dict[str, frozenset[str]] = {
    # who, what and with which content: enough to fold and grade the log without any other record
    "call_started": frozenset(
        {"scenario", "version", "seed", "form", "language", "mode", "direction", "consent_recording", "difficulty"}
    ),
    # line: id of the wording in the scenario; move: see dialogue.MOVES; effects: [[variable, amount, reason], ...];
    # marks: ids that this line settles ("topic:fee", "objection:price", "resolved:price",
    # "firm_no:price", "goal:redelivery")
    "customer_line": frozenset(
        {"line", "text", "move", "objection", "topic", "effects", "marks", "audio", "engine", "duration_ms"}
    ),
    # times are milliseconds from the call's start; free_ms: when the customer had finished and the operator could speak,
    # by the page's clock (a customer's line may be heard later than it is logged); heard_ms: how much of the customer's
    # line had been heard when the operator spoke over it; words: [[word, start_s, end_s, confidence], ...] within the audio;
    # gap_ms: what the page learned of the turn before: from the end of its speech to the first sound of the answer
    "operator_utterance": frozenset(
        {
            "turn_id", "text", "source", "words", "confidence", "engine", "audio", "free_ms", "started_ms", "ended_ms",
            "detected_language", "interrupted_customer", "heard_ms", "gap_ms",
        }
    ),
    # words to somebody else than the customer (a colleague, whoever picked up, a machine): to names whom, as the party
    # of an aside_line does; marks: "told:NEED", "ask:NEED", "takes", "declined", "consulted", "beep", "away", "goodbye"
    "aside_utterance": frozenset(
        {
            "turn_id", "to", "text", "source", "words", "confidence", "engine", "audio", "free_ms", "started_ms",
            "ended_ms", "detected_language", "interrupted_customer", "gap_ms",
        }
    ),
    "aside_line": frozenset({"party", "line", "text", "marks", "audio", "engine", "duration_ms"}),
    # result: of telephone.DIAL_RESULTS; put_down ends what was no call with the customer
    "dialled": frozenset({"turn_id", "result"}),
    "put_down": frozenset({"turn_id"}),
    # while a colleague is consulted the customer is on hold
    "consult_started": frozenset({"turn_id", "to"}),
    "consult_ended": frozenset({"turn_id", "seconds"}),
    "muted": frozenset({"turn_id", "on"}),
    "callback_scheduled": frozenset({"turn_id", "day", "time", "phone"}),
    "silence": frozenset({"seconds"}),
    "key_press": frozenset({"key"}),
    "screen_action": frozenset({"turn_id", "action", "field", "value"}),
    "hold_started": frozenset({"turn_id", "announced"}),
    "hold_ended": frozenset({"turn_id", "seconds"}),
    # kind: "warm" after a colleague took the call, else "cold"
    "transfer": frozenset({"turn_id", "to", "announced", "briefing", "kind"}),
    "transcript_corrected": frozenset({"turn_id", "utterance", "text"}),
    "hung_up": frozenset({"turn_id", "by"}),
    "call_ended": frozenset({"outcome"}),
    # gap_ms: of the call's last turn, as in operator_utterance
    "wrap_up_saved": frozenset({"turn_id", "fields", "disposition", "notes", "seconds", "gap_ms"}),
}  # fmt: skip

OUTCOMES = (
    "resolved", "order_placed", "callback_agreed", "refused_politely", "transferred", "customer_hung_up",
    "operator_hung_up", "timed_out",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `seq` counts from 1 without gaps; `at_ms` is from the call's start, never decreasing."""

    seq: int
    at_ms: int
    type: str
    data: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {"seq": self.seq, "at_ms": self.at_ms, "type": self.type, "data": dict(self.data)}


class UnknownEvent(ValueError):
    """The type or a key of the data is not one this version knows."""


def make_event(seq: int, at_ms: int, type_: str, **data: Any) -> Event:
    """An event, its type and keys checked against `EVENT_TYPES`. Raises UnknownEvent."""
    known = EVENT_TYPES.get(type_)
    if known is None:
        raise UnknownEvent(f"no event type {type_!r}")
    extra = sorted(set(data) - known)
    if extra:
        raise UnknownEvent(f"{type_} has no {', '.join(extra)}")
    return Event(seq=seq, at_ms=at_ms, type=type_, data=data)
