"""French as a customer in France says numbers, amounts, dates and references."""

from __future__ import annotations

import re

from trainer.adapters.speech.spoken_words import MONTHS, Rule, Wording, full_year, in_words, whole_and_hundredths

_LETTER_NAMES = "a,bé,cé,dé,e,effe,gé,hache,i,ji,ka,elle,emme,enne,o,pé,cu,erre,esse,té,u,vé,double vé,ixe,i grec,zède"
_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _LETTER_NAMES.split(","), strict=True))
_MONEY = {"£": ("livre", "livres", True), "€": ("euro", "euros", False), "$": ("dollar", "dollars", False)}
_CODES = {"GBP": "£", "EUR": "€", "USD": "$"}


def words(whole: int, *, feminine: bool = False) -> str:
    """A whole number; before a feminine noun "une", "vingt et une"."""
    said = in_words(whole, "fr").replace("soixante et onze", "soixante-et-onze")
    if feminine and re.search(r"\bun$", said):
        said += "e"
    return said


def number(written: str) -> str:
    """ "2.5" -> "deux virgule cinq"; zeros after the comma are said."""
    whole, _, part = written.partition(".")
    if not part:
        return words(int(whole))
    zeros = len(part) - len(part.lstrip("0"))
    rest = words(int(part)) if part.strip("0") else ""
    return " ".join([words(int(whole)), "virgule", *["zéro"] * zeros, *([rest] if rest else [])])


def money(amount: str, sign: str) -> str:
    """ "14.90" -> "quatorze euros quatre-vingt-dix"; below one euro "cinquante centimes"."""
    one, many, feminine = _MONEY[_CODES.get(sign, sign)]
    whole, hundredths = whole_and_hundredths(amount)
    if not whole and hundredths:
        small = "penny" if feminine else "centime"
        return f"{words(hundredths)} {small}{'s' if hundredths > 1 else ''}"
    of = "d'" if whole >= 1_000_000 and whole % 1_000_000 == 0 and many[0] in "aeiou" else ""
    of = of or ("de " if whole >= 1_000_000 and whole % 1_000_000 == 0 else "")
    said = f"{words(whole, feminine=feminine)} {of}{one if whole < 2 else many}"
    return f"{said} {words(hundredths)}" if hundredths else said


def date(day: int, month: str, year: int | None) -> str:
    """Quatorze mars deux mille vingt-cinq; premier mai."""
    said = f"{'premier' if day == 1 else words(day)} {month}"
    return f"{said} {words(year)}" if year else said


def time(hour: int, minute: int, half: str) -> str:
    """14 h 30 -> "quatorze heures trente"."""
    if half == "p" and hour < 12:
        hour += 12
    if not minute and hour in (0, 12):
        return "midi" if hour else "minuit"
    said = f"{words(hour, feminine=True)} {'heure' if hour < 2 else 'heures'}"
    return f"{said} {words(minute, feminine=True)}" if minute else said


def telephone(written: str) -> str:
    """Two digits at a time, as French numbers are dictated: "zéro six, douze, trente-quatre"."""
    digits = re.sub(r"\D", "", written.replace("(0)", ""))
    start = ""
    if written.startswith("+"):
        code = "33" if digits.startswith("33") else re.sub(r"\D", "", re.split(r"[ .-]", written)[0])
        start, digits = f"plus {words(int(code))}, ", digits[len(code) :]
        if len(digits) % 2:
            start, digits = f"{start}{_pair(digits[0])}, ", digits[1:]
    if len(digits) % 2:
        return start + characters(digits)
    return start + ", ".join(_pair(digits[i : i + 2]) for i in range(0, len(digits), 2))


def _pair(digits: str) -> str:
    zeros = len(digits) - len(digits.lstrip("0"))
    rest = digits.lstrip("0")
    return " ".join(["zéro"] * zeros + ([words(int(rest))] if rest else []))


def characters(written: str) -> str:
    """ "AB4071" -> "a bé, quatre zéro sept un": letters and digits in groups of at most four."""
    even = re.sub(r"(?<!\d)(\d{3})(\d{2,3})(?!\d)", r"\1 \2", written)
    groups = re.findall(r"[A-Z]{1,4}|\d{1,4}", even)
    return ", ".join(" ".join(_LETTERS.get(c) or words(int(c)) for c in group) for group in groups)


def address(written: str) -> str:
    said = written.replace("@", " arobase ").replace(".", " point ").replace("_", " tiret bas ").replace("-", " tiret ")
    said = re.sub(r"\b[a-zA-Z]\b", lambda m: _LETTERS[m.group().upper()], said)
    return re.sub(r"\d+", lambda m: " " + characters(m.group()).replace(",", "") + " ", said)


def _postcode(digits: str) -> str:
    """ "69003" -> "soixante-neuf mille trois", as the French say them."""
    return ("zéro " if digits.startswith("0") else "") + words(int(digits))


def _ordinal(match: re.Match[str]) -> str:
    if match[1] == "1":
        return "première" if match[2].startswith("r") else "premier"
    return in_words(int(match[1]), "fr", to="ordinal")


_MONTHS = MONTHS["fr"].split("|")
_PARTS = {"1/2": "un demi", "1/3": "un tiers", "2/3": "deux tiers", "1/4": "un quart", "3/4": "trois quarts"}


def _pairs(digits: str) -> str:
    return ", ".join(_pair(digits[i : i + 2]) for i in range(0, len(digits), 2))


def _threes(match: re.Match[str]) -> str:
    """ "0 800 123 456" -> "zéro huit cents, cent vingt-trois, quatre cent cinquante-six", as free numbers are said."""
    groups = [words(int(group)) if group[0] != "0" else characters(group) for group in match.groups()]
    return "zéro " + ", ".join(groups)


def _half_hours(match: re.Match[str]) -> str:
    whole = int(match[1])
    return f"{words(whole, feminine=True)} {'heure' if whole < 2 else 'heures'} et demie"


FIRST: tuple[Rule, ...] = (
    (
        re.compile(r"(?<![\w'])(?:(?:[A-Za-z]|\d|point|tiret|tiret du bas|arobase), ){2,}(?:[A-Za-z]|\d)(?![\w'])"),
        lambda m: re.sub(r"\b[A-Za-z]\b", lambda letter: _LETTERS[letter.group().upper()], m.group()),
    ),
    (re.compile(r"\b[a-z](?= (?:point|tiret) [a-z])"), lambda m: _LETTERS[m.group().upper()]),
    (
        re.compile(r"(?<![\w.,-])(?![45]G\b)(\d{1,3})([A-Z])(?![\w-])"),
        lambda m: f"{words(int(m[1]))} {_LETTERS[m[2]]}",
    ),
    (re.compile(r"(?<![\w-])[-−] ?(?=\d[\d ]*(?:[.,]\d+)? ?€)"), lambda _: "moins "),
    (re.compile(r"(\d ?h(?:\d\d)?) ?[–-] ?(?=\d)"), lambda m: f"{m[1]} à "),
    (
        re.compile(
            r"(?<![\w.,/-])(\d{1,3}) ?[–-] ?(\d{1,3})(?= ?(?:€|%|jours|semaines|mois|min\b|minutes|heures|ans|h\b))"
        ),
        lambda m: f"{m[1]} à {m[2]}",
    ),
    (re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{2})\b"), lambda m: f"{m[1]}/{m[2]}/{full_year(m[3])}"),
    (
        re.compile(r"(?<![\d/])(0[1-9]|[12]\d|3[01])/(0[1-9]|1[0-2])(?![\d/])"),
        lambda m: date(int(m[1]), _MONTHS[int(m[2]) - 1], None),
    ),
    (
        re.compile(r"\b((?:[Cc]ode postal|CP)(?: est| :|,? c'est)?(?: le)?) (\d{5})\b"),
        lambda m: f"{m[1]} {_postcode(m[2])}",
    ),
    (re.compile(r"\b0 ?(8\d\d) (\d{3}) (\d{3})\b"), _threes),
    (
        re.compile(r"\b(au|le|[Cc]omposez|[Aa]ppelez) (3\d\d\d)\b(?! ?€)"),
        lambda m: f"{m[1]} {_pairs(m[2]).replace(',', '')}",
    ),
    (
        re.compile(r"\b(fini(?:t|ssant) par|se termine par|derniers chiffres(?: sont)?) (\d{4})\b"),
        lambda m: f"{m[1]} {_pairs(m[2])}",
    ),
    (
        re.compile(r"(?<![\w-])(?!\d{4}-\d\d-\d\d\b)\d{2,}(?:-\d{2,}){2,}(?![\w-])"),
        lambda m: ", ".join(characters(group).replace(",", "") for group in m.group().split("-")),
    ),
    (re.compile(r"\b(\d{1,2}),5 heures?\b"), _half_hours),
    (re.compile(r"(?<![\d/])(?:1/[234]|2/3|3/4)(?![\d/])"), lambda m: _PARTS[m.group()]),
    (re.compile(r"(?<=\d) ?°C?(?!\w)"), lambda _: " degrés"),
    (re.compile(r"(?<=\d) ?m²"), lambda _: " mètres carrés"),
)


FRENCH = Wording(
    number=number,
    money=money,
    percent=lambda written: f"{number(written)} pour cent",
    date=date,
    year=words,
    time=time,
    telephone=telephone,
    characters=characters,
    address=address,
    first=FIRST,
    before_references=(
        (re.compile(r"\b(\d{5}) (?=[A-ZÀ-Ý][a-zà-ÿ])"), lambda m: f"{_postcode(m[1])} "),
        (re.compile(r"\b24h?/(?:24|7j?)\b(?:,? ?7j?/7)?"), lambda _: "vingt-quatre heures sur vingt-quatre"),
        (re.compile(r"\b7j/7\b"), lambda _: "sept jours sur sept"),
        (re.compile(r"\b([45])G\b"), lambda m: f"{words(int(m[1]))} gé"),
    ),
    before_numbers=(
        (re.compile(r"\b(\d{1,3})(re|er|ère|ème|e)\b"), _ordinal),
        (
            re.compile(r"\b(1|21|31|41|51|61) (minute|heure|semaine|année|livre|fois|facture|page|personne)"),
            lambda m: f"{words(int(m[1]), feminine=True)} {m[2]}",
        ),
    ),
    abbreviations=(
        (re.compile(r"\bDr\.? (?=[A-ZÀ-Ý])"), "docteur "),
        (re.compile(r"\bmin\b(?!\.)"), "minutes"),
        (re.compile(r"\bav\. (?=\w)"), "avenue "),
        (re.compile(r"\bbd\.? (?=\w)"), "boulevard "),
        (re.compile(r"\bkm/h\b"), "kilomètres à l'heure"),
        (re.compile(r"\b[Rr]éf\. "), "référence "),
        (re.compile(r"\bMbit/s\b|\bMb/s\b|\bMbps\b"), "mégabits par seconde"),
        (re.compile(r"\bkWh\b"), "kilowattheures"),
        (re.compile(r"\bGo\b"), "gigaoctets"),
        (re.compile(r"\bMo\b"), "mégaoctets"),
        (re.compile(r"\bkm\b"), "kilomètres"),
        (re.compile(r"\bkg\b"), "kilos"),
        (re.compile(r"\bM\. (?=[A-ZÀ-Ý])"), "monsieur "),
        (re.compile(r"\bMme (?=[A-ZÀ-Ý])"), "madame "),
        (re.compile(r"\bMlle (?=[A-ZÀ-Ý])"), "mademoiselle "),
        (re.compile(r"\b[nN]° ?(?=\w)"), "numéro "),
        (re.compile(r"\bs'il vous plait\b|\bSVP\b|\bsvp\b"), "s'il vous plaît"),
        (re.compile(r"\bRDV\b|\brdv\b"), "rendez-vous"),
        (re.compile(r"\betc\."), "et cetera"),
        (re.compile(r" ?/ ?(mois|an|jour|semaine|heure)\b"), r" par \1"),
        (re.compile(r" & "), " et "),
    ),
)
