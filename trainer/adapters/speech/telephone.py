"""The telephone line, made here so that every voice sounds as a call centre hears it and every rendering is the same.

A line passes 300 to 3400 Hz (ITU-T G.712's voice band), adds noise, and at higher difficulty drops out for moments.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from trainer.adapters.speech.audio import Samples, level, resampled
from trainer.ports import PCM_RATE

LINE_RATE = 8_000
LINE_VERSION = "line-1"
"""Part of every cache key: change it when the sound of the line changes."""

LOW_HZ, HIGH_HZ = 300.0, 3400.0
_EDGE_HZ = 80.0
_LEAD_SECONDS = 0.12
"""Line noise before and after the words: a voice that starts at sample 0 is clipped by many players."""


@dataclass(frozen=True, slots=True)
class Line:
    """How bad a line is: noise below the speech in dB, drop-outs a minute and how long one lasts at most."""

    noise_db: float
    dropouts_a_minute: float
    dropout_seconds: float


LINES: dict[int, Line] = {
    1: Line(42.0, 0, 0.0),
    2: Line(34.0, 0, 0.0),
    3: Line(27.0, 4, 0.03),
    4: Line(21.0, 10, 0.05),
    5: Line(16.0, 18, 0.07),
}


def telephone(samples: Samples, *, difficulty: int, seed_text: str) -> Samples:
    """Speech at `PCM_RATE` as it arrives at the other end, at `LINE_RATE`.

    Noise and drop-outs are drawn from a hash of `seed_text`, so the same line always gives the same bytes.
    """
    line = LINES[difficulty]
    seed = hashlib.sha256(f"{LINE_VERSION}|{difficulty}|{seed_text}".encode()).digest()
    chance = np.random.default_rng(int.from_bytes(seed[:8], "big"))
    lead = np.zeros(int(_LEAD_SECONDS * PCM_RATE), dtype=np.float32)
    sound = np.concatenate([lead, samples, lead])
    sound = resampled(band_limited(sound, PCM_RATE), PCM_RATE, LINE_RATE)
    sound = _with_dropouts(sound, line, chance)
    noise = band_limited(chance.standard_normal(sound.size).astype(np.float32), LINE_RATE)
    wanted = level(samples[np.abs(samples) > 1e-3]) - line.noise_db
    return sound + noise * np.float32(10 ** ((wanted - level(noise)) / 20))


def band_limited(samples: Samples, rate: int) -> Samples:
    """Only 300 to 3400 Hz, with raised-cosine edges 80 Hz wide."""
    spectrum = np.fft.rfft(samples)
    hertz = np.fft.rfftfreq(samples.size, 1 / rate)
    rise = np.clip((hertz - (LOW_HZ - _EDGE_HZ)) / _EDGE_HZ, 0, 1)
    fall = np.clip(((HIGH_HZ + _EDGE_HZ) - hertz) / _EDGE_HZ, 0, 1)
    shape = (0.5 - 0.5 * np.cos(np.pi * rise)) * (0.5 - 0.5 * np.cos(np.pi * fall))
    return np.fft.irfft(spectrum * shape, samples.size).astype(np.float32)


def _with_dropouts(sound: Samples, line: Line, chance: np.random.Generator) -> Samples:
    minutes = sound.size / LINE_RATE / 60
    gain = np.ones(sound.size, dtype=np.float32)
    for _ in range(chance.poisson(line.dropouts_a_minute * minutes)):
        length = int(chance.uniform(0.4, 1.0) * line.dropout_seconds * LINE_RATE)
        start = int(chance.integers(0, max(1, sound.size - length)))
        gain[start : start + length] = 0.05
    # Edges of 2 ms keep a drop-out from clicking.
    soft = np.hanning(LINE_RATE // 250).astype(np.float32)
    return sound * np.convolve(gain, soft / soft.sum(), mode="same").astype(np.float32)
