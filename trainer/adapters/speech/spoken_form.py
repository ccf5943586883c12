"""Texts as they are said: money, dates, times, telephone numbers, references and units written out in words.

Voices read "AB-4071", "14,90 €" and "06 12 34 56 78" in ways that no customer would say them; a learner who has to
note a reference must hear it digit by digit. What a voice reads well by itself stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from trainer.adapters.speech.spoken_english import ENGLISH
from trainer.adapters.speech.spoken_french import FRENCH
from trainer.adapters.speech.spoken_words import MONTHS, Wording

SPOKEN_FORM_VERSION = "spoken-2"
"""Part of every cache key: change it when a rule changes."""

_SPACE = "[ \u00a0\u202f\u2009]"
_GROUPED = rf"\d{{1,3}}(?:[,.]\d{{3}})+(?!\d)|\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)|\d+"
_AMOUNT = rf"(?:{_GROUPED})(?:[.,]\d{{1,2}})?"
_NUMBER = rf"(?:{_GROUPED})(?:[.,]\d+)?"
_SIGNS = "£€$"

EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
WEB = re.compile(r"\b(?:https?://)?(?:www\.)[\w-]+(?:\.[\w-]+)+\b")
MONEY_BEFORE = re.compile(rf"(?P<sign>[{_SIGNS}]){_SPACE}?(?P<amount>{_AMOUNT})(?!\d)")
MONEY_AFTER = re.compile(rf"(?<![\d.,])(?P<amount>{_AMOUNT}){_SPACE}?(?P<sign>[{_SIGNS}]|EUR\b|GBP\b|USD\b)")
_PHONE_START = r"(?:\+\d{1,3}(?:[ .-]?\(0\))?|\(?0\d{0,4}\)?)"
_PHONE_GAP = rf"(?:{_SPACE}|[.-])?"
PHONE = re.compile(rf"(?<![\w+]){_PHONE_START}{_PHONE_GAP}\d{{1,5}}(?:{_PHONE_GAP}\d{{2,5}}){{1,5}}(?!\w|[.,]\d)")
DATE_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b")
DATE_SLASH = re.compile(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})\b")
TIME = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])(?:\s?[hH]\s?(?P<m1>[0-5]\d)?(?!\w)|:(?P<m2>[0-5]\d))"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?"
)
TIME_HALF = re.compile(r"\b(?P<hour>1[0-2]|[1-9])\s?(?P<half>[ap])\.?m\b\.?", re.IGNORECASE)
REFERENCE = re.compile(r"\b(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)[A-Z0-9]+(?:-[A-Z0-9]+)*\b")
SPELLED = re.compile(r"\b[A-Z](?:-[A-Z])+\b")
LONG_DIGITS = re.compile(
    # Five digits or more; fewer where they begin with a zero, unless they are the thousands of "10 000".
    rf"(?<![\w.,])(?:\d{{5,}}|0\d{{3}}|(?<!\d{_SPACE})0\d{{2}}|0\d)(?![\w]|[.,]\d)"
)
PERCENT = re.compile(rf"(?<![\d.,])(?P<number>{_NUMBER}){_SPACE}?%")
NUMBER = re.compile(rf"(?<![\w.,-])(?P<number>{_NUMBER})(?![\w]|[.,]\d)")


def spoken_form(text: str, language: str) -> str:
    """`text` for a voice that speaks `language` ("en" or "fr"); other languages come back unchanged."""
    wording = {"en": ENGLISH, "fr": FRENCH}.get(language)
    if wording is None:
        return text
    said = text.replace("’", "'").replace("…", "...")
    for pattern, rule in _rules(wording, language):
        said = pattern.sub(rule, said)
    for pattern, words in wording.abbreviations:
        said = pattern.sub(words, said)
    return re.sub(r"\s+", " ", said).strip()


def _rules(words: Wording, language: str) -> list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]]:
    """In the order in which they are tried: the most telling shapes first."""
    named_date = re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)? (?P<month>{MONTHS[language]})\b(?: (?P<year>\d{{4}})\b)?"
    )
    month_year = re.compile(rf"\b(?P<month>{MONTHS[language]}) (?P<year>(?:19|20)\d\d)\b")
    months = MONTHS[language].split("|")
    return [
        *words.first,
        (EMAIL, lambda m: words.address(m.group())),
        (WEB, lambda m: words.address(re.sub(r"^https?://", "", m.group()))),
        (MONEY_BEFORE, lambda m: words.money(decimal(m["amount"]), m["sign"])),
        (MONEY_AFTER, lambda m: words.money(decimal(m["amount"]), m["sign"])),
        (DATE_ISO, lambda m: _date(words, months, m)),
        (DATE_SLASH, lambda m: _date(words, months, m)),
        (named_date, lambda m: words.date(int(m["day"]), m["month"], int(m["year"]) if m["year"] else None)),
        (month_year, lambda m: f"{m['month']} {words.year(int(m['year']))}"),
        (PHONE, lambda m: words.telephone(m.group()) if 9 <= len(re.sub(r"\D", "", m.group())) <= 15 else m.group()),
        (TIME, lambda m: words.time(int(m["hour"]), int(m["m1"] or m["m2"] or 0), (m["half"] or "").lower())),
        (TIME_HALF, lambda m: words.time(int(m["hour"]), 0, m["half"].lower())),
        *words.before_references,
        (REFERENCE, lambda m: words.characters(m.group().replace("-", ""))),
        (SPELLED, lambda m: words.characters(m.group().replace("-", ""))),
        (LONG_DIGITS, lambda m: words.characters(m.group())),
        (PERCENT, lambda m: words.percent(decimal(m["number"]))),
        *words.before_numbers,
        (NUMBER, lambda m: words.number(decimal(m["number"]))),
    ]


def _date(words: Wording, months: list[str], match: re.Match[str]) -> str:
    day, month = int(match["day"]), int(match["month"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return match.group()
    return words.date(day, months[month - 1], int(match["year"]))


def decimal(written: str) -> str:
    """A number as people write it ("1,250.00", "1 250,5", "14,90") as digits and at most one point."""
    plain = re.sub(_SPACE, "", written)
    marks = re.findall(r"[.,]", plain)
    if not marks:
        return plain
    last = max(plain.rfind("."), plain.rfind(","))
    thousands = len(set(marks)) == 1 and (len(marks) > 1 or (len(plain) - last == 4 and plain[0] != "0"))
    if thousands:
        return re.sub(r"[.,]", "", plain)
    return re.sub(r"[.,]", "", plain[:last]) + "." + plain[last + 1 :]
