"""What each language brings for writing texts out as they are said."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from num2words import num2words

MONTHS = {
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
    "fr": "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
}
Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language. Numbers come as digits with at most one decimal point ("1250", "14.90")."""

    number: Callable[[str], str]
    money: Callable[[str, str], str]
    percent: Callable[[str], str]
    date: Callable[[int, str, int | None], str]
    year: Callable[[int], str]
    time: Callable[[int, int, str], str]
    """Hour, minute, and "a" or "p" where the text says a.m. or p.m., else ""."""
    telephone: Callable[[str], str]
    characters: Callable[[str], str]
    """Letters and digits one by one."""
    address: Callable[[str], str]
    """An e-mail or web address."""
    first: tuple[Rule, ...]
    """What is told by its shape before anything else: postcodes, spelled words, ranges, short dates."""
    before_references: tuple[Rule, ...]
    before_numbers: tuple[Rule, ...]
    abbreviations: tuple[tuple[re.Pattern[str], str], ...]


def in_words(number: int, language: str, **options: Any) -> str:
    """A whole number in words, without the commas that voices would pause at."""
    return str(num2words(number, lang=language, **options)).replace(",", "")


def full_year(two_digits: str) -> int:
    """ "25" -> 2025, "58" -> 1958: years of birth on forms, and days of this century."""
    return int(two_digits) + (2000 if int(two_digits) < 40 else 1900)


def whole_and_hundredths(amount: str) -> tuple[int, int]:
    """ "14.9" -> (14, 90)."""
    whole, _, part = amount.partition(".")
    return int(whole), int((part + "00")[:2])
