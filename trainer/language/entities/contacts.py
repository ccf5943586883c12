"""What people dictate: telephone numbers, e-mail addresses, references, spelled words; and the names they give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trainer.language.entities.reading import Hit, Reading

_RUN = re.compile(r"(?<![\w@])\+?\(?\d(?:[\d()]|(?:[ ,.\-/]+| and )(?=[\d(]))*\d(?![\w@])")
_PHONE_LENGTH = range(9, 14)


def read_phones(reading: Reading) -> Iterator[Hit]:
    """Runs of nine to thirteen figures that begin like a telephone number."""
    for match in _RUN.finditer(reading.text):
        run = match.group()
        digits = re.sub(r"\D", "", run.replace("(0)", "") if run.startswith("+") else run)
        if len(digits) in _PHONE_LENGTH and (run.startswith("+") or digits.startswith("0")) and "/" not in run:
            yield Hit("phone", ("+" if run.startswith("+") else "") + digits, *match.span())
        elif len(digits) >= 4 and _single_digits(run):
            yield Hit("number", digits, *match.span())


def _single_digits(run: str) -> bool:
    """ "4 1 5 7 0": figures said one by one are a code, not amounts."""
    pieces = re.findall(r"\d+", run)
    return len(pieces) >= 4 and sum(len(p) == 1 for p in pieces) >= len(pieces) - 1 and not re.search(r"\.\d", run)


_WRITTEN = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_AT = {"en": r"(?: at | @ )", "fr": r"(?: ?(?:arobase|arrobase|at|chez|@) )"}
_JOIN = {
    "en": {"dot": ".", "point": ".", "period": ".", "dash": "-", "hyphen": "-", "minus": "-", "underscore": "_", "plus": "+"},
    "fr": {"point": ".", "dot": ".", "tiret": "-", "trait": "-", "underscore": "_", "tiret du bas": "_", "tiret bas": "_", "moins": "-", "plus": "+", "trait d'union": "-"},
}  # fmt: skip
_JOINT = {language: "|".join(sorted(map(re.escape, joins), key=len, reverse=True)) for language, joins in _JOIN.items()}
_PART = r"(?:[a-z0-9]+(?:[.\-_][a-z0-9]+)*)"
_HOST = {
    language: re.compile(
        rf"[ ,]*{_AT[language]}(?P<host>{_PART}(?:(?:[ ,]+(?:{joint})[ ,]+|\.){_PART}){{1,3}})(?!\w)"
    )
    for language, joint in _JOINT.items()
}  # fmt: skip
_LOCAL = {
    language: re.compile(
        rf"(?<![\w'])(?:{_PART}|(?:[a-z0-9][ ,]+){{1,30}}[a-z0-9])(?:[ ,]+(?:{joint})[ ,]+(?:(?:[a-z0-9][ ,]+){{1,30}}[a-z0-9](?![a-z0-9])|{_PART}))*\Z"
    )
    for language, joint in _JOINT.items()
}  # fmt: skip
LONGEST_LOCAL = 120
_KNOWN_HOST = re.compile(
    r"\.(?:[a-z]{2,4}|example)$|gmail|outlook|hotmail|yahoo|orange|free|wanadoo|laposte|sfr|icloud|aol|proton(?:mail)?|btinternet"
)


def read_emails(reading: Reading) -> Iterator[Hit]:
    text, language = reading.text, reading.language
    for match in _WRITTEN.finditer(text):
        yield Hit(
            "email", match.group().rstrip(".").lower(), match.start(), match.start() + len(match.group().rstrip("."))
        )
    if not re.search(r"\b(?:at|arobase|arrobase|chez)\b", text):
        return
    for match in _HOST[language].finditer(text):
        host = _joined(match["host"], language)
        if re.match(r"[ ,]*(?:at|chez) ", match.group()) and not _KNOWN_HOST.search(host):
            continue
        before = max(0, match.start() - LONGEST_LOCAL)
        local = _LOCAL[language].search(text, before, match.start())
        if local:
            yield Hit("email", f"{_joined(local.group(), language)}@{host}", local.start(), match.end())


def _joined(said: str, language: str) -> str:
    for word in sorted(_JOIN[language], key=len, reverse=True):
        said = re.sub(rf"[ ,]+{re.escape(word)}[ ,]+", _JOIN[language][word], said)
    return re.sub(r"[ ,]+", "", said).lower()


_LETTER = r"(?:[a-z](?![\w'])(?: (?:as in|for|comme|comme dans) [a-z\-]+)?|\d+(?![\w%])|double [a-z](?!\w)|deux [a-z](?!\w)|2 [a-z](?!\w))"
_SPELLED = re.compile(rf"(?<![\w'])(?:{_LETTER})(?:(?:[ ,.\-]+)(?:{_LETTER})){{2,}}(?![\w@])")
_CODE = re.compile(
    r"(?<![\w@.])(?=[a-z0-9\-]*\d)(?=[a-z0-9\-]*[a-z])[a-z]{1,5}-?\d{2,}[a-z0-9\-]*(?![\w@])|(?<![\w@.])[a-z]{1,2}\d{1,2}[a-z]? \d[a-z]{2}(?!\w)"
)
_NOT_CODE = re.compile(r"\d+(?:st|nd|rd|th|er|e|eme|h\d*|am|pm|g|go|gb|mb|mo|km|kg|kb|m|mn|min|x|p|k|d)")
_CUED = {
    "en": re.compile(r"\b(?:reference|ref|order|parcel|account|tracking|customer|policy|contract|invoice|case|ticket|booking)(?: number| no\.?| code)?(?: is|'s|:)?,? (?:number )?#?(\d[\d ,\-]{2,}\d)(?!\w)"),
    "fr": re.compile(r"\b(?:reference|commande|colis|compte|suivi|client|contrat|facture|dossier|ticket|reservation)(?: numero| n°| n)?(?: est| c'est|,|:)?(?: le)? ?(?:numero )?(\d[\d ,\-]{2,}\d)(?!\w)(?! ?(?:euros?|heures?|jours?|mois|€))"),
}  # fmt: skip


def read_spelled(reading: Reading) -> Iterator[Hit]:
    """References and words dictated letter by letter; codes written in one piece; numbers named as a reference."""
    text = reading.text
    for match in _SPELLED.finditer(text):
        if _only_small_words(match.group(), reading.language):
            continue
        value = _spelled_value(match.group())
        if any(c.isalpha() for c in value):
            yield Hit("reference" if any(c.isdigit() for c in value) else "spelled", value, *match.span())
    for match in _CODE.finditer(text):
        if not _NOT_CODE.fullmatch(match.group()):
            yield Hit("reference", re.sub(r"[ \-]", "", match.group()).upper(), *match.span())
    for match in _CUED[reading.language].finditer(text):
        digits = re.sub(r"\D", "", match.group(1))
        if 4 <= len(digits) <= 12 and not re.search(r"\d,\d\d$", match.group(1)):
            yield Hit("reference", digits, match.start(1), match.end(1))


def _spelled_value(said: str) -> str:
    said = re.sub(r"([a-z]) (?:as in|for|comme dans|comme) [a-z\-]+", r"\1", said)
    said = re.sub(r"(?:double|deux|2) ([a-z])(?!\w)", r"\1\1", said)
    return re.sub(r"[^a-z0-9]", "", said).upper()


def _only_small_words(said: str, language: str) -> bool:
    """ "a", "I" and "y a" are words; spelling has other letters or many."""
    letters = re.findall(r"(?<!\w)[a-z](?!\w)", said)
    small = {"en": {"a", "i", "s", "t", "m"}, "fr": {"a", "y", "l", "d", "c", "j", "n", "s", "t", "m"}}[language]
    return not letters or (all(letter in small for letter in letters) and len(letters) < 4)


_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w'’\-]+"
_NAME = {
    "en": re.compile(rf"(?:[Mm]y name(?:'s| is)|[Tt]his is|[Yy]ou're speaking (?:to|with)|[Ii]t's|[Ii]'m|I am|[Mm]rs?\.?|[Mm]s\.?|[Mm]iss|[Mm]adam) ({_CAPITAL}(?: {_CAPITAL})?)|({_CAPITAL}(?: {_CAPITAL})?) (?:speaking|here)\b"),
    "fr": re.compile(rf"(?:[Jj]e m'appelle|[Mm]on nom est|[Mm]adame|[Mm]onsieur|[Mm]ademoiselle|[Jj]e suis|[Ii]ci) ({_CAPITAL}(?: {_CAPITAL})?)|({_CAPITAL}(?: {_CAPITAL})?),? (?:à votre (?:écoute|service)|à l'appareil)"),
}  # fmt: skip
_NOT_NAME = {"Good", "Hello", "Thank", "Thanks", "Bonjour", "Merci", "Sorry", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Is", "The", "Désolé", "Désolée", "Monsieur", "Madame"}  # fmt: skip


def read_names(reading: Reading) -> Iterator[Hit]:
    """Names given with a cue, where the text has capitals."""
    if reading.folded.places or reading.figures.text != reading.folded.text:
        starts = {start: i for i, (start, _) in reversed(list(enumerate(reading.figures.places)))}
        ends = {end: i + 1 for i, (_, end) in enumerate(reading.figures.places)}
    else:
        starts, ends = None, None
    if reading.folded.places:
        return
    for match in _NAME[reading.language].finditer(reading.folded.original.replace("’", "'")):
        group = 1 if match.group(1) else 2
        if match.group(group).split()[0] in _NOT_NAME:
            continue
        start, end = match.span(group)
        if starts is not None and ends is not None:
            if start not in starts or end not in ends:
                continue
            start, end = starts[start], ends[end]
        yield Hit("name", match.group(group), start, end)
