"""Times of day and lengths of time.

A bare hour without "am" or "pm" is read as office hours have it: one to six is the afternoon, seven to eleven the morning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trainer.language.entities.reading import Hit, Reading

_MER = r"(?: ?(?P<mer>[ap]\.? ?m\b\.?)|(?P<part> in the (?:morning|afternoon|evening)| at night))?"
_EN_TIMES: tuple[re.Pattern[str], ...] = (
    re.compile(
        rf"\b(?P<rel>half past|quarter past|quarter to|half) (?P<h>\d{{1,2}})\b(?! (?:an|hour|price|day|off)){_MER}"
    ),
    re.compile(
        rf"\b(?P<min>\d{{1,2}})(?: minutes)? (?P<dir>past|to) (?P<h>\d{{1,2}})\b(?! (?:day|hour|week|month|work|business|minute|year|pound|euro)){_MER}(?=$|[ ,.?!])"
    ),
    re.compile(
        rf"(?<![\d.,:£€$])(?P<h>\d{{1,2}})(?:[:.]|h)(?P<m>[0-5]\d)(?![\d%]| ?(?:a|per|each|every) (?:month|week|year)| ?(?:pounds?|euros?|dollars?)){_MER}"
    ),
    re.compile(r"(?<![\d.,:£€$])(?P<h>\d{1,2})(?: (?P<m>[0-5]\d))? ?(?P<mer>[ap]\.? ?m\b\.?)"),
    re.compile(rf"(?<![\d.,:])(?P<h>\d{{1,2}}) ?o'? ?clock\b{_MER}"),
    re.compile(
        r"(?<![\d.,:])(?P<h>\d{1,2})(?: (?P<m>[0-5]\d))?(?P<part> in the (?:morning|afternoon|evening)| at night)"
    ),
)
_EN_AT = re.compile(
    r"\b(?:at|by|before|after|until|till|around|about|from|past) (?P<h>\d{1,2})(?: (?P<m>[0-5]\d|0 ?\d))?(?=$|[ ,.?!])"
    r"(?! ?(?:%|percent|pounds?|euros?|days?|hours?|minutes?|weeks?|months?|years?|questions?|a (?:month|week|year)|per|times|people|of|quid|dollars?|working|business|calendar|am\b|pm\b|\d|and \d+ (?:euros|pounds)))"
)
_EN_RANGE = re.compile(
    r"\b(?:between|from) (?P<a>\d{1,2})(?:[:. ](?P<am>[0-5]\d))? ?(?P<ma>[ap]m)? (?:and|to|until|till) (?P<b>\d{1,2})(?:[:. ](?P<bm>[0-5]\d))? ?(?P<mb>[ap]m)?(?=$|[ ,.?!])(?! ?(?:%|percent|pounds?|euros?|(?:working |business )?days?|hours?|minutes?|weeks?|months?|years?|per|a month|working|of))"
)
_EN_WORDS = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}
_FR_PART = r"(?: du (?P<part>matin|soir)| de (?P<part2>l'apres[ -]midi))?"
_FR_CLOCK = re.compile(
    rf"(?<![\d.,:])(?P<h>\d{{1,2}}) ?(?:h(?:eures?)?\b|h(?=\d)) ?(?:(?P<m>[0-5]?\d)(?: minutes)?\b(?! ?(?:euros?|jours?|%|/))|(?P<rel>et demie?|et quart|moins le quart|moins quart|moins (?P<less>\d{{1,2}})|trente|pile))?{_FR_PART}"
)
_FR_COLON = re.compile(r"(?<![\d.,:])(?P<h>\d{1,2}):(?P<m>[0-5]\d)(?!\d)")
_FR_RANGE = re.compile(r"\b(?:entre|de) (?P<h>\d{1,2})(?= (?:et|a) \d{1,2} ?(?:h\b|heures?))")
_FR_TIME_CUE = re.compile(
    r"(?:\b(?:a|vers|avant|apres|entre|et|jusqu'a|des|de|d'ici|pour|autour de|aux alentours de|il est|partir de|ou)|[,:(]) *$"
)
_FR_SPAN_CUE = re.compile(
    r"\b(?:sous|en|dans(?: les)?|pendant|depuis|delai (?:de|d'|est de)|duree de|moins de|plus de|d'ici|durant|attendre|prend|dure|attente de|pour|environ|maximum|compter|toutes les|les) *$"
)
_FR_WORDS = {"midi": "12:00", "minuit": "00:00"}


def read_times(reading: Reading) -> Iterator[Hit]:
    if reading.language == "fr":
        yield from _french_times(reading.text)
    else:
        yield from _english_times(reading.text)


def _english_times(text: str) -> Iterator[Hit]:
    for match in _EN_RANGE.finditer(text):
        first = _hour(int(match["a"]), match["ma"] or "", "")
        second = _hour(int(match["b"]), match["mb"] or "", "")
        if first is None or second is None:
            continue
        if match["mb"] == "pm" and not match["ma"] and int(match["a"]) < int(match["b"]) and int(match["a"]) != 12:
            first = int(match["a"]) + 12 if int(match["a"]) < 8 else first
        if second <= first and second < 12:
            second += 12
        yield Hit(
            "time",
            f"{first:02}:{int(match['am'] or 0):02}",
            match.start("a"),
            match.end("am") if match["am"] else match.end("a"),
        )
        yield Hit("time", f"{second:02}:{int(match['bm'] or 0):02}", match.start("b"), match.end())
    for pattern in _EN_TIMES:
        for match in pattern.finditer(text):
            groups = match.groupdict()
            hour = _hour(
                int(groups["h"]),
                groups.get("mer") or "",
                groups.get("part") or "",
                bool(groups.get("m")) and ":" in match.group(),
            )
            if hour is None:
                continue
            minute = int(groups.get("m") or 0)
            rel, back = groups.get("rel") or "", groups.get("dir") == "to"
            if rel:
                minute, back = (30 if "half" in rel else 15), rel == "quarter to"
            elif groups.get("min"):
                minute = int(groups["min"])
            if minute > 59:
                continue
            yield Hit("time", _shown(hour, minute, back), *match.span())
    for match in _EN_AT.finditer(text):
        hour = _hour(int(match["h"]), "", "")
        if hour is not None:
            minute = int((match["m"] or "0").replace(" ", ""))
            yield Hit(
                "time", _shown(hour, minute, False), match.start("h"), match.end("m") if match["m"] else match.end("h")
            )
    for word, value in _EN_WORDS.items():
        for match in re.finditer(rf"\b{word}\b", text):
            yield Hit("time", value, *match.span())


def _hour(hour: int, meridian: str, part: str, exact: bool = False) -> int | None:
    """The hour on a 24-hour clock, or None if there is no such hour."""
    if hour > 24:
        return None
    late = (
        meridian.startswith("p")
        or "afternoon" in part
        or "evening" in part
        or "night" in part
        or part in ("soir", "apres")
    )
    early = meridian.startswith("a") or "morning" in part or part == "matin"
    if late and hour < 12:
        return hour + 12
    if early:
        return hour % 12 if hour == 12 else hour
    if not late and not exact and 1 <= hour <= 6:
        return hour + 12
    return hour % 24


def _shown(hour: int, minute: int, back: bool) -> str:
    if back:
        total = (hour * 60 - minute) % 1440
        return f"{total // 60:02}:{total % 60:02}"
    return f"{hour:02}:{minute:02}"


def _french_times(text: str) -> Iterator[Hit]:
    for match in _FR_CLOCK.finditer(text):
        hour = int(match["h"])
        if hour > 24 or not _is_clock(text, match):
            continue
        rel, minute, back = match["rel"] or "", int(match["m"] or 0), False
        if rel.startswith("et demi") or rel == "trente":
            minute = 30
        elif rel == "et quart":
            minute = 15
        elif "quart" in rel:
            minute, back = 15, True
        elif match["less"]:
            minute, back = int(match["less"]), True
        part = match["part"] or ("apres" if match["part2"] else "")
        full = _hour(hour, "", part, exact=True)
        if full is not None:
            yield Hit("time", _shown(full, minute, back), *match.span())
    for match in _FR_COLON.finditer(text):
        if int(match["h"]) <= 24:
            yield Hit("time", f"{int(match['h']) % 24:02}:{match['m']}", *match.span())
    for match in _FR_RANGE.finditer(text):
        if int(match["h"]) <= 24:
            yield Hit("time", f"{int(match['h']):02}:00", match.start("h"), match.end("h"))
    for word, value in _FR_WORDS.items():
        for match in re.finditer(
            rf"\b{word}\b(?: (?:et demie?|et quart|moins le quart|(?:moins )?[0-5]?\d)\b(?! ?[%€]))?", text
        ):
            if text[: match.start()].endswith(("apres ", "apres-", "ce ", "l'apres ")):
                continue
            yield Hit("time", _beside(int(value[:2]), match.group()), *match.span())


def _beside(hour: int, said: str) -> str:
    """ "midi", "midi et demi", "midi moins le quart", "midi 40"."""
    minutes = re.search(r"\d+$", said)
    minute = 30 if "demi" in said else 15 if "quart" in said else int(minutes.group()) if minutes else 0
    return _shown(hour, minute, "moins" in said)


def _is_clock(text: str, match: re.Match[str]) -> bool:
    """ "à 14 heures" is a time, "sous 48 heures" and "24 heures" are lengths."""
    if match["m"] or match["rel"] or match["part"] or match["part2"]:
        return not (match["m"] and _FR_SPAN_CUE.search(text[max(0, match.start() - 24) : match.start()]) and False)
    before = text[max(0, match.start() - 24) : match.start()]
    if _FR_SPAN_CUE.search(before) and not re.search(r"(?:pour|d'ici) *$", before):
        return False
    if int(match["h"]) == 24:
        return False
    return bool(_FR_TIME_CUE.search(before))


_UNITS = {
    "en": (("PT{}M", r"min(?:ute)?s?"), ("PT{}H", r"h(?:ou)?rs?|h|hours?"), ("P{}D", r"(?:(?:working|business|calendar|full|clear) )?days?"), ("P{}W", r"weeks?"), ("P{}M", r"months?"), ("P{}Y", r"years?|yrs?")),
    "fr": (("PT{}M", r"min(?:ute)?s?|mn"), ("PT{}H", r"h(?:eures?)?"), ("P{}D", r"j(?:ours?)?(?: (?:ouvres?|ouvrables?|calendaires?|francs?))?"), ("P{}W", r"semaines?"), ("P{}M", r"mois"), ("P{}Y", r"ans?|annees?")),
}  # fmt: skip
_RANGE = r"(?:(?P<low>\d+|one|un|une)(?: (?:or|to|a|ou|et|and) |-))?"
_DURATION = {
    language: re.compile(_RANGE + r"(?<![\d.,])(?P<n>\d{1,3})(?P<half> and a half| et demie?)?[ -]?(?:" + "|".join(f"(?P<u{i}>{p})" for i, (_, p) in enumerate(units)) + r")\b")
    for language, units in _UNITS.items()
}  # fmt: skip
_SINGLE = {
    "en": ((r"half an hour|half-hour", "PT30M"), (r"(?:a )?quarter of an hour", "PT15M"), (r"three quarters of an hour|3 quarters of an hour", "PT45M"), (r"(?<!quarter of )(?<!quarters of )(?<!half )(?:an|one|a full) hour(?! and)", "PT1H"), (r"an hour and a half", "PT90M"), (r"(?:one|a single|1) (?:working |business |full )?day", "P1D"), (r"within (?:the|a) day|same day", "P1D"),
           (r"(?:a|one) week", "P1W"), (r"a fortnight|two weeks", "P2W"), (r"(?:a|one) month(?!ly)", "P1M"), (r"(?:a|one|full) year", "P1Y"), (r"a couple of days", "P2D"), (r"a couple of weeks", "P2W"), (r"a couple of hours", "PT2H"), (r"a couple of months", "P2M"), (r"(?:one|a) minute", "PT1M")),
    "fr": ((r"(?:une )?demi[ -]heure", "PT30M"), (r"(?:un )?quart d'heure", "PT15M"), (r"trois quarts d'heure|3 quarts d'heure", "PT45M"), (r"une heure et demie", "PT90M"), (r"une heure", "PT1H"), (r"un (?:seul )?jour(?: ouvre| ouvrable)?|une journee", "P1D"), (r"une (?:seule )?semaine", "P1W"), (r"une quinzaine(?: de jours)?", "P15D"),
           (r"un (?:seul )?mois", "P1M"), (r"un an|une annee", "P1Y"), (r"une minute", "PT1M")),
}  # fmt: skip
_SINGLES = {language: tuple((re.compile(rf"\b(?:{p})\b"), v) for p, v in rows) for language, rows in _SINGLE.items()}
_PER = re.compile(
    r"(?:\b(?:times|fois|once|twice|une fois|pounds?|euros?|dollars?|quid|pence|p|€|£|%|per ?cent|percent|pour ?cent|\d+) ?|(?:per|a|each|par) )$"
)


def read_durations(reading: Reading) -> Iterator[Hit]:
    text, language = reading.text, reading.language
    for match in _DURATION[language].finditer(text):
        number = int(match["n"])
        for i, (form, _) in enumerate(_UNITS[language]):
            if match[f"u{i}"] is None:
                continue
            if match["half"] and form == "PT{}H":
                yield Hit("duration", f"PT{number * 60 + 30}M", match.start("n"), match.end())
                break
            if match["low"]:
                low = int(match["low"]) if match["low"].isdigit() else 1
                yield Hit("duration", form.format(low), match.start("low"), match.end("low"))
            yield Hit("duration", form.format(number), match.start("n"), match.end())
            break
    for pattern, value in _SINGLES[language]:
        for match in pattern.finditer(text):
            if not _PER.search(text[max(0, match.start() - 12) : match.start()]):
                yield Hit("duration", value, *match.span())
