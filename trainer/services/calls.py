"""Starting, taking, finding and erasing a call. Turns are in `calls_turns`, the end in `calls_wrap_up`."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.domain.errors import Invalid, NotAllowed, NotFound
from trainer.domain.events import Event
from trainer.domain.parties import Connection, connection
from trainer.domain.roles import Actor
from trainer.domain.scenario import Case, Scenario
from trainer.ports import Ports
from trainer.services import customer
from trainer.services.call_log import Answer, append, case_of_call, elapsed_ms, hold_line, own_call
from trainer.services.call_log import Draft as Draft
from trainer.services.calls_expiry import end_if_left_open
from trainer.services.scenarios import keep_version
from trainer.store import calls as store
from trainer.store.calls import RINGING, Call

WITH_SOUND = ("customer_line", "operator_utterance", "aside_line", "aside_utterance")


@dataclass(frozen=True, slots=True)
class CallView:
    """All that a page needs to show a call where it stands."""

    call: Call
    case: Case
    events: tuple[Event, ...]
    elapsed_ms: int
    since_end_ms: int
    on_hold: bool
    fields: dict[str, str]
    connection: Connection
    hold_ms: int


def start_call(
    session: Session,
    ports: Ports,
    actor: Actor,
    now: datetime,
    scenario: Scenario,
    language: str,
    mode: str,
    *,
    seed: int | None = None,
    consent_recording: bool = False,
) -> Call:
    """A call that rings: its form is drawn, its lines are being spoken ahead; the log begins when it is answered.

    Raises Invalid for a mode or a language that the scenario does not have.
    """
    if mode not in store.MODES:
        raise Invalid("call.bad_mode", field="mode")
    if language not in scenario.templates:
        raise Invalid("call.bad_language", field="language")
    keep_version(session, scenario)
    call = Call(
        organisation_id=actor.organisation_id,
        user_id=actor.user_id,
        scenario=scenario.slug,
        version=scenario.version,
        seed=secrets.randbelow(2**31) if seed is None else seed,
        language=language,
        mode=mode,
        state=RINGING,
        consent_recording=consent_recording,
        started_at=now,
        touched_at=now,
    )
    store.add_call(session, call)
    case = case_of_call(session, call)
    call.title, call.form = case.title, dict(case.variables)
    session.commit()
    ports.queue.enqueue("render_lines", call=call.public_id)
    return call


def answer_call(session: Session, ports: Ports, actor: Actor, call_id: str, now: datetime, *, tab: str = "") -> Answer:
    """Take a ringing call: the clock starts, and whoever speaks first may. Answering twice changes nothing."""
    call = own_call(session, actor, call_id)
    hold_line(call, tab, now)
    if call.state != RINGING:
        return Answer(call, ())
    case = case_of_call(session, call)

    def open_line(log: Sequence[Event]) -> Sequence[Draft]:
        if log:
            return ()
        return customer.voiced(ports, call.public_id, case, customer.opening(case, call.mode, call.consent_recording))

    return Answer(call, append(session, call, now, open_line, turn_id="answer-call", at_ms=0))


def claim_call(
    session: Session, ports: Ports, actor: Actor, call_id: str, now: datetime, *, tab: str, take_over: bool = False
) -> CallView:
    """Let a tab work the call, and show it where the log stands. Raises Conflict while another tab is at it."""
    call = own_call(session, actor, call_id)
    end_if_left_open(session, ports, call, now)
    if take_over:
        call.holder = tab
    hold_line(call, tab, now)
    call.touched_at = now
    session.commit()
    return view_call(session, call, now)


def resume(session: Session, ports: Ports, actor: Actor, call_id: str, now: datetime) -> CallView:
    """The state and the whole transcript of the actor's call, for a page that was lost."""
    call = own_call(session, actor, call_id)
    end_if_left_open(session, ports, call, now)
    return view_call(session, call, now)


def view_call(session: Session, call: Call, now: datetime) -> CallView:
    case = case_of_call(session, call)
    log = tuple(store.events_of(session, call))
    return CallView(
        call=call,
        case=case,
        events=log,
        elapsed_ms=0 if call.state == RINGING else elapsed_ms(call, call.ended_at or now),
        since_end_ms=round((now - call.ended_at).total_seconds() * 1000) if call.ended_at else 0,
        on_hold=customer.on_hold(log),
        fields=entered_fields(log),
        connection=connection(case, log),
        hold_ms=_on_hold_ms(call, log, now),
    )


def _on_hold_ms(call: Call, log: Sequence[Event], now: datetime) -> int:
    """How long the customer has been on hold now; 0 when they are not."""
    if not customer.on_hold(log):
        return 0
    began = next(event.at_ms for event in reversed(log) if event.type == "hold_started")
    return max(0, elapsed_ms(call, now) - began)


def entered_fields(log: Sequence[Event]) -> dict[str, str]:
    """What stands in the record form by now: the last value of each field."""
    fields: dict[str, str] = {}
    for event in log:
        if event.type == "screen_action" and event.data.get("action") == "fill":
            fields[event.data["field"]] = event.data.get("value", "")
        elif event.type == "wrap_up_saved":
            fields.update(event.data.get("fields", {}))
    return fields


def erase_practice_call(session: Session, ports: Ports, actor: Actor, call_id: str) -> None:
    """Remove a practice call and its recordings, because its learner wishes so. Assessed calls stay: they are proof."""
    call = own_call(session, actor, call_id)
    if call.mode == "assessed":
        raise NotAllowed("call.assessed_stays")
    prefix = f"calls/{call.public_id}/"
    session.commit()
    for key in list(ports.files.keys(prefix)):  # files first: while the row stands, what is left can be found again
        ports.files.delete(key)
    store.erase_call(session, call)
    session.commit()


def audio_of_event(session: Session, ports: Ports, call: Call, seq: int) -> bytes:
    """The sound of one event: the recording if there is one, else the customer's line spoken again. Raises NotFound."""
    event = store.find_event(session, call, seq)
    if event is None or event.type not in WITH_SOUND or not event.data.get("audio"):
        raise NotFound("call.no_audio")
    case = case_of_call(session, call)
    before = [one for one in store.events_of(session, call) if one.seq < seq] if event.type == "aside_line" else []
    session.commit()
    return customer.sound_of(ports, case, event, connection(case, before).department)


def list_calls(session: Session, actor: Actor, limit: int = 50, offset: int = 0) -> list[tuple[Call, int | None, bool]]:
    """The actor's calls, latest first, each with its overall mark (None while ungraded) and whether it was passed."""
    calls = store.calls_of_user(session, actor.user_id, limit, offset)
    grades = store.latest_grades(session, [call.id for call in calls])
    return [
        (call, grades[call.id].overall if call.id in grades else None, call.id in grades and grades[call.id].passed)
        for call in calls
    ]


def calls_waiting(session: Session, actor: Actor) -> list[Call]:
    """The actor's calls that are still to be finished."""
    return store.open_calls_of_user(session, actor.user_id)
