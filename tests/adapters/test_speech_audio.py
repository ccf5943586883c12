"""Reading audio: any usual file becomes the product's PCM, anything else is turned away with one clear sentence."""

from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adapters.speech_material import file_of, flite, noise, silence
from trainer.adapters.speech.audio import (
    LARGEST_BYTES,
    checked_pcm,
    level,
    read_audio,
    read_audio_file,
    resampled,
    to_pcm,
    to_samples,
    wav_bytes,
    wav_seconds,
)
from trainer.adapters.speech.voice_activity import pieces, speech_spans
from trainer.ports import PCM_RATE, AudioRejected

TONE = (0.3 * np.sin(2 * np.pi * 440 * np.arange(PCM_RATE) / PCM_RATE)).astype(np.float32)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize(
    ("channels", "kind", "width"),
    [(1, "WAV", "PCM_16"), (2, "WAV", "PCM_24"), (2, "FLAC", "PCM_16"), (1, "WAV", "PCM_U8"), (1, "WAV", "FLOAT")],
)
def test_a_file_keeps_its_length_and_loudness_when_read(rate: int, channels: int, kind: str, width: str) -> None:
    tone = (0.3 * np.sin(2 * np.pi * 440 * np.arange(rate) / rate)).astype(np.float32)
    pcm = read_audio(file_of(to_pcm(tone), rate=rate, channels=channels, kind=kind, width=width))
    assert len(pcm) / 2 == pytest.approx(PCM_RATE, rel=0.01)
    assert level(to_samples(pcm)) == pytest.approx(level(TONE), abs=0.3)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"RIFF", "not audio"),
        (b"these are words and no sound at all" * 50, "not audio"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "not audio"),
        (bytes(LARGEST_BYTES + 1), "larger than 10 MB"),
        (file_of(b""), "empty"),
    ],
)
def test_a_file_is_turned_away_when_it_is_no_usable_audio(data: bytes, why: str) -> None:
    with pytest.raises(AudioRejected, match=why):
        read_audio(data)


def test_a_small_file_is_turned_away_when_it_holds_hours() -> None:
    buffer = io.BytesIO()
    soundfile.write(buffer, np.zeros(8000 * 130, dtype=np.int16), 8000, format="FLAC")
    assert len(buffer.getvalue()) < 100_000
    with pytest.raises(AudioRejected, match="longer than 120 seconds"):
        read_audio(buffer.getvalue())


def test_a_file_on_disk_is_not_read_when_it_is_too_large(tmp_path) -> None:
    path = tmp_path / "large.wav"
    with path.open("wb") as file:
        file.truncate(LARGEST_BYTES + 1)
    with pytest.raises(AudioRejected, match="larger than"):
        read_audio_file(path)


@pytest.mark.parametrize(("pcm", "why"), [(b"", "empty"), (b"abc", "broken"), (silence(120.5), "longer than 120")])
def test_pcm_is_turned_away_when_it_cannot_be_heard(pcm: bytes, why: str) -> None:
    with pytest.raises(AudioRejected, match=why):
        checked_pcm(pcm)


@given(st.binary(max_size=2000))
@settings(max_examples=60, deadline=None)
def test_reading_ends_in_pcm_or_a_clear_refusal_whatever_the_bytes(data: bytes) -> None:
    for candidate in (data, b"RIFF" + data, wav_bytes(data[: len(data) // 2 * 2])[: max(1, len(data))]):
        try:
            pcm = read_audio(candidate)
        except AudioRejected:
            continue
        assert pcm
        assert len(pcm) % 2 == 0


@given(st.lists(st.integers(-32768, 32767), min_size=1, max_size=500))
def test_pcm_comes_back_unchanged_when_turned_into_numbers(values: list[int]) -> None:
    pcm = np.array(values, dtype="<i2").tobytes()
    assert to_pcm(to_samples(pcm)) == pcm
    assert wav_seconds(wav_bytes(pcm)) == pytest.approx(len(values) / PCM_RATE)


def test_a_wav_file_is_refused_when_it_is_cut_short() -> None:
    wav = wav_bytes(to_pcm(TONE))
    with pytest.raises(AudioRejected):
        wav_seconds(wav[: len(wav) // 2])
    with pytest.raises(AudioRejected):
        wav_seconds(b"no wav")


def test_speech_is_found_where_somebody_speaks() -> None:
    said = flite("Good morning, how can I help you today?")
    spans = speech_spans(silence(1.0) + said + silence(2.0))
    length = len(said) / 2 / PCM_RATE
    assert spans[0].start == pytest.approx(1.0, abs=0.3)
    assert spans[-1].end == pytest.approx(1.0 + length, abs=0.5)


@pytest.mark.parametrize(
    "pcm",
    [silence(0.001), silence(3), noise(3, 0.001), noise(3, 0.05), noise(3, 0.3), to_pcm(np.tile(TONE, 3))],
    ids=["almost nothing", "silence", "hiss", "noise", "loud noise", "tone"],
)
def test_no_speech_is_found_when_nobody_speaks(pcm: bytes) -> None:
    assert speech_spans(pcm) == ()


def test_a_long_recording_is_cut_at_its_pauses() -> None:
    sentence = flite("I would like to tell you about our new offer for this month.")
    pcm = b"".join(sentence + silence(0.8) for _ in range(12))
    parts = pieces(pcm, speech_spans(pcm), 20.0)
    assert b"".join(part for _, part in parts) == pcm
    assert len(parts) > 1
    for start, part in parts:
        assert len(part) / 2 / PCM_RATE <= 20.01
        edge = to_samples(part)[:800]
        assert start == 0 or level(edge) < -50, "a cut lies within a word"


def test_speech_without_a_pause_is_cut_all_the_same() -> None:
    pcm = silence(50)
    parts = pieces(pcm, (), 20.0)
    assert [start for start, _ in parts] == [0.0, 20.0, 40.0]
    assert b"".join(part for _, part in parts) == pcm


def test_resampling_keeps_the_length() -> None:
    assert resampled(TONE, PCM_RATE, 8_000).size == pytest.approx(8_000, abs=2)
    assert resampled(TONE, PCM_RATE, PCM_RATE) is TONE
