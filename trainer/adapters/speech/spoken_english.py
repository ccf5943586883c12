"""English as a customer in Britain says numbers, amounts, dates and references."""

from __future__ import annotations

import re

from trainer.adapters.speech.spoken_words import Wording, in_words, whole_and_hundredths

_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_LETTER_NAMES = (
    "ay bee see dee ee eff jee aitch eye jay kay ell em en oh pee cue are ess tee you vee double-you ex why zed"
)
_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _LETTER_NAMES.split(), strict=True))
_MONEY = {"£": ("pound", "pounds", "penny", "pence"), "€": ("euro", "euros", "cent", "cents"),
          "$": ("dollar", "dollars", "cent", "cents")}  # fmt: skip
_CODES = {"GBP": "£", "EUR": "€", "USD": "$"}


def number(written: str) -> str:
    """ "1250" -> "one thousand two hundred and fifty", "2.5" -> "two point five"."""
    whole, _, part = written.partition(".")
    said = in_words(int(whole), "en")
    return f"{said} point {' '.join(_DIGITS[int(digit)] for digit in part)}" if part else said


def money(amount: str, sign: str) -> str:
    """ "14.90" -> "fourteen pounds ninety"; below one pound "fifty pence"."""
    one, many, small, smalls = _MONEY[_CODES.get(sign, sign)]
    whole, hundredths = whole_and_hundredths(amount)
    if not whole and hundredths:
        return f"{in_words(hundredths, 'en')} {small if hundredths == 1 else smalls}"
    said = f"{in_words(whole, 'en')} {one if whole == 1 else many}"
    if not hundredths:
        return said
    return (
        f"{said} {in_words(hundredths, 'en')}"
        if hundredths >= 10
        else f"{said} and {in_words(hundredths, 'en')} {small if hundredths == 1 else smalls}"
    )


def date(day: int, month: str, year: int | None) -> str:
    """The fourteenth of March twenty twenty-five."""
    said = f"the {in_words(day, 'en', to='ordinal')} of {month}"
    return f"{said} {year_name(year)}" if year else said


def year_name(year: int) -> str:
    return in_words(year, "en", to="year")


def time(hour: int, minute: int, half: str) -> str:
    """14:30 -> "two thirty p.m.", spelled so that voices say the letters."""
    if hour in (0, 24) and not minute:
        return "midnight"
    if hour == 12 and not minute and half != "a":
        return "midday"
    after = half or ("a" if hour < 12 else "p")
    said = in_words((hour - 1) % 12 + 1, "en")
    minutes = "" if not minute else f" oh {in_words(minute, 'en')}" if minute < 10 else f" {in_words(minute, 'en')}"
    return f"{said}{minutes} {_LETTERS[after.upper()]} em"


def telephone(written: str) -> str:
    """Digit by digit, with a short pause between the groups as they are written."""
    groups = re.findall(r"\d+", written.replace("(0)", ""))
    if len(groups) == 1:
        groups = [part for part in re.split(r"(^\d{5})|(\d{3})", groups[0]) if part]
    said = ", ".join(characters(group) for group in groups)
    return f"plus {said}" if written.startswith("+") else said


def characters(written: str) -> str:
    """ "AB4071" -> "ay bee, four zero seven one": letters and digits in groups of at most four."""
    groups = re.findall(r"[A-Z]{1,4}|\d{1,4}", _even(written))
    return ", ".join(" ".join(_LETTERS.get(c) or _DIGITS[int(c)] for c in group) for group in groups)


def _even(written: str) -> str:
    """Runs of 5 to 6 digits are said in threes, so that none is left alone."""
    return re.sub(r"(?<!\d)(\d{3})(\d{2,3})(?!\d)", r"\1 \2", written)


def address(written: str) -> str:
    said = written.replace("@", " at ").replace(".", " dot ").replace("_", " underscore ").replace("-", " dash ")
    return re.sub(r"\d+", lambda m: " " + characters(m.group()).replace(",", "") + " ", said)


ENGLISH = Wording(
    number=number,
    money=money,
    percent=lambda written: f"{number(written)} percent",
    date=date,
    year=year_name,
    time=time,
    telephone=telephone,
    characters=characters,
    address=address,
    before_references=(
        (re.compile(r"\b24/7\b"), lambda _: "twenty-four seven"),
        (re.compile(r"\b(\d+)(GB|MB|TB)\b"), lambda m: f"{m[1]} {m[2]}"),
        (re.compile(r"\b4G\b"), lambda _: "four jee"),
        (re.compile(r"\b5G\b"), lambda _: "five jee"),
    ),
    before_numbers=(
        (re.compile(r"\b(\d{1,3})(?:st|nd|rd|th)\b"), lambda m: in_words(int(m[1]), "en", to="ordinal")),
        (re.compile(r"\b(in|since|by|of|until) ((?:19|20)\d\d)\b"), lambda m: f"{m[1]} {year_name(int(m[2]))}"),
    ),
    abbreviations=(
        (re.compile(r"\bMbps\b|\bMbit/s\b"), "megabits per second"),
        (re.compile(r"\bkWh\b"), "kilowatt hours"),
        (re.compile(r"\bGB\b"), "gigabytes"),
        (re.compile(r"\bMB\b"), "megabytes"),
        (re.compile(r"\bkm\b"), "kilometres"),
        (re.compile(r"\bkg\b"), "kilos"),
        (re.compile(r"\bNo\. ?(?=\w)|#(?=\w)"), "number "),
        (re.compile(r"\be\.g\."), "for example"),
        (re.compile(r"\bi\.e\."), "that is"),
        (re.compile(r" ?/ ?(month|year|day|week|hour)\b"), r" a \1"),
        (re.compile(r" & "), " and "),
    ),
)
