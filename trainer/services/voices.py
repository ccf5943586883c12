"""Who in a call speaks with which voice, and what the line to them sounds like.

A voice follows from the person alone, so that a call sounds the same when it is heard again, and two people of one call
never share one: customers have timbres 0 to 2, whoever picks up their telephone another of these, colleagues 3,
recorded voices 4 (`Voice.timbre`).
"""

from __future__ import annotations

from dataclasses import replace

from trainer.domain.forms import stable_number
from trainer.domain.scenario import Case
from trainer.domain.telephone import SoundOfLine
from trainer.ports import LineSound, Voice

_CUSTOMERS, _COLLEAGUE, _RECORDED = 3, 3, 4
_CALM = 0.95
"""The speed of a recorded voice."""
_LIGHT_NOISES = ("home", "office", "street", "car", "cafe")


def customer_voice(case: Case) -> Voice:
    """The customer's, by their sex, age, speed and accent; three women or men sound different by their names."""
    who = case.persona
    return voice_of_age(
        Voice(case.language, who.sex, who.rate, accent=who.accent, timbre=stable_number(who.name) % _CUSTOMERS), who.age
    )


def voice_for(
    role: str,
    language: str,
    *,
    case: Case | None = None,
    sex: str = "",
    age: int = 40,
    rate: float = 1.0,
    accent: str = "",
) -> Voice:
    """The voice of somebody else: `role` is "colleague", "other" (who picked up), "menu" or "voicemail".

    A menu is a calm woman. Without a `sex`, a voicemail is of the other one than the customer of `case`, and so is a
    person. It is never the customer's voice, nor, on one call, that of another role (with equal sex). Raises
    ValueError for another role.
    """
    if role == "menu":
        return Voice(language, "female", _CALM, timbre=_RECORDED)
    unlike = "male" if case is not None and case.persona.sex == "female" else "female"
    if role == "voicemail":
        return Voice(language, sex or unlike, _CALM, timbre=_RECORDED)
    if role == "colleague":
        timbre = _COLLEAGUE
    elif role == "other":
        timbre = (customer_voice(case).timbre + 1) % _CUSTOMERS if case is not None else 1
    else:
        raise ValueError(f"the role is {role!r}; it must be colleague, other, menu or voicemail")
    return voice_of_age(Voice(language, sex or unlike, rate, accent=accent, timbre=timbre), age)


def voice_of_age(voice: Voice, age: int) -> Voice:
    """The voice of somebody of `age` years: old people speak slower and a little lower, young ones a little higher."""
    if age >= 80:
        slower, lower = 0.86, 0.93
    elif age >= 65:
        slower, lower = 0.92, 0.96
    elif age < 25:
        slower, lower = 1.03, 1.04
    else:
        return voice
    return replace(voice, rate=round(min(2.0, max(0.5, voice.rate * slower)), 3), pitch=lower)


def customer_line(case: Case, text: str) -> LineSound:
    """The customer's line for a turn. Where the scenario does not say how it sounds, its difficulty does.

    Difficulty 1 to 3 is a good line, 4 a fair one, 5 a fair one with something faint behind the customer. Chance
    follows from the form and the words: the same turn of the same case sounds the same whenever it is spoken.
    """
    seed = f"{case.version}|{case.seed}|{text}"
    if case.sound != SoundOfLine():
        return LineSound(case.sound.noise, case.sound.quality, seed=seed)
    if case.difficulty <= 3:
        return LineSound(seed=seed)
    if case.difficulty == 4:
        return LineSound(quality="fair", seed=seed)
    drawn = stable_number(case.version, case.seed, "noise") % len(_LIGHT_NOISES)
    return LineSound(_LIGHT_NOISES[drawn], "fair", light=True, seed=seed)


def inside_line(text: str) -> LineSound:
    """A line within the company: a colleague in an office."""
    return LineSound("office", light=True, seed=text)


def recorded_line(text: str) -> LineSound:
    """A machine's line: nobody is there."""
    return LineSound(seed=text)
