"""The telephone's own keys: dialling, hold, consulting a colleague, transfer, mute, a call back, hanging up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, Invalid
from trainer.domain.events import Event
from trainer.domain.parties import COLLEAGUE, CUSTOMER, MACHINE, NOBODY, OTHER, connection, must_dial
from trainer.domain.scenario import Case
from trainer.ports import Ports
from trainer.services import customer, parties
from trainer.services.call_log import Answer, Draft, append, case_of_call, elapsed_ms
from trainer.services.calls_turns import Operator, append_live, begin


def press_key(session: Session, ports: Ports, who: Operator, *, key: str) -> Answer:
    """A key of the telephone's pad."""
    if key not in set("0123456789*#"):
        raise Invalid("call.bad_turn", field="key")
    call, known = begin(session, ports, who)
    return known or Answer(call, append_live(session, call, who, lambda _log: [("key_press", {"key": key})]))


def dial(session: Session, ports: Ports, who: Operator) -> Answer:
    """Dial the customer's number once more. While somebody is on the line it changes nothing."""
    call, known = begin(session, ports, who)
    if known:
        return known
    case, public_id = case_of_call(session, call), call.public_id

    def react(log: Sequence[Event]) -> Sequence[Draft]:
        if not must_dial(case) or connection(case, log).party != NOBODY:
            return []
        return customer.voiced(ports, public_id, case, customer.dialled(case, log, who.turn_id))

    return Answer(call, append_live(session, call, who, react))


def set_hold(session: Session, ports: Ports, who: Operator, *, on: bool) -> Answer:
    """Put the customer on hold, or come back. Asking for what is so already changes nothing."""
    call, known = begin(session, ports, who)
    if known:
        return known
    case, public_id, now_ms = case_of_call(session, call), call.public_id, elapsed_ms(call, who.now)

    def react(log: Sequence[Event]) -> Sequence[Draft]:
        if customer.on_hold(log) == on or connection(case, log).party not in (CUSTOMER, COLLEAGUE):
            return []
        if on:
            return [hold_started(ports, case, log, who.turn_id)]
        return customer.voiced(ports, public_id, case, back_on_the_line(case, log, who.turn_id, now_ms))

    return Answer(call, append_live(session, call, who, react))


def back_on_the_line(case: Case, log: Sequence[Event], turn_id: str, now_ms: int) -> list[Draft]:
    """The operator takes the customer off hold; a colleague who was being consulted is let go."""
    if not customer.on_hold(log):
        return []
    drafts: list[Draft] = []
    if connection(case, log).party == COLLEAGUE:
        drafts.append(("consult_ended", {"turn_id": turn_id, "seconds": _since(log, "consult_started", now_ms)}))
    ended = {"turn_id": turn_id, "seconds": _since(log, "hold_started", now_ms)}
    return [*drafts, ("hold_ended", ended), *customer.after(case, log, "hold_ended", ended, now_ms)]


def hold_started(ports: Ports, case: Case, log: Sequence[Event], turn_id: str, *also: str) -> Draft:
    """The customer is put on hold; `also` are further acts that announce it."""
    announced = any(customer.announced(ports, case, log, act) for act in ("hold_notice", *also))
    return ("hold_started", {"turn_id": turn_id, "announced": announced})


def _since(log: Sequence[Event], kind: str, now_ms: int) -> float:
    began = next((event.at_ms for event in reversed(log) if event.type == kind), now_ms)
    return round(max(0, now_ms - began) / 1000, 1)


def consult(session: Session, ports: Ports, who: Operator, *, to: str) -> Answer:
    """Ring a colleague while the customer waits on hold. Raises Invalid for a place that the scenario does not have."""
    call, known = begin(session, ports, who)
    if known:
        return known
    case, public_id = case_of_call(session, call), call.public_id
    _check_place(case, to)

    def react(log: Sequence[Event]) -> Sequence[Draft]:
        if connection(case, log).party != CUSTOMER:
            return []
        held = [] if customer.on_hold(log) else [hold_started(ports, case, log, who.turn_id, "transfer_notice")]
        started: dict[str, Any] = {"turn_id": who.turn_id, "to": to}
        words = parties.after_consulting(case, log, started)
        return [*held, ("consult_started", started), *customer.voiced(ports, public_id, case, words, to)]

    return Answer(call, append_live(session, call, who, react))


def _check_place(case: Case, to: str) -> None:
    if to not in {place for place, _ in case.transfer_to}:
        raise Invalid("call.bad_transfer", field="to")


def transfer(session: Session, ports: Ports, who: Operator, *, to: str, briefing: str = "") -> Answer:
    """Hand the customer on: to the colleague who is being consulted, else to a place of the scenario, with a few words.

    Raises Invalid for a place that the scenario does not have, Conflict while the customer is not there to be handed on.
    """
    call, known = begin(session, ports, who)
    if known:
        return known
    case, public_id, now_ms = case_of_call(session, call), call.public_id, elapsed_ms(call, who.now)

    def react(log: Sequence[Event]) -> Sequence[Draft]:
        data = transfer_data(ports, case, log, to, briefing) | {"turn_id": who.turn_id}
        lines = customer.after(case, log, "transfer", data, now_ms)
        return [("transfer", data), *customer.voiced(ports, public_id, case, lines)]

    return Answer(call, append_live(session, call, who, react))


def transfer_data(ports: Ports, case: Case, log: Sequence[Event], to: str, briefing: str) -> dict[str, Any]:
    """The data of the `transfer` event at this point of the log, without its turn id."""
    state = connection(case, log)
    if state.party in (NOBODY, OTHER, MACHINE):
        raise Conflict("call.nobody")
    if state.party == COLLEAGUE:
        to = state.department
        said = [e.data["text"] for e in _since_consult(log) if e.type == "aside_utterance"]
        briefing = " ".join((*said, briefing))
    _check_place(case, to)
    warm = state.party == COLLEAGUE and "takes" in state.marks
    before = _before_consult(log) if state.party == COLLEAGUE else log
    return {
        "to": to,
        "announced": customer.announced(ports, case, before, "transfer_notice"),
        "briefing": briefing.strip()[:1000],
        "kind": "warm" if warm else "cold",
    }


def _since_consult(log: Sequence[Event]) -> Sequence[Event]:
    return log[len(_before_consult(log)) :]


def _before_consult(log: Sequence[Event]) -> Sequence[Event]:
    place = max((n for n, event in enumerate(log) if event.type == "consult_started"), default=len(log))
    return log[:place]


def mute(session: Session, ports: Ports, who: Operator, *, on: bool) -> Answer:
    """The operator's microphone is closed, or open again."""
    call, known = begin(session, ports, who)
    data = {"turn_id": who.turn_id, "on": on}
    return known or Answer(call, append_live(session, call, who, lambda _log: [("muted", data)]))


def schedule_callback(session: Session, ports: Ports, who: Operator, *, day: str, time: str, phone: str) -> Answer:
    """Put a call back into the calendar, also while the call is written up.

    `day` is an ISO date, `time` as 14:30, `phone` figures. Raises Invalid naming the field that cannot be used.
    """
    call, known = begin(session, ports, who, also_wrap_up=True)
    if known:
        return known
    data = {"turn_id": who.turn_id, **callback_data(day, time, phone)}
    events = append(session, call, who.now, lambda _log: [("callback_scheduled", data)], turn_id=who.turn_id)
    return Answer(call, events)


def callback_data(day: str, time: str, phone: str) -> dict[str, str]:
    """Day, time and number of a call back as they are kept. Raises Invalid naming the one that cannot be used."""
    digits = re.sub(r"[\s().-]", "", phone)
    try:
        planned = date.fromisoformat(day.strip())
    except ValueError:
        raise Invalid("call.callback_day", field="day") from None
    if not re.fullmatch(r"([01]?\d|2[0-3])[:h][0-5]\d", time.strip()):
        raise Invalid("call.callback_time", field="time")
    if not re.fullmatch(r"\+?\d{6,15}", digits):
        raise Invalid("call.form_phone", field="phone")
    return {"day": planned.isoformat(), "time": time.strip().replace("h", ":").zfill(5), "phone": digits}


def hang_up(session: Session, ports: Ports, who: Operator) -> Answer:
    """The operator puts the telephone down: on the customer, or on whoever else picked up (then they may dial again)."""
    call, known = begin(session, ports, who)
    if known:
        return known
    case, now_ms = case_of_call(session, call), elapsed_ms(call, who.now)

    def react(log: Sequence[Event]) -> Sequence[Draft]:
        return hung_up(case, log, who.turn_id, now_ms)

    return Answer(call, append_live(session, call, who, react))


def hung_up(case: Case, log: Sequence[Event], turn_id: str, now_ms: int) -> list[Draft]:
    """The events of putting the telephone down at this point of the log."""
    if connection(case, log).party in (OTHER, MACHINE):
        return [("put_down", {"turn_id": turn_id})]
    data = {"turn_id": turn_id, "by": "operator"}
    return [("hung_up", data), *customer.after(case, log, "hung_up", data, now_ms)]
