"""A graded reply as the page of its drill shows it: the level in the rubric's own words, and what it was seen by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.content.rubrics import reply_rubric
from trainer.domain.drill import BEST
from trainer.services.drills import GradedReply
from trainer.web.languages import page_language


@dataclass(frozen=True, slots=True)
class Sign:
    """Words of the reply that counted: for it (`helps`) or against it, and the question of the rubric they answer."""

    quote: str
    text: str
    helps: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """`meaning` is what the rubric says of this level; `error` is the critical error in words ("" for none), `error_quote` the words that show it; `unsure`: the machine doubts its level."""

    level: int
    meaning: str
    signs: tuple[Sign, ...]
    overall: int
    is_good: bool
    error: str
    error_quote: str
    unsure: bool


def _here(texts: Mapping[str, str]) -> str:
    return texts.get(page_language()) or texts["en"]


def best_text(criterion: str) -> str:
    """What the highest level takes."""
    return next((_here(one.levels[BEST]) for one in reply_rubric().criteria if one.id == criterion), "")


def mark_of(graded: GradedReply, criterion: str) -> Mark:
    """With the wording of the rubric that graded it, whichever is in force now."""
    rubric = reply_rubric(graded.rubric_version)
    row = next(one for one in rubric.criteria if one.id == criterion)
    grade = graded.grade
    checks = {check.id: check for check in row.checks}
    seen = [
        (one.quote, checks[name])
        for one in grade.evidence
        if one.criterion == criterion and (name := one.rule.split(":", 1)[0]) in checks
    ]
    error = grade.critical_error
    return Mark(
        level=graded.attempt.level,
        meaning=_here(row.levels[graded.attempt.level]),
        signs=tuple(Sign(quote, _here(check.text), check.points > 0) for quote, check in seen),
        overall=grade.overall,
        is_good=graded.attempt.is_good,
        error=_here(rubric.error(error).text) if error else "",
        error_quote=next((one.quote for one in grade.evidence if one.criterion == "critical_error"), ""),
        unsure=criterion in grade.undecided,
    )
