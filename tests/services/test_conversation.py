"""What the page is told while a customer dictates, and what a call keeps of being spoken over."""

from __future__ import annotations

from pathlib import Path

from tests.domain.test_dialogue_pieces import dictating
from tests.factories.scenarios import case_of
from tests.golden.calls.play import ports_with_encoder
from trainer.services.calls_turns import Spoken, _times
from trainer.services.simulation import run_call
from trainer.services.simulation_steps import read_steps
from trainer.services.turn_taking import WRITING_S, dictation_pause_s


def test_the_page_waits_shortly_while_a_number_is_dictated_and_not_afterwards() -> None:
    talk = dictating("en")
    assert dictation_pause_s(talk.case, talk.events) == WRITING_S
    talk.says("Yes.")
    talk.says("Yes.")
    assert dictation_pause_s(talk.case, talk.events) == 0


def test_a_call_keeps_how_much_was_heard_and_the_customer_minds() -> None:
    steps = (
        '{"text": "Good morning, Brindle and Moss, Laura speaking. How can I help?", "spoken": true}',
        '{"text": "I see that the label was torn.", "spoken": true, "interrupts": true}',
    )
    run = run_call(ports_with_encoder(), case_of("late-parcel"), read_steps(iter(steps)), Path())
    cut = [event.data for event in run.events if event.type == "operator_utterance"][1]
    line = [event.data for event in run.events if event.type == "customer_line"]
    assert 0 < cut["heard_ms"] < line[1]["duration_ms"]
    assert "cut" in line[2]["marks"]


def test_times_from_the_page_are_held_within_what_is_possible() -> None:
    assert "heard_ms" not in _times(Spoken(interrupted=False, heard_ms=500), 9000)
    assert _times(Spoken(interrupted=True, heard_ms=-5), 9000)["heard_ms"] == 0
    assert _times(Spoken(interrupted=True, heard_ms=10**12), 9000)["heard_ms"] == 10_000
