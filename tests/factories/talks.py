"""A call that is talked through in a test: real understanding by rules, the real customer, one operator's turn after another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from trainer.domain.dialogue import (
    CallState,
    Line,
    advance,
    fact_hints,
    fold,
    open_call,
    react,
    react_to_silence,
    start,
    topic_hints,
)
from trainer.domain.events import Event, make_event
from trainer.domain.scenario import Case
from trainer.domain.understanding import Understanding
from trainer.language.understand import understand

MS_A_LETTER = 60
CONTEXT_TURNS = 4


class Talk:
    """A call under way: `says` and `waits` give the customer's line; `state` follows, `events` is the log."""

    def __init__(self, case: Case) -> None:
        self.case, self.events, self.state = case, [], start(case)
        self.understood: list[Understanding] = []
        first = open_call(case)
        if first is not None:
            self._take(first)

    events: list[Event]
    state: CallState

    def says(self, text: str, *, heard: float | None = None, confidence: float = 1.0) -> Line:
        """The operator says `text`; `heard` is the share of the customer's line that was heard before they spoke over it."""
        before = self.context()
        parts: dict[str, Any] = {} if heard is None else {
            "interrupted_customer": True, "heard_ms": round(heard * self.state.last_ms),
        }  # fmt: skip
        turn = {"turn_id": f"t{len(self.events)}", "text": text, "source": "spoken", "confidence": confidence}
        self._add("operator_utterance", **turn, **parts)
        self.understood.append(
            understand(
                text,
                language=self.case.language,
                context=before,
                facts=fact_hints(self.case),
                topics=topic_hints(self.case),
                recognition_confidence=confidence,
            )
        )
        return self._take(react(self.case, self.state, self.understood[-1]))

    def waits(self, seconds: float) -> Line | None:
        """The operator says nothing for `seconds`."""
        self._add("silence", seconds=seconds)
        line = react_to_silence(self.case, self.state, seconds)
        return self._take(line) if line else None

    def context(self) -> tuple[str, ...]:
        who = {"customer_line": "customer", "operator_utterance": "agent"}
        return tuple(f"{who[e.type]}: {e.data['text']}" for e in self.events if e.type in who)[-CONTEXT_TURNS:]

    def lines(self) -> list[str]:
        return [str(e.data["text"]) for e in self.events if e.type == "customer_line"]

    def transcript(self) -> str:
        return "\n".join(f"{e.type[:2]} {e.data['text']}" for e in self.events if "text" in e.data)

    def folded(self) -> CallState:
        return fold(self.case, self.events)

    def _take(self, line: Line) -> Line:
        self._add("customer_line", **line.as_event_data(), duration_ms=len(line.text) * MS_A_LETTER)
        return line

    def _add(self, type_: str, **data: Any) -> None:
        self.events.append(make_event(len(self.events) + 1, len(self.events) * 1000, type_, **data))
        self.state = advance(self.case, self.state, self.events[-1])


def with_topic(case: Case, topic: str, **changes: Any) -> Case:
    """The case with one of its topics changed."""
    return replace(case, topics=tuple(replace(t, **changes) if t.id == topic else t for t in case.topics))
