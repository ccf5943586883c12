"""Calls as JSON for the console. What gives the customer's mind away (marks, effects, moves) stays here."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from trainer.domain.events import Event
from trainer.services.calls import CallView
from trainer.services.hints import hints_for
from trainer.services.turn_taking import dictation_pause_s, end_of_turn_ms
from trainer.web.errors import sentence

_SHOWN = {
    "customer_line": ("text", "duration_ms"),
    "operator_utterance": ("text", "source", "confidence", "turn_id"),
    "hold_ended": ("seconds",),
    "call_ended": ("outcome",),
    "aside_line": ("party", "text", "duration_ms"),
    "aside_utterance": ("to", "text", "source", "confidence", "turn_id"),
    "dialled": ("result",),
    "muted": ("on",),
    "callback_scheduled": ("day", "time", "phone"),
    "transfer": ("to", "kind"),
    "consult_started": ("to",),
}


def event_json(event: Event) -> dict[str, Any]:
    """`{seq, at_ms, type, audio: bool, ...}` with the few values that the page shows."""
    shown = {name: event.data.get(name) for name in _SHOWN.get(event.type, ())}
    return {
        "seq": event.seq,
        "at_ms": event.at_ms,
        "type": event.type,
        "audio": bool(event.data.get("audio")),
        **shown,
    }


def view_json(view: CallView) -> dict[str, Any]:
    """The whole call where it stands."""
    return {
        "events": [event_json(event) for event in view.events],
        "fields": view.fields,
        "record_opened": any(
            e.type == "screen_action" and e.data.get("action") == "open" and e.data.get("field") == "record"
            for e in view.events
        ),
        "csrf": generate_csrf(),
        **standing_json(view),
    }


def standing_json(view: CallView, notice: str = "") -> dict[str, Any]:
    """State, hints and notice, sent with every answer."""
    call = view.call
    kind = "info" if notice == "call.not_recorded" else "warn"
    return {
        "call": {
            "state": call.state,
            "outcome": call.outcome,
            "elapsed_ms": view.elapsed_ms,
            "since_end_ms": view.since_end_ms,
            "on_hold": view.on_hold,
            "hold_ms": view.hold_ms,
            "party": view.connection.party,
            "takes": "takes" in view.connection.marks,
            "wait_ms": end_of_turn_ms(call.language, view.events),
            "pause_s": dictation_pause_s(view.case, view.events),
        },
        "hints": [
            {"text": hint.text or hint_text(hint.id), "done": hint.done}
            for hint in (hints_for(view.case, view.events) if call.mode == "guided" else ())
        ],
        "notice": {"kind": kind, "text": sentence(notice)} if notice else None,
    }


def hint_text(hint: str) -> str:
    return {
        "greeting": _("Greet, name the company and yourself"),
        "identity": _("Check who is calling before you say or do anything personal"),
        "record": _("Fill the record while you speak"),
        "closing": _("Sum up, ask whether there is anything else, say goodbye"),
    }[hint]
