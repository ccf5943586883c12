"""How people say values aloud: amounts, numbers, dates, telephone numbers, references and e-mail addresses.

Used to fill a customer's lines, so that a form that draws 17.50 says "seventeen pounds fifty" in English and
"dix-sept euros cinquante" in French. Every function takes the canonical value (see `understanding.Entity`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

WORDS = {
    "EN_SMALL": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
    "EN_TENS": "zero ten twenty thirty forty fifty sixty seventy eighty ninety",
    "EN_DAYS": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "EN_MONTHS": "January February March April May June July August September October November December",
    "FR_SMALL": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
    "dix-sept dix-huit dix-neuf",
    "FR_TENS": "zéro dix vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt",
    "FR_DAYS": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "FR_MONTHS": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
EN_SMALL, EN_TENS, EN_DAYS, EN_MONTHS, FR_SMALL, FR_TENS, FR_DAYS, FR_MONTHS = (w.split() for w in WORDS.values())
EN_IRREGULAR = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
LETTERS = {"en": {"@": "at", ".": "dot", "-": "dash", "_": "underscore"},
           "fr": {"@": "arobase", ".": "point", "-": "tiret", "_": "tiret du bas"}}  # fmt: skip


def number_words(number: int, language: str) -> str:
    """0 to 999,999 in words, as said in Britain or in France."""
    if not 0 <= number <= 999_999:
        raise ValueError(f"{number} is not said in words here: 0 to 999,999")
    return _french(number) if language == "fr" else _english(number)


def _english(n: int) -> str:
    if n < 20:
        return EN_SMALL[n]
    if n < 100:
        return EN_TENS[n // 10] + (f"-{EN_SMALL[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{EN_SMALL[n // 100]} hundred" + (f" and {_english(n % 100)}" if n % 100 else "")
    rest = n % 1000
    joint = " and " if 0 < rest < 100 else " "
    return f"{_english(n // 1000)} thousand" + (joint + _english(rest) if rest else "")


def _french(n: int) -> str:
    if n < 20:
        return FR_SMALL[n]
    if n < 100:
        tens, unit = divmod(n, 10)
        if tens in (7, 9):  # soixante-dix ... quatre-vingt-dix-neuf count on from the score below
            unit += 10
        if unit == 0:
            return FR_TENS[tens] + ("s" if n == 80 else "")
        joint = " et " if unit in (1, 11) and tens < 8 else "-"
        return FR_TENS[tens] + joint + FR_SMALL[unit]
    if n < 1000:
        head = "cent" if n < 200 else f"{FR_SMALL[n // 100]} cent" + ("" if n % 100 else "s")
        return head + (f" {_french(n % 100)}" if n % 100 else "")
    thousands = (
        "mille"
        if n < 2000
        else f"{_french(n // 1000).removesuffix('s') if n // 1000 == 80 else _french(n // 1000)} mille"
    )
    return thousands + (f" {_french(n % 1000)}" if n % 1000 else "")


def money_words(value: str, language: str, currency: str) -> str:
    """ "17.50" -> "seventeen pounds fifty" or "dix-sept euros cinquante". `currency` is GBP or EUR."""
    units, _, cents = value.partition(".")
    whole, part = int(units), int((cents + "00")[:2])
    name = {"GBP": ("pound", "livre"), "EUR": ("euro", "euro"), "USD": ("dollar", "dollar")}[currency][language == "fr"]
    plural = "" if whole == 1 or (language == "fr" and whole == 0) else "s"
    small = {"GBP": ("p", "pence"), "EUR": ("cents", "centimes"), "USD": ("cents", "cents")}[currency][language == "fr"]
    if whole == 0 and part:
        return f"{number_words(part, language)} {small}"
    number = number_words(whole, language)
    if name == "livre" and number.endswith("un"):
        number += "e"
    said = f"{number} {name}{plural}"
    return f"{said} {number_words(part, language)}" if part else said


def money_written(value: str, language: str, currency: str) -> str:
    """ "17.50" -> "£17.50" or "17,50 €", for labels and records."""
    sign = {"GBP": "£", "EUR": "€", "USD": "$"}[currency]
    short = value.removesuffix(".00")
    return f"{short.replace('.', ',')} {sign}" if language == "fr" else f"{sign}{short}"


def date_words(value: str, language: str) -> str:
    """ "2026-03-12" -> "Thursday the twelfth of March" or "jeudi 12 mars"."""
    day = date.fromisoformat(value)
    if language == "fr":
        number = "premier" if day.day == 1 else str(day.day)
        return f"{FR_DAYS[day.weekday()]} {number} {FR_MONTHS[day.month - 1]}"
    return f"{EN_DAYS[day.weekday()]} the {ordinal_words(day.day)} of {EN_MONTHS[day.month - 1]}"


def day_words(value: str, language: str) -> str:
    """ "2026-03-12" -> "twelfth" or "12", the day of the month alone."""
    day = date.fromisoformat(value).day
    if language == "fr":
        return "premier" if day == 1 else str(day)
    return ordinal_words(day)


def weekday_words(value: str, language: str) -> str:
    return (FR_DAYS if language == "fr" else EN_DAYS)[date.fromisoformat(value).weekday()]


def weekday_code(value: str, _language: str) -> str:
    """ "2026-03-12" -> "weekday:3" (Monday is 0), the canonical value of a weekday said without a date."""
    return f"weekday:{date.fromisoformat(value).weekday()}"


def date_written(value: str, language: str) -> str:
    """ "2026-03-12" -> "12/03/2026", as forms in both countries write it."""
    return date.fromisoformat(value).strftime("%d/%m/%Y")


def ordinal_words(number: int) -> str:
    """English: 12 -> "twelfth", 21 -> "twenty-first"."""
    head, dash, last = _english(number).rpartition("-")
    if last in EN_IRREGULAR:
        last = EN_IRREGULAR[last]
    else:
        last = last[:-1] + "ieth" if last.endswith("y") else last + "th"
    return head + dash + last


def time_words(value: str, language: str) -> str:
    """ "14:30" -> "half past two" or "quatorze heures trente"."""
    hour, minute = (int(part) for part in value.split(":"))
    if language == "fr":
        said = {0: "minuit", 12: "midi"}.get(
            hour
        ) or f"{number_words(hour, 'fr').replace('un', 'une')} heure{'s' * (hour > 1)}"
        return f"{said} {number_words(minute, 'fr')}" if minute else said
    on = number_words((hour - 1) % 12 + 1, "en")
    after = number_words(hour % 12 + 1, "en")
    if minute in (0, 15, 30, 45):
        return {0: f"{on} o'clock", 15: f"quarter past {on}", 30: f"half past {on}", 45: f"quarter to {after}"}[minute]
    return f"{on} {number_words(minute, 'en')}" if minute > 9 else f"{on} oh {number_words(minute, 'en')}"


def spelled(value: str, language: str) -> str:
    """ "BP471" -> "B, P, 4, 7, 1": letter by letter, with a breath between them."""
    names = LETTERS[language]
    return ", ".join(names.get(c, c.upper()) for c in value if not c.isspace())


def phone_words(value: str, language: str) -> str:
    """ "07700900123" -> "0 7 7 0 0, 9 0 0, 1 2 3"; "0639981234" -> "06, 39, 98, 12, 34" (in pairs, as in France)."""
    digits = "".join(c for c in value if c.isdigit())
    if language == "fr":
        return ", ".join(digits[i : i + 2] for i in range(0, len(digits), 2))
    groups = (digits[:5], digits[5:8], digits[8:])
    return ", ".join(" ".join(group) for group in groups if group)


def phone_written(value: str, language: str) -> str:
    digits = "".join(c for c in value if c.isdigit())
    if language == "fr":
        return " ".join(digits[i : i + 2] for i in range(0, len(digits), 2))
    return f"{digits[:5]} {digits[5:]}"


def email_words(value: str, language: str) -> str:
    """ "k.osei@example.org" -> "k dot osei at example dot org"."""
    said = value
    for sign, name in LETTERS[language].items():
        said = said.replace(sign, f" {name} ")
    return " ".join(said.split())


def email_spelled(value: str, language: str) -> str:
    """The part before the at letter by letter, the rest as words."""
    local, _, domain = value.partition("@")
    return f"{spelled(local, language).lower()}, {LETTERS[language]['@']} {email_words(domain, language)}"


def number_said(value: str, language: str) -> str:
    return number_words(int(value), language)


def shift_days(value: str, days: int) -> str:
    """An ISO date `days` later (or earlier)."""
    return (date.fromisoformat(value) + timedelta(days=days)).isoformat()


def surname(value: str, _language: str) -> str:
    """All but the first word of a name."""
    return value.split(" ", 1)[-1]


def of_whom(value: str, language: str) -> str:
    """A name behind "of": "d'Ousmane", "de Léo"; in English with its "of"."""
    if language != "fr":
        return f"of {value}"
    return f"d'{value}" if value[:1].lower() in "aeiouyhàâéèêëîïôöûü" else f"de {value}"


FILTERS: dict[str, Callable[[str, str], str]] = {
    "date": date_words,
    "weekday": weekday_words,
    "weekday_code": weekday_code,
    "date_written": date_written,
    "day": day_words,
    "time": time_words,
    "words": number_said,
    "spelled": spelled,
    "surname": surname,
    "de": of_whom,
    "phone": phone_words,
    "phone_written": phone_written,
    "email": email_words,
    "email_spelled": email_spelled,
    "upper": lambda value, _language: value.upper(),
    "lower": lambda value, _language: value.lower(),
    "capital": lambda value, _language: value[:1].upper() + value[1:],
}
MONEY_FILTERS: dict[str, Callable[[str, str, str], str]] = {"money": money_words, "price": money_written}
