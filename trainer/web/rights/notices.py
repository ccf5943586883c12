"""Decisions of the management on the unit, posted by supervisors."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.errors import Invalid
from trainer.services import rights
from trainer.web import context
from trainer.web.errors import add_error
from trainer.web.guards import requires
from trainer.web.rights import bp
from trainer.web.rights.forms import NoticeForm


@bp.get("/notices/new")
@requires("supervisor")
def new_notice() -> str:
    return render_template("rights/notice.html", form=NoticeForm())


@bp.post("/notices/new")
@requires("supervisor")
def post_notice() -> ResponseReturnValue:
    form = NoticeForm()
    try:
        rights.post_notice(
            context.session(), context.actor(), form.title.data or "", form.text.data or "", context.now()
        )
    except Invalid as error:
        add_error(form, error)
        return render_template("rights/notice.html", form=form), error.status
    flash(_("Everybody in your organisation can read it now."), "good")
    return redirect(url_for("rights.index"), code=303)


@bp.post("/notices/<management_notice_id>/withdraw")
@requires("supervisor")
def withdraw(management_notice_id: str) -> ResponseReturnValue:
    rights.withdraw_notice(context.session(), context.actor(), management_notice_id, context.now())
    flash(_("Taken off the page."), "good")
    return redirect(url_for("rights.index"), code=303)
