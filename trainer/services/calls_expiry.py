"""Calls that were left open end by themselves, so that nobody stays on the line for ever."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from trainer.ports import Ports
from trainer.services.call_log import LEFT_OPEN, append
from trainer.store import calls as store
from trainer.store.calls import FINISHED, LIVE, RINGING, WRAP_UP, Call


def end_if_left_open(session: Session, ports: Ports, call: Call, now: datetime) -> bool:
    """End a call that nobody touched for a day as timed out, with nothing recorded. True if it was ended now."""
    if call.state == FINISHED or now - call.touched_at < LEFT_OPEN:
        return False
    # The time of the end is when the learner was last there, not when somebody noticed.
    last = call.touched_at
    if call.state == RINGING:  # it was never answered: there is nothing to grade
        call.state, call.outcome, call.ended_at = FINISHED, "timed_out", last
        session.commit()
        return True
    if call.state == LIVE:
        append(session, call, last, lambda _log: [("call_ended", {"outcome": "timed_out"})])
    if call.state == WRAP_UP:
        append(session, call, last, lambda _log: [("wrap_up_saved", _nothing_written())])
    ports.queue.enqueue("grade_call", call=call.public_id)
    return True


def _nothing_written() -> dict[str, object]:
    return {"fields": {}, "disposition": "", "notes": "", "seconds": 0}


def end_calls_left_open(session: Session, ports: Ports, now: datetime) -> int:
    """End all calls left open for a day; gives how many."""
    return sum(end_if_left_open(session, ports, call, now) for call in store.calls_left_open(session, now - LEFT_OPEN))
