"""The decision over one category: what a person has done goes in, gates with figures and reasons come out. Pure.

`decide` compares a person's `Record` with every gate of a category and says, gate by gate, the figure, the threshold, the
records that were counted and what is missing. How each kind of gate counts is in `domain.gates`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from trainer.domain.ladder import Category, Gate

GRANTED, ONE_MORE, REFUSED = "granted", "one_more_call", "refused"
"""What a decision can be. one_more_call: nothing is missing but calls that fell short by less than the grader's error."""


@dataclass(frozen=True, slots=True)
class Signed:
    """The job description in force."""

    record: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CoursePassed:
    course: str
    at: datetime
    record: str


@dataclass(frozen=True, slots=True)
class ExamPassed:
    exam: str
    at: datetime
    record: str
    percent: int


@dataclass(frozen=True, slots=True)
class DrillPassed:
    """`wpm`: words (of five characters) a minute, of a typing drill; 0 for others."""

    drill: str
    at: datetime
    record: str
    wpm: float = 0.0


@dataclass(frozen=True, slots=True)
class CallTaken:
    """A finished assessed call. `errors` are its decided fundamental errors (1 to 7).

    `waiting` says that a possible fundamental error still waits for a person: it does not count against anyone.
    `graded` False: the grade is still being made, so nobody can say yet that the call is free of errors.
    `success`: the call came to a good end; `mark` is the overall from which it would have been passed then.
    """

    record: str
    scenario: str
    title: str
    at: datetime
    overall: int
    passed: bool
    errors: tuple[int, ...] = ()
    waiting: bool = False
    graded: bool = True
    success: bool = True
    mark: int = 70
    form: str = ""
    duties: tuple[str, ...] = ()
    difficulty: int = 1
    figures: Mapping[str, float] = field(default_factory=dict)

    def fell_short_by(self) -> int | None:
        """Points that were missing where nothing else was; None for every other call."""
        if self.passed or self.errors or not self.graded or not self.success or self.overall >= self.mark:
            return None
        return self.mark - self.overall


@dataclass(frozen=True, slots=True)
class WorkDone:
    """Real work over the last `months`: figures by criterion (E1 to E5, None where nothing is recorded), the months that
    records cover, and their ids."""

    months: int
    figures: Mapping[str, float | None]
    covered: int
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate that is valid. `since` is when the person came to the category, before any renewal."""

    record: str
    category: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Attested:
    """A supervisor's word for one category; `who` tells people of one name apart."""

    record: str
    category: str
    by: str
    at: datetime
    who: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What a person has done that gates may ask for, in any order. `margin` is how far the grader of their calls was measured
    to be from people, in points of 100; None where that was not measured, and the ladder's own counts."""

    signed: Signed | None = None
    courses: tuple[CoursePassed, ...] = ()
    exams: tuple[ExamPassed, ...] = ()
    drills: tuple[DrillPassed, ...] = ()
    calls: tuple[CallTaken, ...] = ()
    work: tuple[WorkDone, ...] = ()
    held: tuple[Held, ...] = ()
    attestations: tuple[Attested, ...] = ()
    margin: int | None = None

    def since(self, moment: datetime) -> Record:
        """Only what was done after `moment`. What is signed, held and worked stays as it is now."""
        return replace(
            self,
            courses=tuple(one for one in self.courses if one.at > moment),
            exams=tuple(one for one in self.exams if one.at > moment),
            drills=tuple(one for one in self.drills if one.at > moment),
            calls=tuple(one for one in self.calls if one.at > moment),
            attestations=tuple(one for one in self.attestations if one.at > moment),
        )


@dataclass(frozen=True, slots=True)
class Remark:
    """A reason by id. On a gate that is not passed it says what is missing; on a passed one it is a note.

    signature_missing · course_missing {course} · exam_missing {exam} · drill_missing {drill} · typing_missing · typing_slow
    {wpm} · scenarios_missing {count} · calls_missing {count} · duty_missing {duty} · near_miss {call, title, overall, mark}
    · call_with_error {call, title, errors} · call_ungraded {call, title} · error_waiting {call, title} · unmeasured {count}
    · work_missing {criterion, covered, months} · not_held {category} · held_short {months} · attestation_missing {count}
    """

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GateResult:
    """`figure` (None where nothing was measured) of the gate's threshold; `records` are public ids of what was counted.

    `near`: not passed, but by no more than the grader's own error.
    """

    gate: Gate
    figure: float | None
    passed: bool
    records: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    near: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every gate of the category (or of its renewal), in the ladder's order. `granted` when all are passed."""

    category: Category
    ladder_version: str
    gates: tuple[GateResult, ...]
    is_renewal: bool = False

    @property
    def granted(self) -> bool:
        return bool(self.gates) and all(result.passed for result in self.gates)

    @property
    def outcome(self) -> str:
        """GRANTED, ONE_MORE where all that is open is near, or REFUSED."""
        if self.granted:
            return GRANTED
        missing = [result for result in self.gates if not result.passed]
        return ONE_MORE if missing and all(result.near for result in missing) else REFUSED

    @property
    def passed_count(self) -> int:
        return sum(result.passed for result in self.gates)

    def lacks_only(self, kind: str) -> bool:
        """True when gates of that kind are the only ones left."""
        open_kinds = {result.gate.kind for result in self.gates if not result.passed}
        return open_kinds == {kind}
