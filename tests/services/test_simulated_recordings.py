"""A simulated call of recordings: a real voice's WAV files, the real recognizer, the same bytes twice."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.adapters.speech_material import whisper
from tests.golden.calls.play import case_of, folders, ports_with_encoder
from trainer.adapters.speech.programs import FliteSynthesizer
from trainer.ports import Voice
from trainer.services import hearing
from trainer.services.simulation import SimulatedRun, run_call
from trainer.services.simulation_steps import read_steps

SAID = (
    "Good morning, Brindle and Moss, this is Tom, how can I help you?",
    "I am sorry about the two days. May I have your name and your order number, please?",
    "Thank you. When do you need it by?",
)


def spoken(folder: Path) -> str:
    """Three recordings, and the file that names them."""
    lines = []
    for number, text in enumerate(SAID):
        (folder / f"{number}.wav").write_bytes(FliteSynthesizer().say(text, Voice("en", "male"), line="clear").wav)
        lines.append(json.dumps({"audio": f"{number}.wav"}))
    return "\n".join([*lines, '{"silence": 5}'])


def run(folder: Path, replies: str, monkeypatch: pytest.MonkeyPatch) -> SimulatedRun:
    monkeypatch.setattr(hearing, "_hearing", hearing.Hearing())  # nothing is known from the run before
    ports = replace(ports_with_encoder(), recognizer=whisper())
    case = case_of(next(f for f in folders() if f.name == "good-en"))
    return run_call(ports, case, read_steps(replies.splitlines()), folder)


def test_recordings_give_the_same_bytes_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replies = spoken(tmp_path)
    first, second = (json.dumps(run(tmp_path, replies, monkeypatch).as_json()) for _ in range(2))
    assert first == second


def test_recordings_are_heard_and_timed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = run(tmp_path, spoken(tmp_path), monkeypatch)
    turns = [e.data for e in done.events if e.type == "operator_utterance"]
    assert len(turns) == len(SAID)
    assert "how can i help you" in turns[0]["text"].lower()
    assert all(turn["words"] and turn["source"] == "spoken" and turn["ended_ms"] > turn["started_ms"] for turn in turns)
    assert done.grade.figures["words_per_minute"] > 60
    marks = [mark for e in done.events if e.type == "customer_line" for mark in e.data["marks"]]
    assert "identified" in marks
