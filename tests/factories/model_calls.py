"""The model operator's call as a whole one: what they say is said again in a simulated call, written up truly and graded."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from trainer.domain.dialogue.operators import Played
from trainer.domain.scenario import Case
from trainer.ports import Ports
from trainer.services.simulation import SimulatedRun, run_call
from trainer.services.simulation_steps import Step

NO_FOLDER = Path()
"""Nothing of such a call is recorded."""


def graded_model_call(case: Case, played: Played, ports: Ports) -> SimulatedRun:
    """The call that `played` was, on a clock, with the record opened, every field filled with its truth, and a grade.

    A field that the call never came to (the first day of an order that was not placed) stays empty.
    """
    run = run_call(ports, case, model_steps(case, played), NO_FOLDER)
    not_agreed = {field.field for field in run.grade.record if field.mistake == "false"}
    return run_call(ports, case, model_steps(case, played, not_agreed), NO_FOLDER) if not_agreed else run


def model_steps(case: Case, played: Played, left_empty: Collection[str] = ()) -> list[Step]:
    """What the model operator did, and what they would do on the screen beside it."""
    steps: list[Step] = []

    def add(kind: str, value: object) -> None:
        steps.append(Step(len(steps) + 1, kind, value, {}))

    for event in played.events:
        data = event.data
        if event.type in ("operator_utterance", "aside_utterance"):
            add("text", data["text"])
            if len(steps) == 1:
                add("screen", {"action": "open", "field": "customer", "value": ""})
        elif event.type == "consult_started":
            add("consult", data["to"])
        elif event.type == "transfer":
            add("transfer", {"to": data["to"], "briefing": data["briefing"]})
    if played.outcome == "operator_hung_up":
        add("hang_up", True)
    right = [d.id for d in case.dispositions if played.outcome in d.right_for]
    fields = {field.id: field.truth for field in case.form if field.truth and field.id not in left_empty}
    add("wrap_up", {"fields": fields, "disposition": right[0] if right else "", "notes": "", "seconds": None})
    return steps
