"""The whole ladder with its conditions, for everybody; and for administrators its text, to make an edition of."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.errors import Conflict, Invalid
from trainer.services import ladders
from trainer.services.agreement import grader_error
from trainer.web import context
from trainer.web.career import bp
from trainer.web.career.forms import LadderForm
from trainer.web.career.texts import condition_of, missing_content
from trainer.web.errors import add_error
from trainer.web.guards import requires, signed_in
from trainer.web.languages import in_language


@bp.get("/career/conditions")
@signed_in
def conditions() -> str:
    """Every category with its gates, validity and renewal: nothing is hidden from whom it is asked of."""
    session, organisation = context.session(), context.actor().organisation_id
    ladder, measured = ladders.ladder_of(session, organisation), grader_error(session, organisation)
    return render_template(
        "career/conditions.html", ladder=ladder, margin=ladder.margin_of(measured), measured=measured, in_language=in_language, condition_of=condition_of,
        may_change=context.actor().is_any("admin"),
    )  # fmt: skip


@bp.get("/career/ladder")
@requires("admin")
def edit_ladder() -> str:
    shown = ladders.text_of(context.session(), context.actor())
    base = request.args.get("from", "")
    form = LadderForm(formdata=None)
    form.text.data = ladders.house_text(base) if base else shown.text
    return _page(form)


def _page(form: LadderForm, faults: str = "") -> str:
    shown = ladders.text_of(context.session(), context.actor())
    form.seen.data = shown.editions[0].number if shown.editions else 0
    return render_template(
        "career/ladder.html", form=form, shown=shown, faults=faults.splitlines(), house=ladders.HOUSE,
        missing=missing_content(shown.in_force),
    )  # fmt: skip


@bp.post("/career/ladder")
@requires("admin")
def change_ladder() -> ResponseReturnValue:
    form = LadderForm()
    if form.validate_on_submit():
        try:
            made = ladders.change_ladder(
                context.session(), context.actor(), form.text.data or "", form.note.data or "", form.seen.data or 0,
                context.now(),
            )  # fmt: skip
        except (Invalid, Conflict) as error:
            add_error(form, error)
            return _page(form, str(error.params.get("faults", ""))), error.status
        flash(_("The ladder %(version)s is in force. Decisions made before keep theirs.", version=made.version), "good")
        return redirect(url_for("career.conditions"), code=303)
    return _page(form), 422


@bp.get("/career/ladder.yaml")
@requires("admin")
def download_ladder() -> Response:
    """The text in force, to keep or to change elsewhere."""
    shown = ladders.text_of(context.session(), context.actor())
    answer = Response(shown.text, mimetype="application/yaml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{shown.in_force.version}.yaml"'
    return answer
