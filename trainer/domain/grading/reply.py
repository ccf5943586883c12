"""The grade of one reply to an objection: a pure function of what was measured and of the rubric.

A level is what the atomic checks add up to, blended with what the trained head expects; a decided critical error
limits levels and caps the overall (the guide: 25 x the weighted levels, moved by at most `effect`). What is not clear
is said to be undecided instead of being guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from trainer.domain.grade import REPLY_CRITERIA, ReplyEvidence, ReplyGrade
from trainer.domain.grading.reply_input import ReplyInput, Suspicion
from trainer.domain.grading.rubric import CriticalError, ReplyRubric, RubricCriterion

TOP = 4
SHOWN_FROM = 0.5
"""A check is shown as evidence from this value on."""
HARD_TO_HEAR = ":hard_to_hear"
"""Ends the rule of a critical error that hangs on words which may have been misheard: shown, and not decided."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """A reply as its words stand, whatever the recognizer thinks of them: exact levels, gaps between checks and head."""

    exact: Mapping[str, float]
    gaps: Mapping[str, float]
    error: tuple[CriticalError, Suspicion] | None
    doubts: tuple[Suspicion, ...]
    overall: int


def grade_reply(reply: ReplyInput, rubric: ReplyRubric) -> ReplyGrade:
    """Grade a measured reply. Levels are 0 to 4, the overall 0 to 100, confidence 0 to 1."""
    judged = _judge(reply, rubric)
    misheard, unheard = _misheard(reply, judged, rubric)
    undecided = _undecided(reply, judged, rubric) | misheard
    error = None if unheard else judged.error
    if unheard:
        # What a person has to listen to is no error yet: neither its limits nor its cap may cost anything meanwhile.
        judged = _judge(reply, rubric, charged=False)
    return ReplyGrade(
        **{id: _nearest(judged.exact[id]) for id in REPLY_CRITERIA},
        overall=_without_undecided(judged, undecided, reply, rubric, error[0] if error else None),
        critical_error=error[0].id if error else None,
        confidence=_confidence(reply, list(judged.gaps.values()), error, (*judged.doubts, *unheard)),
        undecided=tuple(id for id in REPLY_CRITERIA if id in undecided),
        evidence=_evidence(reply, rubric, error[1] if error else None, unheard),
    )


def _judge(reply: ReplyInput, rubric: ReplyRubric, *, charged: bool = True) -> _Judged:
    """`charged` False leaves out what a critical error takes away."""
    error, doubts = decide_error(reply, rubric)
    error = error if charged else None
    values = {f.check: f.value for f in reply.findings}
    exact: dict[str, float] = {}
    gaps: dict[str, float] = {}
    for criterion in rubric.criteria:
        level, gaps[criterion.id] = _level(criterion, values, reply.head, rubric)
        exact[criterion.id] = min(level, error[0].limits.get(criterion.id, TOP)) if error else level
    return _Judged(exact, gaps, error, doubts, _overall(exact, reply, rubric, error[0] if error else None))


def _undecided(reply: ReplyInput, judged: _Judged, rubric: ReplyRubric) -> set[str]:
    """Criteria about which checks and head contradict each other; all where the recognizer was unsure of the whole."""
    if reply.recognition < rubric.recognition_floor:
        return set(REPLY_CRITERIA)
    if judged.error is not None:
        return set()
    unsure = {id for id, gap in judged.gaps.items() if gap >= rubric.doubt_gap}
    return unsure | {"conduct"} if judged.doubts else unsure


def _misheard(reply: ReplyInput, judged: _Judged, rubric: ReplyRubric) -> tuple[set[str], tuple[Suspicion, ...]]:
    """Criteria that hang on doubtful words, and the critical errors that do (then everything does: each limits all)."""
    limits = rubric.hearing
    others = [_judge(hearing, rubric) for hearing in reply.hearings]
    claimed = (judged.error[1],) if judged.error else ()
    changed = any((o.error and o.error[0].id) != (judged.error and judged.error[0].id) for o in others)
    unclear = reply.recognition < limits.error_from and bool(claimed or judged.doubts)
    if changed or unclear:
        return set(REPLY_CRITERIA), claimed
    if any(abs(o.overall - judged.overall) >= limits.overall for o in others):
        return set(REPLY_CRITERIA), ()
    return {id for o in others for id in REPLY_CRITERIA if abs(o.exact[id] - judged.exact[id]) >= limits.level}, ()


def _without_undecided(
    judged: _Judged, undecided: set[str], reply: ReplyInput, rubric: ReplyRubric, error: CriticalError | None
) -> int:
    """The overall. An undecided criterion is left out of it where it would cost something; if none is left, none is."""
    decided = {id: level for id, level in judged.exact.items() if id not in undecided}
    return max(judged.overall, _overall(decided, reply, rubric, error)) if decided else judged.overall


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
    """Of the criteria in `exact`, weighed among each other."""
    counted = [c for c in rubric.criteria if c.id in exact]
    guide = sum(c.weight * exact[c.id] for c in counted) / max(1, sum(c.weight for c in counted)) * 100 / TOP
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


def _evidence(
    reply: ReplyInput, rubric: ReplyRubric, found: Suspicion | None, unheard: tuple[Suspicion, ...]
) -> tuple[ReplyEvidence, ...]:
    rows = [ReplyEvidence("critical_error", found.quote, f"{found.error}:{found.rule}")] if found else []
    rows += [ReplyEvidence("conduct", one.quote, f"{one.error}:{one.rule}{HARD_TO_HEAR}") for one in unheard]
    by_check = {f.check: f for f in reply.findings}
    for criterion in rubric.criteria:
        for check in criterion.checks:
            finding = by_check.get(check.id)
            if finding is not None and finding.value >= SHOWN_FROM:
                rows.append(ReplyEvidence(criterion.id, finding.quote, f"{check.id}:{finding.rule}"))
    return tuple(rows)
