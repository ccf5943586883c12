"""What an operator's turn in a call was understood to do and say, read against the call's own case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from trainer.domain.dialogue import fact_hints, topic_hints
from trainer.domain.events import Event
from trainer.domain.scenario import Case
from trainer.domain.understanding import Remark, Understanding
from trainer.language import understand
from trainer.language.tongue import says_only_shared
from trainer.ports import Ports

CONTEXT_TURNS = 4
NOT_UNDERSTOOD = 0.2
"""Confidence of a turn in another language: below it the customer says that they did not understand."""


def understand_turn(
    ports: Ports, case: Case, log: Sequence[Event], utterance: Mapping[str, Any], *, topics: bool = True
) -> Understanding:
    """Understand the data of an `operator_utterance` that follows `log`.

    Without `topics` it is not looked for what the turn asks about, which the customer has to know and a grade has not.
    """
    understood = understand(
        str(utterance["text"]),
        language=case.language,
        speaker="agent",
        context=context_of(log),
        facts=fact_hints(case),
        topics=topic_hints(case) if topics else (),
        recognition_confidence=float(utterance.get("confidence") or 0.0),
        encode=ports.encoder.encode if ports.encoder else None,
    )
    if utterance.get("detected_language") in (None, "", case.language) or says_only_shared(understood.text):
        return understood
    foreign = Remark("other_language", understood.text, 0, len(understood.text))
    low = min(understood.confidence, NOT_UNDERSTOOD)
    return replace(understood, confidence=low, remarks=(foreign,), topics=())


def context_of(log: Sequence[Event]) -> tuple[str, ...]:
    """The last lines before this turn, as "customer: ..." and "agent: ..."."""
    who = {"customer_line": "customer", "operator_utterance": "agent"}
    return tuple(f"{who[event.type]}: {event.data['text']}" for event in log if event.type in who)[-CONTEXT_TURNS:]
