"""What people decided about single checks, put into a machine's grade: the effective grade.

The machine's grade stays as it was made; this is a function of it and of the decisions, so that both can be shown and the
effective one made again at any time.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from trainer.domain.grade import FUNDAMENTAL_ERRORS, Advice, CallGrade, Check, CriterionGrade, ErrorFound
from trainer.domain.grading.call import score_of, weigh

DECISIONS = ("yes", "no", "not_applicable")
"""What a person may answer to a check. To a fundamental error ("error:3"): "yes" it was made, "no" it was not."""
ERROR = "error:"


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's answer to one check or error, with the reason that the learner reads."""

    check: str
    answer: str
    reason: str
    by: str = ""


def error_id(number: int) -> str:
    """How a fundamental error is named among checks."""
    return f"{ERROR}{number}"


def answer_in(grade: CallGrade, check_id: str) -> str | None:
    """What `grade` answers to a check or error; None where it knows no such check."""
    if check_id.startswith(ERROR):
        number = check_id.removeprefix(ERROR)
        if not number.isdigit() or int(number) not in FUNDAMENTAL_ERRORS:
            return None
        found = next((one for one in grade.errors if one.number == int(number)), None)
        return "no" if found is None else "yes" if found.decided else "undecided"
    return next((c.answer for one in grade.criteria for c in one.checks if c.id == check_id), None)


def with_decisions(
    grade: CallGrade, decisions: Mapping[str, Decision], pass_mark: float, for_people: Collection[str] = ()
) -> CallGrade:
    """The effective grade. `decisions` by check id; `for_people` are criteria (or "error:3") that the machine may not
    decide alone: their checks are undecided until a person has answered. Decisions about checks that the grade lacks
    change nothing.
    """
    criteria = tuple(_criterion(one, decisions, one.id in for_people) for one in grade.criteria)
    errors = _errors(grade.errors, decisions, for_people)
    overall = weigh(criteria)
    failed = any(error.decided for error in errors)
    return replace(
        grade,
        criteria=criteria,
        errors=errors,
        overall=overall,
        passed=grade.success and not failed and overall >= pass_mark,
        undecided=(
            *(check.id for one in criteria for check in one.checks if check.answer == "undecided"),
            *(error_id(error.number) for error in errors if not error.decided),
        ),
        advice=None if _refuted(grade.advice, decisions) else grade.advice,
    )


def _refuted(advice: Advice | None, decisions: Mapping[str, Decision]) -> bool:
    """A person found that what the advice speaks of was no mistake."""
    if advice is None:
        return False
    if advice.error is not None:
        decision = decisions.get(error_id(advice.error))
        return decision is not None and decision.answer == "no"
    decision = decisions.get(advice.check)
    return decision is not None and decision.answer != "no"


def _criterion(criterion: CriterionGrade, decisions: Mapping[str, Decision], for_people: bool) -> CriterionGrade:
    checks = tuple(_check(check, decisions.get(check.id), for_people) for check in criterion.checks)
    return replace(criterion, checks=checks, score=score_of(checks))


def _check(check: Check, decision: Decision | None, for_people: bool) -> Check:
    """A person's answer is whole: a share that the machine measured stays only where the answer is the machine's."""
    if decision is None:
        waits = for_people and check.answer in ("yes", "no")
        return replace(check, answer="undecided") if waits else check
    share = check.share if decision.answer == check.answer else None
    return replace(check, answer=decision.answer, share=share)


def _errors(
    found: tuple[ErrorFound, ...], decisions: Mapping[str, Decision], for_people: Collection[str]
) -> tuple[ErrorFound, ...]:
    by_number = {
        error.number: replace(error, decided=False) if error_id(error.number) in for_people else error
        for error in found
    }
    for number in FUNDAMENTAL_ERRORS:
        decision = decisions.get(error_id(number))
        if decision is None:
            continue
        if decision.answer == "yes":
            by_number[number] = replace(by_number.get(number) or ErrorFound(number, ()), decided=True)
        else:
            by_number.pop(number, None)
    return tuple(by_number[number] for number in sorted(by_number))
