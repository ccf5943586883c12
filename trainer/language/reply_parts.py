"""The parts of a reply and of its situation that are compared with one another: sentences, facts, language, parroting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from trainer.language.folding import plain
from trainer.language.normalise import clauses, content_words
from trainer.language.reply_numbers import Figure, read_figures

_SENTENCE_END = re.compile(r"(?<=[.?!…])\s+")
_FACT_CUT = re.compile(r"\s*;\s*|(?<=[.!?])\s+|\s+[—–]\s+|,\s+(?=\D)|\s:\s")
_LONG = 16
"""Words of a stretch without full stop above which it is cut at its clauses: recognized speech has no punctuation."""

_ASKS = {
    "en": re.compile(
        r"(?:^|[,.;!?]\s*|\b(?:and|or|so|but|okay|ok|then|also)\s+)(?:what|which|how|who|when|where|why|is (?:that|it|this)|are you|"
        r"do you|does|did you|would|could|can (?:i|we|you)|shall|should i|may i|have you|want me|you (?:want|prefer|like))\b"
    ),
    "fr": re.compile(
        r"(?:^|[,.;!?]\s*|\b(?:et|ou|alors|donc|mais|ok|bon)\s+)(?:qu'?est|est ce|est-ce|quel|quelle|quels|quelles|combien|comment|quand|"
        r"pourquoi|qui|ou est|lequel|laquelle|(?:vous )?(?:voulez|preferez|souhaitez|pouvez)|vous (?:avez|etes|en|payez|faites)|"
        r"avez[ -]vous|on (?:fait|essaie|garde)|(?:ca|cela) (?:va|vous|irait))\b"
    ),
}
_OPEN = {
    "en": re.compile(r"\b(?:what|which|how|who|when|where|why)\b"),
    "fr": re.compile(r"\b(?:qu'?est ?-?ce|quel(?:le)?s?|combien|comment|quand|pourquoi|quoi|lequel|laquelle|ou (?:est|habitez|ca))\b|\bqui\b(?= (?:s|decid|vous|est))"),
}  # fmt: skip
_WORDS_OF = {
    "en": frozenset(
        "the you i to and is it that we for of in a your on have can this not with will are be do if so but at it's i'm "
        "my what how yes no sorry please would could our they all call don't i'll that's there".split()
    ),
    "fr": frozenset(
        "le la les vous je et est de un une que pas pour en ce c'est ca on nous des du dans il elle avec votre vos qui "
        "sur oui non si plus mais ne au aux mon a j'ai par bien merci bonjour alors donc tout etes avez ou".split()
    ),
}


_ELSEWHERE = frozenset(
    "das und ist nicht ich sie wir haben mir tut ein eine mit auf zu kann ihnen bekommen zuruck bitte heute wird werden fur auch "
    "el los las por muy su sus con usted puedo puede esta siento gracias lo dia dinero "
    "il che di per sono molto mi con le lei posso grazie della non".split()
) - frozenset("le la les non per con su mi lo il di".split())
"""Everyday words of German, Spanish and Italian that are none in English or French."""


def foreign_share(text: str) -> float:
    """The share of the words that are everyday words of a third language."""
    words = re.findall(r"[a-z]+", plain(text))
    return sum(word in _ELSEWHERE for word in words) / len(words) if words else 0.0


@dataclass(frozen=True, slots=True)
class FactPart:
    """One statement of the situation: its words, its figures, and whether it denies something ("no other discount")."""

    text: str
    words: frozenset[str]
    figures: tuple[Figure, ...]
    denies: bool


_MANNERS = re.compile(
    r"\b(?:no (?:problem|worries|wonder|doubt|need)|not at all|why not|pas de (?:souci|probleme)|sans doute|n'est ce pas)\b"
)
_DENIES = {
    "en": re.compile(r"\b(?:no|not|never|cannot|can't|nothing|without|only|useless)\b"),
    "fr": re.compile(r"\b(?:pas|jamais|aucune?|rien|sans|non|ne|seul(?:e|ement)?|uniquement|inutile)\b"),
}


def denies(text: str, language: str) -> bool:
    """True if the text denies or limits something ("no other discount", "pas de revente")."""
    return bool(_DENIES[language].search(_MANNERS.sub(" ", plain(text))))


def sentences_of(text: str, language: str) -> tuple[str, ...]:
    """The sentences of a text as it was written; a long stretch without stops is cut at its clauses. At most ten."""
    out: list[str] = []
    for piece in _SENTENCE_END.split(text.strip()):
        if not piece:
            continue
        if len(piece.split()) > _LONG:
            cuts = clauses(piece, language)
            buffer = ""
            for clause in cuts:
                part = piece[clause.start : clause.end] if len(piece) == len(plain(piece)) else clause.text
                buffer = f"{buffer} {part}".strip()
                if len(buffer.split()) >= 6:
                    out.append(buffer)
                    buffer = ""
            if buffer:
                out.append(buffer)
        else:
            out.append(piece)
    return tuple(out[:10])


@lru_cache(maxsize=4096)
def facts_of(situation: str, language: str) -> tuple[FactPart, ...]:
    """The statements of a situation, at most twelve."""
    parts = [p.strip(" .,") for p in _FACT_CUT.split(situation)]
    out = []
    for part in parts:
        words = frozenset(content_words(part, language))
        figures = read_figures(part, language)
        if words or figures:
            out.append(FactPart(part, words, figures, denies(part, language)))
    return tuple(out[:12])


def asked(sentence: str, language: str) -> bool:
    """True if the sentence asks, with or without a question mark."""
    return "?" in sentence or bool(_ASKS[language].search(plain(sentence)) and len(sentence.split()) > 2)


def open_asked(sentence: str, language: str) -> bool:
    """True if the sentence is an open question (what, how, which...)."""
    return asked(sentence, language) and bool(_OPEN[language].search(plain(sentence)))


def language_share(text: str) -> dict[str, float]:
    """For each language, the share of the words that are its everyday words."""
    words = re.findall(r"[a-z]+(?:'[a-z]+)?", plain(text))
    if not words:
        return {"en": 0.0, "fr": 0.0}
    bits = [part for word in words for part in ({word} | set(word.split("'")))]
    return {name: sum(b in vocabulary for b in bits) / len(words) for name, vocabulary in _WORDS_OF.items()}


def parroting(reply: str, customer: str) -> float:
    """How much of the reply is the customer's own line said back, 0 to 1 (token set ratio over the reply's words)."""
    if not reply.strip() or not customer.strip():
        return 0.0
    return fuzz.token_sort_ratio(plain(reply), plain(customer)) / 100


def repetition(text: str) -> float:
    """Share of the words that were said before in the same reply: high in nonsense and in parroting."""
    words = re.findall(r"\w+", plain(text))
    return 1 - len(set(words)) / len(words) if words else 1.0
