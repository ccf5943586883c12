"""Line work as path data of SVG: where it runs, and that it closes."""

from __future__ import annotations

import re

import pytest

from trainer.content.ornaments import ripple, rosette, voice

NUMBER = re.compile(r"-?\d+\.?\d*")


def points(path: str) -> list[tuple[float, float]]:
    numbers = [float(text) for text in NUMBER.findall(path)]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


@pytest.mark.parametrize("turn", [0.0, 0.3, 0.99])
def test_a_rosette_stays_between_its_circles_and_closes(turn):
    path = rosette(20, 5, 12, turn)
    assert path.startswith("M")
    assert path.endswith("Z")
    reached = [(x * x + y * y) ** 0.5 for x, y in points(path)]
    assert max(reached) <= 25.01
    assert min(reached) >= 14
    assert points(path)[0] == points(path)[-1]


@pytest.mark.parametrize("turn", [0.0, 0.25, 0.5, 0.75, 0.99])
def test_a_ripple_covers_its_length(turn):
    path = ripple(100, 3, 10, turn)
    begin = points(path)[0][0]
    assert -5 <= begin <= 0
    assert begin + 5 * (path.count("t") + 1) >= 100


def test_a_voice_has_a_bar_for_each_height():
    path = voice([0.5, 1.0, 0.0], 30, 10)
    assert path == "M5.00 -2.50v5.00M15.00 -5.00v10.00M25.00 -0.00v0.00"
    assert voice([], 30, 10) == ""
