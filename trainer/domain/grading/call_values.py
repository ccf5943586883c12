"""Values in one form, so that they can be compared: words without accents, figures, amounts, dates, telephone numbers."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january janvier jan janv", "february fevrier feb fev fevr", "march mars mar", "april avril apr avr",
            "may mai", "june juin jun", "july juillet jul juil", "august aout aug", "september septembre sep sept",
            "october octobre oct", "november novembre nov", "december decembre dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_OPENED = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_MONEY = re.compile(r"-?\d[\d\s.,'’\u00a0\u202f]*")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_FIGURES = re.compile(r"^(\d{1,2})[/.\-\s](\d{1,2})(?:[/.\-\s](\d{2}|\d{4}))?$")
_NAMED = re.compile(r"^(?:(\d{1,2})(?:st|nd|rd|th|er)?(?:of)?([a-z]+)|([a-z]+?)(\d{1,2})(?:st|nd|rd|th|er)?)(\d{4})?$")
_DAYS = re.compile(
    r"\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)day\b|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
)
_COUNTRY = ("0033", "0044", "+33", "+44", "0032", "+32", "0041", "+41", "0049", "+49", "+1", "001")


def plain(text: str) -> str:
    """Lower case, without accents, one apostrophe, single spaces. "Lefèvre" and "LEFEVRE" are the same."""
    opened = unicodedata.normalize("NFKD", text).casefold().translate(_OPENED)
    bare = "".join(c for c in unicodedata.normalize("NFKD", opened) if not unicodedata.combining(c))
    return " ".join(bare.casefold().replace("’", "'").split())


def plain_words(text: str) -> list[str]:
    """The words of `plain`, without punctuation and hyphens."""
    return re.findall(r"[a-z0-9]+", plain(text))


def digits(text: str) -> str:
    return "".join(c for c in text if c.isascii() and c.isdigit())


def phone(text: str) -> str:
    """National digits: "+33 6 12 34 56 78", "0033612345678" and "06.12.34.56.78" are all "0612345678"."""
    bare = re.sub(r"[^\d+]", "", text.replace("(0)", ""))
    for prefix in _COUNTRY:
        if bare.startswith(prefix) and len(digits(bare)) >= 10:
            return "0" + digits(bare[len(prefix) :]).lstrip("0")
    return digits(bare)


def amount(text: str) -> Decimal | None:
    """The amount in "€1 250,50", "1,250.50", "11 euros" or "11"; None where there is none."""
    found = _MONEY.search(text)
    if found is None:
        return None
    bare = re.sub(r"[\s'’\u00a0\u202f]", "", found.group()).rstrip(".,")
    last = max(bare.rfind("."), bare.rfind(","))
    if last >= 0:
        head, tail = bare[:last], bare[last + 1 :]
        several = bare.count(bare[last]) > 1
        # "1,250" is a thousand; "11,5", "11.50" and "1,250.50" have decimals
        decimal = len(tail) != 3 if not several and not re.search(r"[.,]", head) else not several
        bare = re.sub(r"[.,]", "", head) + ("." if decimal else "") + tail
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None


def day(text: str, *, near: str = "") -> date | None:
    """The date in "2026-11-26", "26/11/2026", "26.11", "26 November", "jeudi 26 novembre 2026"; None where none is.

    `near` is the ISO date whose year is taken where none was written.
    """
    bare = _DAYS.sub(" ", plain(text)).replace(",", " ").strip()
    bare = re.sub(r"\b(?:the|le|of|on)\b", " ", bare).strip()
    year = int(near[:4]) if _ISO.match(near) else 1
    if iso := _ISO.match(bare):
        return _date(*map(int, iso.groups()))
    if figures := _FIGURES.match(bare):
        first, second, written = figures.groups()
        full = year if written is None else int(written) + (2000 if len(written) == 2 else 0)
        return _date(full, int(second), int(first)) or _date(full, int(first), int(second))
    if named := _NAMED.match(re.sub(r"[\s.]+", "", bare)):
        number, month = named.group(1) or named.group(4), named.group(2) or named.group(3)
        if month in MONTHS:
            return _date(int(named.group(5) or year), MONTHS[month], int(number))
    return None


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
