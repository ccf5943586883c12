"""The grade of one reply to an objection: a pure function of what was measured and of the rubric.

A level is what the atomic checks add up to, blended with what the trained head expects; a decided critical error
limits levels and caps the overall (the guide: 25 x the weighted levels, moved by at most `effect`). What is not clear
is said to be undecided instead of being guessed.
"""

from __future__ import annotations

from collections.abc import Mapping

from trainer.domain.grade import REPLY_CRITERIA, ReplyEvidence, ReplyGrade
from trainer.domain.grading.reply_input import ReplyInput, Suspicion
from trainer.domain.grading.rubric import CriticalError, ReplyRubric, RubricCriterion

TOP = 4
SHOWN_FROM = 0.5
"""A check is shown as evidence from this value on."""


def grade_reply(reply: ReplyInput, rubric: ReplyRubric) -> ReplyGrade:
    """Grade a measured reply. Levels are 0 to 4, the overall 0 to 100, confidence 0 to 1."""
    error, doubts = decide_error(reply, rubric)
    values = {f.check: f.value for f in reply.findings}
    exact: dict[str, float] = {}
    undecided: list[str] = []
    gaps: list[float] = []
    for criterion in rubric.criteria:
        level, gap = _level(criterion, values, reply.head, rubric)
        if error is not None:
            level = min(level, error[0].limits.get(criterion.id, TOP))
        exact[criterion.id] = level
        gaps.append(gap)
        if reply.recognition < rubric.recognition_floor or (error is None and gap >= rubric.doubt_gap):
            undecided.append(criterion.id)
    if doubts and error is None and "conduct" not in undecided:
        undecided.append("conduct")
    levels = {id: _nearest(exact[id]) for id in REPLY_CRITERIA}
    return ReplyGrade(
        **levels,
        overall=_overall(exact, reply, rubric, error[0] if error else None),
        critical_error=error[0].id if error else None,
        confidence=_confidence(reply, gaps, error, doubts),
        undecided=tuple(id for id in REPLY_CRITERIA if id in undecided),
        evidence=_evidence(reply, rubric, error[1] if error else None),
    )


def decide_error(
    reply: ReplyInput, rubric: ReplyRubric
) -> tuple[tuple[CriticalError, Suspicion] | None, tuple[Suspicion, ...]]:
    """The critical error that stands (of several certain ones, the gravest that is about as sure), and the doubtful."""
    certain: list[tuple[CriticalError, Suspicion]] = []
    doubts: list[Suspicion] = []
    for error in rubric.errors:
        for suspicion in reply.suspicions:
            if suspicion.error != error.id:
                continue
            if suspicion.certainty >= error.decided_from and _agrees(suspicion, error, reply, rubric):
                certain.append((error, suspicion))
            elif suspicion.certainty >= error.doubtful_from:
                doubts.append(suspicion)
    if not certain:
        return None, tuple(doubts)
    surest = max(s.certainty for _, s in certain)
    return next(pair for pair in certain if pair[1].certainty >= surest - 0.15), tuple(doubts)


def _agrees(suspicion: Suspicion, error: CriticalError, reply: ReplyInput, rubric: ReplyRubric) -> bool:
    """False where the whole impression contradicts an error that is not quite sure."""
    if suspicion.certainty >= rubric.sure_from or reply.head is None or "overall" not in reply.head:
        return True
    return reply.head["overall"] <= error.cap + rubric.error_slack


def _level(
    criterion: RubricCriterion, values: Mapping[str, float], head: Mapping[str, float] | None, rubric: ReplyRubric
) -> tuple[float, float]:
    """The exact level, and how far checks and head are apart."""
    checks = criterion.base + sum(c.points * values.get(c.id, 0.0) for c in criterion.checks)
    checks = min(float(TOP), max(0.0, checks))
    if head is None or criterion.id not in head:
        return checks, 0.0
    expected = min(float(TOP), max(0.0, head[criterion.id]))
    return (1 - rubric.head_share) * checks + rubric.head_share * expected, abs(checks - expected)


def _nearest(level: float) -> int:
    return int(min(TOP, max(0, level)) + 0.5)


def _overall(exact: Mapping[str, float], reply: ReplyInput, rubric: ReplyRubric, error: CriticalError | None) -> int:
    guide = sum(c.weight / 100 * exact[c.id] for c in rubric.criteria) * 100 / TOP
    value = guide
    if reply.head is not None and "overall" in reply.head:
        impression = (1 - rubric.head_share) * guide + rubric.head_share * reply.head["overall"]
        value = min(guide + rubric.effect, max(guide - rubric.effect, impression))
    if error is not None:
        value = min(value, error.cap)
    return int(min(100.0, max(0.0, value)) + 0.5)


def _confidence(
    reply: ReplyInput,
    gaps: list[float],
    error: tuple[CriticalError, Suspicion] | None,
    doubts: tuple[Suspicion, ...],
) -> float:
    agreement = 1 - min(1.0, sum(gaps) / max(1, len(gaps)) / TOP * 1.5)
    if error is not None:
        agreement = min(1.0, 0.4 + error[1].certainty)
    if doubts:
        agreement *= 0.7
    if reply.head is None:
        agreement *= 0.6
    return round(max(0.0, min(agreement, reply.recognition)), 2)


def _evidence(reply: ReplyInput, rubric: ReplyRubric, found: Suspicion | None) -> tuple[ReplyEvidence, ...]:
    rows = [ReplyEvidence("critical_error", found.quote, f"{found.error}:{found.rule}")] if found else []
    by_check = {f.check: f for f in reply.findings}
    for criterion in rubric.criteria:
        for check in criterion.checks:
            finding = by_check.get(check.id)
            if finding is not None and finding.value >= SHOWN_FROM:
                rows.append(ReplyEvidence(criterion.id, finding.quote, f"{check.id}:{finding.rule}"))
    return tuple(rows)
