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
from trainer.adapters.speech.audio import wav_bytes
from trainer.ports import EngineUnavailable, Ports, SpokenAudio, Voice
from trainer.services.customer_voice import join_wavs, lines_of, parts_of, speak_turn

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
    spoken = speak_turn(ports(voice), CASE, f"{first} {second}")
    assert [line.text for line in voice.said] == [first, second]
    assert spoken is not None
    assert seconds(spoken.wav) == pytest.approx(
        sum(seconds(voice.say(text, Voice("en")).wav) for text in (first, second))
    )


def test_value_read_back_is_spoken_on_the_spot_beside_known_lines() -> None:
    voice = ScriptedSynthesizer()
    speak_turn(ports(voice), CASE, f"No, it's PX402, X. {LINES[3]}")
    assert [line.text for line in voice.said] == ["No, it's PX402, X.", LINES[3]]


def test_turn_is_spoken_whole_when_another_voice_took_over_in_its_middle() -> None:
    class Changing(ScriptedSynthesizer):
        """Its second line comes at another rate, as from another engine."""

        def say(self, text: str, voice: Voice, *, line: str = "telephone", difficulty: int = 1) -> SpokenAudio:
            spoken = super().say(text, voice, line=line, difficulty=difficulty)
            return spoken if len(self.said) != 2 else replace(spoken, wav=wav_bytes(b"\0\0" * 16_000, 16_000))

    voice = Changing()
    text = f"{LINES[0]} {LINES[-1]}"
    spoken = speak_turn(ports(voice), CASE, text)
    assert [line.text for line in voice.said] == [LINES[0], LINES[-1], text]
    assert spoken is not None
    assert join_wavs([wav_bytes(b"\0\0", 8_000), wav_bytes(b"\0\0", 16_000)]) is None


def test_no_voice_in_the_middle_leaves_the_caption() -> None:
    class Failing(ScriptedSynthesizer):
        def say(self, text: str, voice: Voice, *, line: str = "telephone", difficulty: int = 1) -> SpokenAudio:
            if self.said:
                raise EngineUnavailable(self.name, "gone")
            return super().say(text, voice, line=line, difficulty=difficulty)

    assert speak_turn(ports(Failing()), CASE, f"{LINES[0]} {LINES[-1]}") is None
