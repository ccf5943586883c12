"""What the customer says is put together from lines spoken ahead, and loses nothing by it."""

from __future__ import annotations

import io
import wave
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.calls import make_case
from tests.fakes import ScriptedSynthesizer
from trainer.adapters.speech.audio import level, read_wav, to_samples
from trainer.domain.telephone import SoundOfLine
from trainer.ports import EngineUnavailable, Ports, SpokenAudio, Voice
from trainer.services import voices
from trainer.services.customer_voice import lines_of, parts_of, speak_ahead, speak_turn

CASE = make_case()
LINES = lines_of(CASE)
WORDS = st.lists(st.sampled_from(["Text", "me", "on", "0 7 7.", "Well,", "it's", "X."]), max_size=5).map(" ".join)


def ports(synthesizer: Any) -> Ports:
    nothing: Any = None
    return Ports(nothing, synthesizer, nothing, nothing, nothing, nothing, nothing, nothing, nothing)


def seconds(wav: bytes) -> float:
    with wave.open(io.BytesIO(wav)) as file:
        return file.getnframes() / file.getframerate()


@given(st.lists(st.one_of(st.sampled_from(LINES), WORDS), min_size=1, max_size=5))
def test_any_turn_is_cut_and_joined_again_without_a_loss(parts: list[str]) -> None:
    text = " ".join(part for part in parts if part)
    assert " ".join(parts_of(CASE, text)) == text


def test_turn_of_known_lines_is_read_from_what_was_spoken_ahead() -> None:
    voice = ScriptedSynthesizer()
    first, second = LINES[0], LINES[-1]
    assert speak_ahead(ports(voice), CASE, first)
    spoken = speak_turn(ports(voice), CASE, f"{first} {second}")
    assert [line.text for line in voice.said] == [first, first, second]
    assert voice.said[0] == voice.said[1]
    assert {line.line for line in voice.said} == {"clear"}
    assert spoken is not None
    pieces = sum(seconds(voice.say(text, Voice("en"), line="clear").wav) for text in (first, second))
    assert pieces + 0.3 < seconds(spoken.wav) < pieces + 0.6
    assert spoken.seconds == pytest.approx(seconds(spoken.wav), abs=0.001)


def test_turn_sounds_the_same_again_and_otherwise_in_another_form() -> None:
    case = replace(CASE, sound=SoundOfLine("cafe", "poor"))
    turns = [speak_turn(ports(ScriptedSynthesizer()), one, LINES[0]) for one in (case, case, replace(case, seed=99))]
    wavs = [turn.wav for turn in turns if turn is not None]
    assert wavs[0] == wavs[1] != wavs[2]


def test_what_is_behind_the_customer_goes_on_between_two_pieces_of_a_turn() -> None:
    case = replace(CASE, sound=SoundOfLine("street", "good"))
    one = speak_turn(ports(ScriptedSynthesizer()), case, f"{LINES[0]} {LINES[-1]}")
    still = speak_turn(ports(ScriptedSynthesizer()), CASE, f"{LINES[0]} {LINES[-1]}")
    assert one is not None
    assert still is not None
    first = seconds(ScriptedSynthesizer().say(LINES[0], voices.customer_voice(case), line="clear").wav)
    between = slice(int((0.12 + first + 0.04) * 8000), int((0.12 + first + 0.16) * 8000))
    loud, quiet = (level(to_samples(read_wav(turn.wav)[0])[between]) for turn in (one, still))
    assert loud > -50 > -58 > quiet


def test_value_read_back_is_spoken_on_the_spot_beside_known_lines() -> None:
    voice = ScriptedSynthesizer()
    speak_turn(ports(voice), CASE, f"No, it's PX402, X. {LINES[3]}")
    assert [line.text for line in voice.said] == ["No, it's PX402, X.", LINES[3]]


def test_turn_is_spoken_whole_when_another_voice_took_over_in_its_middle() -> None:
    class Changing(ScriptedSynthesizer):
        """Its second line comes from another engine."""

        def say(self, text: str, voice: Voice, *, line: str = "telephone", difficulty: int = 1) -> SpokenAudio:
            spoken = super().say(text, voice, line=line, difficulty=difficulty)
            return spoken if len(self.said) != 2 else replace(spoken, engine="another")

    voice = Changing()
    text = f"{LINES[0]} {LINES[-1]}"
    spoken = speak_turn(ports(voice), CASE, text)
    assert [line.text for line in voice.said] == [LINES[0], LINES[-1], text]
    assert spoken is not None
    assert spoken.engine.startswith("scripted voice")


def test_no_voice_in_the_middle_leaves_the_caption() -> None:
    class Failing(ScriptedSynthesizer):
        def say(self, text: str, voice: Voice, *, line: str = "telephone", difficulty: int = 1) -> SpokenAudio:
            if self.said:
                raise EngineUnavailable(self.name, "gone")
            return super().say(text, voice, line=line, difficulty=difficulty)

    assert speak_turn(ports(Failing()), CASE, f"{LINES[0]} {LINES[-1]}") is None
