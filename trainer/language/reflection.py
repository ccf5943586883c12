"""Whether a turn takes up what the customer last said, in other words: reflecting shows listening, parroting does not."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from trainer.language.acts.rules import Part
from trainer.language.normalise import content_words

ECHO = 0.75
"""From this share of the customer's words, in nothing but the customer's words, a turn is a parrot's."""


def last_customer_line(context: Sequence[str]) -> str:
    """What the customer said since the operator's last turn."""
    lines: list[str] = []
    for item in reversed(context):
        who, _, text = item.partition(":")
        if _is_operator(who):
            break
        lines.append(text.strip() if text else item)
    return " ".join(reversed(lines))


def last_operator_line(context: Sequence[str]) -> str:
    """What the operator said last; "" where the customer spoke first."""
    said = (text.strip() for who, _, text in (item.partition(":") for item in reversed(context)) if _is_operator(who))
    return next(said, "")


def _is_operator(who: str) -> bool:
    return who.strip().lower() in ("agent", "operator")


def lines_of_customer(context: Sequence[str]) -> str:
    """All that the context has of the customer: what they named two turns ago is still theirs."""
    sides = (item.partition(":") for item in context)
    return " ".join(text.strip() for who, _, text in sides if not _is_operator(who))


TAKING_UP = frozenset({"paraphrase", "empathy", "acknowledge", "apology", "read_back", "reassure", "objection_answer"})
NOT_TAKING_UP = frozenset({"data_question", "identity_check", "permission_ask", "hold_notice", "transfer_notice"})
_SO = re.compile(r"(?:so|ok|okay|right|then|ah|oh|yes|and|donc|alors|d'accord|bon|oui|et)\b")
SHORT = 6
"""Content words up to which a remark that begins with "so" only takes up what was said."""
NEAR = 0.62
"""Cosine from which a clause says what the customer said, in words of its own."""


def read_reflection(
    parts: Sequence[Part],
    acts: Sequence[frozenset[str]],
    line: str,
    language: str,
    encode: Callable[[Sequence[str]], Sequence[Sequence[float]]] | None = None,
) -> tuple[bool, tuple[str, ...]]:
    """(reflects, words taken up). `acts` are those of each clause; `line` is what the customer said last."""
    if not line or not parts:
        return False, ()
    heard = content_words(line, language)
    known = set(heard)
    found: dict[str, None] = {}
    reflects = False
    candidates: list[Part] = []
    for part, done in zip(parts, acts, strict=True):
        said = part.words(language)
        shared = [w for w in said if w in known]
        asks = part.question != "none" and not done & {"paraphrase", "read_back"}
        if done & NOT_TAKING_UP or (asks and not done & TAKING_UP):
            continue
        if _parrots(said, shared, heard):
            found.update(dict.fromkeys(shared))
            continue
        takes_up = bool(done & TAKING_UP) or not done
        so = _SO.match(part.text) is not None and len(said) <= SHORT
        enough = 1 if done & {"paraphrase", "empathy", "apology", "read_back"} or so else 2
        if shared and (takes_up or so) and len(shared) >= enough:
            reflects = True
            found.update(dict.fromkeys(shared))
        elif takes_up and len(said) >= 2:
            candidates.append(part)
    if not reflects and candidates and encode is not None:
        reflects = _means_the_same(candidates, line, encode)
    return reflects, tuple(found)


def _parrots(said: Sequence[str], shared: Sequence[str], heard: Sequence[str]) -> bool:
    """Nothing but the customer's words, and most of them."""
    return len(said) >= 3 and len(said) - len(shared) <= 1 and len(shared) / max(1, len(set(heard))) >= ECHO


def _means_the_same(
    parts: Sequence[Part], line: str, encode: Callable[[Sequence[str]], Sequence[Sequence[float]]]
) -> bool:
    vectors = np.asarray(encode([line, *(part.text for part in parts)]), dtype=np.float32)
    return bool((vectors[1:] @ vectors[0]).max() >= NEAR)
