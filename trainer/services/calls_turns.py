"""What an operator says and does during a call, and what the customer answers.

The order of a spoken turn: keep the sound, close the transaction, recognise, let the customer react, and only then
write both in one short transaction. A turn that is sent again gives the same answer and changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, Invalid
from trainer.domain.events import Event
from trainer.domain.parties import CUSTOMER, connection
from trainer.domain.roles import Actor
from trainer.domain.scenario import Case
from trainer.ports import Ports, Recognition
from trainer.services import customer, hearing
from trainer.services.call_audio import (
    keep,
    operator_key,
    pcm_from_wav,
    speaks_another_language,
    wav_from_pcm,
)
from trainer.services.call_log import (
    Answer,
    Draft,
    React,
    append,
    case_of_call,
    checked_turn_id,
    elapsed_ms,
    hold_line,
    own_call,
)
from trainer.services.calls import answer_call
from trainer.services.calls_expiry import end_if_left_open
from trainer.store import calls as store
from trainer.store.calls import LIVE, RINGING, WRAP_UP, Call

MOST_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Spoken:
    """When a turn was said, in ms of the call's clock as the page counted it, and whether it cut the customer off.

    `free_ms` is when the customer had finished: from then on the operator could speak. `heard_ms` is how much of the
    customer's line had been heard when it was cut off. `gap_ms` is about the turn before: how long after its end the
    first sound of the answer was heard.
    """

    started_ms: int | None = None
    ended_ms: int | None = None
    free_ms: int | None = None
    interrupted: bool = False
    heard_ms: int | None = None
    gap_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Operator:
    """Who does something in a call, when, from which tab, under which id that makes it safe to send again."""

    actor: Actor
    call_id: str
    turn_id: str
    now: datetime
    tab: str = ""


def begin(session: Session, ports: Ports, who: Operator, *, also_wrap_up: bool = False) -> tuple[Call, Answer | None]:
    """The actor's call, open and worked by this tab, and the answer that this turn id got before, if it did.

    A ringing call is answered. Raises Invalid for an unusable turn id, Conflict if the call is over or elsewhere.
    """
    checked_turn_id(who.turn_id)
    call = own_call(session, who.actor, who.call_id)
    if (known := store.answer_to_turn(session, call, who.turn_id)) is not None:
        return call, Answer(call, tuple(known))
    end_if_left_open(session, ports, call, who.now)
    if call.state == RINGING:
        answer_call(session, ports, who.actor, who.call_id, who.now, tab=who.tab)
    if call.state != LIVE and not (also_wrap_up and call.state == WRAP_UP):
        raise Conflict("call.over")
    hold_line(call, who.tab, who.now)
    return call, None


def take_turn(
    session: Session,
    ports: Ports,
    who: Operator,
    *,
    audio: bytes | None = None,
    text: str | None = None,
    spoken: Spoken | None = None,
) -> Answer:
    """The operator says something: a WAV file or typed text; gives what the log gained, the customer's lines among it.

    Raises Invalid for sound or text that cannot be used, StoreFull when the recording finds no room, Conflict when
    the call is over or in another tab. Where nothing was heard nothing is added and the notice says so.
    """
    call, known = begin(session, ports, who)
    if known:
        return known
    case = case_of_call(session, call)
    consent, public_id = call.consent_recording, call.public_id
    when = _times(spoken or Spoken(), elapsed_ms(call, who.now))
    session.commit()
    if audio is None:
        utterance, notice = _typed(text or ""), ""
    else:
        utterance, notice = _recognized(ports, public_id, case, who.turn_id, audio, consent)
    if not utterance["text"]:
        return Answer(call, (), "call.nothing_heard" if audio is not None else "call.nothing_typed")
    utterance |= {"turn_id": who.turn_id, **when}

    def react(log: Sequence[Event]) -> Sequence[Draft]:
        drafts = customer.after_words(ports, case, log, utterance)
        return customer.voiced(ports, public_id, case, drafts, connection(case, log).department)

    return Answer(call, append_live(session, call, who, react), notice)


def append_live(session: Session, call: Call, who: Operator, react: React) -> tuple[Event, ...]:
    """Append, unless the call ended meanwhile (another tab, the sweeper). Raises Conflict."""

    def checked(log: Sequence[Event]) -> Sequence[Draft]:
        if any(event.type == "call_ended" for event in log):
            raise Conflict("call.over")
        return react(log)

    return append(session, call, who.now, checked, turn_id=who.turn_id)


def _times(spoken: Spoken, now_ms: int) -> dict[str, Any]:
    """The page's own times, held within what is possible."""
    ended = min(max(0, now_ms if spoken.ended_ms is None else spoken.ended_ms), now_ms + 1000)
    started = min(max(0, ended if spoken.started_ms is None else spoken.started_ms), ended)
    times: dict[str, Any] = {"started_ms": started, "ended_ms": ended, "interrupted_customer": spoken.interrupted}
    if spoken.interrupted and spoken.heard_ms is not None:
        times["heard_ms"] = min(max(0, spoken.heard_ms), now_ms + 1000)
    if spoken.gap_ms is not None:
        times["gap_ms"] = min(max(0, spoken.gap_ms), now_ms + 1000)
    return times if spoken.free_ms is None else {**times, "free_ms": min(max(0, spoken.free_ms), started)}


def _typed(text: str) -> dict[str, Any]:
    plain = " ".join(text.split())
    _check_length(plain)
    return {
        "text": plain, "source": "typed", "words": [], "confidence": 1.0, "engine": None, "audio": None,
        "detected_language": None,
    }  # fmt: skip


def _check_length(text: str) -> None:
    words = len(text.split())
    if words > MOST_WORDS or len(text) > MOST_WORDS * 20:
        raise Invalid("call.too_many_words", field="text", words=words, most=MOST_WORDS)


def _recognized(
    ports: Ports, call_id: str, case: Case, turn_id: str, audio: bytes, consent: bool
) -> tuple[dict[str, Any], str]:
    pcm = pcm_from_wav(audio)
    key = operator_key(call_id, turn_id) if consent else None
    if key:
        keep(ports.files, key, wav_from_pcm(pcm))
    try:
        heard = hearing.hear(ports, pcm, case.language, turn_id)
        _check_length(heard.text)
    except Exception:
        if key:
            ports.files.delete(key)  # what is not in the log must not stay on the disk
        raise
    if not heard.text.strip():
        if key:
            ports.files.delete(key)
        return {"text": ""}, ""
    return _as_utterance(heard, key), "call.other_language" if speaks_another_language(heard) else ""


def _as_utterance(heard: Recognition, key: str | None) -> dict[str, Any]:
    words = [[w.word, round(w.start, 2), round(w.end, 2), round(w.confidence, 3)] for w in heard.words]
    return {
        "text": " ".join(heard.text.split()), "source": "spoken", "words": words,
        "confidence": round(heard.confidence, 3), "engine": heard.engine, "audio": key,
        "detected_language": heard.detected_language,
    }  # fmt: skip


def hear_ahead(session: Session, ports: Ports, actor: Actor, call_id: str, audio: bytes) -> None:
    """Begin to recognise what is perhaps a finished turn. Nothing is kept; `take_turn` finds the work done."""
    call = own_call(session, actor, call_id)
    language, state = call.language, call.state
    session.commit()
    if state == LIVE:
        hearing.hear_ahead(ports, pcm_from_wav(audio), language)


def report_silence(session: Session, ports: Ports, who: Operator, *, seconds: float) -> Answer:
    """The operator has been silent for `seconds` since the last word; the customer may speak up, or hang up."""
    if not 1 <= seconds <= 120:
        raise Invalid("call.bad_turn", field="seconds")
    call, known = begin(session, ports, who)
    if known:
        return known
    case, public_id = case_of_call(session, call), call.public_id

    def react(log: Sequence[Event]) -> Sequence[Draft]:
        if customer.on_hold(log) or connection(case, log).party != CUSTOMER:
            return []
        lines = customer.after_silence(case, log, seconds)
        return [("silence", {"seconds": seconds}), *customer.voiced(ports, public_id, case, lines)]

    return Answer(call, append_live(session, call, who, react))
