"""The career ladder and the decision over one category: gates as data, evidence in, reasons out. Pure.

A `Ladder` is read from trainer/ladder/*.yaml. `decide` compares what a person has done (`Record`) with every gate of
a category and says, gate by gate, the figure, the threshold, the records that were counted and what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

GATE_KINDS = ("course", "scenarios", "clean_calls", "attestation")
"""course: `course` is passed. scenarios: assessed calls passed on `threshold` different scenarios. clean_calls: none of
the last `threshold` assessed calls has a fundamental error. attestation: a supervisor attests the person's work."""


@dataclass(frozen=True, slots=True)
class Gate:
    """One condition of a category. `threshold` is the least figure that passes; texts are by language."""

    id: str
    kind: str
    threshold: int
    title: Mapping[str, str]
    course: str = ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """An outside reference by its identifier and official name (in its own language)."""

    framework: str
    code: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Category:
    """A rung. Without gates it is named on the ladder, but cannot be decided yet. `validity_months` 0: for good."""

    id: str
    rank: int
    title: Mapping[str, str]
    about: Mapping[str, str]
    gates: tuple[Gate, ...] = ()
    validity_months: int = 0
    alignments: tuple[Alignment, ...] = ()


@dataclass(frozen=True, slots=True)
class Ladder:
    """All rungs, the lowest first."""

    version: str
    categories: tuple[Category, ...]

    def find(self, category_id: str) -> Category | None:
        return next((category for category in self.categories if category.id == category_id), None)

    def after(self, rank: int) -> Category | None:
        """The next rung above `rank`."""
        return next((category for category in self.categories if category.rank > rank), None)


@dataclass(frozen=True, slots=True)
class CoursePassed:
    course: str
    at: datetime
    record: str


@dataclass(frozen=True, slots=True)
class CallTaken:
    """A finished assessed call. `errors` are its decided fundamental errors (1 to 7).

    `waiting` says that a possible fundamental error still waits for a person: it does not count against anyone.
    `graded` False: the grade is still being made, so nobody can say yet that the call is free of errors.
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


@dataclass(frozen=True, slots=True)
class Attested:
    """A supervisor's word for one category."""

    record: str
    category: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Record:
    """What a person has done that gates may ask for, in any order."""

    courses: tuple[CoursePassed, ...] = ()
    calls: tuple[CallTaken, ...] = ()
    attestations: tuple[Attested, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """A reason by id. On a gate that is not passed it says what is missing; on a passed one it is a note.

    course_missing {course} · scenarios_missing {count} · calls_missing {count} · call_with_error {call, title, errors}
    · call_ungraded {call, title} · attestation_missing · error_waiting {call, title}
    """

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GateResult:
    """`figure` of `threshold`; `records` are public ids of what was counted: a course result, calls, attestations."""

    gate: Gate
    figure: int
    passed: bool
    records: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every gate of the category, in the ladder's order. `granted` when all are passed."""

    category: Category
    ladder_version: str
    gates: tuple[GateResult, ...]

    @property
    def granted(self) -> bool:
        return bool(self.gates) and all(result.passed for result in self.gates)

    @property
    def passed_count(self) -> int:
        return sum(result.passed for result in self.gates)

    def lacks_only(self, kind: str) -> bool:
        """True when gates of that kind are the only ones left."""
        open_kinds = {result.gate.kind for result in self.gates if not result.passed}
        return open_kinds == {kind}


def decide(ladder: Ladder, category: Category, record: Record) -> Verdict:
    """Compare `record` with every gate of `category`. The same input gives the same verdict, whatever its order."""
    return Verdict(category, ladder.version, tuple(judge_gate(gate, category, record) for gate in category.gates))


def judge_gate(gate: Gate, category: Category, record: Record) -> GateResult:
    """One gate. Raises ValueError for a kind that is not in GATE_KINDS (the reader of ladders refuses those)."""
    if gate.kind == "course":
        return _course(gate, record.courses)
    if gate.kind == "scenarios":
        return _scenarios(gate, record.calls)
    if gate.kind == "clean_calls":
        return _clean_calls(gate, record.calls)
    if gate.kind == "attestation":
        return _attestation(gate, [a for a in record.attestations if a.category == category.id])
    raise ValueError(f"no such kind of gate: {gate.kind}")


def _course(gate: Gate, courses: Iterable[CoursePassed]) -> GateResult:
    found = min((c for c in courses if c.course == gate.course), key=lambda c: (c.at, c.record), default=None)
    if found is None:
        return GateResult(gate, 0, False, (), (Remark("course_missing", {"course": gate.course}),))
    return GateResult(gate, 1, True, (found.record,))


def _scenarios(gate: Gate, calls: Iterable[CallTaken]) -> GateResult:
    """Counts scenarios, not calls: the best passed call of each stands for it."""
    best: dict[str, CallTaken] = {}
    for call in sorted((c for c in calls if c.passed and c.graded), key=lambda c: (c.overall, c.at, c.record)):
        best[call.scenario] = call
    counted = sorted(best.values(), key=lambda c: (c.at, c.record))
    missing = gate.threshold - len(counted)
    remarks = [Remark("scenarios_missing", {"count": missing})] if missing > 0 else []
    remarks += [_waiting(call) for call in counted if call.waiting]
    return GateResult(gate, len(counted), missing <= 0, tuple(c.record for c in counted), tuple(remarks))


def _clean_calls(gate: Gate, calls: Iterable[CallTaken]) -> GateResult:
    """The figure is how many of the last calls, counted back from the latest, are free of fundamental errors."""
    latest = sorted(calls, key=lambda c: (c.at, c.record), reverse=True)[: gate.threshold]
    clean = 0
    while clean < len(latest) and latest[clean].graded and not latest[clean].errors:
        clean += 1
    remarks = [
        Remark("call_with_error", {"call": c.record, "title": c.title, "errors": " ".join(map(str, c.errors))})
        for c in latest
        if c.errors
    ]
    remarks += [Remark("call_ungraded", {"call": c.record, "title": c.title}) for c in latest if not c.graded]
    if len(latest) < gate.threshold:
        remarks.append(Remark("calls_missing", {"count": gate.threshold - len(latest)}))
    remarks += [_waiting(call) for call in latest if call.waiting]
    records = tuple(c.record for c in reversed(latest))
    return GateResult(gate, clean, clean >= gate.threshold, records, tuple(remarks))


def _waiting(call: CallTaken) -> Remark:
    return Remark("error_waiting", {"call": call.record, "title": call.title})


def _attestation(gate: Gate, given: list[Attested]) -> GateResult:
    if not given:
        return GateResult(gate, 0, False, (), (Remark("attestation_missing"),))
    latest = sorted(given, key=lambda a: (a.at, a.record), reverse=True)[: gate.threshold]
    passed = len(latest) >= gate.threshold
    remarks = () if passed else (Remark("attestation_missing"),)
    return GateResult(gate, len(latest), passed, tuple(a.record for a in latest), remarks)
