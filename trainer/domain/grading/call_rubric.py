"""The rubrics for whole calls as data: criteria with weights, atomic checks, thresholds. Read from YAML, shown to all.

There are two: one for calls in which the customer objects, one for service calls, in which they do not. A scenario may
name its rubric; without a name the objections it has decide (`rubric_version`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.domain.scenario import Case

WITH_OBJECTIONS, WITHOUT_OBJECTIONS = "call-1", "service-1"
"""The versions in force."""
IN_FORCE = (WITH_OBJECTIONS, WITHOUT_OBJECTIONS)
CHECKS: Mapping[str, tuple[str, ...]] = {
    "opening": ("greeting", "identified", "offer_help", "reason", "permission"),
    "identification": ("asked", "complete", "before", "compared"),
    "needs": ("open_question", "discovered", "reflects", "before_offer"),
    "accuracy": ("statement", "verified", "promises"),
    "objections": ("reply", "settled", "firm_no"),
    "clarity": ("understood", "pieces", "signposted", "plain"),
    "solution": ("goal", "next_step", "read_back", "acceptance"),
    "closing": ("anything_else", "summary", "thanks", "goodbye", "customer_first"),
    "hold_transfer": ("announced", "thanked", "length", "transfer_announced", "briefed", "right_place"),
    "record": ("field", "disposition", "saved", "promises"),
    "delivery": ("pace", "fillers", "pauses", "dead_air", "talk_over"),
    "handling_time": ("call", "wrap_up"),
}
"""Every check that the rules of this package can answer, by criterion. A rubric may leave some out."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Figures that decide. Seconds are `_s`; rates are a minute of the operator's own speaking time.

    pass_mark: overall 0 to 100; recognition_floor: below this confidence what was not heard is undecided, not missing;
    seen_from: confidence from which an act counts as done; error_from: from which a fundamental error is decided;
    reply_good: overall of a reply from which the objection was answered; opening_turns and closing_turns: how many of
    the operator's turns belong to them; fewest_words: below this the pace is not judged; words_per_minute low and high;
    fillers_per_minute; pause_s: a long pause within a turn; long_pauses: how many a call may have; dead_air_s: silence
    of nobody speaking that counts; dead_air_most_s: the longest that passes; dead_air_error_s: from here on the
    customer was left alone; talk_overs: how many pass; talk_overs_error; hold_s: the longest hold; time_share: the
    call's length in parts of the scenario's minutes; wrap_up_s; repeats: the same words said this often are a script;
    explaining_words: the longest turn that explains, asked only where `clarity` is.
    """

    pass_mark: float
    recognition_floor: float
    seen_from: float
    error_from: float
    reply_good: float
    opening_turns: float
    closing_turns: float
    fewest_words: float
    words_per_minute_low: float
    words_per_minute_high: float
    fillers_per_minute: float
    pause_s: float
    long_pauses: float
    dead_air_s: float
    dead_air_most_s: float
    dead_air_error_s: float
    talk_overs: float
    talk_overs_error: float
    hold_s: float
    time_share: float
    wrap_up_s: float
    repeats: float
    explaining_words: float = 0.0


@dataclass(frozen=True, slots=True)
class CallCheck:
    """An atomic question, as the learner reads it, by language; `weight` within its criterion."""

    id: str
    weight: int
    question: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CallCriterion:
    """`weight` is the criterion's share of the overall, in percent."""

    id: str
    weight: int
    title: Mapping[str, str]
    checks: tuple[CallCheck, ...]


@dataclass(frozen=True, slots=True)
class CallRubric:
    """The whole. `version` names it in every grade that was made with it."""

    id: str
    version: str
    thresholds: Thresholds
    criteria: tuple[CallCriterion, ...]


def rubric_version(case: Case) -> str:
    """The version that a call of this case is graded by: the one its scenario names, else the one in force for it."""
    return case.rubric or (WITH_OBJECTIONS if case.objections else WITHOUT_OBJECTIONS)
