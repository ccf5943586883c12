"""Facts out of a situation written in prose: each value with the words around it, for replies graded without a case."""

from __future__ import annotations

import re

from trainer.domain.understanding import FactHint
from trainer.language.entities import read_entities
from trainer.language.folding import fold
from trainer.language.normalise import content_words, language_of

_SENTENCE = re.compile(r"[^.;\n]*(?:[.](?=\d)[^.;\n]*)*")
_RULE = {
    "en": re.compile(r"\b(no|not|never|without|only|free|included|possible|allowed|must|cannot|can't|available|required)\b"),
    "fr": re.compile(r"\b(pas|sans|aucun|aucune|jamais|seulement|gratuit\w*|offert\w*|inclus\w*|compris\w*|possible|doit|obligatoire|disponible\w*)\b"),
}  # fmt: skip
_DENIES = {
    "en": re.compile(r"\b(no|not|never|without|cannot|can't)\b"),
    "fr": re.compile(r"\b(pas|sans|aucun|aucune|jamais)\b"),
}  # fmt: skip


def read_situation(text: str, language: str) -> tuple[FactHint, ...]:
    """A fact for each value and each plain rule of a situation. Ids count on: "money.1", "policy.2"."""
    language = language_of(language)
    folded = fold(text)
    entities = read_entities(folded, language)
    counts: dict[str, int] = {}
    facts = []

    def add(kind: str, value: str, keywords: tuple[str, ...]) -> None:
        counts[kind] = counts.get(kind, 0) + 1
        facts.append(FactHint(f"{kind}.{counts[kind]}", kind, value, keywords))

    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        words = tuple(w for w in content_words(sentence, language) if not any(c.isdigit() for c in w))
        if not words:
            continue
        inside = [e for e in entities if match.start() <= e.start < match.end()]
        for entity in inside:
            if entity.type not in ("name", "spelled", "number"):
                add(entity.type, entity.value, words)
        plain = fold(sentence).text
        if not inside and _RULE[language].search(plain):
            add("policy", "no" if _DENIES[language].search(plain) else "yes", words)
    return tuple(facts)
