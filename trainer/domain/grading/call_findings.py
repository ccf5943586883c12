"""What a rule found about one check, and how "not found" becomes "no" or "undecided"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from trainer.domain.grade import Evidence
from trainer.domain.grading.call_reading import Line, Turn
from trainer.domain.grading.call_rubric import Thresholds
from trainer.domain.grading.call_values import plain_words
from trainer.domain.understanding import Act


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to check `id` (of the rubric) about `about` ("" where there is only one). `times` multiplies the
    check's weight; `share` is the part earned where a question is half met."""

    id: str
    answer: str
    evidence: tuple[Evidence, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    about: str = ""
    share: float | None = None
    times: int = 1


def not_applicable(check: str) -> Finding:
    return Finding(check, "not_applicable")


def shown(turn: Turn, rule: str, quote: str = "", confidence: float | None = None) -> Evidence:
    """Evidence in an operator's turn: the quote's own seconds where words have times, else those of the turn."""
    at = seconds_of(turn, quote) if turn.spoken else None
    return Evidence(
        quote=quote or turn.text,
        rule=rule,
        confidence=round(turn.confidence if confidence is None else confidence, 3),
        seq=turn.seq,
        audio_from=at[0] if at else None,
        audio_to=at[1] if at else None,
    )


def shown_act(turn: Turn, act: Act) -> Evidence:
    return shown(turn, f"act:{act.act}:{act.rule}", act.quote, act.confidence)


def shown_line(line: Line, rule: str) -> Evidence:
    """Evidence in a customer's line."""
    times = (round(line.start, 2), round(line.end, 2)) if line.end > line.start else (None, None)
    return Evidence(line.text, rule, 1.0, line.seq, times[0], times[1])


def seconds_of(turn: Turn, quote: str) -> tuple[float, float]:
    """Where `quote` was said, in seconds from the call's start; the whole turn where its words are not found."""
    wanted = plain_words(quote)
    if wanted and turn.words:
        flat = [(piece, word) for word in turn.words for piece in plain_words(word.text)]
        texts = [piece for piece, _ in flat]
        for place in range(len(texts) - len(wanted) + 1):
            if texts[place : place + len(wanted)] == wanted:
                first, last = flat[place][1], flat[place + len(wanted) - 1][1]
                return round(turn.start + first.start, 2), round(turn.start + last.end, 2)
    return round(turn.start, 2), round(turn.end, 2)


def doubtful(turns: Sequence[Turn], limits: Thresholds) -> list[Turn]:
    """Turns of which the recognizer was too unsure for anything to be missing from them."""
    return [t for t in turns if t.confidence < limits.recognition_floor]


def decide(
    check: str,
    found: Sequence[Evidence],
    looked_at: Sequence[Turn],
    limits: Thresholds,
    rule: str = "",
    about: str = "",
    expected: Turn | None = None,
) -> Finding:
    """yes where it was found; undecided where it was found uncertainly, or not found in turns hard to hear; else no.

    With nothing to look at the answer is not_applicable. A "no" shows the turn where it was expected: `expected`, else
    the last of those looked at.
    """
    sure = [e for e in found if e.confidence >= limits.seen_from]
    if sure:
        return Finding(check, "yes", tuple(sure[:2]), about=about)
    if found:
        return Finding(check, "undecided", tuple(found[:2]), about=about)
    if unsure := doubtful(looked_at, limits):
        return Finding(check, "undecided", (shown(unsure[0], f"hard_to_hear:{rule or check}"),), about=about)
    if not looked_at:
        return Finding(check, "not_applicable", about=about)
    return Finding(
        check, "no", (shown(expected or looked_at[-1], f"missing:{rule or check}", confidence=1.0),), about=about
    )


def acts_in(turns: Sequence[Turn], *names: str, floor: float = 0.3) -> list[Evidence]:
    """The surest of these acts in each turn, from `floor` on, in the order of the call."""
    found = [(turn, turn.act(*names)) for turn in turns]
    return [shown_act(turn, act) for turn, act in found if act is not None and act.confidence >= floor]
