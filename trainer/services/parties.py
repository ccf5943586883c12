"""The others on the line: colleagues who are consulted, whoever picked up, machines. Drafts of events, and their voices."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from trainer.domain import consultation, reaching
from trainer.domain.events import Event, make_event
from trainer.domain.parties import COLLEAGUE, MACHINE, AsideLine, Connection, connection, follow
from trainer.domain.scenario import Case
from trainer.ports import Ports, SpokenAudio, Voice
from trainer.services import customer_voice, voices
from trainer.services.call_audio import with_sound
from trainer.services.call_log import Draft
from trainer.services.call_understanding import understand_turn


def after_dialling(case: Case, log: Sequence[Event], turn_id: str) -> tuple[Draft, Connection, list[Draft]]:
    """One attempt: the `dialled` event, the connection after it, and the first words of somebody else, if any."""
    before = connection(case, log)
    data = {"turn_id": turn_id, "result": reaching.result_of_dialling(case, before)}
    state = follow(case, before, make_event(len(log) + 1, 0, "dialled", **data))
    return ("dialled", data), state, _drafts(reaching.pick_up(case, state))


def after_consulting(case: Case, log: Sequence[Event], started: dict[str, Any]) -> list[Draft]:
    """The colleague picks up."""
    state = follow(case, connection(case, log), make_event(len(log) + 1, 0, "consult_started", **started))
    return _drafts(consultation.pick_up(case, state))


def after_aside(ports: Ports, case: Case, log: Sequence[Event], utterance: dict[str, Any]) -> list[Draft]:
    """What a colleague, or whoever picked up, says to the operator's words. A machine says nothing."""
    state = connection(case, log)
    if state.party == MACHINE:
        return []
    specialist = consultation.specialist_of(case, state.department) if state.party == COLLEAGUE else None
    seen = consultation.with_needs(case, specialist) if specialist else case
    understood = understand_turn(ports, seen, _asides_only(log), utterance)
    if state.party == COLLEAGUE:
        return _drafts(consultation.answer(case, state, understood))
    return _drafts(reaching.answer(case, state, understood))


def _asides_only(log: Sequence[Event]) -> list[Event]:
    """What was said aside, as a conversation of its own: the other one is the "customer" of it."""
    kinds = {"aside_line": "customer_line", "aside_utterance": "operator_utterance"}
    return [Event(e.seq, e.at_ms, kinds[e.type], e.data) for e in log if e.type in kinds]


def _drafts(line: AsideLine | None) -> list[Draft]:
    return [] if line is None else [("aside_line", dict(line.as_event_data()))]


def voiced(ports: Ports, call_id: str, case: Case, department: str, drafts: Sequence[Draft]) -> list[Draft]:
    """Give every aside line its sound, engine and length."""
    return [
        (kind, _with_voice(ports, call_id, case, department, data) if kind == "aside_line" else data)
        for kind, data in drafts
    ]


def _with_voice(ports: Ports, call_id: str, case: Case, department: str, data: dict[str, Any]) -> dict[str, Any]:
    party, text = str(data["party"]), str(data["text"])
    sound = speak_as(ports, case, party, department, text)
    return with_sound(data, sound, aside_key(call_id, party, department, text))


def aside_key(call_id: str, party: str, department: str, text: str) -> str:
    """Where the line of somebody else is kept with the call's recordings."""
    digest = hashlib.sha256(f"{party}\0{department}\0{text}".encode()).hexdigest()[:16]
    return f"calls/{call_id}/aside-{digest}.wav"


def speak_as(ports: Ports, case: Case, party: str, department: str, text: str) -> SpokenAudio | None:
    """`text` in that party's voice over their line; None when no voice works."""
    line = {COLLEAGUE: voices.inside_line, MACHINE: voices.recorded_line}.get(party)
    sound = line(text) if line else voices.customer_line(case, text)
    return customer_voice.speak_as(ports, voice_of_party(case, party, department), text, sound)


def voice_of_party(case: Case, party: str, department: str) -> Voice:
    """A colleague's and another person's own; a machine's, and an unnamed colleague's, is not the customer's."""
    if party == COLLEAGUE:
        if (one := consultation.specialist_of(case, department)) is None:
            return voices.voice_for("colleague", case.language, case=case)
        return voices.voice_for("colleague", case.language, sex=one.sex, age=one.age, rate=one.rate)
    if party != MACHINE and (other := case.dialling.other) is not None:
        return voices.voice_for("other", case.language, case=case, sex=other.sex, age=other.age)
    return voices.voice_for("voicemail", case.language, case=case)
