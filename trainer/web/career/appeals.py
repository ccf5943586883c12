"""Appeals against decisions over categories: filed by the person, answered by a second supervisor."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.errors import Invalid
from trainer.services import decision_appeals
from trainer.web import context
from trainer.web.career import bp
from trainer.web.career.forms import AnswerForm, AppealForm
from trainer.web.career.learner import decision_page
from trainer.web.errors import add_error
from trainer.web.guards import requires, signed_in


@bp.post("/career/decisions/<decision_id>/appeal")
@signed_in
def appeal(decision_id: str) -> ResponseReturnValue:
    form = AppealForm()
    if form.validate_on_submit():
        try:
            decision_appeals.file_appeal(
                context.session(), context.actor(), decision_id, form.reason.data or "", context.now()
            )
        except Invalid as error:
            add_error(form, error)
        else:
            flash(_("Your appeal is on record. A second supervisor answers it."), "good")
            return redirect(url_for("career.decision", decision_id=decision_id, _anchor="appeal"), code=303)
    return decision_page(decision_id, appeal_form=form), 422


@bp.post("/career/decisions/<decision_id>/answer")
@requires("supervisor")
def answer_appeal(decision_id: str) -> ResponseReturnValue:
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            decision_appeals.answer_appeal(
                context.session(), context.actor(), decision_id, form.answer.data or "", bool(form.again.data),
                context.now(),
            )  # fmt: skip
        except Invalid as error:
            context.session().rollback()
            add_error(form, error)
        else:
            flash(_("The appeal is answered, and the person can read it."), "good")
            return redirect(url_for("career.decision", decision_id=decision_id, _anchor="appeal"), code=303)
    return decision_page(decision_id, answer_form=form), 422
