"""The checklist of a practice call: what the call has to reach, and what of it is done by now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.domain.events import Event
from trainer.domain.scenario import Case


@dataclass(frozen=True, slots=True)
class Hint:
    """`text` comes from the scenario; where it is "" the id names a general hint."""

    id: str
    text: str
    done: bool


def hints_for(case: Case, log: Sequence[Event]) -> tuple[Hint, ...]:
    """The hints in the order of a call."""
    marks = {mark for event in log if event.type == "customer_line" for mark in event.data.get("marks") or ()}
    spoke = any(event.type == "operator_utterance" for event in log)
    filled = {
        e.data["field"] for e in log if e.type == "screen_action" and e.data["action"] == "fill" and e.data["value"]
    }
    needed = {field.id for field in case.form if field.required}
    hints = [Hint("greeting", "", spoke)]
    if case.identity_needed:
        hints.append(Hint("identity", "", bool(marks & {"identity", "identified", "identity_failed"})))
    hints += [Hint(f"goal:{goal.id}", goal.title, f"goal:{goal.id}" in marks) for goal in case.goals]
    hints += [Hint("record", "", bool(needed) and needed <= filled), Hint("closing", "", _over(log))]
    return tuple(hints)


def _over(log: Sequence[Event]) -> bool:
    return any(event.type == "call_ended" for event in log)
