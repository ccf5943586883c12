"""Whether a turn takes up what the customer last said, in other words: reflecting shows listening, parroting does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from trainer.language.acts.rules import Part
from trainer.language.normalise import content_words, language_of

ECHO = 0.75
"""From this share of the customer's words, in nothing but the customer's words, a turn is a parrot's."""


def last_customer_line(context: Sequence[str]) -> str:
    """What the customer said since the operator's last turn."""
    lines: list[str] = []
    for item in reversed(context):
        who, _, text = item.partition(":")
        if _is_operator(who):
            break
        lines.append(text.strip() if text else item)
    return " ".join(reversed(lines))


def last_operator_line(context: Sequence[str]) -> str:
    """What the operator said last; "" where the customer spoke first."""
    said = (text.strip() for who, _, text in (item.partition(":") for item in reversed(context)) if _is_operator(who))
    return next(said, "")


def _is_operator(who: str) -> bool:
    return who.strip().lower() in ("agent", "operator")


def lines_of_customer(context: Sequence[str]) -> str:
    """All that the context has of the customer: what they named two turns ago is still theirs."""
    sides = (item.partition(":") for item in context)
    return " ".join(text.strip() for who, _, text in sides if not _is_operator(who))


TAKING_UP = frozenset({"paraphrase", "empathy", "acknowledge", "apology", "read_back", "reassure", "objection_answer"})
NOT_TAKING_UP = frozenset({"data_question", "identity_check", "permission_ask", "hold_notice", "transfer_notice"})
_SO = re.compile(r"(?:so|ok|okay|right|then|ah|oh|yes|and|donc|alors|d'accord|bon|oui|et)\b")
SHORT = 6
"""Content words up to which a remark that begins with "so" only takes up what was said."""
NEAR = 0.62
"""Cosine from which a clause says what the customer said, in words of its own."""
ABOUT_THEM = 0.25
"""Cosine from which a statement about the customer ("you", "vous") speaks of what they said; the dev set in
tests/data/reflections.jsonl separates there."""
TELLING = frozenset(
    {
        "paraphrase",
        "information",
        "price_statement",
        "empathy",
        "apology",
        "acknowledge",
        "objection_answer",
        "reassure",
    }
)
PLAIN = frozenset({"paraphrase", "information"})
"""Of these a likeness alone is enough: of a stock phrase of sympathy it is not."""
_YOU = {
    "en": re.compile(r"\b(?:you|your|you're|you've|you'd|you'll)\b"),
    "fr": re.compile(r"\b(?:vous|votre|vos)\b"),
}
_SPEAKER = {
    "en": re.compile(
        r"^(?:(?:no|yes|well|so|and|right|okay|ok)[,\s]+)*(?:i|we|our|it|there|this|that|they|the|my|let)\b"
        r"|\byou (?:can|could|may|get|must|will|need to)\b(?!')|\bplease\b"
    ),
    "fr": re.compile(
        r"^(?:(?:non|oui|alors|donc|et|bon)[,\s]+)*(?:je|j'|nous|on|notre|nos|il|elle|c'est|ca|cela|ce|cette|l'|(?:le|la|les)\b(?![^,]{0,20},))\b"
        r"|\bvous (?:pouvez|pourrez|avez|aurez|devez|recevez|recevrez)\b|\bs'il vous plait\b"
    ),
}
"""How a clause begins that speaks of the company or of what is to be done, and not of the customer."""
_FEELING = re.compile(
    r"^(?:i (?:understand|see|hear)[,\s]+|(?:i'm|i am) (?:so |very )?sorry (?:about|for|that)\s+|je (?:comprends|vois)[,\s]+"
    r"|je suis (?:vraiment )?desolee? (?:pour|que)\s+)"
)
"""What stands before it of one's own."""
_DATA = re.compile(
    r"\b(?:dot|arobase|underscore|tiret|point (?:com|org|net|fr|example))\b|(?:\b\w\b[,\s]+){3}|@|\d(?:[\s,]*\d){4}"
)
"""A sentence in which something is spelled or counted out."""
_SENTENCES = re.compile(r"[^.!?;]*[.!?;]*")


def read_reflection(
    parts: Sequence[Part],
    acts: Sequence[frozenset[str]],
    line: str,
    language: str,
    encode: Callable[[Sequence[str]], Sequence[Sequence[float]]] | None = None,
) -> tuple[bool, tuple[str, ...]]:
    """(reflects, words taken up). `acts` are those of each clause; `line` is what the customer said last."""
    told = _told(line)
    if not told or not parts:
        return False, ()
    heard = content_words(told, language)
    known = set(heard)
    found: dict[str, None] = {}
    reflects = False
    candidates: list[Part] = []
    theirs: list[Part] = []
    plainly: list[Part] = []
    for part, done in zip(parts, acts, strict=True):
        said = part.words(language)
        shared = [w for w in said if w in known]
        asks = part.question != "none" and not done & {"paraphrase", "read_back"}
        if done & NOT_TAKING_UP or (asks and not done & TAKING_UP) or _DATA.search(part.text):
            continue
        if _parrots(said, shared, heard):
            found.update(dict.fromkeys(shared))
            continue
        takes_up = bool(done & TAKING_UP) or not done
        so = _SO.match(part.text) is not None and len(said) <= SHORT
        enough = 1 if done & {"paraphrase", "empathy", "apology"} or so else 2
        if shared and (takes_up or so) and len(shared) >= enough:
            reflects = True
            found.update(dict.fromkeys(shared))
        elif takes_up and len(said) >= 2:
            candidates.append(part)
        if done <= TELLING and (_about_customer(part, language) or (len(shared) >= 2 and _of_nobody(part, language))):
            theirs.append(part)
            if done <= PLAIN:
                plainly.append(part)
    if not reflects and theirs:
        shared = list(dict.fromkeys(w for part in theirs for w in part.words(language) if w in known))
        found.update(dict.fromkeys(shared))
        reflects = bool(shared)
    if not reflects and encode is not None:
        reflects = _means_the_same(candidates, told, encode, NEAR) or _means_the_same(plainly, told, encode, ABOUT_THEM)
    return reflects, tuple(found)


def _told(line: str) -> str:
    """What the customer told: without their questions, and without what they spelled or counted out."""
    sentences = [found[0].strip() for found in _SENTENCES.finditer(line)]
    return " ".join(one for one in sentences if one and not one.endswith("?") and not _DATA.search(one.lower()))


def _about_customer(part: Part, language: str) -> bool:
    """A statement about the customer rather than about the company or about what comes next."""
    text = _FEELING.sub("", part.text)
    return bool(_YOU[language_of(language)].search(text)) and _of_nobody(part, language)


def _of_nobody(part: Part, language: str) -> bool:
    """A statement that begins neither with the company nor with what it does."""
    text = _FEELING.sub("", part.text)
    return part.question == "none" and not _SPEAKER[language_of(language)].search(text)


def _parrots(said: Sequence[str], shared: Sequence[str], heard: Sequence[str]) -> bool:
    """Nothing but the customer's words, and most of them."""
    return len(said) >= 3 and len(said) - len(shared) <= 1 and len(shared) / max(1, len(set(heard))) >= ECHO


def _means_the_same(
    parts: Sequence[Part], line: str, encode: Callable[[Sequence[str]], Sequence[Sequence[float]]], near: float
) -> bool:
    if not parts:
        return False
    vectors = np.asarray(encode([line, *(part.text for part in parts)]), dtype=np.float32)
    return bool((vectors[1:] @ vectors[0]).max() >= near)
