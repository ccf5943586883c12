"""The identity check: asked, complete, compared, and before anything personal was said or done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trainer.domain.dialogue.answers import checked_as
from trainer.domain.grade import Evidence
from trainer.domain.grading.call_findings import Finding, acts_in, decide, not_applicable, shown, shown_act
from trainer.domain.grading.call_reading import CallReading, Turn
from trainer.domain.grading.call_rubric import Thresholds
from trainer.domain.grading.call_spoken import is_said
from trainer.domain.grading.call_values import plain_words
from trainer.domain.parties import MACHINE, OTHER
from trainer.domain.scenario import RecordField

_CHECKS = ("asked", "complete", "before", "compared")
_COMPARING = ("thanks", "acknowledge", "read_back", "paraphrase", "done_notice")
SHORTEST = 4
"""Letters and figures from which a value of the record is told apart from ordinary words."""
MOST_DIGITS_OF_A_NUMBER = 9
"""Longer figures are a telephone number."""


@dataclass(frozen=True, slots=True)
class PersonalUse:
    """Protected data said, or a protected thing done, at a turn. `sure` is False where it only looks like it."""

    turn: Turn
    evidence: Evidence
    sure: bool
    never: bool = False


def find_identification(call: CallReading, limits: Thresholds) -> Iterator[Finding]:
    """Not applicable where the scenario needs no identity check."""
    if not call.case.identity_needed or not call.turns:
        yield from (not_applicable(f"identification.{check}") for check in _CHECKS)
        return
    known = call.marks.get(checked_as(call.case))
    asked = acts_in(call.turns, "identity_check") or _asked_for_identity(call)
    yield decide("identification.asked", asked, call.turns, limits, expected=call.turn_after_opening)
    if known is not None:
        line = next(line for line in call.lines if line.seq == known)
        turn = call.turn_before(known)
        mark = f"mark:{checked_as(call.case)}"
        evidence = (shown(turn, mark),) if turn else ()
        yield Finding("identification.complete", "yes", (*evidence, Evidence(line.text, mark, 1.0, known)))
    else:
        here = call.turn_after_opening
        yield decide("identification.complete", [], call.turns, limits, "mark:identified", expected=here)
    yield _before(call, known, limits)
    yield _compared(call, known, limits)


def _before(call: CallReading, known: int | None, limits: Thresholds) -> Finding:
    check = "identification.before"
    early = uses_before_identified(call, limits)
    if not early:
        return Finding(check, "yes") if known is not None else not_applicable(check)
    sure = [use for use in early if use.sure]
    chosen = sure or early
    return Finding(check, "no" if sure else "undecided", tuple(use.evidence for use in chosen[:3]))


def _compared(call: CallReading, known: int | None, limits: Thresholds) -> Finding:
    check = "identification.compared"
    if known is None:
        return not_applicable(check)
    looked = [a for a in call.screen if a.action in ("open", "search") and a.field in ("customer", "record")]
    if looked:
        return Finding(
            check, "yes", (Evidence(f"{looked[0].action}: {looked[0].field}", "screen", 1.0, looked[0].seq),)
        )
    after = call.turn_after(known)
    if after is None:
        return not_applicable(check)
    return decide(check, acts_in([after], *_COMPARING) or _names_customer(call, after), [after], limits)


def uses_before_identified(call: CallReading, limits: Thresholds) -> list[PersonalUse]:
    """Personal things said or done before the customer was known; and what may never be told to anyone."""
    known = call.marks.get("identified")
    uses: list[PersonalUse] = []
    facts = {f.id: f for f in call.case.all_facts}
    case = call.case
    for turn in call.turns:
        early = case.identity_needed and (known is None or turn.seq < known)
        heard = " ".join(line.text for line in call.lines if line.seq < turn.seq)
        sure = turn.confidence >= limits.recognition_floor
        for claim in turn.understanding.claims:
            fact = facts.get(claim.fact or "")
            if (
                fact is None
                or not claim.true
                or not (fact.disclose == "never" or (early and fact.disclose == "identified"))
            ):
                continue
            if fact.disclose != "never" and is_said(
                heard, claim.kind, claim.value, case.language, case.company.currency
            ):
                continue  # the caller said it first: it is taken up, not told
            certain = sure and claim.confidence >= limits.recognition_floor
            uses.append(
                PersonalUse(turn, shown(turn, f"discloses:{fact.id}", claim.quote, claim.confidence), certain,
                            fact.disclose == "never")
            )  # fmt: skip
        if early:
            uses.extend(PersonalUse(turn, evidence, sure) for evidence in _record_said(call, turn))
            act = turn.act("disclosure")
            if act is not None and act.confidence >= limits.seen_from:
                uses.append(PersonalUse(turn, shown_act(turn, act), sure and act.confidence >= limits.error_from))
    return uses


SAID_BY_VALUE = ("money", "date", "time", "phone")
"""Kinds of fact whose value alone gives them away."""


def told_to_others(call: CallReading) -> Iterator[Evidence]:
    """Personal things told to somebody who picked up in the customer's place, or left on a machine."""
    case = call.case
    private = [(row.id, _kind(row), row.value) for row in case.record if row.protected]
    private += [(f.id, f.kind, f.value) for f in case.facts if f.disclose != "anyone" and f.kind in SAID_BY_VALUE]
    for aside in call.asides:
        if aside.to not in (OTHER, MACHINE):
            continue
        for name, kind, value in private:
            if len("".join(plain_words(value))) < SHORTEST:
                continue
            if is_said(aside.text, kind, value, case.language, case.company.currency):
                yield Evidence(aside.text, f"told_to_{aside.to}:{name}", 1.0, aside.seq)


def _record_said(call: CallReading, turn: Turn) -> list[Evidence]:
    """Protected values of the customer's record in the operator's words, unless the customer said them first."""
    case = call.case
    values = {"".join(plain_words(e.value)) for e in turn.understanding.entities}
    heard = " ".join(line.text for line in call.lines if line.seq < turn.seq)
    found = []
    for row in case.record:
        value = "".join(plain_words(row.value))
        if not row.protected or len(value) < SHORTEST:
            continue
        if value not in values and not is_said(turn.text, _kind(row), row.value, case.language, case.company.currency):
            continue
        if not is_said(heard, _kind(row), row.value, case.language, case.company.currency):
            found.append(shown(turn, f"discloses:record:{row.id}", row.value if row.value in turn.text else ""))
    return found


def _kind(row: RecordField) -> str:
    """The kind of value that a row of the record most likely holds, for the ways it is said."""
    bare = "".join(plain_words(row.value))
    if "@" in row.value:
        return "email"
    return "phone" if bare.isdigit() and len(bare) >= MOST_DIGITS_OF_A_NUMBER else "reference"


def _asked_for_identity(call: CallReading) -> list[Evidence]:
    """A question that brought out an identity detail is an identity check, whatever its words."""
    found = []
    for topic in call.case.topics:
        seq = call.marks.get(f"topic:{topic.id}") if topic.identity else None
        turn = call.turn_before(seq) if seq else None
        if turn is not None and turn.understanding.question != "none":
            found.append(shown(turn, f"mark:topic:{topic.id}"))
    return found


def _names_customer(call: CallReading, turn: Turn) -> list[Evidence]:
    name = [w for w in plain_words(call.case.persona.name) if len(w) > 2]
    words = plain_words(turn.text)
    return [shown(turn, "names_customer")] if any(word in words for word in name) else []
