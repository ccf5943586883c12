"""What was stated against the facts: each statement is a check of its own, the fact shown beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trainer.domain.grade import Evidence
from trainer.domain.grading.call_findings import Finding, doubtful, not_applicable, shown
from trainer.domain.grading.call_reading import CallReading, Turn
from trainer.domain.grading.call_rubric import Thresholds
from trainer.domain.grading.call_values import amount
from trainer.domain.scenario import Fact
from trainer.domain.understanding import Claim

_FIGURES = ("money", "percent")
"""Kinds of value that nobody says without asserting something."""
TAKEN_BACK = 0.5
"""What a false statement still earns that the operator put right."""
LONGEST_RULE_CLAUSE = 12
"""Words up to which a clause that states or denies a rule of the company is about that rule alone. A longer one, as
recognizers write it without a full stop, may name one thing and deny another: a person looks."""
_MISHEARD = re.compile(r"\b(?:can|could)\b(?! ?not|n't)")
"""Recognizers write "can" for "can't" and are sure of it (.98 on two of three voices); nothing else tells them apart."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim about a fact. `put_right` is the later turn that stated the fact truly."""

    turn: Turn
    claim: Claim
    put_right: Turn | None = None


def statements(call: CallReading) -> list[Statement]:
    """Claims matched with a fact, each (fact, value) once, in the order of the call."""
    seen: set[tuple[str, str]] = set()
    found: list[Statement] = []
    for turn in call.turns:
        for claim in turn.understanding.claims:
            if claim.fact is None or claim.true is None or (claim.fact, claim.value) in seen:
                continue
            seen.add((claim.fact, claim.value))
            found.append(Statement(turn, claim, None if claim.true else _put_right(call, turn, claim)))
    return found


def _put_right(call: CallReading, turn: Turn, claim: Claim) -> Turn | None:
    """The turn that stated the fact truly; None where it was stated falsely again after that."""
    mended = None
    for later in call.turns[turn.number - 1 :]:
        for other in later.understanding.claims:
            follows = later.seq > turn.seq or other.start > claim.start
            if follows and other.fact == claim.fact and other.true is not None:
                mended = (mended or later) if other.true else None
    return mended


def is_clear(one: Statement) -> bool:
    """What it says is beyond doubt: a value beside its fact, or a rule in a short clause or within a promise."""
    if one.claim.kind != "policy":
        return True
    if one.turn.spoken and one.claim.value == "yes" and _MISHEARD.search(one.claim.quote.lower()):
        return False
    promised = any(p.start < one.claim.end and one.claim.start < p.end for p in one.turn.understanding.promises)
    return promised or len(one.claim.quote.split()) <= LONGEST_RULE_CLAUSE


def find_accuracy(call: CallReading, limits: Thresholds) -> Iterator[Finding]:
    """One check a statement, then figures without a fact, then promises."""
    facts = {f.id: f for f in call.case.all_facts}
    made = statements(call)
    for number, one in enumerate(made, start=1):
        claim, turn = one.claim, one.turn
        fact = facts.get(claim.fact or "")
        params = {"said": claim.quote, "truth": (fact.say or fact.value) if fact else "", "fact": claim.fact or ""}
        sure = min(claim.confidence, turn.confidence) >= limits.recognition_floor and is_clear(one)
        answer = "yes" if claim.true else "no" if sure else "undecided"
        evidence = [shown(turn, f"fact:{claim.fact}", claim.quote, min(claim.confidence, turn.confidence))]
        if one.put_right is not None:
            evidence.append(shown(one.put_right, f"put_right:{claim.fact}"))
        share = TAKEN_BACK if one.put_right is not None and answer == "no" else None
        yield Finding("accuracy.statement", answer, tuple(evidence), params, f"{turn.seq}.{number}", share)
    if not made:
        yield not_applicable("accuracy.statement")
    yield _verified(call, bool(made), limits)
    yield _promises(call, limits)


def _verified(call: CallReading, any_stated: bool, limits: Thresholds) -> Finding:
    """Amounts and percentages that no fact of the case knows wait for a person: they may be right all the same."""
    known = {value for text in _values_of(call) if (value := amount(text)) is not None}
    unknown: list[Evidence] = []
    for turn in call.turns:
        for claim in turn.understanding.claims:
            stated = claim.confidence >= limits.seen_from  # else it is only taken up, asked about or supposed
            if stated and claim.fact is None and claim.kind in _FIGURES and amount(claim.value) not in known:
                unknown.append(shown(turn, "unverified", claim.quote, claim.confidence))
    if unknown:
        return Finding("accuracy.verified", "undecided", tuple(unknown[:3]))
    return Finding("accuracy.verified", "yes") if any_stated else not_applicable("accuracy.verified")


def _values_of(call: CallReading) -> Iterator[str]:
    case = call.case
    for fact in case.all_facts:
        yield from (fact.value, *fact.accept, fact.say)
    yield from (row.value for row in case.record)
    yield from (field.truth for field in case.form)
    yield from case.variables.values()


def _may_be_promised(told: Sequence[Fact]) -> bool:
    """Times are what over-promising is about; to name a price within a promise is no promise of the price. A promise
    that may be made is none the worse for the hours that are told with it."""
    times = [fact for fact in told if fact.kind in ("date", "time", "duration")]
    return not times or any(fact.promise for fact in told)


def _promises(call: CallReading, limits: Thresholds) -> Finding:
    """A promise that holds a false statement is one the company does not keep."""
    kept: list[Evidence] = []
    broken: list[Evidence] = []
    mended_too: list[Evidence] = []
    open_: list[Evidence] = []
    facts = {f.id: f for f in call.case.all_facts}
    mended = {(s.turn.seq, s.claim.fact, s.claim.value) for s in statements(call) if s.put_right is not None}
    for turn in call.turns:
        for promise in turn.understanding.promises:
            inside = [c for c in turn.understanding.claims if c.start < promise.end and promise.start < c.end]
            evidence = shown(turn, "promise", promise.quote)
            false = [(turn.seq, c.fact, c.value) for c in inside if c.true is False]
            if false:
                (mended_too if mended.issuperset(false) else broken).append(evidence)
            elif not _may_be_promised([facts[c.fact] for c in inside if c.fact in facts]):
                open_.append(evidence)
            else:
                kept.append(evidence)
    if broken:
        sure = not doubtful([t for t in call.turns if t.seq in {e.seq for e in broken}], limits)
        return Finding("accuracy.promises", "no" if sure else "undecided", tuple(broken[:3]))
    if mended_too:
        return Finding("accuracy.promises", "no", tuple(mended_too[:3]), share=TAKEN_BACK)
    if open_:
        return Finding("accuracy.promises", "undecided", tuple(open_[:3]))
    return Finding("accuracy.promises", "yes", tuple(kept[:2])) if kept else not_applicable("accuracy.promises")
