"""The seal on pages: the same rays as on paper."""

from __future__ import annotations

import re
from math import hypot

import pytest

from trainer.services.certificate_pages import seal_rays


def test_rays_stand_around_the_circle_clockwise_from_the_top():
    rays = re.findall(r"M(\S+) (\S+)L(\S+) (\S+?)(?=M|$)", seal_rays([1, 16, 8, 4]))
    points = [tuple(float(part) for part in ray) for ray in rays]
    assert [(round(x, 1), round(y, 1)) for _, _, x, y in points] == [(0, -74.2), (91.4, 0), (0, 82.2), (-77.6, 0)]
    for (x, y, out_x, out_y), height in zip(points, (1, 16, 8, 4), strict=True):
        assert hypot(out_x, out_y) - hypot(x, y) == pytest.approx(2 * height * 1.15, abs=0.02)
        assert hypot(out_x, out_y) + hypot(x, y) == pytest.approx(2 * 73, abs=0.02)
