"""Drills of the voice, the ear and the hands: figures that can be observed, and from where they are good enough. Pure.

No figure says anything about a person but what was measured; where the recognizer was not sure of itself, nobody failed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

WORD = 5
"""Characters of a word by which typing is counted."""
TYPING_FLOOR_WPM, TYPING_MOST_ERRORS = 30.0, 0.05
DICTION_MOST_ERRORS, DICTION_SURE = 0.2, 0.6
"""Word error rate up to which a reading passes, and recognition confidence under which it says nothing."""
PACE = {"en": (110.0, 185.0), "fr": (110.0, 200.0)}
"""Words a minute in which a reading is easy to follow over a telephone."""
LONG_PAUSE_S = 2.0
LISTENING_PASS = 4
"""Of five entries."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Something to read aloud or to type. `focus` is what it trains."""

    id: str
    text: str
    focus: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured, by name, and the verdict: True, False, or None where it cannot be told."""

    values: Mapping[str, float]
    passed: bool | None
    remarks: tuple[str, ...] = field(default=())


def distance(wanted: Sequence[str], typed: Sequence[str]) -> int:
    """Minimum string distance: least number of insertions, deletions and substitutions (Levenshtein 1966)."""
    before = list(range(len(typed) + 1))
    for row, one in enumerate(wanted, 1):
        now = [row]
        for column, other in enumerate(typed, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (one != other)))
        before = now
    return before[-1]


def typing_figures(wanted: str, typed: str, seconds: float) -> Figures:
    """wpm: (characters - 1) / seconds x 60 / 5; error_rate: minimum string distance / the longer of the two.

    Both as Soukoreff and MacKenzie (2003) define them. Text without a second of typing says nothing.
    """
    wanted, typed = " ".join(wanted.split()), " ".join(typed.split())
    rate = max(0, len(typed) - 1) / seconds * 60 / WORD if seconds > 0 else 0.0
    errors = distance(wanted, typed) / max(len(wanted), len(typed), 1)
    remarks = []
    if len(typed) < len(wanted) * 0.9:
        remarks.append("not_whole")
    if rate < TYPING_FLOOR_WPM:
        remarks.append("slow")
    if errors > TYPING_MOST_ERRORS:
        remarks.append("errors")
    return Figures({"wpm": rate, "error_rate": errors, "seconds": seconds}, not remarks, tuple(remarks))


def diction_figures(
    words: int, word_errors: float, speech_s: float, pauses: Sequence[float], confidence: float, language: str
) -> Figures:
    """A passage of `words` words read aloud in `speech_s` seconds from the first word to the last.

    `word_errors` is the word error rate of what was recognized; `pauses` are in seconds. Where the recognizer was not
    sure of itself, an error may be its own: then nothing is said of the reading but its pace.
    """
    pace = words / speech_s * 60 if speech_s > 0 else 0.0
    long = sum(pause >= LONG_PAUSE_S for pause in pauses)
    values = {"word_errors": word_errors, "pace": pace, "long_pauses": float(long), "confidence": confidence}
    low, high = PACE.get(language, PACE["en"])
    remarks = []
    if pace < low:
        remarks.append("slow")
    if pace > high:
        remarks.append("fast")
    if long > 2:
        remarks.append("pauses")
    if word_errors <= DICTION_MOST_ERRORS:
        return Figures(values, "fast" not in remarks, tuple(remarks))
    if confidence < DICTION_SURE:
        return Figures(values, None, (*remarks, "not_sure"))
    return Figures(values, False, (*remarks, "unclear"))


def listening_figures(right: Sequence[bool], seconds: float) -> Figures:
    """Entries that were right, of all."""
    hits = sum(right)
    remarks = () if hits >= LISTENING_PASS else ("entries",)
    return Figures({"right": float(hits), "of": float(len(right)), "seconds": seconds}, not remarks, remarks)
