"""The shift as a strip of coloured stretches: on calls, after-call work, ready, on break."""

from __future__ import annotations

from dataclasses import dataclass

from trainer.domain.shift import stretches
from trainer.services.shifts import Floor

WIDTH = 1000


@dataclass(frozen=True, slots=True)
class Stretch:
    state: str
    x: float
    width: float


def strip_of(floor: Floor) -> tuple[Stretch, ...]:
    """The stretches on a scale of `WIDTH`."""
    end = max(1.0, floor.figures.staffed_s)
    scale = WIDTH / end
    found = stretches(floor.moments, [one.handled for one in floor.calls], end)
    return tuple(Stretch(state, round(start * scale, 1), round((to - start) * scale, 1)) for state, start, to in found)
