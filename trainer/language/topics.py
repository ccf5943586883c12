"""Which topics of the case a turn is about: by the phrases of the topic, by their words, and by meaning if it can be had."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from rapidfuzz import fuzz

from trainer.domain.understanding import TopicHint, TopicHit
from trainer.language.acts.rules import Part
from trainer.language.folding import Folded, fold
from trainer.language.normalise import content_words
from trainer.language.phrases import compile_phrase
from trainer.language.turn_vectors import TurnVectors
from trainer.ports import EncodeTexts

LOW, HIGH = 0.6, 0.8
"""Cosine of clause and phrase from which a topic counts at all, and counts fully. Between phrases of one topic (written
by authors, 372 of them) the median is .62, between a phrase and the nearest of another topic .51."""
MARGIN = 0.04
"""A clause is about the topic it is nearest to, and about others that come this near."""
NEAR_EXACT = 88
"""Letters in common, out of 100, from which a phrase with a single word of content counts as said."""
LONG_WORD, NEAR_WORD = 8, 82
"""Letters from which a word is long enough to be known when misheard, and how many of 100 it must keep."""
FLOOR = 0.3
_WORD = re.compile(r"\w+")


def read_topics(
    topics: Sequence[TopicHint],
    folded: Folded,
    parts: Sequence[Part],
    language: str,
    vectors: TurnVectors | None = None,
    busy: Collection[int] = (),
) -> tuple[TopicHit, ...]:
    """Topics with a score of at least `FLOOR`, best first; `quote` is the clause or the words that show it.

    `busy` are clauses that do something else (announce a hold): only a phrase itself makes them speak of a topic.
    """
    if not topics or not parts:
        return ()
    words = [frozenset(part.words(language)) for part in parts]
    asking = any(part.question != "none" for part in parts)
    pairs = [frozenset(pairwise(_WORD.findall(part.text))) for part in parts]
    hits: dict[str, tuple[float, int, tuple[int, int]]] = {}
    wanted: dict[str, frozenset[str]] = {}
    for topic in topics:
        best = (0.0, 0, (0, 0))
        for phrase in topic.phrases:
            for number, part in enumerate(parts):
                score, span = _by_words(phrase, part, words[number], pairs[number], language, asking)
                if score > best[0] and (score == 1.0 or number not in busy):
                    best = (score, number, span)
                    wanted[topic.id] = _phrase_words(phrase, language)
        if best[0] >= FLOOR:
            hits[topic.id] = best
    _without_borrowed(hits, wanted, parts, language)
    if vectors is not None:
        free = [(number, part) for number, part in enumerate(parts) if number not in busy and words[number]]
        for name, (score, place) in _by_meaning(topics, free, vectors).items():
            if score > hits.get(name, (0.0, 0, (0, 0)))[0]:
                hits[name] = (score, place, (0, 0))
    found = []
    for name, (score, place, span) in hits.items():
        start, end = span if span[1] > span[0] else (parts[place].start, parts[place].end)
        start, end = folded.back(start, end)
        found.append(TopicHit(name, round(score, 3), folded.original[start:end]))
    return tuple(sorted(found, key=lambda h: (-h.score, h.topic)))


def _without_borrowed(
    hits: dict[str, tuple[float, int, tuple[int, int]]],
    wanted: dict[str, frozenset[str]],
    parts: Sequence[Part],
    language: str,
) -> None:
    """Drop what only resembles its topic by words that name another one: "your order number" is not about the order."""
    named: dict[int, set[str]] = {}
    for score, number, (start, end) in hits.values():
        if score >= NAMED and end - start < parts[number].end - parts[number].start:
            phrase = parts[number].text[start - parts[number].start : end - parts[number].start]
            named.setdefault(number, set()).update(content_words(phrase, language))
    for topic, (score, number, _) in list(hits.items()):
        shared = wanted[topic] & set(parts[number].words(language))  # none, if the word was known although misheard
        if score < NAMED and shared and shared <= named.get(number, set()):
            del hits[topic]


NAMED = 0.95
"""Score from which the words of a phrase themselves stand in the turn."""


@lru_cache(maxsize=8192)
def _phrase_words(phrase: str, language: str) -> frozenset[str]:
    return frozenset(content_words(phrase, language))


@lru_cache(maxsize=8192)
def _plain_phrase(phrase: str) -> str:
    return "".join(c if c.isalnum() or c in "' " else " " for c in fold(phrase).text)


def _by_words(
    phrase: str, part: Part, words: frozenset[str], pairs: frozenset[tuple[str, str]], language: str, asking: bool
) -> tuple[float, tuple[int, int]]:
    """(score, span): 1 for the phrase itself, less for most of its words. `pairs` are the neighbours in it; `asking`:
    the turn asks something."""
    wanted = _phrase_words(phrase, language)
    if len(wanted) == 1 and pairs:
        alike = _as_one_word(next(iter(wanted)), pairs)
        if alike:
            return alike, (part.start, part.end)
    if wanted and not wanted & words:
        return 0.0, (0, 0)
    plain, span = _plain_phrase(phrase), (part.start, part.end)
    if match := compile_phrase(plain).find(part.text):
        return 1.0, (part.start + match.start(), part.start + match.end())
    if "'s" in part.text and compile_phrase(plain).find(_IS.sub(r"\1 is", part.text)):
        return 1.0, span
    if bare := _bare_noun(plain, part, asking):
        return 0.95, (part.start + bare.start(), part.start + bare.end())
    if len(wanted) < 2:
        near = len(plain) > 5 and fuzz.partial_ratio(plain, part.text, score_cutoff=NEAR_EXACT)
        return (0.75, span) if wanted and near else (0.0, span)
    shared = len(wanted & words) / len(wanted)
    if shared < (1.0 if len(wanted) == 2 else 0.65):
        return 0.0, span
    likeness = fuzz.token_set_ratio(plain, part.text) / 100
    return 0.5 * shared + 0.4 * likeness, span


_IS = re.compile(r"\b(what|how|who|where|when|that|it|there)'s\b")
_DETERMINER = re.compile(r"^(?:your|the|a|an|votre|vos|le|la|un|une) (?=\w{4,}(?: \w+)?$)|^l'(?=\w{4,}(?: \w+)?$)")
SHORT_FRAGMENT = 7
"""Words up to which a clause that asks may be a mere list: "Order number, name and postcode, please?"."""


def _bare_noun(phrase: str, part: Part, asking: bool) -> re.Match[str] | None:
    """In a short question, or alone beside one, the noun of a phrase such as "your name" is enough."""
    noun = _DETERMINER.sub("", phrase)
    if noun == phrase or part.text.count(" ") >= SHORT_FRAGMENT:
        return None
    alone = asking and part.text.count(" ") < 2
    asks = alone or part.question != "none" or part.text.endswith(("please", "svp", "s'il vous plait"))
    return compile_phrase(noun).find(part.text) if asks else None


def _as_one_word(word: str, pairs: frozenset[tuple[str, str]]) -> float:
    """Recognizers write "post code" for "postcode", or "ghost code": two neighbours that make up the word, or nearly. One
    of them that resembles it by itself ("de commande", "commander") is another word."""
    if any(word == first + second for first, second in pairs):
        return 1.0
    if len(word) < LONG_WORD:
        return 0.0
    nearly = any(
        fuzz.ratio(word, pair[0] + pair[1], score_cutoff=NEAR_WORD)
        and not any(fuzz.ratio(word, half, score_cutoff=NEAR_WORD) for half in pair)
        for pair in pairs
    )
    return 0.85 if nearly else 0.0


def _by_meaning(
    topics: Sequence[TopicHint], parts: Sequence[tuple[int, Part]], vectors: TurnVectors
) -> dict[str, tuple[float, int]]:
    """The topics that each clause is nearest to: {topic: (score, clause)}."""
    if not parts:
        return {}
    owners = [topic.id for topic in topics for _ in topic.phrases]
    phrases = tuple(phrase for topic in topics for phrase in topic.phrases)
    known = np.asarray(phrase_vectors(phrases, vectors.encode), dtype=np.float32)
    cosines = np.asarray(vectors.of([part.text for _, part in parts]), dtype=np.float32) @ known.T
    best: dict[str, tuple[float, int]] = {}
    for row, (number, _) in enumerate(parts):
        top = float(cosines[row].max())
        for column in np.flatnonzero(cosines[row] >= max(top - MARGIN, LOW)):
            score = min(1.0, (float(cosines[row, column]) - LOW) / (HIGH - LOW))
            if score >= FLOOR and score > best.get(owners[column], (0.0, 0))[0]:
                best[owners[column]] = (score, number)
    return best


_VECTORS: dict[tuple[int, str], Sequence[float]] = {}
_OWNERS: dict[int, object] = {}
"""Encoders whose vectors are kept, so that no other encoder can get the number of one."""


def phrase_vectors(phrases: tuple[str, ...], encode: EncodeTexts) -> list[Sequence[float]]:
    """Vectors of phrases, kept from call to call, for each encoder by itself."""
    owner = getattr(encode, "__self__", encode)
    number = id(_OWNERS.setdefault(id(owner), owner))
    missing = [p for p in dict.fromkeys(phrases) if (number, p) not in _VECTORS]
    if missing:
        if len(_VECTORS) > 20_000:
            _VECTORS.clear()
            missing = list(dict.fromkeys(phrases))
        _VECTORS.update(zip([(number, p) for p in missing], encode(missing), strict=True))
    return [_VECTORS[number, p] for p in phrases]
