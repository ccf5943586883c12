"""A drill: beginning one, its page, a reply, the customer's voice, and erasing it."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Response, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from wtforms import HiddenField, TextAreaField

from trainer.domain.drill import GOOD_REPLIES, MINUTES
from trainer.domain.errors import Conflict, Invalid
from trainer.services import drills
from trainer.services.drills import DrillView
from trainer.web.calls.console_texts import microphone_texts
from trainer.web.context import actor, now, ports, session
from trainer.web.drills import bp
from trainer.web.drills.marks import best_text, mark_of
from trainer.web.errors import add_error, sentence
from trainer.web.forms import PageForm
from trainer.web.guards import signed_in
from trainer.web.review.questions import objection_text
from trainer.web.review.texts import reply_criterion_text
from trainer.web.sounds import wav_response


class ReplyForm(PageForm):
    """A reply; `turn_id` is drawn with the page, so that the same page sent twice is one reply."""

    reply = TextAreaField()
    turn_id = HiddenField()


@bp.post("/calls/<call_id>")
@signed_in
def begin(call_id: str) -> ResponseReturnValue:
    """A drill on the weak reply of one's own call; one that was begun goes on."""
    if not PageForm().validate_on_submit():
        abort(400)
    try:
        drill = drills.begin_drill(session(), ports(), actor(), call_id, now())
    except Conflict as error:
        flash(sentence(error.code, error.status), "info")
        return redirect(url_for("review.show", call_id=call_id), code=303)
    return redirect(url_for("drills.show", drill_id=drill.public_id), code=303)


@bp.get("/<drill_id>")
@signed_in
def show(drill_id: str) -> str:
    return _page(drills.open_drill(session(), actor(), drill_id, now()), ReplyForm(formdata=None))


def _page(view: DrillView, form: ReplyForm) -> str:
    criterion = view.drill.criterion
    marks = [mark_of(one, criterion) for one in view.replies]
    form.turn_id.data = secrets.token_urlsafe(12)
    return render_template(
        "drills/show.html", view=view, form=form, last=marks[-1] if marks else None,
        history=list(zip(view.replies, marks, strict=True)), criterion=reply_criterion_text(criterion),
        best=best_text(criterion), objection=objection_text(view.drill.objection_type), needed=GOOD_REPLIES,
        minutes=MINUTES, page_data=_page_data(view),
    )  # fmt: skip


def _page_data(view: DrillView) -> dict[str, Any]:
    """All that the page's script needs."""
    drill_id = view.drill.public_id
    return {
        "csrf": generate_csrf(),
        "draft": f"drill-{drill_id}-{len(view.replies)}",
        "seconds": round(view.seconds),
        "minutes": MINUTES,
        "urls": {
            "hear": url_for("drills.hear", drill_id=drill_id),
            "worklet": url_for("static", filename="calls/capture-worklet.js"),
        },
        "texts": {
            "heard": _("This is what was heard. Put right what was misheard, then send it."),
            "listening": _("Speak; let go when you have finished."),
            "working": _("One moment…"),
            "nothing": _("Nothing could be heard. Hold the button while you speak."),
            "offline": _("There is no connection. Try again in a moment."),
            "silent": _("The voice does not work just now; the words stand above."),
            "microphone": microphone_texts(),
        },
    }


@bp.post("/<drill_id>/replies")
@signed_in
def reply(drill_id: str) -> ResponseReturnValue:
    form = ReplyForm()
    if form.validate_on_submit():
        shared = (session(), ports(), actor(), drill_id)
        try:
            drills.reply_in_drill(*shared, form.turn_id.data or "", form.reply.data or "", now())
            return redirect(url_for("drills.show", drill_id=drill_id, _anchor="result"), code=303)
        except (Invalid, Conflict) as error:
            add_error(form, error)
    return _page(drills.open_drill(session(), actor(), drill_id, now()), form), 422


@bp.post("/<drill_id>/hear")
@signed_in
def hear(drill_id: str) -> Response:
    """What was said: {"text": ...}. Nothing is kept, and nothing is sent for the learner."""
    return jsonify(text=drills.hear_reply(session(), ports(), actor(), drill_id, request.get_data()))


@bp.get("/<drill_id>/lines/<int:number>.wav")
@signed_in
def line(drill_id: str, number: int) -> Response:
    """The customer saying one of the wordings."""
    spoken = drills.speak_line(session(), ports(), actor(), drill_id, number)
    if spoken is None:
        abort(503)
    return wav_response(spoken.wav)


@bp.post("/<drill_id>/erase")
@signed_in
def erase(drill_id: str) -> ResponseReturnValue:
    if not PageForm().validate_on_submit():
        abort(400)
    call_id = drills.erase_drill(session(), actor(), drill_id)
    flash(_("The drill and its replies are erased."), "good")
    return redirect(url_for("review.show", call_id=call_id), code=303)
