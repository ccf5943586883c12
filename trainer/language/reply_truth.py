"""What a reply says against its situation: a figure that differs where the situation gives it, and a statement turned round.

Vectors hardly tell "there is a fee" from "there is no fee", nor two days from five. These rules compare clause by clause:
a clause of the reply that is about the same as a statement of the situation, by its words, has to say the same of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trainer.language.folding import plain
from trainer.language.normalise import content_words
from trainer.language.reply_numbers import read_figures, unknown_figures
from trainer.language.reply_parts import asked

_CUT = re.compile(r"[.;:!?…]\s+|\s[—–]\s|,\s+|\s+(?:and|but|so|or|because|if|mais|et|donc|car|ou|si)\s+", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.?!…])\s+")
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
_REPORTS = {
    "en": re.compile(r"\b(?:you|they|he|she)(?:'re|'ve)? (?:said|thought|heard|want|wanted|asked|were told|paid|expected)\b|\b(?:if|whether|unless|would|could|might|sounds?|seems?|feels?)\b"),
    "fr": re.compile(r"\b(?:vous|on vous|il|elle) (?:a|avez|aviez|pensiez|vouliez|voulez|croyez|disiez|dites)\b|\b(?:si|serait|aurait|pourrait|semble|parait)\b"),
}  # fmt: skip
_KINDS = ("money", "percent", "days")
_SAYS_NO = re.compile(r"\b(?:says?|said) no\b", re.IGNORECASE)
SHARED = 2
"""Words of content that a clause and a statement have in common before their negations are compared."""
COVERED = 0.6
"""The share of the shorter one's words of content that are common to both."""


def _clauses(text: str) -> Iterator[str]:
    for piece in _CUT.split(text):
        if piece.strip():
            yield piece.strip(" .,;:!?")


def _words(text: str, language: str) -> frozenset[str]:
    return frozenset(w for w in content_words(text, language) if not any(c.isdigit() for c in w))


def turned_round(reply: str, situation: str, language: str) -> str:
    """The clause of the reply that states what the situation plainly rules out; "" for none."""
    statements = [(s, _words(s, language) - _SAYING[language]) for s in _clauses(_SAYS_NO.sub(" ", situation))]
    for sentence in _SENTENCE.split(reply):
        if asked(sentence, language):
            continue
        for clause in _clauses(sentence):
            words = _words(clause, language) - _SAYING[language]
            if _REPORTS[language].search(plain(clause)):
                continue
            found = False
            for statement, theirs in statements:
                common = words & theirs
                alike = len(common) >= SHARED and len(common) / min(len(words), len(theirs)) >= COVERED
                if not alike:
                    continue
                if not _RULED_OUT[language].search(plain(statement)) or _LIMITED[language].search(plain(clause)):
                    found = False
                    break
                found = _HOLDS[language].search(plain(clause)) is not None
            if found:
                return clause
    return ""


def another_figure(reply: str, situation: str, customer: str, language: str) -> str:
    """A figure of the reply that differs from the one the situation gives for the same thing; "" for none."""
    given = [
        (f, _words(s, language) - _UNITS)
        for s in _clauses(situation)
        for f in read_figures(s, language)
        if f.kind in (*_KINDS, "")
    ]
    if not given:
        return ""
    sources = f"{situation} {customer}"
    strange = {(f.value, f.kind) for f in unknown_figures(reply, sources, language) if f.kind in _KINDS}
    named = {value for f in read_figures(sources, language) for value in (f.value, f.plain)}
    for sentence in _SENTENCE.split(reply):
        every = list(_clauses(sentence))
        for clause in every[:-1] if sentence.rstrip().endswith("?") else every:
            if asked(clause, language) or _REPORTS[language].search(plain(clause)):
                continue
            words = _words(clause, language)
            for figure in read_figures(clause, language):
                shared = [len(words & theirs) for f, theirs in given if f.kind in (figure.kind, "")]
                most = max(shared, default=0)
                unnamed = figure.kind == "days" and not {figure.value, figure.plain} & named
                # What follows from other figures in one step passes, unless the statement is plainly the same one.
                if most >= (1 if (figure.value, figure.kind) in strange else SHARED if unnamed else len(words) + 1):
                    return figure.quote
    return ""


_GRATIS = {
    "en": re.compile(r"\b(?:free of charge|for free|(?:is|are) (?:all )?free\b(?! (?:to|now|on|at|in|from|of (?!charge)))|(?:a|one|your|another) free \w+|at no (?:cost|charge)|on the house)"),
    "fr": re.compile(r"\b(?:offerte?s?|gratuite?s?|gratuitement|je vous offre)\b"),
}  # fmt: skip
_COSTS_NOTHING = {
    "en": re.compile(r"\b(?:free|no (?:\w+ )?(?:fee|charge|cost)s?|without (?:\w+ )?(?:fee|charge|cost|paying)|included|nothing|lent|gift|on the house|waived|refunded)\b"),
    "fr": re.compile(r"\b(?:offerte?s?|gratuite?s?|gratuitement|sans (?:\w+ )?(?:frais|cout|supplement)|comprise?s?|inclu\w*|aucuns? frais|cadeau\w*|rien|rembourse\w*)\b"),
}  # fmt: skip


def invented_gift(reply: str, situation: str, language: str) -> str:
    """A clause that gives something for nothing although the situation knows of nothing that is free; "" for none."""
    if _COSTS_NOTHING[language].search(plain(situation)):
        return ""
    for sentence in _SENTENCE.split(reply):
        if asked(sentence, language):
            continue
        for clause in _clauses(sentence):
            folded = plain(clause)
            if not _GRATIS[language].search(folded) or _REPORTS[language].search(folded):
                continue
            if not _LIMITED_GIFT.search(folded):
                return clause
    return ""


_LIMITED_GIFT = re.compile(r"\b(?:not|never|no longer|pas|plus|ni|jamais)\b|n't\b")
_SAYING = {
    "en": frozenset({"say", "call", "tell", "know", "get", "take", "make", "have"}),
    "fr": frozenset({"dire", "appeler", "savoir", "faire", "prendre"}),
}
_UNITS = frozenset(
    "day week month year hour minute pound euro cent percent jour semaine mois an annee heure minute euro pour cent "
    "working ouvre one two three four five six seven eight nine ten twelve twenty thirty forty fifty deux trois quatre cinq "
    "sept huit neuf dix douze vingt trente quarante cinquante soixante".split()
)
