"""How long an operator waits for the answer: from the end of their speech to its first sound.

The page that plays the answer measures it, and tells it with the next turn, or with the write-up after the last one. It
says how the line and the machine behaved; nothing of it goes into a grade.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from trainer.domain.events import Event

_SPEECH = ("operator_utterance", "aside_utterance")


def answer_gaps_ms(log: Sequence[Event]) -> dict[int, int]:
    """Milliseconds by the `seq` of the utterance that was answered; those that nobody measured are left out."""
    gaps: dict[int, int] = {}
    last: int | None = None
    for event in log:
        if last is not None and event.data.get("gap_ms") is not None:
            gaps[last] = int(event.data["gap_ms"])
        if event.type in _SPEECH:
            last = event.seq
    return gaps


def median_gap_s(log: Sequence[Event]) -> float | None:
    """The median of a call's gaps in seconds, or None."""
    gaps = answer_gaps_ms(log).values()
    return round(statistics.median(gaps) / 1000, 2) if gaps else None
