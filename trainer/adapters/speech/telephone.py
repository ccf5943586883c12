"""The telephone line, made here so that every voice sounds as a call centre hears it and every rendering is the same.

Speech of a studio comes in; out comes what arrives: with what is behind the caller, in the voice band of 300 to 3400 Hz
(ITU-T G.712), coded as on a fixed line or a mobile one, and on a poor line with drop-outs and crackle. A line is applied
to a whole turn at once, so that what is behind the caller goes on between its pieces.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trainer.adapters.speech.audio import Samples, level
from trainer.adapters.speech.codec import alaw, narrow
from trainer.adapters.speech.line_noise import NOISES, stretch
from trainer.ports import PCM_RATE, LineSound

LINE_RATE = 8_000
LINE_VERSION = "line-2"
"""Part of every cache key: change it when the sound of the line changes."""

LOW_HZ, HIGH_HZ = 300.0, 3400.0
_EDGE_HZ = 80.0
_LEAD_SECONDS = 0.12
"""Line before and after the words: a voice that starts at sample 0 is clipped by many players."""
_BETWEEN_SECONDS = 0.2
"""A breath between two pieces, besides the silence that an engine leaves at their ends."""
_HISS = -62.0
"""Idle noise of any line, in dB below full scale."""


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a line carries. `coarseness` of its codec (0 for G.711), drop-outs and crackles a minute."""

    coarseness: float
    dropouts_a_minute: float = 0.0
    crackles_a_minute: float = 0.0


QUALITIES = {"good": Quality(0.0), "fair": Quality(1.1), "poor": Quality(1.5, 20.0, 120.0)}
DROPOUT_SECONDS = (0.04, 0.12)

BELOW_SPEECH = {"home": 24.0, "office": 20.0, "car": 18.0, "street": 17.0, "cafe": 17.0}
"""How far what is behind the caller lies below their voice, in dB; `light` moves it further away."""
_LIGHT = 7.0

OF_DIFFICULTY = {
    1: LineSound(), 2: LineSound(), 3: LineSound(), 4: LineSound(quality="fair"),
    5: LineSound(quality="fair", noise="home", light=True),
}  # fmt: skip
"""The line of a call whose scenario does not say how it sounds."""


def over_line(pieces: Sequence[Samples], sound: LineSound) -> Samples:
    """Pieces of speech at `PCM_RATE`, one after the other, as they arrive at the other end at `LINE_RATE`.

    All chance (where the loop of noise begins, drop-outs, crackle) is drawn from `sound.seed`, so the same pieces on
    the same line always give the same samples. Raises ValueError for a noise or quality that there is none of.
    """
    check_sound(sound)
    quality = QUALITIES[sound.quality]
    seed = hashlib.sha256(f"{LINE_VERSION}|{sound.seed}".encode()).digest()
    chance = np.random.default_rng(int.from_bytes(seed[:8], "big"))
    speech = _in_band(_joined(pieces))
    carried = speech
    if sound.noise != "none":
        behind = stretch(sound.noise, int(chance.integers(1 << 20)), speech.size)
        below = BELOW_SPEECH[sound.noise] + _LIGHT * sound.light
        wanted = level(speech[np.abs(speech) > 1e-3]) - below
        carried = speech + _faded(behind) * np.float32(10 ** ((wanted - level(behind)) / 20))
    if quality.coarseness:
        carried = narrow(carried, quality.coarseness)
    minutes = carried.size / LINE_RATE / 60
    carried = _with_dropouts(carried, chance.poisson(quality.dropouts_a_minute * minutes), chance)
    carried = carried + chance.standard_normal(carried.size, dtype=np.float32) * np.float32(10 ** (_HISS / 20))
    carried = _with_crackles(carried, chance.poisson(quality.crackles_a_minute * minutes), chance)
    return alaw(carried)


def check_sound(sound: LineSound) -> None:
    """Raises ValueError for a line that there is none of."""
    if sound.noise not in NOISES:
        raise ValueError(f"the noise is {sound.noise!r}; it must be one of {', '.join(NOISES)}")
    if sound.quality not in QUALITIES:
        raise ValueError(f"the quality is {sound.quality!r}; it must be one of {', '.join(QUALITIES)}")


def _joined(pieces: Sequence[Samples]) -> Samples:
    lead = np.zeros(int(_LEAD_SECONDS * PCM_RATE), dtype=np.float32)
    between = np.zeros(int(_BETWEEN_SECONDS * PCM_RATE), dtype=np.float32)
    parts = [lead]
    for piece in pieces:
        parts += [piece, between]
    whole = np.concatenate([*parts[:-1], lead])
    # Lengths of many small factors make the transform several times as fast.
    return np.concatenate([whole, np.zeros(-whole.size % 800, dtype=np.float32)])


def _in_band(samples: Samples) -> Samples:
    """Only 300 to 3400 Hz, with raised-cosine edges 80 Hz wide, at `LINE_RATE`: half the spectrum is half the rate."""
    count = samples.size * LINE_RATE // PCM_RATE
    spectrum = np.fft.rfft(samples)[: count // 2 + 1]
    hertz = np.arange(spectrum.size, dtype=np.float32) * np.float32(PCM_RATE / samples.size)
    rise = np.clip((hertz - (LOW_HZ - _EDGE_HZ)) / _EDGE_HZ, 0, 1)
    fall = np.clip(((HIGH_HZ + _EDGE_HZ) - hertz) / _EDGE_HZ, 0, 1)
    shape = (0.5 - 0.5 * np.cos(np.pi * rise)) * (0.5 - 0.5 * np.cos(np.pi * fall))
    return (np.fft.irfft(spectrum * shape, count) * (LINE_RATE / PCM_RATE)).astype(np.float32)


def _faded(sound: Samples) -> Samples:
    """Rising and falling over 60 ms at its ends, so that a turn begins and ends without a knock."""
    edge = min(int(0.06 * LINE_RATE), sound.size // 2)
    slope = np.linspace(0, 1, edge, dtype=np.float32)
    faded = sound.copy()
    faded[:edge] *= slope
    faded[sound.size - edge :] *= slope[::-1]
    return faded


def _with_dropouts(sound: Samples, count: int, chance: np.random.Generator) -> Samples:
    """`count` gaps of 40 to 120 ms; nothing is left of the sound in one but a trace."""
    if not count:
        return sound
    soft = np.hanning(LINE_RATE // 250).astype(np.float32)  # edges of 2 ms keep a gap from clicking
    sound = sound.copy()
    for _ in range(count):
        length = min(int(chance.uniform(*DROPOUT_SECONDS) * LINE_RATE), sound.size // 2)
        start = int(chance.integers(0, sound.size - length))
        gain = np.full(length, 0.02, dtype=np.float32)
        gain[: soft.size // 2] = 1 - soft[: soft.size // 2]
        gain[-(soft.size // 2) :] = 1 - soft[: soft.size // 2][::-1]
        sound[start : start + length] *= gain
    return sound


def _with_crackles(sound: Samples, count: int, chance: np.random.Generator) -> Samples:
    """`count` short bursts of one to five milliseconds, as a loose contact makes them."""
    for _ in range(count):
        length = int(chance.uniform(0.001, 0.005) * LINE_RATE)
        start = int(chance.integers(0, sound.size - length))
        burst = chance.standard_normal(length, dtype=np.float32) * np.exp(-np.arange(length, dtype=np.float32) / 6)
        sound[start : start + length] += burst * np.float32(chance.uniform(0.03, 0.09))
    return sound
