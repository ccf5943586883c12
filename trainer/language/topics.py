"""Which topics of the case a turn is about: by the phrases of the topic, by their words, and by meaning if it can be had."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from trainer.domain.understanding import TopicHint, TopicHit
from trainer.language.acts.rules import Part
from trainer.language.folding import Folded, fold
from trainer.language.normalise import content_words
from trainer.language.phrases import compile_phrase

EncodeTexts = Callable[[Sequence[str]], Sequence[Sequence[float]]]
LOW, HIGH = 0.45, 0.8
"""Cosine of clause and phrase from which a topic counts at all, and counts fully."""


def read_topics(
    topics: Sequence[TopicHint], folded: Folded, parts: Sequence[Part], language: str, encode: EncodeTexts | None = None
) -> tuple[TopicHit, ...]:
    """Topics with a score of at least 0.3, best first; `quote` is the clause that shows it."""
    if not topics or not parts:
        return ()
    words = [frozenset(content_words(part.text, language)) for part in parts]
    found = []
    for topic in topics:
        score, place, span = 0.0, 0, (0, 0)
        for phrase in topic.phrases:
            for number, part in enumerate(parts):
                one, where = _by_words(phrase, part, words[number], language)
                if one > score:
                    score, place, span = one, number, where
        if score >= 0.3:
            found.append((score, topic.id, place, span))
    hits = {name: (score, place, span) for score, name, place, span in found}
    if encode is not None:
        for name, (score, place) in _by_meaning(topics, parts, encode).items():
            if score > hits.get(name, (0.0, 0, (0, 0)))[0]:
                hits[name] = (score, place, (0, 0))
    out = []
    for name, (score, place, span) in hits.items():
        start, end = span if span[1] > span[0] else (parts[place].start, parts[place].end)
        start, end = folded.back(start, end)
        out.append(TopicHit(name, round(score, 3), folded.original[start:end]))
    return tuple(sorted(out, key=lambda h: (-h.score, h.topic)))


@lru_cache(maxsize=8192)
def _phrase_words(phrase: str, language: str) -> frozenset[str]:
    return frozenset(content_words(phrase, language))


@lru_cache(maxsize=8192)
def _plain_phrase(phrase: str) -> str:
    return "".join(c if c.isalnum() or c in "' " else " " for c in fold(phrase).text)


def _by_words(phrase: str, part: Part, words: frozenset[str], language: str) -> tuple[float, tuple[int, int]]:
    """(score, span): 1 for the phrase itself, less for most of its words."""
    wanted = _phrase_words(phrase, language)
    if wanted and not wanted & words:
        return 0.0, (0, 0)
    if match := compile_phrase(_plain_phrase(phrase)).find(part.text):
        return 1.0, (part.start + match.start(), part.start + match.end())
    if not wanted:
        return 0.0, (0, 0)
    shared = len(wanted & words) / len(wanted)
    if shared < 0.5:
        return 0.0, (0, 0)
    likeness = fuzz.token_set_ratio(_plain_phrase(phrase), part.text) / 100
    score = 0.45 * shared + 0.45 * likeness * (1.0 if len(wanted) > 1 else 0.7)
    return (score if shared > 0.5 or len(wanted) == 1 else score * 0.8), (part.start, part.end)


def _by_meaning(
    topics: Sequence[TopicHint], parts: Sequence[Part], encode: EncodeTexts
) -> dict[str, tuple[float, int]]:
    phrases = [(topic.id, phrase) for topic in topics for phrase in topic.phrases]
    texts = [part.text for part in parts]
    vectors = encode(texts)
    known = phrase_vectors(tuple(p for _, p in phrases), encode)
    best: dict[str, tuple[float, int]] = {}
    for (name, _), other in zip(phrases, known, strict=True):
        for number, vector in enumerate(vectors):
            cosine = sum(float(a) * float(b) for a, b in zip(vector, other, strict=True))
            score = min(1.0, max(0.0, (cosine - LOW) / (HIGH - LOW)))
            if score >= 0.3 and score > best.get(name, (0.0, 0))[0]:
                best[name] = (score, number)
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
