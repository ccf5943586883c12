"""Line work for certificates, as path data of SVG. Pure functions; designs call them in their templates.

The engine-turned patterns of banknotes (guilloche) are curves like these: a circle that breathes, laid over itself with a
small turn each time. What varies them comes from the certificate's own digest, so no two certificates look quite alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, sin


def rosette(radius: float, depth: float, lobes: int, turn: float = 0.0) -> str:
    """A closed curve around 0,0: a circle of `radius` whose distance swings by `depth` `lobes` times on the way round.

    `turn` (0 to 1) shifts the swing by a part of one lobe. Lengths in the unit of the viewBox.
    """
    count = max(36, 7 * lobes)
    places = []
    for step in range(count):
        angle = 2 * pi * step / count
        reach = radius + depth * cos(lobes * angle + 2 * pi * turn)
        places.append((reach * cos(angle), reach * sin(angle)))
    # Through the middles, with the places as control points: smooth with few of them.
    x, y = _middle(places[-1], places[0])
    curve = [f"M{x:.2f} {y:.2f}"]
    for here, there in pairwise([*places, places[0]]):
        x, y = _middle(here, there)
        curve.append(f"Q{here[0]:.2f} {here[1]:.2f} {x:.2f} {y:.2f}")
    return "".join(curve) + "Z"


def _middle(one: tuple[float, float], other: tuple[float, float]) -> tuple[float, float]:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def ripple(length: float, height: float, waves: int, turn: float = 0.0) -> str:
    """A wave along the x axis: `waves` whole waves of `height` above and below in `length`, shifted by `turn` (0 to 1) of
    one wave. It begins up to half a wave before 0 and ends as far after `length`: cover its ends."""
    half, halves = length / waves / 2, int(turn * 2)
    begin, side = -(turn * 2 - halves) * half, -1 if halves % 2 else 1
    first = f"M{begin:.3f} 0q{half / 2:.3f} {side * 2 * height:.2f} {half:.3f} 0"
    return first + f"t{half:.3f} 0" * (2 * waves)


def voice(heights: Sequence[float], width: float, height: float) -> str:
    """Bars of a recording, side by side from 0 to `width` around the x axis: `heights` from 0 to 1, the tallest bar
    `height` long. To be stroked."""
    step = width / max(1, len(heights))
    return "".join(
        f"M{(place + 0.5) * step:.2f} {-height * value / 2:.2f}v{height * value:.2f}"
        for place, value in enumerate(heights)
    )


ORNAMENTS = {"rosette": rosette, "ripple": ripple, "voice": voice}
"""What a template may call, by name."""
