"""Sound that comes in: every kind of bad audio has its sentence, and the same sound is decoded once."""

from __future__ import annotations

import io
import struct
import threading
import wave
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes import ScriptedRecognizer, ScriptedSynthesizer
from trainer.adapters.clock import SystemClock
from trainer.adapters.files import LocalFileStore
from trainer.domain.errors import Invalid
from trainer.ports import PCM_RATE, EngineUnavailable, Ports, Recognition
from trainer.services.call_audio import check_headset, pcm_from_wav, wav_from_pcm
from trainer.services.hearing import EngineDown, hear


def tone(seconds: float, rate: int = PCM_RATE) -> np.ndarray:
    return 0.3 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)


def wav(samples: np.ndarray, rate: int = PCM_RATE, width: int = 2, channels: int = 1) -> bytes:
    whole = np.clip(samples, -1, 1)
    if width == 1:
        raw = ((whole * 127) + 128).astype(np.uint8).tobytes()
    elif width == 3:
        raw = b"".join(int(value * (2**23 - 1)).to_bytes(3, "little", signed=True) for value in whole)
    else:
        kind = {2: "<i2", 4: "<i4"}[width]
        raw = (whole * (2 ** (8 * width - 1) - 1)).astype(kind).tobytes()
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(raw)
    return out.getvalue()


def ports(recognizer: Any) -> Ports:
    nothing: Any = None
    return Ports(
        recognizer=recognizer, synthesizer=ScriptedSynthesizer(), encoder=None, judge=None,
        files=LocalFileStore("/nonexistent"), queue=nothing, mailer=nothing, pdf=nothing, clock=SystemClock(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rate", "width", "channels"), [(16000, 2, 1), (8000, 2, 1), (44100, 3, 1), (48000, 4, 1), (16000, 1, 1)]
)
def test_wav_of_any_usual_kind_becomes_the_same_pcm(rate: int, width: int, channels: int) -> None:
    pcm = np.frombuffer(pcm_from_wav(wav(tone(1.0, rate), rate, width, channels)), "<i2") / 32768
    assert abs(len(pcm) - PCM_RATE) <= 2
    spectrum = np.abs(np.fft.rfft(pcm))
    assert abs(int(spectrum.argmax()) * PCM_RATE / len(pcm) - 440) < 3
    assert 0.25 < np.abs(pcm[2000:-2000]).max() < 0.35


def test_stereo_is_mixed_to_one_channel() -> None:
    left_only = np.column_stack([tone(0.5), np.zeros(PCM_RATE // 2)]).ravel()
    pcm = np.frombuffer(pcm_from_wav(wav(left_only, channels=2)), "<i2") / 32768
    assert len(pcm) == PCM_RATE // 2
    assert 0.1 < np.abs(pcm).max() < 0.2


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "call.audio_empty"),
        (b"OggS" + bytes(400), "call.audio_broken"),
        (b"RIFF", "call.audio_broken"),
        (wav(tone(1.0))[:30], "call.audio_broken"),
        (wav(tone(0.05)), "call.audio_empty"),
        (wav(np.zeros(0)), "call.audio_empty"),
        (wav(np.zeros(61 * PCM_RATE)), "call.audio_too_long"),
        (wav(tone(1.0))[:22] + struct.pack("<H", 7) + wav(tone(1.0))[24:], "call.audio_broken"),
    ],
)
def test_unusable_audio_is_told_with_its_own_sentence(data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as told:
        pcm_from_wav(data)
    assert told.value.code == code


def test_audio_cut_off_on_the_way_is_used_as_far_as_it_came() -> None:
    assert len(pcm_from_wav(wav(tone(1.0))[:20_001])) == (20_001 - 44) // 2 * 2


@given(st.binary(max_size=300), st.integers(min_value=0, max_value=60))
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_pcm_or_a_sentence(noise: bytes, at: int) -> None:
    whole = wav(tone(0.2))
    for data in (noise, whole[:at] + noise + whole[at + len(noise) :]):
        assert outcome(data) == "pcm" or outcome(data).startswith("call.audio_")


def outcome(data: bytes) -> str:
    try:
        return "pcm" if len(pcm_from_wav(data)) % 2 == 0 else "half a sample"
    except Invalid as told:
        return told.code


def test_pcm_survives_its_wav_file() -> None:
    pcm = pcm_from_wav(wav(tone(0.5)))
    assert pcm_from_wav(wav_from_pcm(pcm)) == pcm


class SlowRecognizer(ScriptedRecognizer):
    """Waits until the test lets it answer, so that two requests meet."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()

    def recognize(self, pcm: bytes, *, language: str, with_words: bool = True) -> Recognition:
        self.go.wait(5)
        return super().recognize(pcm, language=language, with_words=with_words)


def test_sound_asked_for_twice_at_a_time_is_decoded_once() -> None:
    ear = SlowRecognizer()
    pcm = pcm_from_wav(wav(tone(0.61)))
    answers: list[Recognition] = []
    threads = [threading.Thread(target=lambda: answers.append(hear(ports(ear), pcm, "en"))) for _ in range(3)]
    for thread in threads:
        thread.start()
    ear.go.set()
    for thread in threads:
        thread.join()
    assert len(answers) == 3
    assert len(ear.heard) == 1


def test_failed_recognition_is_told_and_tried_again_next_time() -> None:
    ear = ScriptedRecognizer(unavailable="the model is missing")
    pcm = pcm_from_wav(wav(tone(0.62)))
    with pytest.raises(EngineDown):
        hear(ports(ear), pcm, "en")
    ear.unavailable = ""
    assert hear(ports(ear), pcm, "en").text


def test_headset_check_tells_loudness_and_another_language() -> None:
    ear = ScriptedRecognizer(text="Mon colis arrive jeudi", detected_language="fr")
    heard = check_headset(ports(ear), wav(tone(1.0)), "en")
    assert heard.text == "Mon colis arrive jeudi"
    assert heard.other_language
    assert -15 < heard.loudness_db < -12
    silent = check_headset(ports(ScriptedRecognizer()), wav(np.zeros(PCM_RATE)), "en")
    assert silent.text == ""
    assert not silent.other_language
    assert silent.loudness_db < -80


def test_no_voice_leaves_captions() -> None:
    from trainer.services.customer_voice import speak_ahead, speak_turn

    class Mute:
        name = "mute"

        def say(self, *_args: object, **_named: object) -> None:
            raise EngineUnavailable("mute", "no voice is installed")

    from tests.factories.calls import make_case

    silent = replace(ports(None), synthesizer=Mute())  # type: ignore[arg-type]
    assert speak_turn(silent, make_case(), "Hello") is None
    assert not speak_ahead(silent, make_case(), "Hello")
