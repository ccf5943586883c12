"""A typed correction of what the recognizer heard: believed where it is near to it, a matter for a person where not.

A learner is never marked down for an accent that the recognizer missed, and cannot rewrite a call afterwards either.
Recognized words that resemble the correction, or a recognizer that was itself unsure, make the correction credible.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from trainer.domain.grading.call_values import plain_words

CREDIBLE = 0.6
"""Share of words (in order) that a credible correction has in common with what was heard confidently."""
CREDIBLE_UNSURE = 0.2
"""The same where the recognizer was unsure of the turn."""
UNSURE = 0.55
CORRECTED_CONFIDENCE = 0.9
DISPUTED_CONFIDENCE = 0.4
"""A turn whose correction is not credible: what it lacks is undecided, and a person listens."""


def said_after_all(recognized: str, correction: str | None, confidence: float) -> tuple[str, float]:
    """The text that counts and how sure its words are, 0 to 1."""
    if correction is None or not correction.strip():
        return recognized, confidence
    near = likeness(recognized, correction)
    if near >= CREDIBLE or (confidence < UNSURE and near >= CREDIBLE_UNSURE):
        return correction, max(confidence, CORRECTED_CONFIDENCE)
    return recognized, min(confidence, DISPUTED_CONFIDENCE)


def likeness(one: str, other: str) -> float:
    """Words in common, in order, as a share of both texts, 0 to 1."""
    first, second = plain_words(one), plain_words(other)
    if not first and not second:
        return 1.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()
