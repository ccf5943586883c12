"""The customer on the line: what the domain decides they say, as drafts of events, and their voice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trainer.domain import dialogue
from trainer.domain.errors import Conflict, NotFound
from trainer.domain.events import Event, make_event
from trainer.domain.grading.call_manners import NOTICE_TURNS
from trainer.domain.parties import CUSTOMER, NOBODY, connection, must_dial
from trainer.domain.scenario import Case
from trainer.ports import Ports
from trainer.services import parties
from trainer.services.call_audio import customer_key, with_sound
from trainer.services.call_log import Draft
from trainer.services.call_understanding import understand_turn
from trainer.services.customer_voice import speak_turn


def voiced(ports: Ports, call_id: str, case: Case, drafts: Sequence[Draft], department: str = "") -> list[Draft]:
    """Give every line of the customer's its sound, engine and length, and every one of somebody else's."""
    spoken = [
        (kind, _with_voice(ports, call_id, case, data) if kind == "customer_line" else data) for kind, data in drafts
    ]
    return parties.voiced(ports, call_id, case, department, spoken)


def _with_voice(ports: Ports, call_id: str, case: Case, data: dict[str, Any]) -> dict[str, Any]:
    return with_sound(data, speak_turn(ports, case, data["text"]), customer_key(call_id, data["text"]))


def sound_of(ports: Ports, case: Case, event: Event, department: str = "") -> bytes:
    """The recording of an event; a customer's line not kept yet is spoken (from the cache). Raises NotFound."""
    key = event.data["audio"]
    try:
        return ports.files.read(key)
    except FileNotFoundError:
        if event.type not in ("customer_line", "aside_line"):
            raise NotFound("call.no_audio") from None
    if event.type == "aside_line":
        sound = parties.speak_as(ports, case, event.data["party"], department, event.data["text"])
    else:
        sound = speak_turn(ports, case, event.data["text"])
    if sound is None:
        raise NotFound("call.no_audio")
    return sound.wav


def opening(case: Case, mode: str, consent_recording: bool) -> list[Draft]:
    """The first events of a call: what it is played with, and the customer's first words."""
    started: dict[str, Any] = {
        "scenario": case.scenario,
        "version": case.version,
        "seed": case.seed,
        "form": dict(case.variables),
        "language": case.language,
        "mode": mode,
        "direction": case.direction,
        "consent_recording": consent_recording,
        "difficulty": case.difficulty,
    }
    begun: list[Draft] = [("call_started", started)]
    if not must_dial(case):
        return begun + first_words(case)
    return begun + dialled(case, [make_event(1, 0, "call_started", **started)], "dial-1")


def dialled(case: Case, log: Sequence[Event], turn_id: str) -> list[Draft]:
    """One attempt at the customer's number, and the first words of whoever answered, the customer or another."""
    attempt, state, words = parties.after_dialling(case, log, turn_id)
    return [attempt, *(first_words(case) if state.party == CUSTOMER else words)]


def first_words(case: Case) -> list[Draft]:
    """What the customer says on picking up, or on being put through."""
    return _drafts(dialogue.open_call(case))


def after_words(ports: Ports, case: Case, log: Sequence[Event], utterance: dict[str, Any]) -> list[Draft]:
    """The operator's words as an event, and what is answered by the customer, or by whoever else hears them.

    Raises Conflict when nobody is on the line.
    """
    party = connection(case, log).party
    if party == CUSTOMER:
        return [("operator_utterance", utterance), *after_utterance(ports, case, log, utterance)]
    if party == NOBODY:
        raise Conflict("call.nobody")
    return [("aside_utterance", {**utterance, "to": party}), *parties.after_aside(ports, case, log, utterance)]


def after_utterance(ports: Ports, case: Case, log: Sequence[Event], utterance: dict[str, Any]) -> list[Draft]:
    """What the customer says to what the operator just said."""
    understood = understand_turn(ports, case, log, utterance)
    said = make_event(len(log) + 1, log[-1].at_ms if log else 0, "operator_utterance", **utterance)
    return _drafts(dialogue.react(case, dialogue.fold(case, (*log, said)), understood))


def after_silence(case: Case, log: Sequence[Event], seconds: float) -> list[Draft]:
    """What the customer does about being left without a word."""
    return _drafts(dialogue.react_to_silence(case, dialogue.fold(case, log), seconds))


def after(case: Case, log: Sequence[Event], kind: str, data: dict[str, Any], at_ms: int) -> list[Draft]:
    """What follows from a hold that ended, a transfer, a hang-up of the operator's."""
    before = dialogue.fold(case, log)
    state = dialogue.advance(case, before, make_event(len(log) + 1, at_ms, kind, **data))
    if kind == "hold_ended":
        return _drafts(dialogue.react_to_hold_end(case, state, data["seconds"], before.hold_announced))
    if kind == "transfer":
        return _drafts(dialogue.react_to_transfer(case, state, data["to"], data["announced"], data["briefing"]))
    return [("call_ended", {"outcome": dialogue.outcome_when_operator_hangs_up(case, state)})]


def _drafts(line: dialogue.Line | None) -> list[Draft]:
    """The line and, if it ends the call, the end."""
    if line is None:
        return []
    drafts: list[Draft] = [("customer_line", dict(line.as_event_data()))] if line.text else []
    return drafts + ([("call_ended", {"outcome": line.ends})] if line.ends else [])


def announced(ports: Ports, case: Case, log: Sequence[Event], act: str) -> bool:
    """The operator has just said that it comes: a hold with their last words, a transfer within their last few."""
    places = [place for place, event in enumerate(log) if event.type == "operator_utterance"]
    recent = places[-NOTICE_TURNS.get(act, 1) :]
    return any(understand_turn(ports, case, log[:place], log[place].data).has(act) for place in recent)


def on_hold(log: Sequence[Event]) -> bool:
    """The customer is on hold now."""
    for event in reversed(log):
        if event.type in ("hold_started", "hold_ended"):
            return event.type == "hold_started"
    return False
