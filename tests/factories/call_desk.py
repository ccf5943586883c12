"""A desk to take calls at in tests: a database in a file, scripted ports, a clock that is set, a scripted customer.

The scripted customer says lines that depend on nothing but the log, so that these tests are about the call and not
about the customer's mind: "Hello, it is about my parcel.", then "Line <n>: <what was heard>", and to "goodbye" the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from tests.factories.calls import make_scenario
from tests.fakes import ScriptedRecognizer, ScriptedSynthesizer
from trainer.adapters.files import LocalFileStore
from trainer.domain.events import Event
from trainer.domain.grade import CallGrade
from trainer.domain.roles import Actor
from trainer.domain.scenario import Case, Scenario
from trainer.extensions import Base
from trainer.ports import Ports
from trainer.services import calls_grading, customer, scenarios
from trainer.store import load_tables
from trainer.store.accounts import Organisation, User

Draft = tuple[str, dict[str, Any]]
LENA = Actor(1, 1, frozenset({"learner"}), "Lena")
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def line(text: str, *marks: str) -> Draft:
    data = {"line": "x", "text": text, "move": "answer", "objection": None, "topic": None, "effects": []}
    return ("customer_line", {**data, "marks": list(marks)})


def opening(case: Case, mode: str, consent_recording: bool) -> list[Draft]:
    data = {
        "scenario": case.scenario, "version": case.version, "seed": case.seed, "form": {}, "language": case.language,
        "mode": mode, "direction": case.direction, "consent_recording": consent_recording, "difficulty": 2,
    }  # fmt: skip
    return [("call_started", data), line("Hello, it is about my parcel.")]


def after_utterance(_ports: Ports, _case: Case, log: Sequence[Event], utterance: dict[str, Any]) -> list[Draft]:
    if "goodbye" in utterance["text"].lower():
        return [line("Goodbye.", "goal:redelivery"), ("call_ended", {"outcome": "resolved"})]
    count = 1 + sum(event.type == "operator_utterance" for event in log)
    return [line(f"Line {count}: {utterance['text'][:40]}")]


def after_silence(_case: Case, _log: Sequence[Event], seconds: float) -> list[Draft]:
    return [line("Hello?")] if seconds < 15 else [("call_ended", {"outcome": "customer_hung_up"})]


def after(_case: Case, _log: Sequence[Event], kind: str, _data: dict[str, Any], _at_ms: int) -> list[Draft]:
    ends = {"hung_up": "operator_hung_up", "transfer": "transferred"}
    return [("call_ended", {"outcome": ends[kind]})] if kind in ends else [line("I am still here.")]


def grade_events(events: Sequence[Event], case: Case, _ports: Ports) -> CallGrade:
    words = sum(len(str(e.data.get("text", "")).split()) for e in events if e.type == "operator_utterance")
    corrected = sum(event.type == "transcript_corrected" for event in events)
    mark = min(100, words + corrected)
    return CallGrade(
        case.scenario, case.version, "call-1", "u-1", "resolved", True, mark, True, (), (), (), (),
        {"words": float(words)}, (), None,
    )  # fmt: skip


@dataclass
class ListQueue:
    """Remembers the jobs that were asked for."""

    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def enqueue(self, job: str, **arguments: str) -> None:
        self.asked.append((job, arguments))

    def names(self) -> list[str]:
        return [name for name, _ in self.asked]


@dataclass
class Desk:
    """Everything a service of calls needs, for one learner (user 1 of organisation 1)."""

    engine: Engine
    session: Session
    ports: Ports
    recognizer: ScriptedRecognizer
    queue: ListQueue
    folder: Path
    now: datetime = START
    actor: Actor = LENA
    scenario: Scenario = field(default_factory=make_scenario)

    def later(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now

    def recordings(self) -> list[str]:
        return sorted(path.name for path in self.folder.rglob("*.wav"))


def script_customer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the scripted customer and grade in the place of the real ones."""
    for name, function in (
        ("opening", opening), ("after_utterance", after_utterance), ("after_silence", after_silence), ("after", after),
        ("announced", lambda *_: True),
    ):  # fmt: skip
        monkeypatch.setattr(customer, name, function)
    monkeypatch.setattr(scenarios, "open_case", lambda s, language, seed: replace(s.templates[language], seed=seed))
    monkeypatch.setattr(calls_grading, "grade_events", grade_events)
    scenarios._cases.clear()


def open_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with an empty database below `tmp_path`."""
    script_customer(monkeypatch)
    engine = create_engine(f"sqlite:///{tmp_path / 'calls.sqlite'}", connect_args={"timeout": 8})
    _tables(engine)
    session = Session(engine)
    _people(session)
    recognizer, queue, nothing = ScriptedRecognizer(), ListQueue(), None
    ports = Ports(
        recognizer=recognizer, synthesizer=ScriptedSynthesizer(), encoder=None, judge=None,
        files=LocalFileStore(str(tmp_path / "files")), queue=queue, mailer=nothing, pdf=nothing, clock=nothing,
    )  # type: ignore[arg-type]  # fmt: skip
    return Desk(engine, session, ports, recognizer, queue, tmp_path / "files")


def _tables(engine: Engine) -> None:
    load_tables()
    Base.metadata.create_all(engine)


def _people(session: Session) -> None:
    """Organisation 1 with the learner Lena, a colleague and a trainer; organisation 2 with a stranger."""
    for number in (1, 2):
        session.add(Organisation(id=number, name=f"Organisation {number}", created_at=START))
    session.flush()
    for number, organisation in ((1, 1), (2, 1), (3, 2), (4, 1)):
        session.add(User(id=number, organisation_id=organisation, name=f"Person {number}", created_at=START))
    session.commit()
