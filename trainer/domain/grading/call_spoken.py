"""Whether a value was said in a text: as it is written, or as people say it (letters spelled, figures in words)."""

from __future__ import annotations

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
    joined = ("".join(plain_words(form)) for form in forms)
    return tuple(dict.fromkeys(form for form in joined if len(form) >= SHORTEST))


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
