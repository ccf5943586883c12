"""What a fake microphone plays: sentences spoken by flite, with silence between, as a 48 kHz WAV file."""

from __future__ import annotations

import subprocess
import tempfile
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np

RATE = 48_000


def silence(seconds: float) -> np.ndarray:
    return np.zeros(int(RATE * seconds), np.int16)


def spoken(sentence: str, voice: str = "rms") -> np.ndarray:
    """The sentence as samples at `RATE`. Raises AssertionError when nothing can be heard in it."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        subprocess.run(["flite", "-voice", voice, "-t", sentence, "-o", file.name], check=True)
        with wave.open(file.name) as sound:
            samples = np.frombuffer(sound.readframes(sound.getnframes()), "<i2")
            times = np.arange(0, len(samples), sound.getframerate() / RATE)
    assert np.abs(samples).max() > 3000, "the fake microphone would be silent"
    return np.interp(times, np.arange(len(samples)), samples).astype(np.int16)


def write_microphone(path: Path, parts: Sequence[np.ndarray]) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.concatenate(list(parts)).tobytes())
