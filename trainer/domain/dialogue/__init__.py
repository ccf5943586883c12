"""The customer on the line: pure, deterministic, and a fold of the call's events.

A turn goes like this: `fold` the events to a `CallState`; understand the operator's words with `fact_hints` and
`topic_hints`; `react` gives the customer's `Line`; its `as_event_data()` goes into the log as a `customer_line`; if
`Line.ends` is set, a `call_ended` with that outcome follows. Silence, holds and transfers have their own functions.
"""

from __future__ import annotations

from trainer.domain.dialogue.customer import open_call, react
from trainer.domain.dialogue.draft import MOVES, Line
from trainer.domain.dialogue.ends import end_reached, is_success, outcome_when_operator_hangs_up
from trainer.domain.dialogue.hints import fact_hints, topic_hints
from trainer.domain.dialogue.state import CallState, advance, fold, holds, start
from trainer.domain.dialogue.waiting import react_to_hold_end, react_to_silence, react_to_transfer

__all__ = [
    "MOVES",
    "CallState",
    "Line",
    "advance",
    "end_reached",
    "fact_hints",
    "fold",
    "holds",
    "is_success",
    "open_call",
    "outcome_when_operator_hangs_up",
    "react",
    "react_to_hold_end",
    "react_to_silence",
    "react_to_transfer",
    "start",
    "topic_hints",
]
