"""The solution: what the call had to reach, who does what by when, data read back, agreement checked."""

from __future__ import annotations

from collections.abc import Iterator

from trainer.domain.grade import Evidence
from trainer.domain.grading.call_findings import Finding, acts_in, decide, not_applicable, shown
from trainer.domain.grading.call_reading import CallReading, Turn
from trainer.domain.grading.call_rubric import Thresholds
from trainer.domain.grading.record import heard_from_customer, same_value, says_value

_TIMES = ("date", "time", "duration")
_DICTATED = ("phone", "email", "reference", "address")
"""Types of data that are dictated figure by figure or letter by letter."""
HALF = 0.5
NOT_REACHED = "missing:goal:"
"""The rule by which a goal was missed: shown at the last turn, since nothing in any turn is it."""


def find_solution(call: CallReading, limits: Thresholds) -> Iterator[Finding]:
    """A check for each goal, then the next step, read-back and acceptance."""
    for goal in call.case.goals:
        seq = call.marks.get(f"goal:{goal.id}")
        params = {"goal": goal.title}
        if seq is not None:
            turn = call.turn_before(seq)
            evidence = (shown(turn, f"mark:goal:{goal.id}"),) if turn else ()
            yield Finding("solution.goal", "yes", evidence, params, goal.id)
        elif not goal.required or _out_of_reach(call):
            yield Finding("solution.goal", "not_applicable", (), params, goal.id)
        else:
            last = tuple(shown(turn, f"{NOT_REACHED}{goal.id}", confidence=1.0) for turn in call.turns[-1:])
            yield Finding("solution.goal", "no", last, params, goal.id)
    if call.refused or not call.turns:
        yield not_applicable("solution.next_step")
        yield not_applicable("solution.acceptance")
    else:
        yield _next_step(call, limits)
        checked = acts_in(call.turns, "acceptance_check")
        offers = [t for t in call.turns if t.act("promise", "price_statement", "offer")]
        here = offers[-1] if offers else None
        yield decide("solution.acceptance", checked, call.turns, limits, expected=here)
    yield _read_back(call, limits)


def _out_of_reach(call: CallReading) -> bool:
    """After a no that was the right end of the call, or that this customer would have said to anybody."""
    said = {mark.partition(":")[2] for mark in call.marks if mark.startswith("firm_no:")}
    return call.refused and (call.success or any(o.id in said and o.firm == "yes" for o in call.case.objections))


def _next_step(call: CallReading, limits: Thresholds) -> Finding:
    """Whole with who, what and when; half without the when."""
    check = "solution.next_step"
    whole = [shown(t, "promise:when", p.quote) for t in call.turns for p in t.understanding.promises if p.when]
    whole += [e for turn in call.turns for e in _dated_steps(call, turn)]
    if whole:
        return Finding(check, "yes", tuple(whole[:2]))
    half = [shown(t, "promise", p.quote) for t in call.turns for p in t.understanding.promises]
    half += acts_in(call.turns, "done_notice", floor=limits.seen_from)
    if half:
        return Finding(check, "no", tuple(half[:2]), share=HALF)
    return decide(check, [], call.turns, limits, "promise")


def _dated_steps(call: CallReading, turn: Turn) -> list[Evidence]:
    """A step stated as a fact ("it goes out again on Thursday") or as done, with its time."""
    promisable = {f.id for f in call.case.all_facts if f.promise and f.kind in _TIMES}
    steps = [
        shown(turn, f"fact:{c.fact}", c.quote) for c in turn.understanding.claims if c.true and c.fact in promisable
    ]
    done = turn.act("done_notice")
    if done is not None and any(e.type in _TIMES for e in turn.understanding.entities):
        steps.append(shown(turn, "done_notice:when", done.quote))
    return steps


def _read_back(call: CallReading, limits: Thresholds) -> Finding:
    """Needed where the customer dictated data that the form asks for and the record does not hold."""
    check = "solution.read_back"
    found = acts_in(call.turns, "read_back")
    dictated: list[int] = []
    for field in call.case.form:
        seq = heard_from_customer(call, field) if field.type in _DICTATED else None
        if seq is None or any(same_value(field, row.value, field.truth) for row in call.case.record):
            continue
        dictated.append(seq)
        for turn in call.turns:
            if turn.seq > seq and says_value(call, field, turn):
                found.append(shown(turn, f"repeats:{field.id}"))
    if not dictated and not found:
        return not_applicable(check)
    return decide(check, found, call.turns, limits, expected=call.turn_after(min(dictated, default=0)))
