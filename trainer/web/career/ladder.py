"""The whole ladder with its conditions, for everybody; and for administrators its text, to make an edition of."""

from __future__ import annotations

from collections.abc import Collection

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.content.ladder_numbers import numbers_in
from trainer.domain.errors import Conflict, Invalid
from trainer.services import ladders
from trainer.services.agreement import grader_error
from trainer.store.ladders import LadderEdition
from trainer.web import context
from trainer.web.career import bp
from trainer.web.career.forms import LadderForm, LadderNumbersForm
from trainer.web.career.texts import condition_of, missing_content, number_label
from trainer.web.errors import add_error
from trainer.web.guards import requires, signed_in
from trainer.web.kept_pages import kept_for_person
from trainer.web.languages import in_language


@bp.get("/career/conditions")
@signed_in
@kept_for_person
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
        return _in_force(made)
    return _page(form), 422


def _in_force(made: LadderEdition) -> ResponseReturnValue:
    flash(_("The ladder %(version)s is in force. Decisions made before keep theirs.", version=made.version), "good")
    return redirect(url_for("career.conditions"), code=303)


@bp.get("/career/ladder/numbers")
@requires("admin")
def edit_numbers() -> str:
    return _numbers_page(LadderNumbersForm(formdata=None))


def _numbers_page(form: LadderNumbersForm, wrong: Collection[str] = ()) -> str:
    shown = ladders.text_of(context.session(), context.actor())
    form.seen.data = shown.editions[0].number if shown.editions else 0
    numbers = numbers_in(shown.text)
    typed = {one.path: request.form.get(one.path, one.text)[:20] for one in numbers}
    return render_template(
        "career/ladder_numbers.html", form=form, ladder=shown.in_force, numbers={one.path: one for one in numbers},
        typed=typed, wrong=wrong, shared={int(one.path.split(".")[0]) for one in numbers if one.same_as}, in_language=in_language, label_of=number_label,
    )  # fmt: skip


@bp.post("/career/ladder/numbers")
@requires("admin")
def change_numbers() -> ResponseReturnValue:
    form = LadderNumbersForm()
    if not form.validate_on_submit():
        return _numbers_page(form), 422
    try:
        made = ladders.change_numbers(
            context.session(), context.actor(), request.form, form.note.data or "", form.seen.data or 0, context.now()
        )
    except (Invalid, Conflict) as error:
        add_error(form, error)
        return _numbers_page(form, error.params.get("paths", ())), error.status
    return _in_force(made)


@bp.get("/career/ladder.yaml")
@requires("admin")
def download_ladder() -> Response:
    """The text in force, to keep or to change elsewhere."""
    shown = ladders.text_of(context.session(), context.actor())
    answer = Response(shown.text, mimetype="application/yaml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{shown.in_force.version}.yaml"'
    return answer
