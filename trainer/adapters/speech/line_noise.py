"""What is behind a caller, made here from oscillators and noise: street, cafe, car, office and home.

Each is a loop of `LOOP_SECONDS` at 8 kHz within the telephone band, always the same, without a seam: noise is shaped
in the frequency domain (which is circular) and single sounds are written across the end into the beginning. Nobody says
a word in them: a murmur is made of vowels whose formants are drawn at random.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt

from trainer.adapters.speech.audio import Samples, level

RATE = 8_000
LOOP_SECONDS = 20
_COUNT = RATE * LOOP_SECONDS
_LEVEL = -30.0
"""Loudness of every loop in dB below full scale."""

Chance = np.random.Generator
Numbers = npt.NDArray[np.floating]


@cache
def loop(noise: str) -> Samples:
    """One round of what is behind the caller, at -30 dB. Raises KeyError for a noise that is none of `NOISES`."""
    made = _in_band(_MAKERS[noise](np.random.default_rng(sorted(_MAKERS).index(noise))))
    return (made * 10 ** ((_LEVEL - level(made.astype(np.float32))) / 20)).astype(np.float32)


def stretch(noise: str, start: int, count: int) -> Samples:
    """`count` samples of the loop from sample `start` on, round after round."""
    sound = loop(noise)
    return np.take(sound, np.arange(start, start + count), mode="wrap")


def _in_band(sound: Numbers) -> Numbers:
    return _shaped(sound, lambda hertz: ((hertz > 260) & (hertz < 3400)).astype(float))


def _shaped(sound: Numbers, gain: Callable[[Numbers], Numbers]) -> Numbers:
    """The sound with each frequency multiplied by `gain` of it; the beginning follows the end."""
    hertz = np.fft.rfftfreq(sound.size, 1 / RATE)
    shaped: Numbers = np.fft.irfft(np.fft.rfft(sound) * gain(hertz), sound.size)
    return shaped


def _pink(chance: Chance, low: float, high: float, fall: float = 1.0) -> Numbers:
    """Noise between `low` and `high` Hz that falls with the frequency to the power of `fall` in power; loudness 1."""

    def gain(hertz: Numbers) -> Numbers:
        inside = 1 / (1 + (low / np.maximum(hertz, 1)) ** 8) / (1 + (hertz / high) ** 8)
        return inside * np.maximum(hertz, 50.0) ** (-fall / 2)

    made = _shaped(chance.standard_normal(_COUNT), gain)
    return _even(made)


def _even(sound: Numbers) -> Numbers:
    """The sound at a loudness (root mean square) of 1."""
    even: Numbers = sound / np.sqrt(np.mean(sound**2))
    return even


def _add(sound: Numbers, piece: Numbers, start: int) -> None:
    """Write `piece` into the loop from `start` on, over the end into the beginning."""
    np.add.at(sound, (start + np.arange(piece.size)) % sound.size, piece)


def _murmur(chance: Chance, people: int) -> Numbers:
    """Voices without words: syllables of a drawn pitch through three drawn formants, with pauses. Loudness 1."""
    sound = np.zeros(_COUNT)
    for _ in range(people):
        pitch, tract, place = chance.uniform(95, 210), chance.uniform(0.9, 1.15), int(chance.integers(_COUNT))
        spoken = 0
        while spoken < _COUNT * 0.75:
            for _ in range(chance.integers(4, 12)):
                length = int(chance.uniform(0.11, 0.26) * RATE)
                _add(sound, _syllable(chance, length, pitch, tract), place)
                place += int(length * 0.9)
                spoken += length
            place += int(chance.uniform(0.2, 0.9) * RATE)
    return _even(sound)


def _syllable(chance: Chance, length: int, pitch: float, tract: float) -> Numbers:
    glide = np.linspace(chance.uniform(0.92, 1.12), chance.uniform(0.88, 1.05), length)
    phase = 2 * np.pi * np.cumsum(pitch * glide) / RATE
    formants = tract * np.array([chance.uniform(300, 750), chance.uniform(900, 2000), chance.uniform(2200, 2800)])
    made = np.zeros(length)
    for harmonic in range(1, int(3300 / (pitch * 1.12))):
        hertz = harmonic * pitch
        near = 1 / (1 + ((hertz - formants) / np.array([90, 130, 200])) ** 2)
        made += float(near @ np.array([1.0, 0.5, 0.2])) / harmonic**0.5 * np.sin(harmonic * phase)
    return made * np.sin(np.pi * np.arange(length) / length) ** 0.7


def _street(chance: Chance) -> Numbers:
    """A low rumble of the town, and a car that passes every three seconds: nearer, brighter, gone."""
    sound = 0.5 * _pink(chance, 200, 900, 2.0)
    far, near = _pink(chance, 250, 900, 1.5), _pink(chance, 350, 2200, 0.8)
    seconds = np.arange(_COUNT) / RATE
    for passing in np.arange(1.5, LOOP_SECONDS, 3.3) + chance.uniform(-0.8, 0.8, 6):
        apart = (seconds - passing + LOOP_SECONDS / 2) % LOOP_SECONDS - LOOP_SECONDS / 2
        loud = chance.uniform(0.6, 1.3)
        sound += loud * (far * np.exp(-((apart / 1.1) ** 2)) + 0.7 * near * np.exp(-((apart / 0.45) ** 2)))
    return sound


def _cafe(chance: Chance) -> Numbers:
    """Many people at other tables, and cups."""
    sound = _murmur(chance, 11) + 0.15 * _pink(chance, 250, 2500)
    for _ in range(14):
        _add(sound, chance.uniform(0.5, 1.5) * _clink(chance), int(chance.integers(_COUNT)))
    return sound


def _clink(chance: Chance) -> Numbers:
    """Porcelain: four partials out of tune that die away within a tenth of a second."""
    seconds = np.arange(int(0.16 * RATE)) / RATE
    partials = chance.uniform(1500, 3300, 4)
    ringing: Numbers = np.sin(2 * np.pi * np.outer(partials, seconds)).sum(axis=0)
    return np.exp(-seconds / 0.03) * ringing / 2


def _car(chance: Chance) -> Numbers:
    """An engine of four cylinders at some 2,700 turns a minute (90 Hz), and tyres."""
    seconds = np.arange(_COUNT) / RATE
    # Whole numbers of turns and of wobbles fit into the loop, so that it closes.
    wobble = 0.6 * np.sin(2 * np.pi * 3 * seconds / LOOP_SECONDS) + 0.5 * np.sin(
        2 * np.pi * 11 * seconds / LOOP_SECONDS
    )
    phase = 2 * np.pi * 90 * seconds + 2 * np.pi * wobble
    engine = np.sum([np.sin(n * phase + n * n) / n**0.9 for n in range(2, 14)], axis=0)
    bumps = 1 + 0.25 * np.sin(2 * np.pi * 9 * seconds / LOOP_SECONDS + 1)
    made: Numbers = 1.2 * engine + 0.6 * bumps * _pink(chance, 200, 1300, 1.4)
    return made


def _office(chance: Chance) -> Numbers:
    """Colleagues who talk some desks away, the air, and somebody who types."""
    sound = _shaped(_murmur(chance, 4), lambda hertz: 1 / (1 + (hertz / 1100) ** 4)) + 0.25 * _pink(chance, 250, 1500)
    place = 0
    while place < _COUNT:
        for _ in range(chance.integers(5, 16)):
            _add(sound, chance.uniform(1.8, 3.6) * _key(chance), place)
            place += int(chance.uniform(0.09, 0.22) * RATE)
        place += int(chance.uniform(0.8, 2.5) * RATE)
    return sound


def _key(chance: Chance) -> Numbers:
    """A key of a keyboard: two short knocks, down and up."""
    seconds = np.arange(int(0.05 * RATE)) / RATE
    down = np.exp(-seconds / 0.004) * chance.standard_normal(seconds.size)
    up = np.roll(down, int(0.03 * RATE)) * 0.4
    knock: Numbers = np.exp(-seconds / 0.006) * np.sin(2 * np.pi * chance.uniform(900, 1400) * seconds)
    return down + up + knock


def _home(chance: Chance) -> Numbers:
    """The refrigerator (harmonics of a mains of 50 Hz), and a television in another room."""
    seconds = np.arange(_COUNT) / RATE
    hum = np.sum([np.sin(2 * np.pi * 100 * n * seconds + n) / n for n in range(3, 9)], axis=0)
    tv = _shaped(_murmur(chance, 1), lambda hertz: 1 / (1 + (hertz / 700) ** 4))
    made: Numbers = 0.9 * hum + 0.8 * tv + 0.3 * _pink(chance, 250, 2000)
    return made


_MAKERS: dict[str, Callable[[Chance], Numbers]] = {
    "home": _home, "office": _office, "street": _street, "car": _car, "cafe": _cafe,
}  # fmt: skip
NOISES = ("none", *_MAKERS)
