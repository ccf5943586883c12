"""What a reply says against its situation: a figure that differs where the situation gives it, and a statement turned round.

Vectors hardly tell "there is a fee" from "there is no fee", nor two days from five. These rules compare clause by clause:
a clause of the reply that is about the same as a statement of the situation, by its words, has to say the same of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trainer.language.folding import plain
from trainer.language.normalise import content_words
from trainer.language.reply_numbers import Figure, in_digits, read_figures, unknown_figures
from trainer.language.reply_parts import asked

_CUT = re.compile(r"[.;:!?…]\s+|\s[—–]\s|,\s+|\s+(?:and|but|so|or|because|if|mais|et|donc|car|ou|si)\s+", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.?!…])\s+")
_RULED_OUT = {
    "en": re.compile(r"\b(?:(?:is|are|was) (?:not|never)|isn't|aren't|can't|cannot|can not|there(?: is|'s| are) no|does not|doesn't|not (?:possible|included|covered|allowed|available))\b"),
    "fr": re.compile(r"\b(?:n'est|ne sont|n'y a|ne peut|ne peuvent|ne se) (?:pas|jamais|aucune?)\b|\bpas (?:possible|compris|inclus|permis)"),
}  # fmt: skip
"""A statement of the situation that plainly rules something out."""
_HOLDS = {
    "en": re.compile(r"\b(?:is|are|can|do|does|there's|will|'ll)\b"),
    "fr": re.compile(r"\b(?:est|sont|y a|peut|peuvent|pouvez|peux)\b"),
}
_LIMITED = {
    "en": re.compile(r"\b(?:no|not|never|cannot|can't|nothing|without|free|only|un\w+able|im\w+ible|included|excluded)\b|n't\b"),
    "fr": re.compile(r"\b(?:ne|pas|non|jamais|aucune?|rien|sans|seule?(?:ment)?|que|im\w+ible|exclu\w*|gratuit\w*)\b|\bn'"),
}  # fmt: skip
"""Words that limit or deny: a clause that has none of them states what it says."""
REPORTS = {
    "en": re.compile(r"\b(?:you|they|he|she)(?:'re|'ve)? (?:said|thought|heard|want|wanted|asked|were told|paid|expected)\b|\b(?:if|whether|unless|would|could|might|sounds?|seems?|feels?)\b"),
    "fr": re.compile(r"\b(?:vous|on vous|il|elle) (?:a|avez|aviez|pensiez|vouliez|voulez|croyez|disiez|dites)\b|\b(?:si|serait|aurait|pourrait|semble|parait)\b"),
}  # fmt: skip
_KINDS = ("money", "percent", "days")
_SAYS_NO = re.compile(r"\b(?:says?|said) no\b", re.IGNORECASE)
SHARED = 2
"""Words of content that a clause and a statement have in common before their negations are compared."""
COVERED = 0.6
"""The share of the shorter one's words of content that are common to both."""


def clauses_of(text: str) -> Iterator[str]:
    """The clauses of a text, without the stops between them."""
    for piece in _CUT.split(text):
        if piece.strip():
            yield piece.strip(" .,;:!?")


def _words(text: str, language: str) -> frozenset[str]:
    return frozenset(w for w in content_words(text, language) if not any(c.isdigit() for c in w))


_WITHOUT = {"en": re.compile(r"\b(?:without|no) (\w{4,})"), "fr": re.compile(r"\bsans (?:aucun \w*)?(\w{4,})")}
_NOT_WITHOUT = {
    "en": re.compile(r"\b(?:not|isn't|never) (?:without|free of) (?:an? |any )?(\w{4,})"),
    "fr": re.compile(r"\b(?:pas|jamais) sans (\w{4,})|\bavec (?:un |une |des )?(\w{4,})"),
}
_TIMES = re.compile(
    r"weekends?|week|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|evenings?|lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?|soirs?"
)
_SERVES = re.compile(
    r"\b(?:do come|comes?|will come|deliver|work|open|visit|venons|vient|passe|livrons|livre|travaillons|ouvert)\b"
)


def _with_after_all(clause: str, situation: str, language: str) -> bool:
    """ "Not without a fee", "avec engagement", where the situation says "without", "sans"."""
    lacked = set(_WITHOUT[language].findall(plain(situation)))
    found = _NOT_WITHOUT[language].findall(plain(clause))
    return any(word in lacked for words in found for word in ([words] if isinstance(words, str) else words))


def turned_round(reply: str, situation: str, language: str) -> str:
    """The clause of the reply that states what the situation plainly rules out; "" for none."""
    statements = [(s, _words(s, language) - _SAYING[language]) for s in clauses_of(_SAYS_NO.sub(" ", situation))]
    for sentence in SENTENCE.split(reply):
        if asked(sentence, language):
            continue
        for clause in clauses_of(sentence):
            words = _words(clause, language) - _SAYING[language]
            if REPORTS[language].search(plain(clause)):
                continue
            if _with_after_all(clause, situation, language):
                return clause
            found = False
            for statement, theirs in statements:
                common = words & theirs
                serves = any(_TIMES.fullmatch(w) for w in common) and _SERVES.search(plain(clause)) is not None
                alike = serves or (len(common) >= SHARED and len(common) / min(len(words), len(theirs)) >= COVERED)
                if not alike:
                    continue
                if not _RULED_OUT[language].search(plain(statement)) or _LIMITED[language].search(plain(clause)):
                    found = False
                    break
                found = _HOLDS[language].search(plain(clause)) is not None
            if found:
                return clause
    return ""


def _given(situation: str, language: str) -> Iterator[tuple[Figure, frozenset[str]]]:
    """The figures of the situation, each with the words that it stands beside; "refunded, within ten days" is one statement."""
    before: frozenset[str] = frozenset()
    for clause in clauses_of(situation):
        words = _words(clause, language) - _UNITS
        for figure in read_figures(clause, language):
            yield figure, words or before
        before = words


_PARTS = re.compile(
    r"\b(?:en|in) (\d+) (?:fois|parts|instal?ments|payments|goes)\b|\b(\d+) (?:instal?ments|mensualites|echeances)\b"
)


def _other_parts(reply: str, situation: str, language: str) -> str:
    """In how many parts one can pay, where the situation gives another number; "" for none."""
    said, known = (
        {next(g for g in m.groups() if g): m.group() for m in _PARTS.finditer(plain(in_digits(text, language)))}
        for text in (reply, situation)
    )
    return next((quote for number, quote in said.items() if known and number not in known), "")


def another_figure(reply: str, situation: str, customer: str, language: str) -> str:
    """A figure of the reply that differs from the one the situation gives for the same thing; "" for none."""
    given = [(f, words) for f, words in _given(situation, language) if f.kind in (*_KINDS, "")]
    if not given:
        return ""
    sources = f"{situation} {customer}"
    strange = {(f.value, f.kind) for f in unknown_figures(reply, sources, language) if f.kind in _KINDS}
    named = {f.value for f in read_figures(sources, language) if f.kind == "days"}
    if other := _other_parts(reply, situation, language):
        return other
    for sentence in SENTENCE.split(reply):
        every = list(clauses_of(sentence))
        for clause in every[:-1] if sentence.rstrip().endswith("?") else every:
            if asked(clause, language) or REPORTS[language].search(plain(clause)):
                continue
            words = _words(clause, language)
            for figure in read_figures(clause, language):
                shared = [len(words & theirs) for f, theirs in given if f.kind in (figure.kind, "")]
                most = max(shared, default=0)
                unnamed = figure.kind == "days" and figure.value >= 1 and not {figure.value, figure.plain} & named
                # What follows from other figures in one step passes, unless the statement is plainly the same one.
                if most >= (1 if (figure.value, figure.kind) in strange or unnamed else len(words) + 1):
                    return figure.quote
    return ""


_SAYING = {
    "en": frozenset({"say", "call", "tell", "know", "get", "take", "make", "have"}),
    "fr": frozenset({"dire", "appeler", "savoir", "faire", "prendre"}),
}
_UNITS = frozenset(
    "day week month year hour minute pound euro cent percent jour semaine mois an annee heure minute euro pour cent "
    "working ouvre one two three four five six seven eight nine ten twelve twenty thirty forty fifty deux trois quatre cinq "
    "sept huit neuf dix douze vingt trente quarante cinquante soixante".split()
)
