"""Working a shift: it begins, callers wait, the longest waiting one is answered, and the clock ends it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.domain import shift as rules
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.roles import Actor
from trainer.domain.scenario import Scenario
from trainer.domain.shift import Figures, Handled, Moment, Offer, Standing
from trainer.ports import Ports
from trainer.services.calls import start_call
from trainer.store import calls as calls_store
from trainer.store import shifts as store
from trainer.store.calls import FINISHED, RINGING, Call, CallGradeRow
from trainer.store.shifts import Shift, ShiftCall, Times

CHOSEN = (rules.READY, rules.BREAK)


@dataclass(frozen=True, slots=True)
class CallOfShift:
    """A call that was taken: its times, its title, and its mark once there is one."""

    call: Call
    offer: Offer
    handled: Handled
    overall: int | None
    passed: bool

    @property
    def waited_s(self) -> float:
        return self.handled.answered_s - self.offer.at_s


@dataclass(frozen=True, slots=True)
class Floor:
    """A shift where it stands: everything that its pages show."""

    shift: Shift
    at_s: float
    plan: tuple[Offer, ...]
    moments: tuple[Moment, ...]
    calls: tuple[CallOfShift, ...]
    standing: Standing
    figures: Figures

    @property
    def current(self) -> CallOfShift | None:
        return next((one for one in self.calls if one.offer.number == self.standing.current), None)

    @property
    def left_s(self) -> float:
        return max(0.0, self.shift.minutes * 60 - self.at_s)

    def waits(self) -> tuple[float, ...]:
        """For how long each caller has been waiting, the longest first."""
        by_number = {offer.number: offer for offer in self.plan}
        return tuple(self.at_s - by_number[number].at_s for number in self.standing.waiting)


def begin_shift(
    session: Session,
    actor: Actor,
    now: datetime,
    scenarios: Mapping[str, Scenario],
    *,
    minutes: int,
    load: str,
    language: str,
    seed: int | None = None,
) -> Shift:
    """A new shift with inbound calls of every scenario in `language`.

    Raises Invalid naming the field, Conflict while another shift or call is under way.
    """
    if not rules.SHORTEST_MIN <= minutes <= rules.LONGEST_MIN:
        raise Invalid("shift.minutes", field="minutes", least=rules.SHORTEST_MIN, most=rules.LONGEST_MIN)
    if load not in rules.LOADS:
        raise Invalid("shift.load", field="load")
    cases = {slug: one.templates[language] for slug, one in scenarios.items() if language in one.templates}
    lengths = sorted((slug, case.minutes) for slug, case in cases.items() if case.direction == "inbound")
    if not lengths:
        raise Invalid("shift.no_calls", field="language")
    if running_shift(session, actor, now) is not None:
        raise Conflict("shift.running")
    seed = secrets.randbelow(2**31) if seed is None else seed
    plan = rules.draw_plan(seed, minutes, load, lengths)
    shift = Shift(
        organisation_id=actor.organisation_id,
        user_id=actor.user_id,
        started_at=now,
        minutes=minutes,
        load=load,
        language=language,
        seed=seed,
        plan=[[one.number, one.at_s, one.patience_s, one.scenario, one.seed] for one in plan],
    )
    store.add_shift(session, shift)
    session.commit()
    return shift


def running_shift(session: Session, actor: Actor, now: datetime) -> Floor | None:
    """The person's shift that is not over."""
    shift = store.latest_shift(session, actor.user_id)
    if shift is None:
        return None
    [floor] = _floors(session, [shift], now)
    return None if floor.standing.state == rules.OVER else floor


def floor_of(session: Session, actor: Actor, shift_id: str, now: datetime) -> Floor:
    """The person's own shift where it stands. Raises NotFound."""
    [floor] = _floors(session, [_own(session, actor, shift_id)], now)
    return floor


def list_shifts(session: Session, actor: Actor, now: datetime) -> list[Floor]:
    """The person's shifts, the latest first. As many queries for many shifts as for one."""
    return _floors(session, store.shifts_of_user(session, actor.user_id), now)


def _own(session: Session, actor: Actor, shift_id: str) -> Shift:
    shift = store.find_shift(session, actor.user_id, shift_id)
    if shift is None:
        raise NotFound("shift.not_found")
    return shift


def choose_state(session: Session, actor: Actor, shift_id: str, now: datetime, state: str) -> Floor:
    """Ready for calls, or on break; during a call it holds from when the call is written up. Raises Invalid, Conflict."""
    if state not in CHOSEN:
        raise Invalid("shift.state", field="state")
    floor = floor_of(session, actor, shift_id, now)
    last = next((m.type for m in reversed(floor.moments) if m.type in CHOSEN), rules.READY)
    if floor.standing.state == rules.OVER:
        raise Conflict("shift.over")
    if last != state:
        _add_moment(session, floor, state)
    return floor_of(session, actor, shift_id, now)


def end_shift(session: Session, actor: Actor, shift_id: str, now: datetime) -> Floor:
    """The operator goes home early. Whoever still waits is lost; a call under way has to be finished first."""
    floor = floor_of(session, actor, shift_id, now)
    if floor.standing.current is not None:
        raise Conflict("shift.on_call")
    if floor.standing.state != rules.OVER:
        _add_moment(session, floor, "ended")
    return floor_of(session, actor, shift_id, now)


def _add_moment(session: Session, floor: Floor, kind: str) -> None:
    try:
        store.add_moment(session, floor.shift, len(floor.moments) + 1, round(floor.at_s, 1), kind)
        session.commit()
    except IntegrityError:  # another tab was first: what it did stands
        session.rollback()


def answer_next(
    session: Session, ports: Ports, actor: Actor, shift_id: str, now: datetime, scenarios: Mapping[str, Scenario]
) -> Call:
    """Take the caller who has waited longest. Pressed twice, it is the same call.

    Raises Conflict when nobody waits any more, or the operator is not ready.
    """
    floor = floor_of(session, actor, shift_id, now)
    if floor.current is not None:
        return floor.current.call
    if floor.standing.state == rules.OVER:
        raise Conflict("shift.over")
    if floor.standing.state != rules.READY:
        raise Conflict("shift.not_ready")
    waiting = [number for number in floor.standing.waiting if floor.plan[number - 1].scenario in scenarios]
    if not waiting:
        raise Conflict("shift.nobody")
    offer = floor.plan[waiting[0] - 1]
    scenario, shift = scenarios[offer.scenario], floor.shift
    call = start_call(session, ports, actor, now, scenario, shift.language, "practice", seed=offer.seed)
    try:
        store.add_shift_call(session, shift, offer.number, call, round(floor.at_s, 1))
        session.commit()
    except IntegrityError:  # pressed in two tabs at once: the first press has the call
        session.rollback()
        calls_store.erase_call(session, call)
        session.commit()
        again = floor_of(session, actor, shift_id, now).current
        if again is None:
            raise Conflict("shift.nobody") from None
        return again.call
    return call


def wait_of_call(session: Session, call: Call) -> tuple[str, float] | None:
    """(public id of its shift, seconds that the caller waited) of a call that was taken in one."""
    found = store.shift_of_call(session, call)
    if found is None:
        return None
    shift, taken = found
    return shift.public_id, taken.answered_s - float(shift.plan[taken.offer - 1][1])


def _floors(session: Session, shifts: Sequence[Shift], now: datetime) -> list[Floor]:
    ids = [shift.id for shift in shifts]
    moments, taken = store.moments_of(session, ids), store.calls_of_shifts(session, ids)
    call_ids = [call.id for rows in taken.values() for _, call in rows]
    times, grades = store.times_of_calls(session, call_ids), calls_store.latest_grades(session, call_ids)
    return [
        _floor(
            shift,
            now,
            tuple(Moment(one.at_s, one.type) for one in moments.get(shift.id, ())),
            [(one, call, times.get(call.id, []), grades.get(call.id)) for one, call in taken.get(shift.id, ())],
        )
        for shift in shifts
    ]


def _floor(
    shift: Shift,
    now: datetime,
    moments: tuple[Moment, ...],
    taken: Iterable[tuple[ShiftCall, Call, Times, CallGradeRow | None]],
) -> Floor:
    at_s = max(0.0, (now - shift.started_at).total_seconds())
    plan = tuple(Offer(*row) for row in shift.plan)
    calls = tuple(
        CallOfShift(
            call=call,
            offer=plan[one.offer - 1],
            handled=_handled(shift, one.offer, one.answered_s, call, times),
            overall=grade.overall if grade else None,
            passed=grade is not None and grade.passed,
        )
        for one, call, times, grade in taken
    )
    handled = tuple(one.handled for one in calls)
    return Floor(
        shift=shift,
        at_s=at_s,
        plan=plan,
        moments=moments,
        calls=calls,
        standing=rules.stand(plan, shift.minutes, moments, handled, at_s),
        figures=rules.measure(plan, shift.minutes, moments, handled, at_s),
    )


def _handled(shift: Shift, offer: int, answered_s: float, call: Call, times: Times) -> Handled:
    """The call's own clock, put on the shift's. A call that was never answered at the console ends when it is closed."""

    def on_shift(at_ms: int) -> float:
        return max(answered_s, (call.started_at + timedelta(milliseconds=at_ms) - shift.started_at).total_seconds())

    ended = next((on_shift(at) for kind, at, _ in times if kind == "call_ended"), None)
    written = next((on_shift(at) for kind, at, _ in times if kind == "wrap_up_saved"), None)
    if call.state == FINISHED and written is None:
        closed = max(answered_s, ((call.ended_at or call.touched_at) - shift.started_at).total_seconds())
        ended, written = ended or closed, closed
    hold, began = 0.0, None
    for kind, at, _ in times:
        if kind == "hold_started":
            began = at
        elif began is not None and kind in ("hold_ended", "call_ended"):
            hold, began = hold + (at - began) / 1000, None
    return Handled(offer, answered_s, None if call.state == RINGING else ended, written, round(hold, 1))
