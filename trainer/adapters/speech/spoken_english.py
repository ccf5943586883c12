"""English as a customer in Britain says numbers, amounts, dates and references."""

from __future__ import annotations

import re

from trainer.adapters.speech.spoken_words import MONTHS, Rule, Wording, full_year, in_words, whole_and_hundredths

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
    said = ", ".join(one_by_one(group) if len(group) < 6 else characters(group) for group in groups)
    return f"plus {said}" if written.startswith("+") else said


def characters(written: str) -> str:
    """ "AB4071" -> "ay bee, four zero seven one": letters and digits in groups of at most four."""
    groups = re.findall(r"[A-Z]{1,4}|\d{1,4}", _even(written))
    return ", ".join(" ".join(_LETTERS.get(c) or _DIGITS[int(c)] for c in group) for group in groups)


def one_by_one(written: str) -> str:
    """ "SW1A" -> "ess double-you one ay", in one breath."""
    return " ".join(_LETTERS.get(c.upper()) or _DIGITS[int(c)] for c in written)


def _even(written: str) -> str:
    """Runs of 5 to 6 digits are said in threes, so that none is left alone."""
    return re.sub(r"(?<!\d)(\d{3})(\d{2,3})(?!\d)", r"\1 \2", written)


def address(written: str) -> str:
    said = written.replace("@", " at ").replace(".", " dot ").replace("_", " underscore ").replace("-", " dash ")
    said = re.sub(r"\b[a-zA-Z]\b", lambda m: _LETTERS[m.group().upper()], said)
    return re.sub(r"\d+", lambda m: " " + characters(m.group()).replace(",", "") + " ", said)


_MONTHS = MONTHS["en"].split("|")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SHORT_MONTH = r"(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?"
_DECADES = ("hundreds", "tens", "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties",
            "nineties")  # fmt: skip
_MANY = {"k": "thousand", "m": "million", "bn": "billion"}
_PARTS = {"1/2": "half", "1/3": "a third", "2/3": "two thirds", "1/4": "a quarter", "3/4": "three quarters"}
_URGENT = r"(?:999|111|101|112|105)"


def _month(short: str) -> str:
    return next(month for month in _MONTHS if month.startswith(short[:3]))


def _house(match: re.Match[str]) -> str:
    """ "12A" -> "twelve ay", "221B" -> "two two one bee"."""
    said = in_words(int(match[1]), "en") if len(match[1]) < 3 else one_by_one(match[1])
    return f"{said} {one_by_one(match[2])}"


def _month_first(match: re.Match[str]) -> str:
    year = f" {year_name(int(match[3]))}" if match[3] else ""
    return f"{match[1]} the {in_words(int(match[2]), 'en', to='ordinal')}{year}"


def _decade(match: re.Match[str]) -> str:
    return f"{in_words(int(match[1]), 'en')} {_DECADES[int(match[2])]}"


FIRST: tuple[Rule, ...] = (
    # Letters one by one, as a customer spells: a voice would read a lone "a" as the article.
    (
        re.compile(r"(?<![\w'])(?:(?:[A-Za-z]|\d|dot|dash|underscore|at), ){2,}(?:[A-Za-z]|\d)(?![\w'])"),
        lambda m: re.sub(r"\b[A-Za-z]\b", lambda letter: _LETTERS[letter.group().upper()], m.group()),
    ),
    (re.compile(r"\b[a-z](?= (?:dot|underscore|dash) [a-z])"), lambda m: _LETTERS[m.group().upper()]),
    (  # postcodes and number plates
        re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?) (\d[A-Z]{2})\b|\b([A-Z]{2}\d{2}) ([A-Z]{3})\b"),
        lambda m: f"{one_by_one(m[1] or m[3])}, {one_by_one(m[2] or m[4])}",
    ),
    (re.compile(r"(?<![\w.,-])(?![45]G\b)(\d{1,3})([A-Z])(?![\w-])"), _house),
    (re.compile(r"(?<![\w-])[-−] ?(?=£\d)"), lambda _: "minus "),
    (re.compile(r"(?<=\d)\s?–\s?(?=[£\d])|(?<=[ap]m)\s?[–-]\s?(?=\d)"), lambda _: " to "),
    (re.compile(r"(£\d+)-£?(\d+)(?![\w.-])"), lambda m: f"{m[1]} to £{m[2]}"),
    (
        re.compile(
            r"(?<![\w.,/-])(\d{1,3})-(\d{1,3})"
            r"(?= ?(?:[ap]\.?m\b|%|pounds|days?|weeks?|months?|minutes|mins|hours|working|people|years)| (?:and|or) \d)"
        ),
        lambda m: f"{m[1]} to {m[2]}",
    ),
    (
        re.compile(r"£(\d+(?:\.\d+)?) ?(k|m|bn|thousand|million|billion)\b"),
        lambda m: f"{number(m[1])} {_MANY.get(m[2], m[2])} pounds",
    ),
    (re.compile(r"(?<![\w.,])(\d{1,2})p\b"), lambda m: f"{m[1]} {'penny' if m[1] == '1' else 'pence'}"),
    (re.compile(r"\b(\d{1,2})\.([0-5]\d)(?= ?[ap]\.?m\b)"), lambda m: f"{m[1]}:{m[2]}"),
    (
        re.compile(r"\b(at|until|till|before|after) (1?\d|2[0-3])\.([0-5]\d)\b(?! ?(?:%|[a-z]+s\b|kg|km|per))"),
        lambda m: f"{m[1]} {m[2]}:{m[3]}",
    ),
    (re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{2})\b"), lambda m: f"{m[1]}/{m[2]}/{full_year(m[3])}"),
    (
        re.compile(r"(?<![\d/])(0[1-9]|[12]\d|3[01])/(0[1-9]|1[0-2])(?![\d/])"),
        lambda m: date(int(m[1]), _MONTHS[int(m[2]) - 1], None),
    ),
    (
        re.compile(
            rf"\b{_SHORT_MONTH}(?= \d)|(?<=\d ){_SHORT_MONTH}|(?<=[tnr][hd] ){_SHORT_MONTH}|(?<=1st ){_SHORT_MONTH}"
        ),
        lambda m: _month(m.group()),
    ),
    (
        re.compile(r"\b(Mon|Tues?|Wed|Thu|Thurs?|Fri|Sat|Sun)\b\.?(?=,? (?:the )?\d)"),
        lambda m: next(day for day in _DAYS if day.startswith(m[1][:3])),
    ),
    (
        re.compile(rf"\b({'|'.join(_MONTHS)}) (\d{{1,2}})(?:st|nd|rd|th)?(?:,? (\d{{4}}))?(?!\w|[.,:/]?\d)"),
        _month_first,
    ),
    (re.compile(r"(?<![\d/])(?:1/[234]|2/3|3/4)(?![\d/])"), lambda m: _PARTS[m.group()]),
    (
        re.compile(rf"\b((?:call|dial|ring|phone)(?:ed|led|ing)?|rang|NHS) {_URGENT}(?: or {_URGENT})*\b"),
        lambda m: re.sub(r"\d+", lambda found: one_by_one(found.group()), m.group()),
    ),
    (
        re.compile(r"\b(ending(?: in| with)?|ends(?: in| with)?|digits(?: are)?) (\d{3,4})\b"),
        lambda m: f"{m[1]} {one_by_one(m[2])}",
    ),
    (  # sort codes and account numbers with dashes
        re.compile(r"(?<![\w-])(?!\d{4}-\d\d-\d\d\b)\d{2,}(?:-\d{2,}){2,}(?![\w-])"),
        lambda m: ", ".join(one_by_one(group) for group in m.group().split("-")),
    ),
    (re.compile(r"\b(19|20)(\d)0s\b"), _decade),
    (re.compile(r"(?<=\d) ?°C?(?!\w)"), lambda _: " degrees"),
    (re.compile(r"\bext\. ?(?=\d)"), lambda _: "extension "),
)


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
    first=FIRST,
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
        (re.compile(r"\bDr\.? (?=[A-Z])"), "Doctor "),
        (re.compile(r"\bMr\.? (?=[A-Z])"), "Mister "),
        (re.compile(r"\bMrs\.? (?=[A-Z])"), "Missus "),
        (re.compile(r"\bMs\.? (?=[A-Z])"), "Miz "),
        (re.compile(r"(?<=[a-z] )St\b\.?(?! [A-Z])"), "Street"),
        (re.compile(r"\bSt\.? (?=[A-Z])"), "Saint "),
        (re.compile(r"(?<=[a-z] )Rd\b\.?"), "Road"),
        (re.compile(r"(?<=[a-z] )Ave\b\.?"), "Avenue"),
        (re.compile(r"\bmins\b"), "minutes"),
        (re.compile(r"\bhrs\b"), "hours"),
        (re.compile(r"\bmph\b"), "miles an hour"),
        (re.compile(r"\b[Rr]ef\. "), "reference "),
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
