"""What every clock promises."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.conftest import SetClock
from trainer.adapters.clock import SystemClock
from trainer.ports import Clock

PORT = Clock
ADAPTERS = (SystemClock, SetClock)


@pytest.fixture(params=ADAPTERS)
def clock(request: pytest.FixtureRequest) -> Clock:
    return request.param()


def test_the_moment_is_aware_and_in_utc(clock: Clock) -> None:
    assert clock.now().utcoffset() == timedelta(0)


def test_time_does_not_go_back(clock: Clock) -> None:
    moments = [clock.now() for _ in range(50)]
    if isinstance(clock, SetClock):
        clock.pass_by(seconds=1)
    moments.append(clock.now())
    assert moments == sorted(moments)


def test_a_moment_survives_being_written_down(clock: Clock) -> None:
    moment = clock.now()
    assert type(moment).fromisoformat(moment.isoformat()) == moment
