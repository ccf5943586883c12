"""Figures in a reply that the situation does not give: the surest sign of an invented price, delay or gift.

Spoken numbers are read as digits. A figure counts as known when the situation or the customer named it for the same
kind of thing (money, a share, a length of time, or no kind told), or when it follows from those in one step of everyday
arithmetic: what is left, what is missing, a year's price, months as years, 18 h as six.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from text_to_num import alpha2digit

_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[ ]\d{3}(?!\d))*(?:[.,]\d+)*")
_KINDS: tuple[tuple[str, float, str], ...] = (
    ("money", 1, r"€|\$|£|euros?\b|pounds?\b|quid\b|dollars?\b|pence\b|(?:a|per|each|every) (?:month|week|hour|year|day|head|person)\b"
     r"|(?:par|de l.|l.|la) (?:mois|an|semaine|heure|t[êe]te|personne)\b|/ ?(?:month|mois|yr|year|an)\b"),
    ("percent", 1, r"%|percent\b|gross\b"),
    ("days", 1 / 1440, r"min(?:ute)?s?\b"),
    ("days", 1 / 24, r"(?:working )?(?:hours?|heures?|h)\b"),
    ("days", 1, r"(?:working |business |calendar )?(?:days?|jours?|nights?|nuits?|j)\b"),
    ("days", 7, r"(?:weeks?|semaines?)\b"),
    ("days", 30, r"(?:months?|mois)\b"),
    ("days", 360, r"(?:years?|ans?|ann[ée]es?)\b"),
    ("other", 1, r"(?:times?|fois|km|kilom\w+|m²|people|personnes?|questions?|stars?|[ée]toiles?|gigs?|go|gb|mb|mega\w*|am|pm)\b"),
)  # fmt: skip
_UNITS = tuple(
    (kind, factor, re.compile(r"[\s-]*(?:" + pattern + ")", re.IGNORECASE)) for kind, factor, pattern in _KINDS
)
_CLOCK = re.compile(
    r"\b(?:at|after|before|around|about|by|till|until|from|between|past|vers|à|a|avant|après|apres|jusqu.à|entre|de|dès)\s+$",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\b(?:per|pour) ?cents?\b", re.IGNORECASE)
_LIMIT = 12
"""Figures of one kind that are combined in pairs; more would let chance explain any invented figure."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number said. `kind` is money, percent, days (the value is in days), clock (an hour), other or ""."""

    value: float
    kind: str
    quote: str
    plain: float


def in_digits(text: str, language: str) -> str:
    """The text with its spoken numbers in digits: "in three parts" is "in 3 parts"."""
    return str(alpha2digit(_PERCENT.sub("%", text.replace("-", " ").replace("’", "'")), language, threshold=0))


@lru_cache(maxsize=1024)
def read_figures(text: str, language: str) -> tuple[Figure, ...]:
    """The figures of a text, spoken or written, in order. The rules of one reply ask for the same clauses many times."""
    if not text.strip():
        return ()
    digits = in_digits(text, language)
    found = []
    for match in _NUMBER.finditer(digits):
        plain = _value(match.group())
        kind, factor, end = "", 1.0, match.end()
        for name, scale, pattern in _UNITS:
            if unit := pattern.match(digits, match.end()):
                kind, factor, end = name, scale, unit.end()
                break
        if match.start() and digits[match.start() - 1] in "£$€":
            kind = "money"
        elif _tells_time(kind, factor, plain) and _CLOCK.search(digits[: match.start()]):
            kind, factor = "clock", 1.0
        found.append(Figure(round(plain * factor, 4), kind, digits[match.start() : end].strip(), plain))
    return tuple(found)


def _tells_time(kind: str, factor: float, plain: float) -> bool:
    """True for what may be an hour of the day: "after six", "vers dix-neuf heures"."""
    return plain <= 24 and (kind == "" or (kind == "days" and factor == 1 / 24))


def _value(raw: str) -> float:
    text = raw.replace(" ", "")
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", text):
        return float(re.sub(r"[.,]", "", text))
    if text.count(".") + text.count(",") > 1:
        return float(re.sub(r"\D", "", text))
    return float(text.replace(",", "."))


def _follow(values: Iterable[float], shares: Iterable[float], kind: str) -> set[float]:
    """The values and what follows from them in one step."""
    base = tuple(dict.fromkeys(values))
    known = set(base)
    if kind == "money":
        known.update(v * 12 for v in base)
        known.update(round(v * (100 - share) / 100, 2) for v in base for share in shares)
        known.update(round(v * share / 100, 2) for v in base for share in shares)
    if not kind:
        known.update(v - 12 for v in base if v == int(v) and 12 < v <= 24)
    for left, right in combinations(base[:_LIMIT], 2):
        known.update((left + right, abs(left - right)))
    return {round(v, 2) for v in known}


def unknown_figures(reply: str, sources: str, language: str) -> tuple[Figure, ...]:
    """Figures of the reply that neither stand in `sources` nor follow from them.

    Small bare counts ("one thing", "two minutes", "three times") are manners of speaking and pass.
    """
    said = read_figures(reply, language)
    if not said:
        return ()
    given = read_figures(sources, language)
    spelled = re.sub(r"\D", "", sources + " " + " ".join(f.quote for f in given))
    shares = [f.value for f in given if f.kind in ("percent", "")]
    bare = [f.plain for f in given if f.kind in ("", "other")]
    out = []
    for figure in said:
        if _small_talk(figure):
            continue
        if figure.kind in ("", "other", "clock"):
            known = _follow([f.plain for f in given], shares, "")
        else:
            known = _follow([f.value for f in given if f.kind == figure.kind], shares, figure.kind)
            known.update(bare)
            if figure.kind == "money":
                known |= _follow([f.plain for f in given if f.kind in ("money", "")], shares, "money")
        if round(figure.value, 2) in known or round(figure.plain, 2) in bare:
            continue
        run = re.sub(r"\D", "", figure.quote)
        if not figure.kind and run in spelled:
            continue
        out.append(figure)
    return tuple(out)


def _small_talk(figure: Figure) -> bool:
    if figure.kind == "clock":
        return True  # proposing an hour to call back is not a statement of fact
    if figure.kind in ("", "other"):
        return figure.plain <= 3 or re.search(r"time|fois", figure.quote) is not None
    # "A moment", "one minute", "one day" (some day) and "a year of..." are said without meaning a figure.
    return figure.kind == "days" and (figure.value < 0.004 or (figure.plain == 1 and figure.value >= 1))
