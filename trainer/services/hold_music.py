"""Music for a caller on hold: eight slow bars, composed for this product and played by sums of sines.

Plucked strings over soft chords, within the telephone band. Every note rings on across the end of the loop into its
beginning, so that it goes round without a seam.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float64]

RATE = 8_000
BEATS_A_MINUTE = 80
_BEAT = RATE * 60 // BEATS_A_MINUTE
_BARS = 8
_PEAK = 0.3
"""Quieter than people speak: an operator may hear it for minutes."""
_LOW_HZ, _HIGH_HZ = 300.0, 3400.0

# By bar: three notes of the chord, and the melody as (beat, note); MIDI numbers, 69 being the A of 440 Hz.
_CHORDS = (
    (67, 71, 74),
    (64, 67, 71),
    (64, 67, 72),
    (66, 69, 74),
    (67, 71, 74),
    (66, 71, 74),
    (64, 69, 72),
    (66, 69, 74),
)
_MELODY: tuple[tuple[tuple[float, int], ...], ...] = (
    ((0, 79), (1.5, 78), (2, 74), (3, 71)),
    ((0, 76), (1.5, 74), (2, 71)),
    ((0, 72), (1, 76), (2, 79), (3.5, 81)),
    ((0, 78), (2, 74), (3, 69)),
    ((0, 74), (1.5, 79), (2, 83), (3, 81)),
    ((0, 83), (1.5, 81), (2, 78)),
    ((0, 76), (1, 81), (2, 79), (3, 76)),
    ((0, 74), (1.5, 72), (2.5, 69)),
)


@cache
def hold_music() -> Sound:
    """One round of 24 seconds, float64 in -1 to 1 at 8 kHz."""
    music = np.zeros(_BARS * 4 * _BEAT)
    for bar in range(_BARS):
        start = bar * 4 * _BEAT
        for note in _CHORDS[bar]:
            _play(music, start, 0.10 * _held(note))
        # Every half beat a string of the chord, up and down.
        for step, string in enumerate((0, 1, 2, 1, 0, 1, 2, 1)):
            _play(music, start + step * _BEAT // 2, 0.22 * _plucked(_CHORDS[bar][string], 1.2))
        for beat, note in _MELODY[bar]:
            _play(music, start + round(beat * _BEAT), 0.5 * _plucked(note, 2.2))
    music = _in_band(music)
    made: Sound = music * (_PEAK / np.abs(music).max())
    return made


def _play(music: Sound, start: int, note: Sound) -> None:
    np.add.at(music, (start + np.arange(note.size)) % music.size, note)


def _hertz(note: int) -> float:
    return float(440.0 * 2 ** ((note - 69) / 12))


def _plucked(note: int, seconds: float) -> Sound:
    """A string: overtones that die away the sooner the higher they are."""
    place = np.arange(int(seconds * RATE)) / RATE
    made = np.zeros(place.size)
    for overtone in range(1, 9):
        hertz = overtone * _hertz(note)
        if hertz < _HIGH_HZ:
            made += np.sin(2 * np.pi * hertz * place) * np.exp(-place * 2.2 * overtone**0.8) / overtone**1.2
    made *= np.minimum(1.0, place / 0.004)  # a finger, not a switch
    last = np.minimum(1.0, (seconds - place) / 0.1)
    return made * last


def _held(note: int) -> Sound:
    """A soft chord note for a bar, rising and falling into the next one."""
    place = np.linspace(0, 1, int(4.6 * _BEAT))
    seconds = np.arange(place.size) / RATE
    turn = 2 * np.pi * _hertz(note) * seconds + 0.4 * np.sin(2 * np.pi * 4.5 * seconds)  # a slow vibrato
    made: Sound = np.sin(turn) + 0.3 * np.sin(2 * turn)
    return made * np.sin(np.pi * place) ** 0.8


def _in_band(music: Sound) -> Sound:
    """Only what a telephone carries; a transform of the whole loop is circular, so its ends still meet."""
    spectrum = np.fft.rfft(music)
    hertz = np.fft.rfftfreq(music.size, 1 / RATE)
    spectrum[(hertz < _LOW_HZ) | (hertz > _HIGH_HZ)] = 0
    made: Sound = np.fft.irfft(spectrum, music.size)
    return made
