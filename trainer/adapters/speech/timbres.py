"""Which settings of flite and espeak-ng make which person: sex, timbre, accent, pitch and speed.

Both programs have few voices, so people are told apart by the length of the throat too (`tract`): the sound is played
faster or slower, which moves the formants, and pitch and speed are set against it. With flite all of them are heard by
Whisper base as well as the plain voices (word error rates .01 to .10 on a good line, `python -m bench.line`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from trainer.adapters.speech.accents import accent_of
from trainer.ports import Voice


@dataclass(frozen=True, slots=True)
class FliteVoice:
    """`stretch` of durations, `shift` of pitch (1.0 is the voice's own; "rms" has no other), `tract` as above."""

    voice: str
    stretch: float
    shift: float
    tract: float


@dataclass(frozen=True, slots=True)
class EspeakVoice:
    """Settings of one espeak-ng voice: words a minute, pitch 0 to 99, pause between words in 10 ms, `tract` as above."""

    voice: str
    words_a_minute: int
    pitch: int
    gap: int = 0
    tract: float = 1.0


# By timbre: voice, pitch and throat of the person that is heard.
_FLITE: dict[str, tuple[tuple[str, float, float], ...]] = {
    "female": (("slt", 1.0, 1.0), ("slt", 0.86, 0.94), ("slt", 1.14, 1.06), ("slt", 0.93, 1.1), ("slt", 0.78, 1.02)),
    "male": (("rms", 1.0, 1.0), ("rms", 1.0, 1.12), ("rms", 1.0, 0.9), ("awb", 0.88, 0.95), ("kal16", 1.0, 1.0)),
}
# awb is a speaker from Scotland; there is no woman of his.
_SCOTTISH_MAN = (
    ("awb", 1.0, 1.0), ("awb", 0.9, 0.96), ("awb", 1.1, 1.04), ("awb", 0.84, 0.92), ("kal16", 1.0, 1.0),
)  # fmt: skip

# By timbre: variant, words a minute, pitch, pause, throat. English: those that Whisper base hears best of some 40.
_ESPEAK: dict[tuple[str, str], tuple[tuple[str, int, int, int, float], ...]] = {
    ("en", "female"): (
        ("f2", 155, 50, 0, 1.0), ("f2", 150, 36, 0, 0.94), ("f2", 155, 62, 0, 1.06), ("f2", 150, 42, 0, 1.1),
        ("f2", 145, 54, 0, 0.91),
    ),
    ("en", "male"): (
        ("m8", 150, 45, 0, 1.0), ("m8", 150, 58, 0, 1.05), ("m8", 150, 36, 0, 0.94), ("m8", 150, 62, 0, 0.9),
        ("m8", 145, 28, 0, 1.0),
    ),
    ("fr", "female"): (
        ("steph", 140, 50, 2, 1.0), ("f2", 140, 42, 2, 0.96), ("steph", 145, 62, 2, 1.06), ("f2", 140, 56, 2, 1.06),
        ("steph", 135, 42, 2, 0.93),
    ),
    ("fr", "male"): (
        ("m7", 150, 50, 0, 1.0), ("m3", 145, 26, 1, 0.96), ("m7", 150, 62, 0, 1.07), ("m1", 145, 80, 1, 1.05),
        ("m7", 140, 38, 1, 0.92),
    ),
}  # fmt: skip
_ESPEAK_LANGUAGE = {
    "en": {"": "en-us", "american": "en-us", "new york": "en-us-nyc", "british": "en-gb-x-rp", "scottish": "en-gb-scotland",
           "northern": "en-gb-x-gbclan", "midlands": "en-gb-x-gbcwmd", "caribbean": "en-029"},
    "fr": {"": "fr", "belgian": "fr-be", "swiss": "fr-ch"},
}  # fmt: skip
_PITCH_STEPS = 120
"""espeak's pitch of 50 is a voice's own; 120 steps would double it."""


def flite_voice(voice: Voice) -> FliteVoice:
    """Of accents, flite has American (its usual voices) and a Scottish man."""
    sex = "male" if voice.sex == "male" else "female"
    scottish = sex == "male" and accent_of(voice.accent, "en") == "scottish"
    name, pitch, tract = (_SCOTTISH_MAN if scottish else _FLITE[sex])[voice.timbre]
    if name == "rms":
        # This voice can't be shifted in pitch: throat and pitch move together, so age moves them half as far.
        tract = round(tract * math.sqrt(voice.pitch), 3)
        return FliteVoice(name, round(tract / voice.rate, 3), 1.0, tract)
    shift = 1.0 if name == "kal16" else round(pitch * voice.pitch / tract, 3)
    return FliteVoice(name, round(tract / voice.rate, 3), shift, tract)


def espeak_voice(voice: Voice) -> EspeakVoice:
    sex = "male" if voice.sex == "male" else "female"
    variant, speed, pitch, gap, tract = _ESPEAK[voice.language, sex][voice.timbre]
    language = _ESPEAK_LANGUAGE[voice.language][accent_of(voice.accent, voice.language)]
    moved = pitch + _PITCH_STEPS * (voice.pitch / tract - 1)
    return EspeakVoice(
        f"{language}+{variant}", round(speed * voice.rate / tract), min(99, max(0, round(moved))), gap, tract
    )
