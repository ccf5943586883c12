"""Amounts, percentages, and the numbers that are nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trainer.language.entities.reading import Hit, Reading, decimal

_N = r"\d{1,3}(?:[ ,.]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"
_UNIT = r"(?:€|£|\$|euros?\b|pounds?\b|quid\b|dollars?\b|livres? sterling\b|eur\b|gbp\b)"
_CENT = r"(?:cents?|centimes?|pence|p)\b"
_PERIOD = {
    "en": r"(?:a|per|each|every|/) ?(?:month|week|year|day|person|unit|piece|item|hour|visit|night|call|minute|user|head)\b|monthly\b|yearly\b|pcm\b",
    "fr": r"(?:par|chaque|/) ?(?:mois|semaine|an|annee|jour|personne|unite|piece|heure|nuit|appel|minute|tete|trimestre)\b|mensuels?\b|le mois\b",
}  # fmt: skip
_SIGN_FIRST = re.compile(rf"[€£$] ?({_N})(?: (?:and |et )?(\d\d) ?{_CENT})?")
_SIGN_LAST = re.compile(
    rf"(?<![\d.,])({_N}) ?{_UNIT}(?:[ ,]+(?:and |et )?(\d\d?)(?! ?(?:%|[a-z]*day|jours?|days?|hours?|heures?|months?|mois|min|fois|times|euros?|pounds?|am\b|pm\b))(?![\d.,:]\d)(?: ?{_CENT})?)?"
)
_CENTS = re.compile(r"(?<![\d.,])(\d{1,2}) ?(?:cents?|centimes?|pence|p)\b")
_PAIR = {
    language: re.compile(rf"(?<![\d.,])(?:(\d{{1,4}})[ -](\d\d)|(\d+[.,]\d\d)|(\d{{1,5}}))[ ,]*(?={period})")
    for language, period in _PERIOD.items()
}  # fmt: skip
_PRICED = {
    "en": re.compile(r"(?:costs?|price(?: is|d at|'s| of)?|pays?|paying|fee (?:is|of)|charges?(?: is| of)?|total(?: is| of)?|only|just|comes? to|works? out at|for) (?:you |only |just |about |around |is )*(?:(\d{1,4})[ -](\d\d)|(\d{1,5}[.,]\d\d))(?![\d.,:]|\s*(?:%|[ap]m|days?|hours?|minutes?|years?|months?|\d))"),
    "fr": re.compile(r"(?:coute(?:ra|rait)?|prix (?:est )?de|tarif (?:est )?de|est de|payez|payer|paye|passe(?:rait)? a|revient a|total de|montant (?:est )?de|pour|seulement|frais de|s'eleve a|facture de) (?:seulement |environ |que )?(?:(\d{1,4})[ -](\d\d)|(\d{1,5}[.,]\d\d))(?![\d.,:]|\s*(?:%|h\b|heures?|jours?|minutes?|ans?\b|mois|\d))"),
}  # fmt: skip
_BARE_DECIMAL = re.compile(r"(?<![\d.,:/])(\d{1,5},\d\d)(?![\d.,:/]| ?(?:%|h\b|heures?))")


def read_money(reading: Reading) -> Iterator[Hit]:
    text, language = reading.text, reading.language
    for match in _SIGN_FIRST.finditer(text):
        yield _amount(match, match.group(1), match.group(2))
    for match in _SIGN_LAST.finditer(text):
        yield _amount(match, match.group(1), match.group(2))
    for match in _CENTS.finditer(text):
        if language == "en" or "cent" in match.group():
            yield Hit("money", f"0.{int(match.group(1)):02}", *match.span())
    for match in _PAIR[language].finditer(text):
        whole, part, written, alone = match.groups()
        start = match.start()
        end = match.end() - (len(match.group()) - len(match.group().rstrip(" ,")))
        if alone and _counts(text, match.end()):
            continue
        value = decimal(written) if written else f"{int(whole or alone)}.{part or '00'}"
        yield Hit("money", value, start, end)
    for match in _PRICED[language].finditer(text):
        whole, part, written = match.groups()
        group = 1 if whole else 3
        if whole and _looks_like_year(whole, part):
            continue
        yield Hit("money", decimal(written) if written else f"{int(whole)}.{part}", match.start(group), match.end())
    if language == "fr":
        for match in _BARE_DECIMAL.finditer(text):
            yield Hit("money", decimal(match.group(1)), *match.span())


def _counts(text: str, at: int) -> bool:
    """ "24 a day" may be a count ("available 24 hours a day"): hours before it are caught by the unit."""
    return text.startswith(("each day", "a day", "every day"), at)


def _looks_like_year(whole: str, part: str) -> bool:
    return whole in ("19", "20") and part.isdigit()


def _amount(match: re.Match[str], whole: str, part: str | None) -> Hit:
    value = decimal(whole)
    if part and value.endswith(".00"):
        value = value[:-2] + f"{int(part):02}"
    return Hit("money", value, match.start(), match.end())


_PERCENT = re.compile(
    r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,2})?) ?(?:%|percent\b|per ?cent\b|pour ?-?cents?\b|pourcents?\b|pour 100\b|per 100\b)"
)


def read_percents(reading: Reading) -> Iterator[Hit]:
    for match in _PERCENT.finditer(reading.text):
        value = match.group(1).replace(",", ".")
        yield Hit("percent", value.rstrip("0").rstrip(".") if "." in value else str(int(value)), *match.span())
    half = re.search(r"\b(?:half price|a moitie prix|moitie prix)\b", reading.text)
    if half:
        yield Hit("percent", "50", *half.span())


_LEFT = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?(?![\w])")


def read_numbers_left(reading: Reading) -> Iterator[Hit]:
    for match in _LEFT.finditer(reading.text):
        yield Hit("number", match.group().replace(",", "."), *match.span())
