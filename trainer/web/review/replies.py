"""Why a reply to an objection has its levels: the level's published words, and what the rules saw, with its points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trainer.content.rubrics import CURRENT, reply_rubric
from trainer.domain.grade import REPLY_CRITERIA, CallGrade, ObjectionGrade
from trainer.domain.grading.rubric import RubricCriterion
from trainer.web.languages import page_language


@dataclass(frozen=True, slots=True)
class Seen:
    """A check that held: its words in the rubric, the levels it is worth, the quote and the rule that found it."""

    text: str
    points: float | None
    quote: str
    rule: str


@dataclass(frozen=True, slots=True)
class LevelReached:
    """A criterion of one reply. `level` 0 to 4; `means` is what the rubric says of it."""

    criterion: str
    level: int
    means: str
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class ExplainedReply:
    """`error` is the critical error's words, with its cap, or ""."""

    seq: int
    levels: tuple[LevelReached, ...]
    error: str
    error_id: str
    cap: int
    error_seen: tuple[Seen, ...]


def reply_version(grade: CallGrade) -> str:
    """The version of the reply rubric that the grade was made with."""
    return next((part for part in grade.rubric_version.split("+") if part.startswith("objection-")), CURRENT)


def explain_replies(grade: CallGrade) -> Callable[[ObjectionGrade], ExplainedReply]:
    """The explanation of each reply, in the words of the rubric that the grade was made with."""
    rubric, language = reply_rubric(reply_version(grade)), page_language()
    criteria = {one.id: one for one in rubric.criteria}
    errors = {one.id: one for one in rubric.errors}

    def explain(one: ObjectionGrade) -> ExplainedReply:
        levels = tuple(_level(one, criteria[name], language) for name in REPLY_CRITERIA)
        error = errors.get(one.grade.critical_error or "")
        return ExplainedReply(
            one.seq,
            levels,
            (error.text.get(language) or error.id) if error else "",
            error.id if error else "",
            error.cap if error else 100,
            _seen(one, "critical_error", {}),
        )

    return explain


def _level(one: ObjectionGrade, criterion: RubricCriterion, language: str) -> LevelReached:
    level = int(getattr(one.grade, criterion.id))
    texts = {check.id: (check.text.get(language) or check.id, check.points) for check in criterion.checks}
    means = criterion.levels[level]
    return LevelReached(criterion.id, level, means.get(language) or means["en"], _seen(one, criterion.id, texts))


def _seen(one: ObjectionGrade, criterion: str, texts: dict[str, tuple[str, float]]) -> tuple[Seen, ...]:
    found = []
    for evidence in one.grade.evidence:
        if evidence.criterion == criterion:
            check = evidence.rule.partition(":")[0]
            text, points = texts.get(check, ("", None))
            found.append(Seen(text, points, evidence.quote, evidence.rule))
    return tuple(found)
