"""Beginning a shift, the floor on which it is worked, and what it came to."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from trainer.domain.errors import Conflict, Invalid
from trainer.domain.shift import LOADS, LONGEST_MIN, OVER, SHORTEST_MIN
from trainer.services import scenarios, shifts
from trainer.services.shifts import Floor
from trainer.web.context import actor, now, ports, session, settings
from trainer.web.errors import add_error, sentence
from trainer.web.forms import PageForm, WholeNumberField
from trainer.web.guards import signed_in
from trainer.web.languages import LANGUAGES, page_language
from trainer.web.shifts import bp
from trainer.web.shifts.figures import figure_rows
from trainer.web.shifts.messages import load_texts, state_texts
from trainer.web.shifts.strip import strip_of


class ShiftForm(PageForm):
    """What kind of shift it is to be."""

    minutes = WholeNumberField(default=20, validators=[InputRequired()])
    load = RadioField(choices=[SelectChoice(load) for load in LOADS], default="usual", validators=[InputRequired()])
    language = SelectField(
        choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()], validators=[InputRequired()]
    )


@bp.get("/")
@signed_in
def index() -> str:
    return _start_page(ShiftForm(language=page_language()))


def _start_page(form: ShiftForm) -> str:
    floors = shifts.list_shifts(session(), actor(), now())
    running = next((floor for floor in floors if floor.standing.state != OVER), None)
    return render_template(
        "shifts/index.html", form=form, running=running, past=[floor for floor in floors if floor is not running],
        load_texts=load_texts(), shortest=SHORTEST_MIN, longest=LONGEST_MIN,
    )  # fmt: skip


@bp.post("/")
@signed_in
def begin() -> ResponseReturnValue:
    form = ShiftForm()
    if not form.validate_on_submit():
        return _start_page(form), 422
    catalogue = scenarios.published(settings().scenarios)
    try:
        shift = shifts.begin_shift(
            session(), actor(), now(), catalogue,
            minutes=form.minutes.data, load=form.load.data, language=form.language.data,
        )  # fmt: skip
    except (Invalid, Conflict) as error:
        add_error(form, error)
        return _start_page(form), error.status
    return redirect(url_for("shifts.floor", shift_id=shift.public_id), code=303)


@bp.get("/<shift_id>")
@signed_in
def floor(shift_id: str) -> str:
    """The floor while the shift lasts, its result afterwards."""
    seen = shifts.floor_of(session(), actor(), shift_id, now())
    shared = {
        "floor": seen, "figures": figure_rows(seen.figures), "state_texts": state_texts(), "load_texts": load_texts(),
    }  # fmt: skip
    if seen.standing.state == OVER:
        return render_template("shifts/result.html", strip=strip_of(seen), **shared)
    return render_template("shifts/floor.html", page_data=_page_data(seen), **shared)


def _page_data(seen: Floor) -> dict[str, Any]:
    """All that the floor's script needs."""
    shift_id = seen.shift.public_id
    return {
        "state": _state_json(seen),
        "url": url_for("shifts.state", shift_id=shift_id),
        "page": url_for("shifts.floor", shift_id=shift_id),
        "ring": url_for("calls.tone", name="ring"),
        "texts": {"states": state_texts(), "offline": sentence("shift.offline")},
    }


@bp.get("/<shift_id>/state")
@signed_in
def state(shift_id: str) -> Response:
    """Where the shift stands now, for the page that watches it."""
    return jsonify(_state_json(shifts.floor_of(session(), actor(), shift_id, now())))


def _state_json(seen: Floor) -> dict[str, Any]:
    current = seen.current
    return {
        "state": seen.standing.state,
        "for_s": round(seen.at_s - seen.standing.since_s),
        "left_s": round(seen.left_s),
        "waits": [round(wait) for wait in seen.waits()],
        "lost": seen.figures.abandoned,
        "call": url_for("calls.console", call_id=current.call.public_id) if current else None,
        "figures": {row.id: row.value for row in figure_rows(seen.figures)},
    }


@bp.post("/<shift_id>/do")
@signed_in
def act(shift_id: str) -> ResponseReturnValue:
    """Ready, break, answer the next caller, or end the shift: whichever button was pressed."""
    wanted = request.form.get("do", "") if PageForm().validate_on_submit() else ""
    shared = (session(), actor(), shift_id, now())
    try:
        if wanted == "answer":
            catalogue = scenarios.published(settings().scenarios)
            call = shifts.answer_next(session(), ports(), actor(), shift_id, now(), catalogue)
            return redirect(url_for("calls.console", call_id=call.public_id), code=303)
        if wanted == "end":
            shifts.end_shift(*shared)
        else:
            shifts.choose_state(*shared, wanted)
    except (Conflict, Invalid) as error:
        flash(sentence(error.code, error.status, **error.params), "bad")
    return redirect(url_for("shifts.floor", shift_id=shift_id), code=303)
