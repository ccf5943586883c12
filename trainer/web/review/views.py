"""Pages of the review."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, jsonify, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as WerkzeugResponse
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from trainer.domain.errors import Conflict, Invalid
from trainer.services import calls_review, drills, marking, scenarios
from trainer.services.calls_review import Review
from trainer.store.calls import FINISHED
from trainer.store.reviews import CallComment
from trainer.web.calls.messages import mode_text, outcome_text
from trainer.web.context import actor, now, ports, session, settings
from trainer.web.errors import sentence
from trainer.web.forms import PageForm
from trainer.web.guards import signed_in
from trainer.web.languages import page_language
from trainer.web.review import bp, messages, texts
from trainer.web.review.chart import objections_chart
from trainer.web.review.questions import Wording, objection_text
from trainer.web.review.replies import explain_replies, reply_version
from trainer.web.review.timeline import timeline


class CorrectionForm(PageForm):
    text = TextAreaField(validators=[InputRequired(), Length(max=20_000)])


@bp.get("/<call_id>")
@signed_in
def show(call_id: str) -> str | WerkzeugResponse:
    review = calls_review.open_review(session(), actor(), call_id)
    if review.call.state != FINISHED:
        return redirect(url_for("calls.console", call_id=call_id))
    if review.grade is None or not review.turns:
        return render_template("review/waiting.html", review=review, outcome_text=outcome_text)
    calls_review.note_reading(session(), actor(), review.call, now())
    cards = scenarios.cards_by_slug(settings().scenarios, page_language()) if review.mark.overall is not None else {}
    return render_template("review/show.html", review=review, grade=review.grade, cards=cards, **_parts(review))


def _parts(review: Review) -> dict[str, Any]:
    grade = review.grade
    assert grade is not None
    names = [objection_text(one.type) for one in grade.objections]
    explained = explain_replies(grade)
    found = {error.number: error for error in grade.errors}
    known, wording = texts.figure_texts(), Wording(grade.rubric_version)
    # Of the line and the machine, not of the learner: shown beside the grade's figures, never part of the grade.
    figures = {**grade.figures, **({} if review.answered_s is None else {"answered_s": review.answered_s})}
    return {
        "strip": timeline(review.turns, review.length_ms),
        "turns_by_seq": {turn.seq: turn for turn in review.turns},
        "chart": objections_chart(grade.objections, names, _("Five criteria of each objection, 0 to 4"))
        if grade.objections
        else "",
        "objection_names": names,
        "replies": [explained(one) for one in grade.objections],
        "reply_version": reply_version(grade),
        "rubric_version": grade.rubric_version.split("+")[0],
        "rules_of": lambda found: list(dict.fromkeys(one.rule for one in found.evidence)),
        "weak": drills.weak_spot(session(), ports(), review.call, grade) if review.own else None,
        "objection_text": objection_text,
        "errors": [(number, name, what, found.get(number)) for number, name, what in texts.error_texts()],
        "figures": [(*known[key], value) for key, value in figures.items() if key in known],
        "undecided": [check for one in grade.criteria for check in one.checks if check.answer == "undecided"],
        "blind": marking.blind_marks(session(), review.call, grade) if review.may_decide else (),
        "check_name": wording.name_in(grade),
        "comments": comments_by_turn(review),
        "decided_text": messages.decided_text,
        "machine_word": lambda answer: texts.answer_text(answer)[1],
        "form": CorrectionForm(),
        "check_question": wording.question,
        "criterion_text": wording.criterion,
        "reply_criterion_text": texts.reply_criterion_text,
        "answer_text": texts.answer_text,
        "mistake_text": texts.mistake_text,
        "note_text": texts.note_text,
        "party_text": texts.party_text,
        "mode_text": mode_text,
        "outcome_text": outcome_text,
    }


def comments_by_turn(review: Review) -> dict[int, list[CallComment]]:
    """The comments of each turn, by its number, in the order of the call."""
    found: dict[int, list[CallComment]] = {}
    for one in review.comments:
        found.setdefault(one.seq, []).append(one)
    return found


@bp.get("/<call_id>/ready")
@signed_in
def ready(call_id: str) -> Response:
    """Asked by the waiting page every second or so."""
    return jsonify(ready=calls_review.grade_is_ready(session(), actor(), call_id))


@bp.post("/<call_id>/turns/<int:seq>/correct")
@signed_in
def correct(call_id: str, seq: int) -> WerkzeugResponse:
    form = CorrectionForm()
    if form.validate_on_submit():
        try:
            calls_review.correct_transcript(session(), ports(), actor(), call_id, seq, form.text.data or "", now())
            flash(_("Your correction is kept beside what was recognized, and the call is graded again."), "good")
        except (Invalid, Conflict) as error:
            flash(sentence(error.code, error.status, **error.params), "warn")
    return redirect(url_for("review.show", call_id=call_id, _anchor=f"turn-{seq}"), code=303)
