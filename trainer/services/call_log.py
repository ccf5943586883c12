"""Writing to a call's log: append-only, each turn once, however often and from wherever it is sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.events import Event, make_event
from trainer.domain.roles import Actor
from trainer.domain.scenario import Case
from trainer.services.scenarios import case_of
from trainer.store import calls as store
from trainer.store.calls import Call

Draft = tuple[str, dict[str, Any]]
"""An event before it has its place: type and data."""
React = Callable[[Sequence[Event]], Sequence[Draft]]
"""Given the log so far, what is to be added to it. Called again when another writer was first."""

LEFT_OPEN = timedelta(hours=24)
_ATTEMPTS = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request to a call gives back: what it added, and a notice for the learner by id ("" for none)."""

    call: Call
    events: tuple[Event, ...]
    notice: str = ""


def own_call(session: Session, actor: Actor, call_id: str) -> Call:
    """The actor's own call. Raises NotFound, also for somebody else's."""
    call = store.find_call(session, actor.organisation_id, call_id)
    if call is None or call.user_id != actor.user_id:
        raise NotFound("call.not_found")
    return call


def case_of_call(session: Session, call: Call) -> Case:
    return case_of(session, call.scenario, call.version, call.language, call.seed)


def elapsed_ms(call: Call, now: datetime) -> int:
    return max(0, round((now - call.started_at).total_seconds() * 1000))


def checked_turn_id(turn_id: str) -> str:
    """The id itself; it becomes part of a file's name. Raises Invalid."""
    if not (8 <= len(turn_id) <= 64 and turn_id.replace("-", "").replace("_", "").isalnum() and turn_id.isascii()):
        raise Invalid("call.bad_turn", field="turn_id")
    return turn_id


def hold_line(call: Call, tab: str, now: datetime) -> None:
    """Let `tab` work the call; another tab that worked it within the last minute keeps it. Raises Conflict."""
    if not tab or call.holder == tab:
        return
    if call.holder and now - call.touched_at < timedelta(minutes=1):
        raise Conflict("call.other_tab")
    call.holder = tab


def append(
    session: Session, call: Call, now: datetime, react: React, *, turn_id: str | None = None, at_ms: int | None = None
) -> tuple[Event, ...]:
    """Add what `react` says to the log, in one short transaction, and give it back with its places.

    A `turn_id` that is in the log already changes nothing and gives the same events as the first time. `react` runs
    with no transaction open, for it may ask a slow engine. Raises Conflict if others keep on writing in between.
    """
    for _ in range(_ATTEMPTS):
        if turn_id and (known := store.answer_to_turn(session, call, turn_id)) is not None:
            return tuple(known)
        log = store.events_of(session, call)
        session.commit()  # nothing stays open while the customer makes up their mind
        drafts = react(log)
        events = number(log, drafts, elapsed_ms(call, now) if at_ms is None else at_ms)
        try:
            session.refresh(call, with_for_update=None)
            _apply(call, events, now)
            store.append_events(session, call, events, turn_id)
            session.commit()
        except (IntegrityError, OperationalError) as error:
            session.rollback()
            if isinstance(error, OperationalError) and "locked" not in str(error):
                raise
            continue
        return events
    raise Conflict("call.busy")


def number(log: Sequence[Event], drafts: Sequence[Draft], at_ms: int) -> tuple[Event, ...]:
    """Drafts as events that follow `log`: gapless places, times that never run back."""
    last_seq, last_ms = (log[-1].seq, log[-1].at_ms) if log else (0, 0)
    time = max(last_ms, at_ms)
    return tuple(make_event(last_seq + 1 + place, time, kind, **data) for place, (kind, data) in enumerate(drafts))


def _apply(call: Call, events: Sequence[Event], now: datetime) -> None:
    """The row's own summary of the log: state and outcome."""
    call.touched_at = now
    for event in events:
        if event.type == "call_started":
            call.state, call.started_at = store.LIVE, now
        elif event.type == "call_ended":
            call.state, call.outcome, call.ended_at = store.WRAP_UP, event.data["outcome"], now
        elif event.type == "wrap_up_saved":
            call.state = store.FINISHED
        elif event.type == "transcript_corrected":
            call.regrade_owed = True
