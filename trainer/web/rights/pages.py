"""One page for everybody: the management's decisions, something to say to the manager, and what came of it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.errors import Conflict, Invalid
from trainer.services import rights
from trainer.web import context
from trainer.web.auth.forms import ConfirmForm
from trainer.web.errors import add_error
from trainer.web.guards import signed_in
from trainer.web.rights import bp
from trainer.web.rights.forms import RequestForm
from trainer.web.rights.messages import kind_text, state_text


@bp.get("/")
@signed_in
def index() -> str:
    return _page(RequestForm())


@bp.post("/")
@signed_in
def send() -> ResponseReturnValue:
    form = RequestForm()
    try:
        rights.send(
            context.session(), context.actor(), kind=form.kind.data or "", title=form.title.data or "",
            text=form.text.data or "", place=form.place.data or "", remedy=form.remedy.data or "", now=context.now(),
        )  # fmt: skip
    except (Invalid, Conflict) as error:
        add_error(form, error)
        return _page(form), error.status
    flash(_("Sent to your manager. The answer will stand on this page, and you are told by mail."), "good")
    return redirect(url_for("rights.index", _anchor="own"), code=303)


def _page(form: RequestForm) -> str:
    session, actor = context.session(), context.actor()
    leads = actor.is_any("supervisor")
    return render_template(
        "rights/index.html", form=form, notices=rights.notices(session, actor), own=rights.own_requests(session, actor),
        leads=leads, waiting=rights.waiting(session, actor) if leads else 0, confirm=ConfirmForm(),
        kind_text=kind_text, state_text=state_text,
    )  # fmt: skip
