"""What an operator does besides speaking: the screen, the keypad, hold, transfer, hanging up."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from trainer.domain.errors import Invalid
from trainer.domain.events import Event
from trainer.ports import Ports
from trainer.services import customer
from trainer.services.call_log import Answer, Draft, append, case_of_call, elapsed_ms
from trainer.services.calls_turns import Operator, append_live, begin
from trainer.services.form_values import check_field

SCREEN_ACTIONS = ("open", "fill", "search")


def screen_action(session: Session, ports: Ports, who: Operator, *, action: str, field: str, value: str = "") -> Answer:
    """Something done on the screen: a panel opened, a field filled, a search. Also while the call is written up.

    A value of the wrong type is told (Invalid) and not stored; everything typed before stays.
    """
    call, known = begin(session, ports, who, also_wrap_up=True)
    if known:
        return known
    if action not in SCREEN_ACTIONS or len(field) > 80:
        raise Invalid("call.bad_turn", field="action")
    if action == "fill":
        value = check_field(case_of_call(session, call), field, value)
    draft = {"turn_id": who.turn_id, "action": action, "field": field, "value": value[:2000]}
    return Answer(call, append(session, call, who.now, lambda _log: [("screen_action", draft)], turn_id=who.turn_id))


def press_key(session: Session, ports: Ports, who: Operator, *, key: str) -> Answer:
    """A key of the telephone's pad."""
    if key not in set("0123456789*#"):
        raise Invalid("call.bad_turn", field="key")
    call, known = begin(session, ports, who)
    return known or Answer(call, append_live(session, call, who, lambda _log: [("key_press", {"key": key})]))


def set_hold(session: Session, ports: Ports, who: Operator, *, on: bool) -> Answer:
    """Put the customer on hold, or come back. Asking for what is so already changes nothing."""
    call, known = begin(session, ports, who)
    if known:
        return known
    case, public_id, now_ms = case_of_call(session, call), call.public_id, elapsed_ms(call, who.now)

    def react(log: Sequence[Event]) -> Sequence[Draft]:
        if customer.on_hold(log) == on:
            return []
        if on:
            announced = customer.announced(ports, case, log, "hold_notice")
            return [("hold_started", {"turn_id": who.turn_id, "announced": announced})]
        began = next(event.at_ms for event in reversed(log) if event.type == "hold_started")
        ended = {"turn_id": who.turn_id, "seconds": round(max(0, now_ms - began) / 1000, 1)}
        lines = customer.after(case, log, "hold_ended", ended, now_ms)
        return [("hold_ended", ended), *customer.voiced(ports, public_id, case, lines)]

    return Answer(call, append_live(session, call, who, react))


def transfer(session: Session, ports: Ports, who: Operator, *, to: str, briefing: str = "") -> Answer:
    """Hand the customer on to one of the places that the scenario offers, with a few words for the colleague there."""
    call, known = begin(session, ports, who)
    if known:
        return known
    case, public_id, now_ms = case_of_call(session, call), call.public_id, elapsed_ms(call, who.now)
    if to not in {place for place, _ in case.transfer_to}:
        raise Invalid("call.bad_transfer", field="to")

    def react(log: Sequence[Event]) -> Sequence[Draft]:
        announced = customer.announced(ports, case, log, "transfer_notice")
        data = {"turn_id": who.turn_id, "to": to, "announced": announced, "briefing": briefing.strip()[:1000]}
        lines = customer.after(case, log, "transfer", data, now_ms)
        return [("transfer", data), *customer.voiced(ports, public_id, case, lines)]

    return Answer(call, append_live(session, call, who, react))


def hang_up(session: Session, ports: Ports, who: Operator) -> Answer:
    """The operator puts the telephone down."""
    call, known = begin(session, ports, who)
    if known:
        return known
    case, now_ms = case_of_call(session, call), elapsed_ms(call, who.now)

    def react(log: Sequence[Event]) -> Sequence[Draft]:
        data = {"turn_id": who.turn_id, "by": "operator"}
        return [("hung_up", data), *customer.after(case, log, "hung_up", data, now_ms)]

    return Answer(call, append_live(session, call, who, react))
