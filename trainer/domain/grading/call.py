"""The grade of a whole call: a pure function of its log, its case, what was understood, and the public rubric."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from trainer.domain.events import Event
from trainer.domain.grade import CallGrade, Check, CriterionGrade, ReplyGrade
from trainer.domain.grading.advice import advise
from trainer.domain.grading.call_accuracy import find_accuracy
from trainer.domain.grading.call_clarity import find_clarity
from trainer.domain.grading.call_conversation import find_closing, find_needs, find_opening
from trainer.domain.grading.call_findings import Finding
from trainer.domain.grading.call_identity import find_identification
from trainer.domain.grading.call_manners import find_manners
from trainer.domain.grading.call_objections import find_objections, grade_objections
from trainer.domain.grading.call_reading import CallReading, read_call
from trainer.domain.grading.call_rubric import CallCriterion, CallRubric
from trainer.domain.grading.call_solution import find_solution
from trainer.domain.grading.call_write_up import find_delivery, find_handling_time, find_record
from trainer.domain.grading.delivery import measure_delivery
from trainer.domain.grading.errors_found import find_errors
from trainer.domain.grading.record import grade_record
from trainer.domain.scenario import Case
from trainer.domain.understanding import Understanding

NOTHING_UNDERSTOOD = "none"


def grade_call(
    events: Sequence[Event],
    case: Case,
    understandings: Mapping[int, Understanding],
    rubric: CallRubric,
    replies: Mapping[int, ReplyGrade],
    reply_rubric_version: str = "",
) -> CallGrade:
    """Grade a call.

    `understandings` holds one for each operator's event (by its number), made of the texts that
    `call_reading.operator_texts` gives; `replies` the grades of the turns of `call_objections.objection_turns`.
    Same arguments, same grade. Raises NotUnderstood when an operator's turn has no understanding.
    """
    return grade_reading(read_call(events, case, understandings), rubric, replies, reply_rubric_version)


def grade_reading(
    call: CallReading, rubric: CallRubric, replies: Mapping[int, ReplyGrade], reply_rubric_version: str = ""
) -> CallGrade:
    """Grade a call that was read already (see `grade_call`)."""
    limits = rubric.thresholds
    figures = measure_delivery(call, limits)
    record = grade_record(call)
    objections = grade_objections(call, replies)
    findings: dict[str, Iterable[Finding]] = {
        "opening": find_opening(call, limits),
        "identification": find_identification(call, limits),
        "needs": find_needs(call, limits),
        "accuracy": find_accuracy(call, limits),
        "objections": find_objections(call, objections, limits),
        "clarity": find_clarity(call, limits),
        "solution": find_solution(call, limits),
        "closing": find_closing(call, limits),
        "hold_transfer": find_manners(call, limits),
        "record": find_record(call, record),
        "delivery": find_delivery(call, figures, limits),
        "handling_time": find_handling_time(call, limits),
    }
    criteria = tuple(_criterion(one, findings[one.id]) for one in rubric.criteria)
    errors = find_errors(call, record, objections, limits)
    overall = weigh(criteria)
    failed = any(error.decided for error in errors)
    versions = sorted({t.understanding.version for t in call.turns})
    with_replies = any(one.id == "objections" for one in criteria)
    return CallGrade(
        scenario=call.case.scenario,
        scenario_version=call.case.version,
        rubric_version="+".join(v for v in (rubric.version, reply_rubric_version if with_replies else "") if v),
        understanding_version="+".join(versions) or NOTHING_UNDERSTOOD,
        outcome=call.outcome,
        success=call.success,
        overall=overall,
        passed=call.success and not failed and overall >= limits.pass_mark,
        criteria=criteria,
        objections=objections,
        errors=errors,
        record=record,
        figures=figures,
        undecided=(
            *(check.id for one in criteria for check in one.checks if check.answer == "undecided"),
            *(f"error:{error.number}" for error in errors if not error.decided),
        ),
        advice=advise(call, criteria, errors),
    )


def _criterion(criterion: CallCriterion, findings: Iterable[Finding]) -> CriterionGrade:
    """The findings that the rubric asks for, in the rubric's order, with its weights."""
    found = list(findings)
    checks = tuple(
        Check(
            id=f"{one.id}:{finding.about}" if finding.about else one.id,
            criterion=criterion.id,
            answer=finding.answer,
            weight=one.weight * finding.times,
            evidence=finding.evidence,
            params=dict(finding.params),
            share=finding.share,
        )
        for one in criterion.checks
        for finding in found
        if finding.id == one.id
    )
    return CriterionGrade(criterion.id, criterion.weight, score_of(checks), checks)


def score_of(checks: Sequence[Check]) -> int | None:
    """0 to 100: earned weight over the weight of checks answered yes or no; None where there are none."""
    decided = [c for c in checks if c.answer in ("yes", "no")]
    total = sum(c.weight for c in decided)
    return _nearest(100 * sum(c.weight * c.earned for c in decided) / total) if total else None


def weigh(criteria: Sequence[CriterionGrade]) -> int:
    """0 to 100: the weighted mean of the criteria that have a score; 0 where none has."""
    scored = [(c.weight, c.score) for c in criteria if c.score is not None]
    total = sum(weight for weight, _ in scored)
    return _nearest(sum(weight * score for weight, score in scored) / total) if total else 0


def _nearest(value: float) -> int:
    return int(value + 0.5)
