"""Whether two canonical values mean the same: 48 hours are two days, "weekday:3" may be the 12th of March."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

_YEARLY = frozenset({"year", "an", "annee", "yearly", "annual", "annuel"})
_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?")
_MINUTES = (525_600, 43_200, 10_080, 1440, 60, 1)


def same_value(kind: str, said: str, fact: str, about: Collection[str] = ()) -> bool:
    """True if `said` agrees with the fact's value. A yearly amount agrees with a monthly one times twelve."""
    if said == fact:
        return True
    if kind == "money":
        one, other = _number(said), _number(fact)
        if one is None or other is None:
            return False
        return one == other or (bool(_YEARLY & set(about)) and one == other * 12)
    if kind in ("percent", "number"):
        return _number(said) is not None and _number(said) == _number(fact)
    if kind == "duration":
        return _minutes(said) is not None and _minutes(said) == _minutes(fact)
    if kind == "date":
        return _same_date(said, fact)
    if kind == "time":
        return _same_time(said, fact)
    if kind == "phone":
        return _national(said) == _national(fact)
    return said.casefold() == fact.casefold()


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


@lru_cache(maxsize=1024)
def _minutes(text: str) -> int | None:
    match = _DURATION.fullmatch(text)
    if match is None or text == "P":
        return None
    total = sum(int(part) * minutes for part, minutes in zip(match.groups(), _MINUTES, strict=True) if part)
    # a year of twelve months, and twelve months of thirty days, are the same promise
    return 518_400 if total == 525_600 else total


def _same_date(said: str, fact: str) -> bool:
    try:
        day = date.fromisoformat(fact)
    except ValueError:
        return said == fact
    if said.startswith("weekday:"):
        return said == f"weekday:{day.weekday()}"
    if said.startswith("---"):
        return said == f"---{day.day:02}"
    return said == f"--{day.month:02}-{day.day:02}"


def _same_time(said: str, fact: str) -> bool:
    """The clock shows the same, on twelve hours where the fact is in the evening and the hour was said bare."""
    if ":" not in said or ":" not in fact:
        return said == fact
    (hour, minute), (fact_hour, fact_minute) = said.split(":")[:2], fact.split(":")[:2]
    return minute == fact_minute and int(hour) % 12 == int(fact_hour) % 12


def _national(phone: str) -> str:
    digits = re.sub(r"\D", "", phone)
    return digits[-9:] if len(digits) >= 9 else digits
