"""Grades as data: checks with evidence, criteria, and the grade of a reply and of a call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ANSWERS = ("yes", "no", "undecided", "not_applicable")
REPLY_CRITERIA = ("listen_acknowledge", "explore", "respond", "close", "conduct")
REPLY_ERRORS = (
    "data_disclosure", "rude", "pressure", "injection_attempt", "false_information", "blame_customer",
    "refused_service", "ignored_customer", "empty_or_unrelated",
)  # fmt: skip
"""Critical errors of one reply, the gravest first."""
CALL_CRITERIA = (
    "opening", "identification", "needs", "accuracy", "objections", "solution", "closing", "hold_transfer", "record",
    "delivery", "handling_time",
)  # fmt: skip
"""The criteria of calls in which the customer objects."""
SERVICE_CRITERIA = tuple("clarity" if name == "objections" else name for name in CALL_CRITERIA)
"""The criteria of service calls: the customer has no objection, and what they are told has to be clear to them."""
RUBRIC_CRITERIA = {"call": CALL_CRITERIA, "service": SERVICE_CRITERIA}
"""The criteria of each call rubric, by the rubric's id, in order."""
EVERY_CRITERION = tuple(dict.fromkeys(
    name for pair in zip(CALL_CRITERIA, SERVICE_CRITERIA, strict=True) for name in pair
))  # fmt: skip
"""Every criterion that a call can have, in the order in which pages over many calls show them."""
FUNDAMENTAL_ERRORS = {
    1: "rudeness", 2: "not_hearing", 3: "false_information", 4: "disclosure", 5: "pressure", 6: "abandonment",
    7: "false_record",
}  # fmt: skip
"""The seven fundamental errors; one of them fails the call."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where it shows. `seq` is the event's number in the call; `audio_from`/`audio_to` are seconds from the call's
    start (None for typed turns); `rule` is the id of the rule that found it; confidence 0 to 1."""

    quote: str
    rule: str
    confidence: float = 1.0
    seq: int | None = None
    audio_from: float | None = None
    audio_to: float | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One atomic question about the call. `params` fills the check's published wording.

    The rubric's check is what stands before the first ":" of the id; after it stands what this one is about
    ("record.field:phone", "objections.reply:12"), so that a person can override each by itself. `share` 0 to 1 is the
    part of the weight earned where a question is half met; None means all for "yes" and nothing for "no".
    """

    id: str
    criterion: str
    answer: str
    weight: int
    evidence: tuple[Evidence, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    share: float | None = None

    @property
    def rule(self) -> str:
        """The id of the rubric's check."""
        return self.id.split(":", 1)[0]

    @property
    def earned(self) -> float:
        """The part of the weight earned, 0 to 1 (0 where nothing was decided)."""
        if self.answer not in ("yes", "no"):
            return 0.0
        return (1.0 if self.answer == "yes" else 0.0) if self.share is None else self.share


@dataclass(frozen=True, slots=True)
class CriterionGrade:
    """`score` 0 to 100 over the decided checks of the criterion, None where nothing was decided or applicable."""

    id: str
    weight: int
    score: int | None
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class ReplyEvidence:
    criterion: str
    quote: str
    rule: str


@dataclass(frozen=True, slots=True)
class ReplyGrade:
    """One reply to an objection: five criteria 0 to 4, overall 0 to 100, at most one critical error of REPLY_ERRORS."""

    listen_acknowledge: int
    explore: int
    respond: int
    close: int
    conduct: int
    overall: int
    critical_error: str | None
    confidence: float
    undecided: tuple[str, ...]
    evidence: tuple[ReplyEvidence, ...]


@dataclass(frozen=True, slots=True)
class ObjectionGrade:
    """The grade of the reply (event `seq`) given to objection `objection` raised at event `raised_seq`."""

    objection: str
    type: str
    raised_seq: int
    seq: int
    grade: ReplyGrade


@dataclass(frozen=True, slots=True)
class ErrorFound:
    """A fundamental error (1 to 7) with where it shows. `decided` False sends it to a person and does not fail."""

    number: int
    evidence: tuple[Evidence, ...]
    decided: bool = True


@dataclass(frozen=True, slots=True)
class FieldGrade:
    """A field of the record: typed against true. `mistake` is "", "missing", "wrong", "transposed", "other_field",
    "false" (recorded but not agreed) or "unrecorded" (agreed aloud but not recorded).

    `weight` is the field's own (1 to 3). `seq` is the event at which the customer or operator said the true value, or
    agreed to it (None where it was never said). `asked` False: the call did not come to it, and nothing is lost.
    """

    field: str
    label: str
    typed: str
    truth: str
    right: bool
    mistake: str = ""
    weight: int = 1
    seq: int | None = None
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Advice:
    """The one thing to change: the criterion, the turn, what was said and what could have been said there.

    `check` is the check that failed there ("" where it is an error); `error` the fundamental error (1 to 7) that comes
    before everything else. `kept` is what went well, the words that show it, with its own check.
    """

    criterion: str
    seq: int | None
    said: str
    could_say: str
    kept: str
    kept_seq: int | None
    check: str = ""
    error: int | None = None
    kept_check: str = ""


@dataclass(frozen=True, slots=True)
class CallGrade:
    """The grade of a whole call. A pure function of (events, case, rubric, understanding version).

    `overall` 0 to 100; `passed` is False with any decided fundamental error or below the rubric's pass mark;
    `undecided` holds ids of checks that wait for a person; `figures` are delivery and time figures (units in the name).
    """

    scenario: str
    scenario_version: str
    rubric_version: str
    understanding_version: str
    outcome: str
    success: bool
    overall: int
    passed: bool
    criteria: tuple[CriterionGrade, ...]
    objections: tuple[ObjectionGrade, ...]
    errors: tuple[ErrorFound, ...]
    record: tuple[FieldGrade, ...]
    figures: Mapping[str, float]
    undecided: tuple[str, ...]
    advice: Advice | None
