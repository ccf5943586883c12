"""The page of a live call, its sound, and erasing it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response as WerkzeugResponse

from trainer.services import calls, calls_review
from trainer.services.calls import CallView
from trainer.services.desk import Desk, desk_of, way_in
from trainer.services.shifts import wait_of_call
from trainer.store.calls import FINISHED
from trainer.web.calls import bp
from trainer.web.calls.console_texts import console_texts
from trainer.web.calls.messages import duty_text, mode_text
from trainer.web.calls.record_groups import record_groups
from trainer.web.context import actor, now, ports, session
from trainer.web.forms import PageForm
from trainer.web.guards import signed_in
from trainer.web.sounds import YEAR_S, wav_response
from trainer.web.times import clock


@bp.get("/<call_id>")
@signed_in
def console(call_id: str) -> str | WerkzeugResponse:
    view = calls.resume(session(), ports(), actor(), call_id, now())
    if view.call.state == FINISHED:
        return redirect(url_for("review.show", call_id=call_id))
    desk = desk_of(view.case)
    return render_template(
        "calls/console.html",
        call=view.call,
        case=view.case,
        page_data=_page_data(view, desk),
        mode_text=mode_text,
        duty_text=duty_text,
        facts=[fact for fact in view.case.all_facts if fact.say],
        desk=desk,
        way=_way(view),
        groups=record_groups(),
        sheet_icons=SHEET_ICONS,
        field_kinds=FIELD_KINDS,
    )


FIELD_KINDS = {"phone": "tel", "email": "email", "money": "decimal", "number": "decimal"}
"""The keyboard that a telephone shows for a field of the form (`inputmode`)."""


SHEET_ICONS = {
    "order": "cart", "ticket": "ticket-perforated", "appointment": "calendar-event", "survey": "ui-checks",
    "contact": "person-vcard", "callback": "calendar-plus", "report": "file-earmark-text", "request": "globe",
}  # fmt: skip


def _way(view: CallView) -> dict[str, Any]:
    """How the caller came: the choices in the menu and the wait, as the head of the page shows them. In a shift the
    wait is the real one."""
    way, shift = way_in(view.case), wait_of_call(session(), view.call)
    seconds = way.waited_s if shift is None else round(shift[1])
    waited = _("waited %(time)s", time=clock(seconds)) if seconds else ""
    return {"labels": way.labels, "waited": waited}


def _page_data(view: CallView, desk: Desk) -> dict[str, Any]:
    """All that the page's script needs to know."""
    call_id = view.call.public_id

    def url(view_name: str, **values: Any) -> str:
        return url_for(f"calls.{view_name}", call_id=call_id, **values)

    return {
        "call": call_id,
        "state": view.call.state,
        "silence_s": list(view.case.silence_s),
        "csrf": generate_csrf(),
        "texts": console_texts(guided=view.call.mode == "guided"),
        "outbound": view.case.direction == "outbound",
        "hidden": desk.hidden,
        "people": [asdict(one) for one in desk.people],
        "urls": {
            "claim": url("claim"),
            "state": url("state"),
            "answer": url("answer"),
            "ahead": url("ahead"),
            "turn": url("turn", turn_id="TURN"),
            "happen": url("happening", turn_id="TURN"),
            "wrapUp": url("wrap_up", turn_id="TURN"),
            "audio": url("audio", seq=0),
            "review": url_for("review.show", call_id=call_id),
            "login": url_for("auth.login", next=url("console")),
            "tone": url_for("calls.tone", name="NAME", language=view.call.language),
            "busy": url_for("calls.busy"),
            "worklet": url_for("static", filename="calls/capture-worklet.js"),
        },
    }


@bp.get("/<call_id>/audio/<int:seq>")
@signed_in
def audio(call_id: str, seq: int) -> Response:
    """The sound of one event as WAV; it never changes, so the browser may keep it."""
    call = calls_review.readable_call(session(), actor(), call_id)
    return wav_response(calls.audio_of_event(session(), ports(), call, seq), keep_s=YEAR_S, immutable=True)


@bp.post("/<call_id>/erase")
@signed_in
def erase(call_id: str) -> WerkzeugResponse:
    if PageForm().validate_on_submit():
        calls.erase_practice_call(session(), ports(), actor(), call_id)
        flash(_("The call and its recordings are erased."), "good")
    return redirect(url_for("calls.mine"), code=303)
