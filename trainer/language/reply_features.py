"""A reply as numbers: what it does, how far it takes up this customer and this situation, and what it adds.

`parts_of` cuts a reply, `texts_to_encode` lists what needs a vector, `measure` gives the features (named floats, mostly
0 to 1). Vectors come from outside, so this module is pure. The order of `FEATURES` is fixed with the trained head.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from trainer.language.folding import plain
from trainer.language.normalise import content_words
from trainer.language.reply_numbers import Figure, read_figures, unknown_figures
from trainer.language.reply_parts import (
    FactPart,
    asked,
    denies,
    facts_of,
    language_share,
    open_asked,
    parroting,
    repetition,
    sentences_of,
)
from trainer.language.reply_phrases import compiled

Vector = npt.NDArray[np.float32]
_OR = {"en": re.compile(r"\bor\b"), "fr": re.compile(r"\bou\b")}
_TRUE_ENOUGH = 0.5
"""A fact of the situation counts as used from this closeness on (figure found, or shared words and meaning)."""


@dataclass(frozen=True, slots=True)
class ReplyParts:
    """A reply and what it answers, cut for measuring."""

    reply: str
    language: str
    customer: str
    situation: str
    objection_type: str
    sentences: tuple[str, ...]
    facts: tuple[FactPart, ...]


def parts_of(reply: str, customer: str, situation: str, language: str, objection_type: str) -> ReplyParts:
    """Cut a reply. `language` is "en" or "fr"."""
    return ReplyParts(
        reply.strip(),
        language,
        customer.strip(),
        situation.strip(),
        objection_type,
        sentences_of(reply, language),
        facts_of(situation, language),
    )


def texts_to_encode(parts: ReplyParts) -> tuple[str, ...]:
    """The texts whose vectors `measure` reads."""
    return (*parts.sentences, parts.customer or " ", *(f.text for f in parts.facts))


def whole_reply(parts: ReplyParts, vectors: Mapping[str, Vector]) -> Vector:
    """One vector for the reply: its sentences' mean by their length, of unit length (zeros for an empty reply).

    Encoding the reply once more as a whole took a quarter of the time and graded no better.
    """
    total = np.zeros_like(vectors[parts.customer or " "])
    for sentence in parts.sentences:
        total = total + vectors[sentence] * math.sqrt(len(sentence))
    size = float(np.linalg.norm(total))
    return total / size if size else total


@lru_cache(maxsize=8192)
def _lemmas(text: str, language: str) -> frozenset[str]:
    return frozenset(content_words(text, language))


@dataclass(frozen=True, slots=True)
class FactUse:
    """How far one fact of the situation is used: closeness 0 to 1, its weight for this concern, and the words."""

    fact: FactPart
    closeness: float
    weight: float
    quote: str


def use_of_facts(parts: ReplyParts, vectors: Mapping[str, Vector]) -> tuple[FactUse, ...]:
    """Each fact with the sentence that uses it most. The first part is often only the company's name and weighs less."""
    if not parts.sentences:
        return tuple(FactUse(f, 0.0, 1.0, "") for f in parts.facts)
    customer = vectors[parts.customer or " "]
    said = [(s, vectors[s], _lemmas(s, parts.language), read_figures(s, parts.language)) for s in parts.sentences]
    uses = []
    for fact in parts.facts:
        own = vectors[fact.text]
        best, quote = 0.0, ""
        values = {f.plain for f in fact.figures} | {f.value for f in fact.figures}
        for text, vector, words, figures in said:
            shared = len(words & fact.words) / max(1, min(len(fact.words), 4)) if fact.words else 0.0
            number = any(f.plain in values or f.value in values for f in figures)
            near = max(0.0, (float(vector @ own) - 0.2) / 0.45)
            score = min(1.0, 0.55 * min(1.0, shared) + 0.55 * near + (0.55 if number else 0.0))
            if score > best:
                best, quote = score, text
        weight = 0.6 + max(0.0, float(own @ customer))
        if not fact.figures and len(fact.words) <= 2:
            weight *= 0.5
        uses.append(FactUse(fact, best, weight, quote))
    return tuple(uses)


def _hits(signal: str, language: str, folded: str) -> int:
    return sum(1 for phrase in compiled()[signal][language] if phrase.find(folded))


SIGNALS = tuple(compiled())
MEASURES = (
    "words", "few_words", "sentence_count", "questions", "open_questions", "ends_asking", "asks_or", "exclamations",
    "unknown_figures", "unknown_strong", "figures_said", "facts_used", "facts_best", "facts_mean", "facts_count",
    "figures_used", "facts_left", "denied_said", "near_customer", "near_customer_max", "first_near_customer",
    "near_situation", "near_situation_max", "shared_customer", "shared_customer_count", "first_shared_customer",
    "echo", "repetition", "new_words", "own_language", "other_language", "empty", "starts_asking", "novel_claim",
    "denies_fact", "affirms_denied", "you_words", "i_words", "no_words", "question_near_customer", "question_near_situation", "commas", "outbound",
)  # fmt: skip


def phrase_features(parts: ReplyParts) -> dict[str, float]:
    """For each signal of the phrase lists, 0 to 1: none, one or several of its wordings."""
    folded = plain(parts.reply)
    return {s: min(1.0, _hits(s, parts.language, folded) / 2) for s in SIGNALS}


def measure(parts: ReplyParts, vectors: Mapping[str, Vector], channel: str = "") -> dict[str, float]:
    """The features of `MEASURES`."""
    language = parts.language
    sentences = parts.sentences
    folded = plain(parts.reply)
    words = re.findall(r"\w+", folded)
    n = len(words)
    lemmas = _lemmas(parts.reply, language)
    customer_lemmas = _lemmas(parts.customer, language)
    situation_lemmas = _lemmas(parts.situation, language)
    asks = [asked(s, language) for s in sentences]
    unknown = unknown_figures(parts.reply, f"{parts.situation} . {parts.customer}", language)
    uses = use_of_facts(parts, vectors)

    def turned(use: FactUse) -> bool:
        return bool(use.quote) and not asked(use.quote, language) and denies(use.quote, language) != use.fact.denies

    total = sum(u.weight for u in uses) or 1.0
    used = [u for u in uses if u.closeness >= _TRUE_ENOUGH]
    customer = vectors[parts.customer or " "]
    near_c = [float(vectors[s] @ customer) for s in sentences] or [0.0]
    fact_matrix = (
        np.array([vectors[f.text] for f in parts.facts]) if parts.facts else np.zeros((1, customer.size), np.float32)
    )
    near_s = [float((fact_matrix @ vectors[s]).max()) for s in sentences] or [0.0]
    whole = whole_reply(parts, vectors)
    share = language_share(parts.reply)
    other = "fr" if language == "en" else "en"
    first = _lemmas(sentences[0], language) if sentences else frozenset()
    questions = [i for i, a in enumerate(asks) if a]
    known = {f.plain for fact in parts.facts for f in fact.figures} | {
        f.value for fact in parts.facts for f in fact.figures
    }
    figures = read_figures(parts.reply, language)
    hits = sum(1 for f in figures if f.plain in known or f.value in known)
    claims = [c for c, a, s in zip(near_s, asks, sentences, strict=False) if not a and len(s.split()) >= 6]
    return {
        "words": min(1.5, math.log1p(n) / 4),
        "few_words": 1.0 if n <= 8 else 0.0,
        "sentence_count": min(1.0, len(sentences) / 6),
        "questions": min(1.0, len(questions) / 3),
        "open_questions": min(1.0, sum(open_asked(s, language) for s in sentences) / 2),
        "ends_asking": float(bool(asks) and asks[-1]),
        "asks_or": float(any(_OR[language].search(plain(sentences[i])) for i in questions)),
        "exclamations": min(1.0, parts.reply.count("!") / 2),
        "unknown_figures": min(1.0, len(unknown) / 2),
        "unknown_strong": float(any(f.kind for f in unknown)),
        "figures_said": min(1.0, len(figures) / 4),
        "facts_used": sum(u.weight * u.closeness for u in uses) / total,
        "facts_best": max((u.closeness for u in uses), default=0.0),
        "facts_mean": sum(u.weight for u in used) / total,
        "facts_count": min(1.0, len(used) / 4),
        "figures_used": min(1.0, hits / 3),
        "facts_left": min(1.0, (len(uses) - len(used)) / 6),
        "denied_said": max((u.closeness for u in uses if u.fact.denies), default=0.0),
        "near_customer": float(whole @ customer),
        "near_customer_max": max(near_c),
        "first_near_customer": near_c[0],
        "near_situation": float((fact_matrix @ whole).max()),
        "near_situation_max": max(near_s),
        "shared_customer": len(lemmas & customer_lemmas) / max(1, len(customer_lemmas)),
        "shared_customer_count": min(1.0, len(lemmas & customer_lemmas) / 3),
        "first_shared_customer": min(1.0, len(first & customer_lemmas) / 2),
        "echo": parroting(parts.reply, parts.customer),
        "repetition": repetition(parts.reply),
        "new_words": len(lemmas - customer_lemmas - situation_lemmas) / max(1, len(lemmas)),
        "own_language": share[language],
        "other_language": max(0.0, share[other] - share[language]),
        "empty": float(n == 0),
        "starts_asking": float(bool(asks) and asks[0]),
        "novel_claim": 1 - min(claims, default=1.0),
        "denies_fact": max((u.closeness for u in uses if not u.fact.denies and turned(u)), default=0.0),
        "affirms_denied": max((u.closeness for u in uses if u.fact.denies and turned(u)), default=0.0),
        "you_words": _share(words, ("you", "your", "yours", "vous", "votre", "vos"), n),
        "i_words": _share(words, ("i", "we", "our", "my", "je", "j", "nous", "on", "notre"), n),
        "no_words": _share(words, ("no", "not", "never", "don", "can", "t", "non", "pas", "rien", "jamais", "ne"), n),
        "question_near_customer": max((near_c[i] for i in questions), default=0.0),
        "question_near_situation": max((near_s[i] for i in questions), default=0.0),
        "commas": min(1.0, parts.reply.count(",") / max(1, n) * 5),
        "outbound": float(channel == "outbound"),
    }


def _share(words: Sequence[str], wanted: tuple[str, ...], n: int) -> float:
    return sum(w in wanted for w in words) / max(1, n)


def figures_of_concern(parts: ReplyParts) -> tuple[Figure, ...]:
    """The figures that the situation does not explain."""
    return unknown_figures(parts.reply, f"{parts.situation} . {parts.customer}", parts.language)
