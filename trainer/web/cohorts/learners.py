"""One learner of a cohort: the assessed calls, with the machine's mark, the teacher's, and the one that counts."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.services import cohorts, marks
from trainer.services.cohorts import LearnerPage
from trainer.services.marks import Mark
from trainer.store.calls import Call
from trainer.web import context
from trainer.web.cohorts import bp
from trainer.web.cohorts.forms import MarkForm
from trainer.web.cohorts.messages import ending_text
from trainer.web.errors import add_error
from trainer.web.guards import requires


@bp.get("/<cohort_id>/learners/<seat_id>")
@requires("teacher")
def learner(cohort_id: str, seat_id: str) -> ResponseReturnValue:
    page = cohorts.open_learner(context.session(), context.actor(), cohort_id, seat_id)
    return render_template("cohorts/learner.html", page=page, ending_text=ending_text)


@bp.get("/<cohort_id>/learners/<seat_id>/calls/<call_id>/mark")
@requires("teacher")
def mark(cohort_id: str, seat_id: str, call_id: str) -> ResponseReturnValue:
    return _mark_page(cohort_id, seat_id, call_id, MarkForm())


def _mark_page(cohort_id: str, seat_id: str, call_id: str, form: MarkForm) -> str:
    page, call, given = _marked_call(cohort_id, seat_id, call_id)
    return render_template("cohorts/mark.html", page=page, call=call, given=given, form=form)


def _marked_call(cohort_id: str, seat_id: str, call_id: str) -> tuple[LearnerPage, Call, Mark]:
    """The call of this learner. Raises NotFound for anybody else's."""
    page = cohorts.open_learner(context.session(), context.actor(), cohort_id, seat_id)
    for call, given in page.calls:
        if call.public_id == call_id:
            return page, call, given
    raise NotFound("call.not_found")


@bp.post("/<cohort_id>/learners/<seat_id>/calls/<call_id>/mark")
@requires("teacher")
def give_mark(cohort_id: str, seat_id: str, call_id: str) -> ResponseReturnValue:
    form = MarkForm()
    _marked_call(cohort_id, seat_id, call_id)
    if form.validate_on_submit():
        try:
            marks.give_mark(
                context.session(),
                context.actor(),
                call_id,
                overall=form.overall.data if form.overall.data is not None else -1,
                passed=form.passed.data == "yes",
                reason=form.reason.data or "",
                now=context.now(),
            )
        except (Invalid, Conflict) as error:
            add_error(form, error)
        else:
            flash(_("Your mark is kept beside the machine's, and it is the one that counts."), "good")
            return redirect(url_for("cohorts.learner", cohort_id=cohort_id, seat_id=seat_id))
    return _mark_page(cohort_id, seat_id, call_id, form), 422
