"""Whole calls with the telephone's other sides: a colleague briefed, a machine, a brother who picks up, a call back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.factories.telephone import dialled_case, handed_over_case
from trainer.domain.errors import Invalid
from trainer.domain.scenario import Case
from trainer.ports import Ports
from trainer.services.calls_telephone import callback_data
from trainer.services.simulation import SimulatedRun, run_call
from trainer.services.simulation_steps import BadStep, read_steps

AGREE = "Parcelo, Ben speaking. I am sorry it is late. We deliver again on 26 November. Does that suit you?"
NOTICE = "I'll put you through to my colleague at customs, may I put you on hold for a moment?"


@pytest.fixture
def play(ports: Ports, tmp_path: Path) -> Any:
    def played(case: Case, *steps: str | dict[str, Any]) -> SimulatedRun:
        lines = [step if isinstance(step, str) else json.dumps(step) for step in steps]
        return run_call(ports, case, read_steps(lines), tmp_path)

    return played


def kinds(run: SimulatedRun) -> list[str]:
    return [event.type for event in run.events]


def check(run: SimulatedRun, name: str) -> Any:
    return next(c for one in run.grade.criteria for c in one.checks if c.id.partition(":")[0] == name)


def test_a_warm_transfer_is_the_good_end_once_the_colleague_knows(play: Any) -> None:
    run = play(
        handed_over_case(), AGREE, NOTICE, {"consult": "specialist"}, "I have Ana Diaz, her parcel is held at customs.",
        {"transfer": "specialist"},
    )  # fmt: skip
    assert run.outcome == "transferred"
    assert run.grade.success
    assert kinds(run).count("consult_started") == 1
    transfer = next(e for e in run.events if e.type == "transfer")
    assert transfer.data["kind"] == "warm"
    assert transfer.data["announced"]
    assert check(run, "hold_transfer.briefed").answer == "yes"
    assert check(run, "hold_transfer.briefed").share is None
    assert check(run, "hold_transfer.announced").answer == "yes"
    assert not [e for e in run.grade.errors if e.number == 6]


def test_half_a_briefing_earns_half_and_the_end_is_not_reached(play: Any) -> None:
    run = play(
        handed_over_case(), AGREE, NOTICE, {"consult": "specialist"}, "I have Ana Diaz for you.",
        {"transfer": "specialist"}, {"hang_up": True},
    )  # fmt: skip
    assert run.outcome == "operator_hung_up"  # sent back, and then hung up on
    assert next(e for e in run.events if e.type == "transfer").data["kind"] == "cold"
    assert check(run, "hold_transfer.briefed").share == 0.5


def test_the_wrong_desk_declines_and_the_customer_is_taken_back(play: Any) -> None:
    run = play(handed_over_case(), AGREE, NOTICE, {"consult": "billing"}, "I have Ana Diaz for you.", {"back": True})
    after = kinds(run)[kinds(run).index("consult_started") :]
    assert after[:6] == [
        "consult_started", "aside_line", "aside_utterance", "aside_line", "consult_ended", "hold_ended",
    ]  # fmt: skip
    assert after[6] == "customer_line"


def test_who_dials_nothing_reaches_the_customer_and_who_dials_meets_what_answers(play: Any) -> None:
    case = dialled_case("voicemail", "wrong_person")
    assert "aside_utterance" not in kinds(play(case, "Hello, Parcelo here.", {"hang_up": True}))
    run = play(
        case, "This is Ben of Parcelo, please call me back on 01632 960001.", {"hang_up": True}, {"dial": True},
        "Is Ana Diaz there, please?", "Thank you, goodbye.", {"dial": True}, "Hello, Ben of Parcelo.", {"hang_up": True},
    )  # fmt: skip
    results = [e.data["result"] for e in run.events if e.type == "dialled"]
    assert results == ["voicemail", "wrong_person", "answered"]
    assert [e.data["to"] for e in run.events if e.type == "aside_utterance"] == ["machine", "other", "other"]
    assert not [e for e in run.grade.errors if e.number == 4]


@pytest.mark.parametrize("attempt", ["voicemail", "wrong_person"])
def test_personal_things_told_to_somebody_else_fail_the_call(play: Any, attempt: str) -> None:
    run = play(
        dialled_case(attempt), "Parcelo here, it's about the parcel PX402 for Ana.", {"hang_up": True}, {"dial": True},
        "Hello.", {"hang_up": True},
    )  # fmt: skip
    [error] = [e for e in run.grade.errors if e.number == 4]
    assert error.decided
    assert "PX402" in error.evidence[0].quote


def test_words_to_nobody_are_refused_and_nothing_is_lost(play: Any) -> None:
    with pytest.raises(BadStep, match=r"call\.nobody"):
        play(dialled_case("busy"), "Hello?", {"dial": True})


def test_muting_and_a_call_back_are_events_of_the_call(play: Any) -> None:
    planned = {"day": "2026-03-12", "time": "9h30", "phone": "07700 900123"}
    run = play(handed_over_case(), {"mute": True}, {"mute": False}, AGREE, {"callback": planned})
    assert [e.data["on"] for e in run.events if e.type == "muted"] == [True, False]
    [scheduled] = [e.data for e in run.events if e.type == "callback_scheduled"]
    assert (scheduled["day"], scheduled["time"], scheduled["phone"]) == ("2026-03-12", "09:30", "07700900123")


@pytest.mark.parametrize(
    ("field", "day", "time", "phone"),
    [
        ("day", "soon", "9:30", "07700900123"),
        ("time", "2026-03-12", "25:00", "07700900123"),
        ("phone", "2026-03-12", "9:30", "x"),
    ],
)
def test_a_call_back_that_cannot_be_planned_names_its_field(field: str, day: str, time: str, phone: str) -> None:
    with pytest.raises(Invalid) as refused:
        callback_data(day, time, phone)
    assert refused.value.params["field"] == field
