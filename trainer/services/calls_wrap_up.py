"""After the call: the record is completed, the call is coded and written up, and its grade is owed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, Invalid
from trainer.domain.events import Event
from trainer.ports import Ports
from trainer.services.call_log import Answer, Draft, append, case_of_call, checked_turn_id, hold_line, own_call
from trainer.services.calls_expiry import end_if_left_open
from trainer.services.calls_turns import Operator
from trainer.services.form_values import check_field
from trainer.store import calls as store
from trainer.store.calls import FINISHED, WRAP_UP

LONGEST_NOTE = 4000
MOST_GAP_MS = 600_000


def save_wrap_up(
    session: Session,
    ports: Ports,
    who: Operator,
    *,
    fields: Mapping[str, str],
    disposition: str,
    notes: str = "",
    seconds: float = 0,
    gap_ms: int | None = None,
) -> Answer:
    """Save the write-up once, finish the call and ask for its grade. `gap_ms` is that of the call's last turn.

    Raises Invalid naming the field that cannot be used, Conflict when the call still runs or was written up before.
    """
    checked_turn_id(who.turn_id)
    call = own_call(session, who.actor, who.call_id)
    if (known := store.answer_to_turn(session, call, who.turn_id)) is not None:
        return Answer(call, tuple(known))
    end_if_left_open(session, ports, call, who.now)
    if call.state == FINISHED:
        raise Conflict("call.written_up")
    if call.state != WRAP_UP:
        raise Conflict("call.still_on")
    hold_line(call, who.tab, who.now)
    case = case_of_call(session, call)
    if disposition not in {one.id for one in case.dispositions}:
        raise Invalid("call.bad_disposition", field="disposition")
    if len(notes) > LONGEST_NOTE:
        raise Invalid("call.notes_too_long", field="notes", most=LONGEST_NOTE)
    checked = {field: check_field(case, field, value) for field, value in fields.items()}
    data: dict[str, Any] = {
        "turn_id": who.turn_id, "fields": checked, "disposition": disposition, "notes": notes.strip(),
        "seconds": round(min(max(0.0, seconds), 86_400.0), 1),
    }  # fmt: skip
    if gap_ms is not None:
        data["gap_ms"] = min(max(0, gap_ms), MOST_GAP_MS)

    def write(log: Sequence[Event]) -> Sequence[Draft]:
        if any(event.type == "wrap_up_saved" for event in log):
            raise Conflict("call.written_up")
        return [("wrap_up_saved", data)]

    events = append(session, call, who.now, write, turn_id=who.turn_id)
    ports.queue.enqueue("grade_call", call=call.public_id)
    return Answer(call, events)
