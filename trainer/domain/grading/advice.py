"""The one thing to change and the one thing to keep: chosen from what cost most and what counted most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trainer.domain.grade import Advice, Check, CriterionGrade, ErrorFound
from trainer.domain.grading.call_accuracy import statements
from trainer.domain.grading.call_clarity import asks_whether_clear
from trainer.domain.grading.call_reading import CallReading
from trainer.domain.grading.call_solution import NOT_REACHED

ERROR_CRITERION = {
    1: "objections", 2: "needs", 3: "accuracy", 4: "identification", 5: "objections", 6: "hold_transfer", 7: "record",
}  # fmt: skip
"""The criterion under which an error is worked on."""
WITHOUT_OBJECTIONS = {1: "needs", 5: "solution"}
"""The same in a call whose rubric has no criterion for objections."""
FULL_ENOUGH = 0.75
"""The part of its weight a check has to have earned to be worth keeping."""
LONGEST_QUOTE = 240
_WORDLESS = ("delivery", "handling_time", "record", "hold_transfer")
"""Criteria that no better sentence mends."""


def advise(call: CallReading, criteria: Sequence[CriterionGrade], errors: Sequence[ErrorFound]) -> Advice | None:
    """A decided error comes first, then the check that cost most of the overall. None where nothing was lost or said."""
    if not call.turns:
        return None
    decided = next((e for e in errors if e.decided), None)
    if decided is not None:
        criterion, check = ERROR_CRITERION[decided.number], None
        if all(one.id != criterion for one in criteria):
            criterion = WITHOUT_OBJECTIONS.get(decided.number, criterion)
        evidence = decided.evidence[0] if decided.evidence else None
        seq, rule = (evidence.seq, evidence.rule) if evidence else (None, "")
    else:
        worst = _costliest(criteria)
        if worst is None:
            return None
        criterion, check = worst.criterion, worst
        seq, rule = _turn_of(call, worst), ""
    turn = next((t for t in call.turns if t.seq == seq), None)
    if turn is None and seq is not None and decided is not None:
        turn = call.turn_before(seq)  # what was done without a word shows in the words before it
    kept, kept_check = _kept(call, criteria, turn.seq if turn else None)
    return Advice(
        criterion=criterion,
        seq=turn.seq if turn else None,
        said=turn.text if turn else "",
        could_say=_could_say(call, criterion, check, rule, turn.seq if turn else None),
        kept=kept[0] if kept else "",
        kept_seq=kept[1] if kept else None,
        check=check.id if check else "",
        error=decided.number if decided else None,
        kept_check=kept_check,
    )


def _costliest(criteria: Sequence[CriterionGrade]) -> Check | None:
    """In the criterion that cost most of the overall, the check that cost most of it."""
    lost = [(c.weight * (100 - c.score), c) for c in criteria if c.score is not None and c.score < 100]
    if not lost:
        return None
    criterion = max(lost, key=lambda pair: pair[0])[1]
    missed = [c for c in criterion.checks if c.answer in ("yes", "no") and c.earned < 1]
    return max(missed, key=lambda c: c.weight * (1 - c.earned), default=None)


def _turn_of(call: CallReading, check: Check) -> int | None:
    turns = {t.seq for t in call.turns}
    return next((e.seq for e in check.evidence if e.seq in turns and not e.rule.startswith(NOT_REACHED)), None)


def _could_say(call: CallReading, criterion: str, check: Check | None, rule: str, seq: int | None) -> str:
    """The scenario's own model words for that place; for a false statement the fact as a good operator says it."""
    if criterion == "accuracy":
        wanted = rule.removeprefix("fact:") or (check.params.get("fact", "") if check else "")
        for one in statements(call):
            if one.claim.true is False and (one.turn.seq == seq or one.claim.fact == wanted):
                wanted = one.claim.fact or wanted
                break
        return next((f.say for f in call.case.all_facts if f.id == wanted), "")
    if criterion in _WORDLESS or (check and check.rule == "clarity.signposted"):
        return ""
    if check and check.criterion == "clarity" and (words := _said_clearly(call, check, seq)):
        return words
    for place in _places(call, criterion, check, seq):
        lines = [line.text for line in call.case.model if line.at == place]
        if lines:
            return " ".join(lines[:2])
    return ""


def _said_clearly(call: CallReading, check: Check, seq: int | None) -> str:
    """The scenario's own question whether all is clear; of a turn that was long or full of inside words, its first facts
    as a good operator says them."""
    if check.rule == "clarity.understood":
        return next((line.text for line in call.case.model if asks_whether_clear(line.text)), "")
    stated = [c.fact for t in call.turns if t.seq == seq for c in t.understanding.claims if c.fact]
    wanted = list(dict.fromkeys(stated))[:2]
    return " ".join(f.say for name in wanted for f in call.case.all_facts if f.id == name)


def _places(call: CallReading, criterion: str, check: Check | None, seq: int | None) -> Iterator[str]:
    """Places of model lines to look at, the nearest first."""
    about = check.id.partition(":")[2] if check else ""
    objection = check.params.get("objection", "") if check else _objection_before(call, seq)
    if criterion == "objections":
        if (check and check.rule == "objections.firm_no") or _refused_before(call, seq):
            yield "firm_no"
        if objection:
            yield f"objection:{objection}"
    if check and check.rule == "solution.goal":
        yield f"goal:{about}"
    if criterion == "solution":
        yield from (f"goal:{g.id}" for g in reversed(call.case.goals))
    if criterion in ("identification", "needs"):
        yield from (f"goal:{g.id}" for g in call.case.goals[:1])
    if criterion == "opening":
        yield "opening"
    if criterion in ("closing", "solution", "clarity"):
        yield "closing"
    yield from (("opening",) if criterion in ("identification", "needs") else ())


def _objection_before(call: CallReading, seq: int | None) -> str:
    if seq is None:
        return ""
    before = [line.objection for line in call.lines if line.seq < seq and line.objection]
    return before[-1] if before else ""


def _refused_before(call: CallReading, seq: int | None) -> bool:
    return seq is not None and any(m.startswith("firm_no:") and at < seq for m, at in call.marks.items())


def _kept(
    call: CallReading, criteria: Sequence[CriterionGrade], changed: int | None
) -> tuple[tuple[str, int | None] | None, str]:
    """What earned most among what the operator said, in another turn than the one to change."""
    turns = {t.seq: t for t in call.turns if t.seq != changed}
    best: tuple[float, str, int | None, str] | None = None
    for criterion in criteria:
        total = sum(c.weight for c in criterion.checks if c.answer in ("yes", "no")) or 1
        for check in criterion.checks:
            evidence = next((e for e in check.evidence if e.seq in turns and e.quote), None)
            if check.answer != "yes" or evidence is None or evidence.seq is None or check.earned < FULL_ENOUGH:
                continue
            value = criterion.weight * check.weight * check.earned * evidence.confidence / total
            if best is None or value > best[0]:
                text = turns[evidence.seq].text
                best = (value, text if len(text) <= LONGEST_QUOTE else evidence.quote, evidence.seq, check.id)
    return (None, "") if best is None else ((best[1], best[2]), best[3])
