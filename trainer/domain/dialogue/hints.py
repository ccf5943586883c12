"""What understanding needs to know of a case before it reads an operator's turn."""

from __future__ import annotations

from trainer.domain.dialogue.state import CallState
from trainer.domain.scenario import Case
from trainer.domain.understanding import FactHint, TopicHint


def fact_hints(case: Case, _state: CallState | None = None) -> tuple[FactHint, ...]:
    """Every fact an operator could state on this call, true or false."""
    return tuple(FactHint(f.id, f.kind, f.value, f.keywords, f.accept) for f in case.all_facts)


def topic_hints(case: Case) -> tuple[TopicHint, ...]:
    """Every topic an operator could ask about."""
    return tuple(TopicHint(topic.id, topic.phrases) for topic in case.topics)
