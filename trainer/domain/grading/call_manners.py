"""Manners of hold and transfer: announced, short, thanked for; the right place, and a colleague who knows."""

from __future__ import annotations

from collections.abc import Iterator

from trainer.domain.grade import Evidence
from trainer.domain.grading.call_desk import Hold, Transfer
from trainer.domain.grading.call_findings import Finding, acts_in, decide, not_applicable, shown
from trainer.domain.grading.call_reading import CallReading
from trainer.domain.grading.call_rubric import CHECKS, Thresholds


def find_manners(call: CallReading, limits: Thresholds) -> Iterator[Finding]:
    """Not applicable where there was neither hold nor transfer."""
    for hold in call.holds:
        yield from _hold(call, hold, limits)
    for transfer in call.transfers:
        yield from _transfer(call, transfer, limits)
    held, moved = bool(call.holds), bool(call.transfers)
    for name in CHECKS["hold_transfer"]:
        of_hold = name in ("announced", "thanked", "length")
        if not (held if of_hold else moved):
            yield not_applicable(f"hold_transfer.{name}")


def _hold(call: CallReading, hold: Hold, limits: Thresholds) -> Iterator[Finding]:
    about = str(hold.seq)
    yield announcement(call, "hold_transfer.announced", hold.seq, hold.announced, "hold_notice", limits)
    after = call.turn_after(hold.seq)
    if after is None or hold.seconds is None:
        yield Finding("hold_transfer.thanked", "not_applicable", about=about)
    else:
        thanked = acts_in([after], "thanks", "apology")
        yield decide("hold_transfer.thanked", thanked, [after], limits, "thanks", about)
    seconds = hold.seconds if hold.seconds is not None else call.seconds - hold.start
    answer = "yes" if seconds <= limits.hold_s else "no"
    evidence = Evidence("", "hold:seconds", 1.0, hold.seq)
    yield Finding("hold_transfer.length", answer, (evidence,), {"seconds": f"{seconds:.0f}"}, about)


def _transfer(call: CallReading, transfer: Transfer, limits: Thresholds) -> Iterator[Finding]:
    about = str(transfer.seq)
    yield announcement(
        call, "hold_transfer.transfer_announced", transfer.seq, transfer.announced, "transfer_notice", limits
    )
    briefed = bool(transfer.briefing.strip())
    evidence = (Evidence(transfer.briefing.strip(), f"transfer:briefing:{transfer.kind}", 1.0, transfer.seq),)
    share = transfer.told if briefed and transfer.told < 1 else None
    yield Finding("hold_transfer.briefed", "yes" if briefed else "no", evidence, about=about, share=share)
    taken = call.outcome == "transferred" and call.success and transfer == call.transfers[-1]
    # A right place stays right where the customer was handed over too soon: what was missing is asked elsewhere.
    meant = any(end.outcome == "transferred" and end.success and end.to == transfer.to for end in call.case.ends)
    right = taken or meant
    place = dict(call.case.transfer_to).get(transfer.to, transfer.to)
    shown_place = (Evidence(place, "transfer:to", 1.0, transfer.seq),)
    yield Finding("hold_transfer.right_place", "yes" if right else "no", shown_place, about=about)


NOTICE_TURNS = {"hold_notice": 1, "transfer_notice": 3}
"""Within how many of the operator's turns before it something has to be announced: between the word that a colleague
takes over and the handing over there is often a question, a thank-you or a hold."""


def announcement(call: CallReading, check: str, seq: int, noted: bool, act: str, limits: Thresholds) -> Finding:
    """Whether the customer was told before: as the call noted it, or in the operator's turns just before."""
    about = str(seq)
    before = [turn for turn in call.turns if turn.seq < seq][-NOTICE_TURNS.get(act, 1) :]
    if not before:
        return Finding(check, "no", (Evidence("", f"missing:{act}", 1.0, seq),), about=about)
    found = acts_in(before, act)
    if noted and not found:
        return Finding(check, "yes", (shown(before[-1], f"noted:{act}"),), about=about)
    return decide(check, found, before, limits, act, about)
