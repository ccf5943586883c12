"""What an operator does on the screen while they speak. The telephone's keys are in `calls_telephone`."""

from __future__ import annotations

from sqlalchemy.orm import Session

from trainer.domain.errors import Invalid
from trainer.ports import Ports
from trainer.services.call_log import Answer, append, case_of_call
from trainer.services.calls_turns import Operator, begin
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
