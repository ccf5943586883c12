"""Whether a value was said in a text: as it is written, or as people say it (letters spelled, figures in words)."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from trainer.domain.grading.call_values import plain_words
from trainer.domain.spoken import FILTERS, MONEY_FILTERS

_SAID_AS = {
    "phone": ("phone", "phone_written"), "email": ("email", "email_spelled"), "reference": ("spelled",),
    "name": ("spelled",), "date": ("date", "date_written"), "number": ("words",), "time": ("time",),
    "address": ("spelled",), "text": ("spelled",),
}  # fmt: skip
WEEK = 7
SHORTEST = 3
"""Letters and figures from which a value is told apart from what happens to stand in other words."""


def is_said(text: str, kind: str, value: str, language: str, currency: str, *more: str) -> bool:
    """True if `value` (canonical, of a form field's type) or one of `more` stands in `text`, however it is spaced."""
    said = "".join(plain_words(text))
    return any(form in said for form in _forms(kind, value, language, currency, more))


@lru_cache(maxsize=2048)
def _forms(kind: str, value: str, language: str, currency: str, more: tuple[str, ...]) -> tuple[str, ...]:
    forms = [value, *more]
    for name in _SAID_AS.get(kind, ()):
        try:
            forms.append(FILTERS[name](value, language))
        except (ValueError, KeyError, IndexError):
            continue
    if kind == "money":
        for name in MONEY_FILTERS:
            try:
                forms.append(MONEY_FILTERS[name](value, language, currency))
            except (ValueError, KeyError):
                continue
    if kind == "duration":
        forms += _lengths(value, language)
    joined = ("".join(plain_words(form)) for form in forms)
    return tuple(dict.fromkeys(form for form in joined if len(form) >= SHORTEST))


_LENGTH = re.compile(r"P(?:(\d+)([DWMY])|T(\d+)([HM]))")
_UNITS = {
    "en": {"D": "day", "W": "week", "M": "month", "Y": "year", "TH": "hour", "TM": "minute"},
    "fr": {"D": "jour", "W": "semaine", "M": "mois", "Y": "an", "TH": "heure", "TM": "minute"},
}


def _lengths(value: str, language: str) -> list[str]:
    """A length of time as it is said: "PT1H" is "une heure", "P3D" is "three days" and "3 days"."""
    match = _LENGTH.fullmatch(value)
    if match is None or language not in _UNITS:
        return []
    number, unit = (match[1], match[2]) if match[1] else (match[3], f"T{match[4]}")
    counts = [number, FILTERS["words"](number, language)]
    if number == "1":
        counts += ["a", "an"] if language == "en" else ["une"]
    return [f"{count} {_UNITS[language][unit]}" for count in counts]


def weekday_near(value: str, today: str, language: str) -> tuple[str, ...]:
    """The weekday's name of an ISO date within the week before or after `today`: there it says which day is meant."""
    try:
        away = abs((date.fromisoformat(value) - date.fromisoformat(today)).days)
    except ValueError:
        return ()
    return (FILTERS["weekday"](value, language),) if away < WEEK else ()


def day_meant(value: str, today: str) -> tuple[str, ...]:
    """ISO dates that a canonical date value can mean: itself, "weekday:3" in the fortnight after `today`, "tomorrow",
    "in:P2D". Empty where it cannot be told."""
    try:
        base = date.fromisoformat(today)
    except ValueError:
        return (value,) if value[:4].isdigit() else ()
    if value == "today":
        return (today,)
    if value == "tomorrow":
        return ((base + timedelta(days=1)).isoformat(),)
    if value.startswith("weekday:") and value[8:].isdigit():
        ahead = (int(value[8:]) - base.weekday()) % 7
        return tuple((base + timedelta(days=ahead + week)).isoformat() for week in (0, 7))
    if value.startswith("in:P") and value.endswith("D") and value[4:-1].isdigit():
        return ((base + timedelta(days=int(value[4:-1]))).isoformat(),)
    return (value,) if value[:4].isdigit() else ()
