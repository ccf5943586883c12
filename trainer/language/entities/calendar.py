"""Dates: written, named, relative. Without a year the value is "--MM-DD", unless the case tells the year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from trainer.language.entities.reading import Hit, Reading

DAYS = {
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
}  # fmt: skip
_MONTHS = {
    "en": ("january|jan", "february|feb", "march|mar", "april|apr", "may", "june|jun", "july|jul", "august|aug", "september|sept?", "october|oct", "november|nov", "december|dec"),
    "fr": ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
}  # fmt: skip
_MONTH = {language: "|".join(names) for language, names in _MONTHS.items()}
_YEAR = r"(?:[ ,]+(?:of )?((?:19|20)\d\d))?"
_DAY_OF = {language: "|".join(f"{d}s?" if language == "fr" else d for d in days) for language, days in DAYS.items()}
_NAMED = {
    "en": (
        re.compile(rf"(?:\b(?P<wd>{_DAY_OF['en']})[ ,]+)?(?:the )?(?<![\d:])(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m>{_MONTH['en']})\b\.?{_YEAR}"),
        re.compile(rf"(?:\b(?P<wd>{_DAY_OF['en']})[ ,]+)?\b(?P<m>{_MONTH['en']})\b\.? (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]){_YEAR}"),
    ),
    "fr": (re.compile(rf"(?:\b(?P<wd>{_DAY_OF['fr']})[ ,]+)?(?:le )?(?<![\d:])(?P<d>\d{{1,2}})(?:er|eme|e)? (?P<m>{_MONTH['fr']})\b{_YEAR}"),),
}  # fmt: skip
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_FIGURES = re.compile(
    r"(?<![\d/.])(\d{1,2})[/](\d{1,2})(?:[/](\d{4}|\d\d))?(?![\d/])|(?<![\d/.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)"
)
_DAY_ONLY = {
    "en": re.compile(rf"\b(?P<wd>{_DAY_OF['en']})(?:[ ,]+(?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)\b)?|\bthe (?P<d2>\d{{1,2}})(?:st|nd|rd|th)\b(?! (?:time|line|floor|of the))"),
    "fr": re.compile(rf"\b(?P<wd>{_DAY_OF['fr']})(?:[ ,]+(?:le )?(?P<d>\d{{1,2}})(?:er)?\b(?! ?(?:h\b|heures?|euros?)))?|\ble (?P<d2>\d{{1,2}})(?:er)?\b(?= prochain|$| (?:au|a|avant|du mois)|[.,!?])"),
}  # fmt: skip
_WEEKDAY = {"en": {d: i for i, d in enumerate(DAYS["en"])}, "fr": {d: i for i, d in enumerate(DAYS["fr"])}}
_RELATIVE: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    "en": (
        (re.compile(r"\b(?:the )?day after tomorrow\b"), "in:P2D"),
        (re.compile(r"\b(?:the )?day before yesterday\b"), "in:-P2D"),
        (re.compile(r"\b(?:the )?next (?:business |working )?day\b(?! (?:is|was))"), "tomorrow"),
        (re.compile(r"\btomorrow\b"), "tomorrow"),
        (re.compile(r"\b(?:today|tonight|this (?:morning|afternoon|evening))\b"), "today"),
        (re.compile(r"\byesterday\b"), "yesterday"),
        (re.compile(r"\bnext week\b|\ba week from (?:now|today)\b|\bin a week(?:'s time)?\b"), "in:P7D"),
        (re.compile(r"\bnext month\b|\bin a month\b"), "in:P1M"),
    ),
    "fr": (
        (re.compile(r"\bapres[ -]demain\b"), "in:P2D"),
        (re.compile(r"\bavant[ -]hier\b"), "in:-P2D"),
        (re.compile(r"\b(?:des )?(?:le lendemain|demain)\b"), "tomorrow"),
        (re.compile(r"\b(?:aujourd ?'? ?hui|ce (?:matin|soir|midi)|cet apres[ -]midi|cet aprem)\b"), "today"),
        (re.compile(r"\bhier\b"), "yesterday"),
        (re.compile(r"\b(?:la )?semaine prochaine\b|\bdans une semaine\b|\bdans 8 jours\b"), "in:P7D"),
        (re.compile(r"\b(?:le )?mois prochain\b|\bdans un mois\b"), "in:P1M"),
    ),
}  # fmt: skip
_IN_DAYS = {
    "en": re.compile(r"\bin (\d{1,2}) (?:(?:working|business) )?(days?|weeks?)\b(?:'? time)?|\b(\d{1,2}) (days?|weeks?) from (?:now|today)\b"),
    "fr": re.compile(r"\bdans (\d{1,2}) (jours?|semaines?)(?: ouvres?| ouvrables?)?\b"),
}  # fmt: skip


def read_dates(reading: Reading) -> Iterator[Hit]:
    text, language = reading.text, reading.language
    for match in _ISO.finditer(text):
        value = _iso(int(match.group(1)), int(match.group(2)), int(match.group(3)))
        if value:
            yield Hit("date", value, *match.span())
    for match in _FIGURES.finditer(text):
        day, month, year = (match.group(1), match.group(2), match.group(3)) if match.group(1) else match.group(4, 5, 6)
        full = (int(year) + 2000 if len(year) == 2 else int(year)) if year else reading.year
        if (match.group(3) or full or match.group(4)) and (value := _iso(full, int(month), int(day))):
            yield Hit("date", value, *match.span())
    for pattern in _NAMED[language]:
        for match in pattern.finditer(text):
            month_number = next(i for i, names in enumerate(_MONTHS[language], 1) if match["m"] in _names(names))
            year = match.group(match.re.groups)
            value = _iso(int(year) if year else reading.year, month_number, int(match["d"]))
            if value:
                yield Hit("date", value, *match.span())
    for pattern, value in _RELATIVE[language]:
        for match in pattern.finditer(text):
            yield Hit("date", value, *match.span())
    for match in _IN_DAYS[language].finditer(text):
        number, unit = (match.group(1), match.group(2)) if match.group(1) else (match.group(3), match.group(4))
        days = int(number) * (7 if unit.startswith(("week", "semaine")) else 1)
        yield Hit("date", f"in:P{days}D", *match.span())
    for match in _DAY_ONLY[language].finditer(text):
        if match["wd"]:
            name = match["wd"]
            number = _WEEKDAY[language].get(name, _WEEKDAY[language].get(name.rstrip("s"), 0))
            yield Hit("date", f"weekday:{number}", *match.span())
        elif match["d2"] and 1 <= int(match["d2"]) <= 31:
            yield Hit("date", f"---{int(match['d2']):02}", match.start(), match.end())


def _names(pattern: str) -> set[str]:
    names = set(pattern.split("|"))
    return names | {"sep", "sept"} if "sept?" in names else names


def _iso(year: int | None, month: int, day: int) -> str | None:
    try:
        found = date(year or 2024, month, day)
    except ValueError:
        return None
    return found.isoformat() if year else found.isoformat()[4:].replace("-", "--", 1)
