"""The sheet on which a person marks a call without sight of the machine's grade."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import BooleanField, TextAreaField
from wtforms.validators import Length

from trainer.domain.errors import Conflict, Invalid, NotAllowed
from trainer.services import marking
from trainer.services.calls_review import Review
from trainer.services.marking import Sheet
from trainer.services.marks import MARKERS
from trainer.web.context import actor, now, session
from trainer.web.errors import sentence
from trainer.web.forms import PageForm
from trainer.web.guards import requires
from trainer.web.review import bp, texts
from trainer.web.review.questions import Wording

ANSWER = "answer:"


class SheetForm(PageForm):
    """`answer:<check>` of each question comes with it, read from the request."""

    note = TextAreaField(validators=[Length(max=20_000)])
    done = BooleanField()


def given_answers() -> dict[str, str]:
    """{check id: answer} as the form holds them."""
    return {name.removeprefix(ANSWER): text for name, text in request.form.items() if name and name.startswith(ANSWER)}


@bp.get("/<call_id>/mark")
@requires(*MARKERS)
def sheet(call_id: str) -> str | Response:
    try:
        found = marking.open_sheet(session(), actor(), call_id)
    except (NotAllowed, Conflict) as error:
        flash(sentence(error.code, error.status, **error.params), "warn")
        return redirect(url_for("review.queue"), code=303)
    if found.is_handed_in:
        return redirect(url_for("review.show", call_id=call_id), code=303)
    return _page(found, found.answers, found.note)


@bp.post("/<call_id>/mark")
@requires(*MARKERS)
def keep(call_id: str) -> str | Response:
    form, answers = SheetForm(), given_answers()
    done = bool(form.done.data)
    if not form.validate_on_submit():
        return redirect(url_for("review.sheet", call_id=call_id), code=303)
    try:
        found = marking.open_sheet(session(), actor(), call_id)
        marking.keep_marking(
            session(), actor(), call_id, answers=answers, note=form.note.data or "", done=done, now=now()
        )
    except Invalid as error:
        flash(sentence(error.code, error.status, **error.params), "warn")
        return _page(found, answers, form.note.data or "")
    except (NotAllowed, Conflict) as error:
        flash(sentence(error.code, error.status, **error.params), "warn")
        return redirect(url_for("review.queue"), code=303)
    if not done:
        flash(_("Kept. Go on with it whenever you like; nobody sees it until you hand it in."), "good")
        return redirect(url_for("review.sheet", call_id=call_id), code=303)
    flash(_("Handed in. Now you see what the machine and others answered."), "good")
    if found.sessions:
        address = url_for("calibration.show", calibration_session_id=found.sessions[0].public_id)
        return redirect(address, code=303)
    return redirect(url_for("review.show", call_id=call_id, _anchor="blind"), code=303)


def _page(found: Sheet, answers: Mapping[str, str], note: str) -> str:
    wording = Wording(found.rubric_version)
    length_ms = max([turn.ended_ms for turn in found.turns], default=0)
    return render_template(
        "review/mark.html",
        sheet=found,
        answers=answers,
        note=note,
        review=Review(found.call, found.case, found.turns, None, False, False, length_ms),
        criteria=[(name, list(checks)) for name, checks in groupby(found.checks, key=lambda check: check.criterion)],
        turns_by_seq={turn.seq: turn for turn in found.turns},
        criterion_text=wording.criterion,
        question=wording.blind,
        errors=texts.error_texts(),
        comments={},
        note_text=texts.note_text,
        party_text=texts.party_text,
    )
