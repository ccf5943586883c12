"""The call as a strip of blocks, one a turn, placed by time."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.services.calls_review import Turn
from trainer.web.times import clock

WIDTH = 1000
"""The strip's inner width; the page stretches it."""


@dataclass(frozen=True, slots=True)
class Block:
    seq: int
    kind: str
    x: float
    width: float
    at: str


def timeline(turns: tuple[Turn, ...], length_ms: int) -> tuple[Block, ...]:
    """A block for each turn and marker; at least four units wide so that it can be seen and pressed."""
    scale = WIDTH / max(1, length_ms)
    return tuple(
        Block(
            turn.seq,
            turn.kind,
            round(min(turn.at_ms * scale, WIDTH - 4), 1),
            round(max(4.0, (turn.ended_ms - turn.at_ms) * scale), 1),
            clock(turn.at_ms / 1000),
        )
        for turn in turns
    )
