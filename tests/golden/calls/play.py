"""Whole calls in folders: case.json (scenario, language, form), replies.jsonl (see simulation_steps), expected.json.

The scenario's version is replaced by a fixed word: forms and wordings are drawn from it, and a changed comment in a
scenario is no changed grade. What is kept of a grade is all that decides and all that is shown of it as an answer;
the customer's lines are kept by what they do, so that a better wording is no change either.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from trainer.adapters.encoder import UniversalSentenceEncoder
from trainer.config import Settings
from trainer.content.scenarios import load_scenario
from trainer.domain.events import Event
from trainer.domain.forms import open_case
from trainer.domain.grade import CallGrade, Check
from trainer.domain.scenario import Case, Scenario
from trainer.ports import Ports
from trainer.services.simulation import SimulatedRun, run_call
from trainer.services.simulation_steps import read_steps

HERE = Path(__file__).parent
SCENARIOS = Settings().scenarios
ENCODER = UniversalSentenceEncoder()
FIXED = "golden"
DECISIVE = (
    "identified", "objection:", "insisted:", "resolved:", "firm_no:", "pressed:", "goal:", "offended", "parroted",
    "silence:", "left_early", "end:",
)  # fmt: skip
"""Marks that decide how a call goes; which topics and facts came up on the way is understanding's own affair."""


def folders() -> list[Path]:
    return sorted(path.parent for path in HERE.glob("*/case.json"))


@lru_cache
def scenario_named(slug: str) -> Scenario:
    return load_scenario(next(SCENARIOS.glob(f"*/{slug}.yaml")))


def case_of(folder: Path) -> Case:
    row = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    scenario = replace(scenario_named(row["scenario"]), version=FIXED)
    return open_case(scenario, row["lang"], row["seed"], row.get("form"))


def play(folder: Path, ports: Ports) -> SimulatedRun:
    with (folder / "replies.jsonl").open(encoding="utf-8") as lines:
        return run_call(ports, case_of(folder), read_steps(lines), folder)


def ports_with_encoder() -> Ports:
    """The real encoder; a call of text asks for nothing else."""
    return Ports(
        recognizer=None, synthesizer=None, encoder=ENCODER, judge=None, files=None, queue=None, mailer=None, pdf=None,
        clock=None,
    )  # type: ignore[arg-type]  # fmt: skip


def summary(run: SimulatedRun) -> dict[str, Any]:
    """What of a call is locked."""
    grade = run.grade
    return {
        "outcome": run.outcome,
        "success": grade.success,
        "passed": grade.passed,
        "overall": grade.overall,
        "errors": [
            f"{e.number} {'decided' if e.decided else 'undecided'}: "
            + "; ".join(f"{one.rule} @{one.seq} {one.quote!r}" for one in e.evidence)
            for e in grade.errors
        ],
        "criteria": {c.id: c.score for c in grade.criteria},
        "checks": {check.id: _answer(check) for c in grade.criteria for check in c.checks},
        "objections": [
            f"{o.objection} @{o.seq}: {o.grade.overall}" + (f" {o.grade.critical_error}" if o.grade.critical_error else "")
            for o in grade.objections
        ],
        "record": {f.field: f.mistake or ("right" if f.asked else "not asked") for f in grade.record},
        "undecided": list(grade.undecided),
        "advice": _advice(grade),
        "unused": len(run.unused),
        "call": _call(run.events),
    }  # fmt: skip


def _answer(check: Check) -> str:
    return check.answer if check.share is None else f"{check.answer} {check.share:.2f}"


def _advice(grade: CallGrade) -> str | None:
    one = grade.advice
    return (
        one and f"{one.criterion} {one.check or f'error {one.error}'} @{one.seq}; keep {one.kept_check} @{one.kept_seq}"
    )


def _call(events: Sequence[Event]) -> list[str]:
    """The call by what each did: "5 customer object objection:late", "6 operator 14 words"."""
    rows = []
    for event in events:
        data = event.data
        if event.type == "customer_line":
            shown = [m for m in data["marks"] if m.startswith(DECISIVE)]
            rows.append(f"{event.seq} customer {data['move']} {' '.join(shown)}".strip())
        elif event.type == "operator_utterance":
            rows.append(f"{event.seq} operator {len(data['text'].split())} words")
        elif event.type in ("silence", "hold_ended"):
            rows.append(f"{event.seq} {event.type} {data['seconds']:g} s")
        elif event.type in ("hold_started", "transfer"):
            rows.append(f"{event.seq} {event.type} {'announced' if data['announced'] else 'unannounced'}")
        elif event.type == "call_ended":
            rows.append(f"{event.seq} ended {data['outcome']}")
    return rows
