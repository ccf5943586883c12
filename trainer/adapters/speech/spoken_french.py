"""French as a customer in France says numbers, amounts, dates and references."""

from __future__ import annotations

import re

from trainer.adapters.speech.spoken_words import Wording, in_words, whole_and_hundredths

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
    return re.sub(r"\d+", lambda m: " " + characters(m.group()).replace(",", "") + " ", said)


def _postcode(digits: str) -> str:
    """ "69003" -> "soixante-neuf mille trois", as the French say them."""
    return ("zéro " if digits.startswith("0") else "") + words(int(digits))


def _ordinal(match: re.Match[str]) -> str:
    if match[1] == "1":
        return "première" if match[2].startswith("r") else "premier"
    return in_words(int(match[1]), "fr", to="ordinal")


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
