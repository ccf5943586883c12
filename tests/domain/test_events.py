"""The event log refuses what no later version could read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.events import EVENT_TYPES, UnknownEvent, make_event


@given(st.sampled_from(sorted(EVENT_TYPES)), st.integers(1, 500), st.integers(0, 3_600_000))
def test_make_event_keeps_every_named_key(type_: str, seq: int, at_ms: int) -> None:
    data = dict.fromkeys(EVENT_TYPES[type_], "x")
    event = make_event(seq, at_ms, type_, **data)
    assert event.as_json() == {"seq": seq, "at_ms": at_ms, "type": type_, "data": data}


def test_make_event_refuses_when_the_type_is_unknown() -> None:
    with pytest.raises(UnknownEvent, match="no event type 'laughter'"):
        make_event(1, 0, "laughter")


def test_make_event_names_the_key_when_it_is_unknown() -> None:
    with pytest.raises(UnknownEvent, match="silence has no mood"):
        make_event(1, 0, "silence", seconds=4, mood="sad")
