"""How long the operator waited for answers, read from the log: each gap belongs to the turn before it is told."""

from __future__ import annotations

from typing import Any

from trainer.domain.answer_gaps import answer_gaps_ms, median_gap_s
from trainer.domain.events import Event, make_event


def log(*rows: tuple[str, dict[str, Any]]) -> list[Event]:
    return [make_event(place, place * 1000, kind, **data) for place, (kind, data) in enumerate(rows, start=1)]


def said(**data: Any) -> tuple[str, dict[str, Any]]:
    return "operator_utterance", {"turn_id": "t", "text": "Hello.", **data}


def test_gap_belongs_to_the_turn_before_it_is_told() -> None:
    events = log(
        said(), ("customer_line", {"text": "Hi."}), said(gap_ms=1200), ("screen_action", {"field": "name"}), said(),
        ("aside_utterance", {"text": "Sam?", "gap_ms": 2000}), ("wrap_up_saved", {"gap_ms": 900}),
    )  # fmt: skip
    assert answer_gaps_ms(events) == {1: 1200, 5: 2000, 6: 900}
    assert median_gap_s(events) == 1.2


def test_gap_told_before_anything_was_said_belongs_to_nothing() -> None:
    assert answer_gaps_ms(log(said(gap_ms=1200))) == {}
    assert median_gap_s(log(said(), said())) is None
