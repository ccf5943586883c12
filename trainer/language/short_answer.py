"""Short answers in one's own words against a question's ideas and reference answers.

An idea is said where all words of one of its phrases stand in the answer, whatever their endings. The answer is right where
every idea is said and it means about what a reference means; it is wrong where no idea is said and it means something else.
Anything between goes to a person, and so does a negation that no reference has: a list of keywords, half an answer, the right thing in words that nobody thought of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction

from rapidfuzz.distance import Levenshtein

from trainer.domain.grading.call_values import plain_words
from trainer.domain.questions import Idea, Question

NEGATION = re.compile(r"\b(?:not|never|no|nobody|nothing|cannot|\w+n['’]t|ne|n['’]\w+|pas|jamais|rien|aucune?)\b")
"""What turns a sentence round; neither words nor vectors see it."""
ALIKE, OTHER = 0.45, 0.3
"""Cosine with the nearest reference from which an answer means the same, and under which it means something else."""
STEM = 5
Encode = Callable[[Sequence[str]], Sequence[Sequence[float]]]


def says(idea: Idea, text: str) -> bool:
    """Whether `text` holds all words of one of the idea's phrases, in any order."""
    words = plain_words(text)
    return any(_holds(words, plain_words(phrase)) for phrase in idea.phrases)


def _holds(words: Sequence[str], phrase: Sequence[str]) -> bool:
    return bool(phrase) and all(any(_same(word, wanted) for word in words) for wanted in phrase)


def _same(word: str, wanted: str) -> bool:
    """The same word, with another ending, or one letter wrong in a long one; figures have to be the same."""
    if word == wanted:
        return True
    if min(len(word), len(wanted)) < STEM or any(sign.isdigit() for sign in word + wanted):
        return False
    return word[:STEM] == wanted[:STEM] or Levenshtein.distance(word, wanted, score_cutoff=1) <= 1


def likeness(text: str, references: Sequence[str], encode: Encode) -> float:
    """Cosine between the answer and the reference nearest to it; vectors have unit length."""
    first, *others = encode([text, *references])
    return max((sum(a * b for a, b in zip(first, other, strict=True)) for other in others), default=0.0)


def judge_short_answer(question: Question, text: str, encode: Encode | None) -> Fraction | None:
    """1 for a right answer, 0 for a wrong one, None where a person has to say; without an encoder always a person."""
    if encode is None:
        return None
    said = sum(says(idea, text) for idea in question.ideas)
    near = likeness(text, question.references, encode)
    turned = bool(NEGATION.search(text.lower())) and not any(NEGATION.search(r.lower()) for r in question.references)
    if said == len(question.ideas) and near >= ALIKE:
        return None if turned else Fraction(1)
    if said == 0 and near < OTHER:
        return Fraction(0)
    return None
