"""What people said, for supervisors: the queue, one message, its answers."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.errors import Conflict, Invalid
from trainer.services import rights
from trainer.store.rights import OPEN, STATES
from trainer.web import context
from trainer.web.auth.forms import ConfirmForm
from trainer.web.errors import add_error, sentence
from trainer.web.guards import requires
from trainer.web.requests import page_number
from trainer.web.rights import bp
from trainer.web.rights.forms import AnswerForm
from trainer.web.rights.mails import tell_sender
from trainer.web.rights.messages import kind_text, state_text


@bp.get("/queue")
@requires("supervisor")
def queue() -> str:
    state = request.args.get("state", OPEN)
    page = page_number()
    found = rights.list_queue(context.session(), context.actor(), state, page)
    return render_template(
        "rights/queue.html", found=found, page=page, state=state if state in STATES else "all", states=STATES,
        kind_text=kind_text, state_text=state_text,
    )  # fmt: skip


@bp.get("/queue/<rights_request_id>")
@requires("supervisor")
def show(rights_request_id: str) -> str:
    return _page(rights_request_id, AnswerForm())


def _page(rights_request_id: str, form: AnswerForm) -> str:
    said = rights.find_request(context.session(), context.actor(), rights_request_id)
    return render_template(
        "rights/show.html", said=said, form=form, confirm=ConfirmForm(), kind_text=kind_text, state_text=state_text
    )


@bp.post("/queue/<rights_request_id>/answer")
@requires("supervisor")
def answer(rights_request_id: str) -> ResponseReturnValue:
    form = AnswerForm()
    try:
        rights.answer(
            context.session(), context.actor(), rights_request_id, form.text.data or "", closes=bool(form.closes.data),
            now=context.now(),
        )  # fmt: skip
    except (Invalid, Conflict) as error:
        add_error(form, error)
        return _page(rights_request_id, form), error.status
    told = tell_sender(rights_request_id)
    flash(_("Answered, and told by mail.") if told else _("Answered. They find it on their page."), "good")
    return redirect(url_for("rights.show", rights_request_id=rights_request_id), code=303)


@bp.post("/queue/<rights_request_id>/close")
@requires("supervisor")
def close(rights_request_id: str) -> ResponseReturnValue:
    try:
        rights.close(context.session(), context.actor(), rights_request_id, context.now())
    except Conflict as error:
        flash(sentence(error.code, error.status), "warn")
    return redirect(url_for("rights.show", rights_request_id=rights_request_id), code=303)
