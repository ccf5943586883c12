"""How each kind of gate counts. Pure: a gate and a person's record go in, a figure with its reasons comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from statistics import median

from trainer.domain import ladder as kinds
from trainer.domain.career import CallTaken, GateResult, Record, Remark, Verdict
from trainer.domain.ladder import Category, Gate, Ladder


def decide(
    ladder: Ladder, category: Category, record: Record, now: datetime, *, renewed_since: datetime | None = None
) -> Verdict:
    """Compare `record` with every gate of `category`. The same input gives the same verdict, whatever its order.

    `renewed_since` is when the certificate was issued that is to be renewed: the gates of the renewal are asked then, and
    only what was done since counts.
    """
    if renewed_since is None:
        gates, counted = category.gates, record
    else:
        gates, counted = category.renewal, record.since(renewed_since)
    margin = ladder.margin_of(record.margin)
    judged = tuple(judge_gate(gate, category, counted, now, margin) for gate in gates)
    return Verdict(category, ladder.version, judged, renewed_since is not None)


def judge_gate(gate: Gate, category: Category, record: Record, now: datetime, margin: int = 0) -> GateResult:
    """One gate. Raises ValueError for a kind that is not in GATE_KINDS (the reader of ladders refuses those)."""
    if gate.kind == kinds.SCENARIOS:
        return _scenarios(gate, record.calls, margin)
    if gate.kind == kinds.HELD:
        return _held(gate, record, now)
    if gate.kind == kinds.ATTESTATION:
        return _attestation(gate, category, record)
    judge = _JUDGES.get(gate.kind)
    if judge is None:
        raise ValueError(f"no such kind of gate: {gate.kind}")
    return judge(gate, record)


def _signature(gate: Gate, record: Record) -> GateResult:
    if record.signed is None:
        return GateResult(gate, 0, False, (), (Remark("signature_missing"),))
    return GateResult(gate, 1, True, (record.signed.record,))


def _courses(gate: Gate, record: Record) -> GateResult:
    """The figure is how many of the gate's courses are passed."""
    first = {one.course: one for one in sorted(record.courses, key=lambda one: (one.at, one.record), reverse=True)}
    passed = [first[course] for course in gate.courses if course in first]
    missing = tuple(Remark("course_missing", {"course": slug}) for slug in gate.courses if slug not in first)
    return GateResult(gate, len(passed), not missing, tuple(one.record for one in passed), missing)


def _exam(gate: Gate, record: Record) -> GateResult:
    passed = [one for one in record.exams if one.exam == gate.exam]
    if not passed:
        return GateResult(gate, 0, False, (), (Remark("exam_missing", {"exam": gate.exam}),))
    return GateResult(gate, 1, True, (min(passed, key=lambda one: (one.at, one.record)).record,))


def _drill(gate: Gate, record: Record) -> GateResult:
    passed = [one for one in record.drills if one.drill == gate.drill]
    if not passed:
        return GateResult(gate, 0, False, (), (Remark("drill_missing", {"drill": gate.drill}),))
    return GateResult(gate, 1, True, (min(passed, key=lambda one: (one.at, one.record)).record,))


def _typing(gate: Gate, record: Record) -> GateResult:
    """The fastest passed drill, in whole words a minute: a drill is passed only with few errors."""
    passed = [one for one in record.drills if one.drill == kinds.TYPING]
    if not passed:
        return GateResult(gate, None, False, (), (Remark("typing_missing"),))
    best = min(passed, key=lambda one: (-one.wpm, one.at, one.record))
    figure = int(best.wpm)
    remarks = () if gate.meets(figure) else (Remark("typing_slow", {"wpm": figure}),)
    return GateResult(gate, figure, not remarks, (best.record,), remarks)


def _scenarios(gate: Gate, calls: Iterable[CallTaken], margin: int) -> GateResult:
    """Counts different forms, the best call of each, so that the required scenarios and duties are in as well.

    Fallen short by no more than `margin` points, with nothing else wrong, a call is near: where such calls are all that is
    missing, one more is asked for.
    """
    fitting = [call for call in calls if call.graded and call.difficulty >= gate.difficulty]
    counted = _best_of_each_form(call for call in fitting if call.passed)
    remarks, short = _shortfall(gate, counted)
    near = sorted((call for call in fitting if (call.fell_short_by() or margin + 1) <= margin), key=_when)
    passed = not remarks
    with_near = _best_of_each_form([*counted, *near])
    is_near = not passed and not _shortfall(gate, with_near)[0]
    if not passed:
        told = {"record": "call", "title": "title", "overall": "overall", "mark": "mark"}
        remarks += [Remark("near_miss", {name: getattr(call, key) for key, name in told.items()}) for call in near]
    remarks += [_waiting(call) for call in counted if call.waiting]
    figure = max(0, int(gate.threshold) - short) if short else len(counted)
    return GateResult(gate, figure, passed, tuple(call.record for call in counted), tuple(remarks), is_near)


def _shortfall(gate: Gate, counted: Sequence[CallTaken]) -> tuple[list[Remark], int]:
    """What these calls lack, and how many calls more it takes at least."""
    places = {call.scenario for call in counted}
    covered = {duty for call in counted for duty in call.duties}
    missing = max(0, int(gate.threshold) - len(counted))
    more_places = max(0, (gate.scenarios or int(gate.threshold)) - len(places))
    absent = [duty for duty in gate.duties if duty not in covered]
    remarks = []
    if more_places:
        remarks.append(Remark("scenarios_missing", {"count": max(missing, more_places)}))
    elif missing:
        remarks.append(Remark("calls_missing", {"count": missing}))
    remarks += [Remark("duty_missing", {"duty": duty}) for duty in absent]
    return remarks, max(missing, more_places, min(1, len(absent)))


def _best_of_each_form(calls: Iterable[CallTaken]) -> list[CallTaken]:
    best: dict[tuple[str, str], CallTaken] = {}
    for call in sorted(calls, key=lambda one: (one.passed, one.overall, one.at, one.record)):
        best[call.scenario, call.form] = call
    return sorted(best.values(), key=_when)


def _when(call: CallTaken) -> tuple[datetime, str]:
    return call.at, call.record


def _latest(calls: Iterable[CallTaken], count: int) -> list[CallTaken]:
    """The last so many, the latest first."""
    return sorted(calls, key=_when, reverse=True)[:count]


def _clean_calls(gate: Gate, record: Record) -> GateResult:
    """The figure is how many of the last calls, counted back from the latest, are free of fundamental errors."""
    wanted = int(gate.threshold)
    latest = _latest(record.calls, wanted)
    clean = 0
    while clean < len(latest) and latest[clean].graded and not latest[clean].errors:
        clean += 1
    remarks = [
        Remark("call_with_error", {"call": c.record, "title": c.title, "errors": " ".join(map(str, c.errors))})
        for c in latest
        if c.errors
    ]
    remarks += [Remark("call_ungraded", {"call": c.record, "title": c.title}) for c in latest if not c.graded]
    if len(latest) < wanted:
        remarks.append(Remark("calls_missing", {"count": wanted - len(latest)}))
    remarks += [_waiting(call) for call in latest if call.waiting]
    records = tuple(c.record for c in reversed(latest))
    return GateResult(gate, clean, clean >= wanted, records, tuple(remarks))


def _waiting(call: CallTaken) -> Remark:
    return Remark("error_waiting", {"call": call.record, "title": call.title})


def _delivery(gate: Gate, record: Record) -> GateResult:
    """The median of the last calls in which the figure was measured (nothing is, where the operator typed)."""
    measured = _latest((c for c in record.calls if c.graded and gate.measure in c.figures), gate.last)
    missing = gate.last - len(measured)
    if missing > 0:
        return GateResult(
            gate, None, False, tuple(c.record for c in reversed(measured)), (Remark("unmeasured", {"count": missing}),)
        )
    figure = round(median(call.figures[gate.measure] for call in measured), 1)
    return GateResult(gate, figure, gate.meets(figure), tuple(c.record for c in reversed(measured)))


def _work(gate: Gate, record: Record) -> GateResult:
    """A criterion of real work over the gate's months, which records have to cover: no record is no good record."""
    done = next((one for one in record.work if one.months == gate.months), None)
    figure = done.figures.get(gate.criterion) if done else None
    covered = done.covered if done else 0
    if figure is None or done is None or covered < gate.months:
        told: Mapping[str, str | int] = {"criterion": gate.criterion, "covered": covered, "months": gate.months}
        return GateResult(
            gate, figure, False, done.records if done else (), (Remark("work_missing", told),)
        )  # fmt: skip
    return GateResult(gate, figure, gate.meets(figure), done.records)


def _held(gate: Gate, record: Record, now: datetime) -> GateResult:
    """Whole months of 30 days that the category is held."""
    held = [one for one in record.held if one.category == gate.category]
    if not held:
        return GateResult(gate, 0, False, (), (Remark("not_held", {"category": gate.category}),))
    first = min(held, key=lambda one: (one.since, one.record))
    months = max(0, (now - first.since).days // 30)
    remarks = () if gate.meets(months) else (Remark("held_short", {"months": int(gate.threshold) - months}),)
    return GateResult(gate, months, not remarks, (first.record,), remarks)


def _attestation(gate: Gate, category: Category, record: Record) -> GateResult:
    """Different people: the latest word of each."""
    given = sorted((one for one in record.attestations if one.category == category.id), key=lambda a: (a.at, a.record))
    latest = list({(word.who, word.by): word for word in given}.values())[-int(gate.threshold) :]
    missing = int(gate.threshold) - len(latest)
    remarks = (Remark("attestation_missing", {"count": missing}),) if missing > 0 else ()
    return GateResult(gate, len(latest), missing <= 0, tuple(word.record for word in latest), remarks)


_JUDGES: Mapping[str, Callable[[Gate, Record], GateResult]] = {
    kinds.SIGNATURE: _signature,
    kinds.COURSE: _courses,
    kinds.EXAM: _exam,
    kinds.DRILL: _drill,
    kinds.TYPING: _typing,
    kinds.CLEAN_CALLS: _clean_calls,
    kinds.DELIVERY: _delivery,
    kinds.WORK: _work,
}
