"""Words, lemmas, sentences and clauses of a turn, in English and French.

Recognized speech has no punctuation, so clauses are also cut where a connective meets a new subject or where a
question begins in mid-stream. All spans are of the original text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import simplemma

from trainer.language.folding import Folded, fold, plain
from trainer.language.lexicon import FILLERS, STOP_EN, STOP_FR

LANGUAGES = ("en", "fr")
_WORD = re.compile(r"\w+(?:'\w+)*(?:\.\w+)*", re.UNICODE)
_ELISION = re.compile(r"^(?:qu|jusqu|lorsqu|puisqu|quelqu|[cdjlmnst])'(?=\w)")
_STOP = {"en": frozenset(plain(w) for w in STOP_EN), "fr": frozenset(plain(w) for w in STOP_FR)}
_FILLERS = frozenset(FILLERS)


@dataclass(frozen=True, slots=True)
class Token:
    """A word: `text` folded, `start` and `end` in the folded text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a turn that says one thing. `text` is folded; `start` and `end` are places in the folded text."""

    text: str
    start: int
    end: int
    asks: bool


def language_of(language: str) -> str:
    """ "en" or "fr" for any tag ("fr-FR" is "fr"); what is neither is read as English."""
    return "fr" if language.lower().startswith("fr") else "en"


def tokens(folded: Folded | str, language: str = "en") -> list[Token]:
    """Words of a folded text; French elisions are words of their own ("l'abonnement" gives "l", "abonnement")."""
    text = folded.text if isinstance(folded, Folded) else folded
    found: list[Token] = []
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        if language == "fr":
            while elided := _ELISION.match(word):
                cut = elided.end()
                found.append(Token(word[: cut - 1], start, start + cut - 1))
                word, start = word[cut:], start + cut
        found.append(Token(word, start, start + len(word)))
    return found


@lru_cache(maxsize=16_384)
def _accented(word: str) -> str:
    return simplemma.lemmatize(word, lang="fr")


@lru_cache(maxsize=32_768)
def lemma(word: str, language: str) -> str:
    """The folded dictionary form of a word; unknown words come back folded."""
    small = word.lower()
    if not small.isalpha():
        return plain(small.removesuffix("'s").removesuffix("’s"))
    if language == "fr":
        return plain(_accented(small))
    return plain(simplemma.lemmatize(small, lang="en"))


def is_stop(word: str, language: str) -> bool:
    """True for words that carry no content of their own."""
    return word in _STOP[language] or word in _FILLERS


@lru_cache(maxsize=4096)
def content_words(text: str, language: str) -> tuple[str, ...]:
    """The folded lemmas of the words that carry content, in order, each once."""
    language = language_of(language)
    folded = fold(text)
    found: dict[str, None] = {}
    for token in tokens(folded, language):
        if len(token.text) < 2 or is_stop(token.text, language):
            continue
        start, end = folded.back(token.start, token.end)
        base = lemma(folded.original[start:end], language)
        if not is_stop(base, language):
            found.setdefault(base)
    return tuple(found)


_SENTENCE = re.compile(r"[^.!?;\n]*(?:(?<=\d)[.,](?=\d)[^.!?;\n]*|\.(?=\w)[^.!?;\n]*)*[.!?;\n]*")
_BREAK = {
    "en": re.compile(
        r"(?<=\w)[,\s]+(?=(?:and|but|so|then|because|though|although|however|anyway|also|plus)[,\s]+(?:then[,\s]+|"
        r"also[,\s]+|if[,\s]+)?(?:i|we|you|he|she|it|they|there|that|this|the|your|our|my|what|how|would|could|can|do|"
        r"did|shall|may|is|are|will|let|please|a|an)\b)"
        r"|(?<=\w)[,\s]+(?=(?:would you|could you|can you|do you|did you|shall (?:i|we)|may i|can i|could i|"
        r"is there anything|what(?:'s| is| are| do| would| can| made| kind)|how (?:do|does|would|much|many|long|often|"
        r"about|can|did)|when (?:do|does|did|would|will|can|could|should|is|are) |where (?:do|does|is|are|can|should) |"
        r"who (?:is|are|do|does|should) |why |which |are you|have you|is (?:that|this|it) )\b)"
        r"|,\s+(?=(?:i|we|you|he|she|it|they|there|that|this|let|if)(?:'\w+)?\s)"
    ),
    "fr": re.compile(
        r"(?<=\w)[,\s]+(?=(?:et|mais|donc|alors|parce qu|car|puis|ensuite|sinon|par contre|cependant|en revanche|du coup)"
        r"['\s,]+(?:puis\s+|donc\s+|si\s+|aussi\s+)?(?:je|j|nous|on|vous|tu|il|elle|ils|elles|c|ce|ca|cela|le|la|les|l|"
        r"votre|notre|mon|un|une|est|qu|que|quel|quelle|comment|pourquoi|voulez|pouvez|souhaitez|y)\b)"
        r"|(?<=\w)[,\s]+(?=(?:est ce que|est-ce que|est ce qu|qu'est ce|qu'est-ce|voulez[ -]vous|pouvez[ -]vous|"
        r"pourriez[ -]vous|souhaitez[ -]vous|preferez[ -]vous|puis[ -]je|avez[ -]vous|etes[ -]vous|y a t il|y a-t-il|"
        r"comment |pourquoi |combien |quel |quelle |quels |quelles |quand est[ -]ce |quand (?:voulez|souhaitez|"
        r"avez|devez|en avez) |a quel|ou est[ -]ce |ou (?:habitez|voulez|dois|puis) )\b)"
        r"|,\s+(?=(?:je|j'|nous|on|vous|il|elle|ils|c'est|ca|si)[\s'])"
    ),
}  # fmt: skip


_UNFINISHED = {
    "en": re.compile(
        r"(?:(?:and|so|but|or|then|well|okay|ok|right|now|also|sorry)[,\s]+)*(?:(?:to|at|in|on|for|from|under|by|with|since|about)\s+)?"
        r"(?:what|how|where|when|why|who|which|whose)(?:\s+\w+){0,2}$|.*\b(?:what|how|where|when|why|who|which)$|.*\b(?:which \w+|how (?:many|much|often|long)(?: \w+)?|what (?:day|date|time|number|name|address))$"
    ),
    "fr": re.compile(
        r"(?:(?:et|mais|donc|alors|puis|ou|bon|ok|d'accord|sinon|pardon)[,\s]+)+(?:c'est|ce serait|vous|il vous|on|ca fait|"
        r"(?:(?:a|de|en|pour|sur|dans|chez|vers|depuis)\s+)?(?:quand|comment|combien|pourquoi|ou|quoi|quel|quelle|quels|quelles)(?:\s+\w+)?)$"
        r"|(?:(?:a|de|en|pour|sur|dans|chez|vers|depuis)\s+)?(?:quand|comment|combien|pourquoi|quel|quelle|quels|quelles)(?:\s+\w+)?$"
        r"|.*\b(?:a|avec|dans|de|pour|sur|chez|vers|depuis|par|en)$"
        r"|(?:(?:et|mais|donc|alors|puis|bon|sinon)[,\s]+)?(?:vous|il|elle|ca|on)(?:\s+\w+){1,2}$"
    ),
}  # fmt: skip
"""What cannot stand by itself: "and how long" wants its "have you been waiting"."""


def sentences(folded: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a folded text, as far as punctuation tells."""
    spans = []
    for match in _SENTENCE.finditer(folded):
        piece = match.group()
        if any(c.isalnum() for c in piece):
            lead = len(piece) - len(piece.lstrip())
            spans.append((match.start() + lead, match.end()))
    return spans


def clauses(folded: Folded | str, language: str) -> list[Clause]:
    """The clauses of a turn, whether or not it is punctuated."""
    text = folded.text if isinstance(folded, Folded) else folded
    kind = language_of(language)
    pattern = _BREAK[kind]
    found: list[Clause] = []
    for start, end in sentences(text):
        sentence = text[start:end]
        asks = "?" in sentence[-4:]
        cuts = [0]
        for match in pattern.finditer(sentence):
            left = sentence[cuts[-1] : match.start()]
            if len(left) >= 8 and len(sentence) - match.end() >= 4 and not _UNFINISHED[kind].match(left.strip(" ,")):
                cuts.append(match.end())
        cuts.append(len(sentence))
        for number in range(len(cuts) - 1):
            piece = sentence[cuts[number] : cuts[number + 1]]
            stripped = piece.strip(" ,")
            if any(c.isalnum() for c in stripped):
                lead = piece.index(stripped[0])
                at = start + cuts[number] + lead
                found.append(Clause(stripped, at, at + len(stripped), asks and number == len(cuts) - 2))
    return found


def overlap(left: Iterable[str], right: Iterable[str]) -> float:
    """Shared words over the smaller set, 0 to 1."""
    a, b = set(left), set(right)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
