"""Sound of a call: WAV in, the headset check, recordings kept."""

from __future__ import annotations

import hashlib
import io
import wave
from dataclasses import dataclass
from typing import Any

import numpy as np
import soxr

from trainer.domain.errors import Invalid, StoreFull
from trainer.ports import PCM_RATE, FileStore, Ports, Recognition, SpokenAudio, StorageFull
from trainer.services.hearing import hear

LONGEST_TURN_S = 60.0
SHORTEST_TURN_S = 0.1
READING_MS_A_LETTER = 60
"""How long a line takes where no voice speaks it."""


def pcm_from_wav(data: bytes) -> bytes:
    """Mono 16-bit PCM at `PCM_RATE` from a WAV file of any usual rate and width (8, 16, 24, 32 bit; 1 or 2 channels).

    Raises Invalid with the sentence for empty, broken, too long or not-WAV sound. The length is read from the header
    before anything is decoded.
    """
    if not data:
        raise Invalid("call.audio_empty", field="audio")
    try:
        with wave.open(io.BytesIO(data)) as file:
            width, channels, rate, frames = (
                file.getsampwidth(), file.getnchannels(), file.getframerate(), file.getnframes(),
            )  # fmt: skip
            if not (1 <= channels <= 2 and 8_000 <= rate <= 96_000 and 1 <= width <= 4):
                raise Invalid("call.audio_broken", field="audio")
            if frames / rate > LONGEST_TURN_S:
                raise Invalid("call.audio_too_long", field="audio", seconds=int(LONGEST_TURN_S))
            raw = file.readframes(frames)
    except (wave.Error, EOFError, RuntimeError, ZeroDivisionError, OverflowError):
        raise Invalid("call.audio_broken", field="audio") from None
    samples = _samples(raw[: len(raw) // (width * channels) * width * channels], width)
    if channels == 2:
        samples = samples.reshape(-1, 2).mean(axis=1)
    if rate != PCM_RATE:
        samples = soxr.resample(samples, rate, PCM_RATE)
    if len(samples) < SHORTEST_TURN_S * PCM_RATE:
        raise Invalid("call.audio_empty", field="audio")
    return (np.clip(samples, -1, 32767 / 32768) * 32768).astype("<i2").tobytes()


def _samples(raw: bytes, width: int) -> np.ndarray:
    if width == 1:
        return (np.frombuffer(raw, np.uint8).astype(np.float32) - 128) / 128
    if width == 2:
        return np.frombuffer(raw, "<i2").astype(np.float32) / 32768
    if width == 3:
        parts = np.frombuffer(raw, np.uint8).reshape(-1, 3).astype(np.int32)
        whole = (parts[:, 0] << 8) | (parts[:, 1] << 16) | (parts[:, 2] << 24)
        return whole.astype(np.float32) / 2**31
    return np.frombuffer(raw, "<i4").astype(np.float32) / 2**31


def wav_from_pcm(pcm: bytes) -> bytes:
    """A WAV file of PCM at `PCM_RATE`."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(PCM_RATE)
        file.writeframes(pcm)
    return out.getvalue()


def customer_key(call_public_id: str, text: str) -> str:
    """Where the customer's line is kept with the call's recordings."""
    return f"calls/{call_public_id}/customer-{hashlib.sha256(text.encode()).hexdigest()[:16]}.wav"


def with_sound(line: dict[str, Any], sound: SpokenAudio | None, key: str) -> dict[str, Any]:
    """The data of a line with its sound, kept under `key`; without one it lasts as long as reading it takes."""
    if sound is None:
        return {**line, "audio": None, "engine": None, "duration_ms": len(line["text"]) * READING_MS_A_LETTER}
    return {**line, "audio": key, "engine": sound.engine, "duration_ms": round(sound.seconds * 1000)}


def operator_key(call_public_id: str, turn_id: str) -> str:
    return f"calls/{call_public_id}/operator-{turn_id}.wav"


def keep(files: FileStore, key: str, wav: bytes) -> None:
    """Write a recording. Raises StoreFull: the sender still has it and may send it again."""
    try:
        files.write(key, wav)
    except StorageFull as error:
        raise StoreFull("call.storage_full") from error


@dataclass(frozen=True, slots=True)
class Heard:
    """The answer of the headset check."""

    text: str
    confidence: float
    loudness_db: float
    language: str
    other_language: bool


def check_headset(ports: Ports, wav: bytes, language: str) -> Heard:
    """What arrives of a few seconds of speech; nothing is kept."""
    pcm = pcm_from_wav(wav)
    samples = np.frombuffer(pcm, "<i2").astype(np.float64) / 32768
    loudness = 10 * np.log10(float(np.mean(samples**2)) + 1e-10)
    heard = hear(ports, pcm, language)
    return Heard(
        text=heard.text,
        confidence=heard.confidence,
        loudness_db=round(loudness, 1),
        language=language,
        other_language=speaks_another_language(heard),
    )


def speaks_another_language(heard: Recognition) -> bool:
    """The engine is sure enough to name a language, and it is not the call's."""
    return bool(heard.text) and heard.detected_language not in (None, "", heard.language)
