"""What is known of one reply when it is graded: plain data, computed by the language layer, judged by the rubric."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """How far one atomic check of the rubric holds: `value` 0 (not at all) to 1 (plainly).

    `quote` is cut from the reply (or names what is missing: ""); `rule` tells what found it.
    """

    check: str
    value: float
    quote: str
    rule: str


@dataclass(frozen=True, slots=True)
class Suspicion:
    """How sure it is that the reply makes this critical error, 0 to 1, with the words that show it."""

    error: str
    certainty: float
    quote: str
    rule: str


@dataclass(frozen=True, slots=True)
class ReplyInput:
    """A reply, measured.

    `head` holds the levels that the trained head expects (criterion -> 0 to 4, "overall" -> 0 to 100); None where no
    sentence encoder runs here, and then the checks decide alone. `recognition` is the recognizer's confidence, 1.0
    for typed words. `hearings` are the same reply measured without the words that may have been misheard, none where
    all were sure.
    """

    reply: str
    language: str
    objection_type: str
    findings: tuple[Finding, ...]
    suspicions: tuple[Suspicion, ...]
    head: Mapping[str, float] | None = None
    recognition: float = 1.0
    notes: tuple[str, ...] = field(default=())
    hearings: tuple[ReplyInput, ...] = ()
