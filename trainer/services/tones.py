"""Sounds of the telephone: ringing, busy, keys, the beep of a voicemail, the end of a call.

Each is made of a few sines, so it is the same everywhere and belongs to nobody. All are mono, 16 bit, at 8 kHz, within
the telephone band; those that repeat (`LOOPS`) hold one whole round, so that a player can loop them without a gap.

Sources: British tones by BT's SIN 350 (Suppliers' Information Note 350, "BT Network tones and announcements"), French
ones by ITU-T E.180 Supplement 2 ("Various tones used in national networks") and ETSI TR 101 041-2; key tones by ITU-T
Q.23. What the operator's own telephone sounds like when it rings is laid down nowhere: its cadence is the country's
ringing, its sound is ours.
"""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt

from trainer.services.hold_music import hold_music

Sound = npt.NDArray[np.float64]

RATE = 8_000
TONES_VERSION = "tones-1"
"""For addresses that browsers keep: change it when a sound changes."""
PEAK = 0.35
"""The loudest sample of any tone; full scale is 1."""
_EDGE_S = 0.008

_ROWS, _COLUMNS = (697.0, 770.0, 852.0, 941.0), (1209.0, 1336.0, 1477.0)
_PAD = ("123", "456", "789", "*0#")
KEYS = {
    f"key-{ {'*': 'star', '#': 'hash'}.get(key, key) }": (_ROWS[row], _COLUMNS[column])
    for row, keys in enumerate(_PAD)
    for column, key in enumerate(keys)
}
"""The two frequencies of each key in Hz (ITU-T Q.23)."""

RINGING = {"en": (0.4, 0.2, 0.4, 2.0), "fr": (1.5, 3.5)}
"""Seconds of sound and silence by turns: Britain (SIN 350), France (E.180 Supplement 2)."""
RINGBACK_HZ = {"en": (400.0, 450.0), "fr": (440.0,)}
BUSY = {"en": (400.0, 0.375), "fr": (440.0, 0.5)}
"""Hz, and seconds of sound, then of silence: Britain (SIN 350), France (E.180 Supplement 2)."""
BEEP_HZ = 1000.0

LOOPS = frozenset({"ring", "ringback", "busy", "hold-music"})
NAMES = ("ring", "ringback", "busy", "beep", "ended", "hold-music", *KEYS)


@cache
def tone(name: str, language: str) -> Sound:
    """The tone `name` of `NAMES` as heard in Britain ("en") or France ("fr"), float64 in -1 to 1 at `RATE`.

    Raises KeyError for a name or language that there is none of.
    """
    ringing = RINGING[language]
    if name in KEYS:
        low, high = KEYS[name]
        # The upper tone is sent 2 dB louder, since lines carry it less well.
        return _level(_sines((low,), 0.2) + 1.26 * _sines((high,), 0.2))
    match name:
        case "ring":
            return _level(_in_cadence(ringing, _warble))
        case "ringback":
            return _level(_in_cadence(ringing, lambda seconds: _sines(RINGBACK_HZ[language], seconds)))
        case "busy":
            hertz, seconds = BUSY[language]
            return _level(_in_cadence((seconds, seconds), lambda length: _sines((hertz,), length)))
        case "beep":
            return _level(_sines((BEEP_HZ,), 0.45))
        case "ended":
            falling = [
                np.concatenate([_sines((hertz,), 0.16), np.zeros(_count(0.06))]) for hertz in (660.0, 520.0, 440.0)
            ]
            return _level(np.concatenate(falling))
        case "hold-music":
            return hold_music()
    raise KeyError(name)


@cache
def tone_wav(name: str, language: str) -> bytes:
    """The tone as a WAV file. Raises KeyError as `tone` does."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.rint(tone(name, language) * 32767).astype("<i2").tobytes())
    return out.getvalue()


def _count(seconds: float) -> int:
    return round(seconds * RATE)


def _sines(hertz: tuple[float, ...], seconds: float) -> Sound:
    """Sines together, rising and falling within 8 ms: one that begins at once is heard as a knock."""
    place = np.arange(_count(seconds)) / RATE
    made: Sound = np.sum([np.sin(2 * np.pi * one * place) for one in hertz], axis=0)
    edge = np.sin(np.linspace(0, np.pi / 2, _count(_EDGE_S))) ** 2
    made[: edge.size] *= edge
    made[-edge.size :] *= edge[::-1]
    return made


def _warble(seconds: float) -> Sound:
    """An electronic bell: two notes a third apart that change sixteen times a second."""
    place = np.arange(_count(seconds)) / RATE
    share = 0.5 + 0.5 * np.tanh(4 * np.sin(2 * np.pi * 16 * place))
    bell = share * _sines((784.0, 1568.0), seconds) + (1 - share) * _sines((988.0, 1976.0), seconds)
    made: Sound = bell * np.minimum(1.0, (seconds - place) / 0.05)
    return made


def _in_cadence(cadence: tuple[float, ...], sounding: Callable[[float], Sound]) -> Sound:
    """One round: sounding and silent by turns."""
    return np.concatenate(
        [np.zeros(_count(seconds)) if place % 2 else sounding(seconds) for place, seconds in enumerate(cadence)]
    )


def _level(sound: Sound) -> Sound:
    made: Sound = sound * (PEAK / np.abs(sound).max())
    return made
