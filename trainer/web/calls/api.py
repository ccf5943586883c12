"""The console's JSON door: a request is one thing the operator said or did, its answer what the log gained."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request, url_for

from trainer.domain.errors import Invalid
from trainer.services import calls, calls_actions, calls_telephone, calls_turns, calls_wrap_up, hearing
from trainer.services.call_audio import check_headset
from trainer.services.call_log import Answer
from trainer.services.calls_turns import Operator
from trainer.services.shifts import wait_of_call
from trainer.store.calls import FINISHED, Call
from trainer.web.calls import bp
from trainer.web.calls.context import operator
from trainer.web.calls.wire import event_json, standing_json, view_json
from trainer.web.context import actor, now, ports, session
from trainer.web.guards import signed_in


def _answered(answer: Answer) -> Response:
    view = calls.view_call(session(), answer.call, now())
    body = {"events": [event_json(event) for event in answer.events], **standing_json(view, answer.notice)}
    if answer.call.state == FINISHED:
        body["review"] = _where_next(answer.call)
    return jsonify(body)


def _where_next(call: Call) -> str:
    """After the write-up: back to the floor in a shift, else to the review."""
    shift = wait_of_call(session(), call)
    if shift is not None:
        return url_for("shifts.floor", shift_id=shift[0])
    return url_for("review.show", call_id=call.public_id)


def _body() -> dict[str, Any]:
    data = request.get_json(silent=True)
    if not isinstance(data, dict):
        raise Invalid("call.bad_turn")
    return data


def _number(value: Any, most: float = 1e9) -> float | None:
    return float(value) if isinstance(value, int | float) and 0 <= value <= most else None


def _whole(value: Any) -> int | None:
    number = _number(value)
    return None if number is None else int(number)


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name, "")
    if not isinstance(value, str):
        raise Invalid("call.bad_turn", field=name)
    return value


@bp.post("/<call_id>/claim")
@signed_in
def claim(call_id: str) -> Response:
    data = _body()
    tab = _text(data, "tab")[:64]
    view = calls.claim_call(
        session(), ports(), actor(), call_id, now(), tab=tab, take_over=data.get("take_over") is True
    )
    return jsonify(view_json(view))


@bp.get("/<call_id>/state")
@signed_in
def state(call_id: str) -> Response:
    return jsonify(view_json(calls.resume(session(), ports(), actor(), call_id, now())))


@bp.post("/<call_id>/answer")
@signed_in
def answer(call_id: str) -> Response:
    tab = request.args.get("tab", "")[:64]
    return _answered(calls.answer_call(session(), ports(), actor(), call_id, now(), tab=tab))


@bp.post("/<call_id>/turns/<turn_id>")
@signed_in
def turn(call_id: str, turn_id: str) -> Response:
    """A spoken turn is a WAV body with its times in the query; a typed one is JSON."""
    who = operator(call_id, turn_id)
    if request.mimetype != "application/json":
        spoken = calls_turns.Spoken(
            started_ms=request.args.get("started_ms", type=int),
            ended_ms=request.args.get("ended_ms", type=int),
            free_ms=request.args.get("free_ms", type=int),
            interrupted=request.args.get("interrupted") == "1",
            heard_ms=request.args.get("heard_ms", type=int),
            gap_ms=request.args.get("gap_ms", type=int),
        )
        return _answered(calls_turns.take_turn(session(), ports(), who, audio=request.get_data(), spoken=spoken))
    data = _body()
    spoken = calls_turns.Spoken(
        started_ms=_whole(data.get("started_ms")),
        ended_ms=_whole(data.get("ended_ms")),
        interrupted=data.get("interrupted") is True,
        gap_ms=_whole(data.get("gap_ms")),
    )
    return _answered(calls_turns.take_turn(session(), ports(), who, text=_text(data, "text"), spoken=spoken))


@bp.post("/<call_id>/ahead")
@signed_in
def ahead(call_id: str) -> tuple[str, int]:
    calls_turns.hear_ahead(session(), ports(), actor(), call_id, request.get_data())
    return "", 204


@bp.get("/busy")
@signed_in
def busy() -> Response:
    """How long the turn `turn` still waits for the recognizer, in whole seconds: what a page that waits can say."""
    return jsonify(seconds=round(hearing.waiting_s(request.args.get("turn", ""))))


@bp.post("/<call_id>/happenings/<turn_id>")
@signed_in
def happening(call_id: str, turn_id: str) -> Response:
    data, who = _body(), operator(call_id, turn_id)
    kind = data.get("kind")
    shared = (session(), ports(), who)
    if kind == "silence":
        done = calls_turns.report_silence(*shared, seconds=_number(data.get("seconds"), 120) or 0)
    elif kind == "screen":
        action, field, value = (_text(data, name) for name in ("action", "field", "value"))
        done = calls_actions.screen_action(*shared, action=action, field=field, value=value)
    elif kind == "callback":
        day, time, phone = (_text(data, name) for name in ("day", "time", "phone"))
        done = calls_telephone.schedule_callback(*shared, day=day, time=time, phone=phone)
    else:
        done = _telephone(kind, data, who)
    return _answered(done)


def _telephone(kind: object, data: dict[str, Any], who: Operator) -> Answer:
    """A key of the telephone."""
    shared = (session(), ports(), who)
    if kind == "key":
        return calls_telephone.press_key(*shared, key=_text(data, "key"))
    if kind == "dial":
        return calls_telephone.dial(*shared)
    if kind in ("hold_start", "hold_end"):
        return calls_telephone.set_hold(*shared, on=kind == "hold_start")
    if kind == "consult":
        return calls_telephone.consult(*shared, to=_text(data, "to"))
    if kind == "transfer":
        return calls_telephone.transfer(*shared, to=_text(data, "to"), briefing=_text(data, "briefing"))
    if kind in ("mute_on", "mute_off"):
        return calls_telephone.mute(*shared, on=kind == "mute_on")
    if kind == "hang_up":
        return calls_telephone.hang_up(*shared)
    raise Invalid("call.bad_turn", field="kind")


@bp.post("/<call_id>/wrap-up/<turn_id>")
@signed_in
def wrap_up(call_id: str, turn_id: str) -> Response:
    data = _body()
    fields = data.get("fields")
    if not isinstance(fields, dict) or not all(isinstance(value, str) for value in fields.values()):
        raise Invalid("call.bad_turn", field="fields")
    done = calls_wrap_up.save_wrap_up(
        session(),
        ports(),
        operator(call_id, turn_id),
        fields=fields,
        disposition=_text(data, "disposition"),
        notes=_text(data, "notes"),
        seconds=_number(data.get("seconds")) or 0,
        gap_ms=_whole(data.get("gap_ms")),
    )
    return _answered(done)


@bp.post("/headset")
@signed_in
def headset() -> Response:
    """What arrives of a few seconds of speech: `{text, loud, other_language}`. Nothing is kept."""
    language = "fr" if request.args.get("language") == "fr" else "en"
    heard = check_headset(ports(), request.get_data(), language)
    return jsonify(
        text=heard.text,
        confidence=heard.confidence,
        loudness_db=heard.loudness_db,
        other_language=heard.other_language,
    )
