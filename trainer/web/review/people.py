"""What people do with graded calls: the queue, decisions on checks, comments, appeals."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import FloatField, HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from trainer.domain.errors import Conflict, Invalid, NotAllowed
from trainer.services import appeals, assignments, calls_review, reviewing, scenarios
from trainer.services.marks import MARKERS
from trainer.web.context import actor, now, session, settings
from trainer.web.errors import sentence
from trainer.web.forms import PageForm, WholeNumberField
from trainer.web.guards import requires, signed_in
from trainer.web.review import bp
from trainer.web.review.mails import tell_learner
from trainer.web.review.messages import kind_text


class DecisionForm(PageForm):
    check = HiddenField(validators=[InputRequired(), Length(max=120)])
    answer = StringField(validators=[Length(max=16)])
    reason = TextAreaField(validators=[Length(max=20_000)])


class CommentForm(PageForm):
    seq = WholeNumberField(validators=[InputRequired(), NumberRange(0, 1_000_000)])
    at_s = FloatField(validators=[Optional(), NumberRange(0, 1_000_000)])
    text = TextAreaField(validators=[Length(max=20_000)])


class AssignForm(PageForm):
    scenario = StringField(validators=[InputRequired(), Length(max=80)])
    note = TextAreaField(validators=[Length(max=20_000)])


class WordsForm(PageForm):
    """An appeal, or the answer to it."""

    text = TextAreaField(validators=[Length(max=20_000)])


@bp.get("/queue")
@requires(*MARKERS)
def queue() -> str:
    kind = request.args.get("kind", "")
    page = request.args.get("page", 1, type=int)
    found = reviewing.open_queue(session(), actor(), kind if kind in reviewing.KINDS else "", page)
    return render_template(
        "review/queue.html", queue=found, kind=kind, kinds=reviewing.KINDS, kind_text=kind_text, own=actor().user_id,
        today=now(), only_blind=lambda one: [item.kind for item in one.items] == ["second"],
    )  # fmt: skip


def _done(work: Callable[[], object], said: str) -> bool:
    """Do it and say so, or say why it cannot be done."""
    try:
        work()
    except (Invalid, Conflict, NotAllowed) as error:
        flash(sentence(error.code, error.status, **error.params), "warn")
        return False
    flash(said, "good")
    return True


def _back(call_id: str, anchor: str = "") -> Response:
    return redirect(url_for("review.show", call_id=call_id, _anchor=anchor or None), code=303)


@bp.post("/<call_id>/checks")
@requires(*MARKERS)
def decide(call_id: str) -> Response:
    calls_review.readable_call(session(), actor(), call_id)
    form = DecisionForm()
    if form.validate_on_submit():
        _done(
            lambda: reviewing.decide_check(
                session(),
                actor(),
                call_id,
                check=form.check.data or "",
                answer=form.answer.data or "",
                reason=form.reason.data or "",
                now=now(),
            ),
            _("Your decision counts now. The machine's answer is kept beside it."),
        )
    return _back(call_id, f"check-{form.check.data}" if form.check.data else "")


@bp.post("/<call_id>/comments")
@requires(*MARKERS)
def comment(call_id: str) -> Response:
    calls_review.readable_call(session(), actor(), call_id)
    form = CommentForm()
    if form.validate_on_submit():
        _done(
            lambda: reviewing.comment(
                session(),
                actor(),
                call_id,
                seq=form.seq.data or 0,
                at_s=form.at_s.data or 0.0,
                text=form.text.data or "",
                now=now(),
            ),
            _("Your comment stands beside the turn. The learner reads it, too."),
        )
    return _back(call_id, f"turn-{form.seq.data}" if form.seq.data else "")


@bp.post("/<call_id>/assign")
@requires(*MARKERS)
def assign(call_id: str) -> Response:
    calls_review.readable_call(session(), actor(), call_id)
    form = AssignForm()
    if form.validate_on_submit():
        _done(
            lambda: assignments.assign(
                session(),
                actor(),
                call_id,
                scenario=form.scenario.data or "",
                known=scenarios.published(settings().scenarios),
                note=form.note.data or "",
                now=now(),
            ),
            _("The call stands on the learner's path until it is passed."),
        )
    return _back(call_id, "practise")


@bp.post("/<call_id>/looked-at")
@requires(*MARKERS)
def looked_at(call_id: str) -> Response:
    """Close what waits, and go on to the next."""
    if not _done(
        lambda: reviewing.looked_at(session(), actor(), call_id, now()), _("Looked at; the rest stays as it is.")
    ):
        return _back(call_id)
    call, _row = reviewing.reviewed_call(session(), actor(), call_id)
    following = reviewing.next_waiting(session(), actor(), call)
    return _back(following.public_id) if following else redirect(url_for("review.queue"), code=303)


@bp.post("/<call_id>/appeal")
@signed_in
def appeal(call_id: str) -> Response:
    calls_review.readable_call(session(), actor(), call_id)
    form = WordsForm()
    if form.validate_on_submit():
        _done(
            lambda: appeals.file_appeal(session(), actor(), call_id, form.text.data or "", now()),
            _("Your appeal was filed. A second person looks at the call and answers you here."),
        )
    return _back(call_id, "appeal")


@bp.post("/<call_id>/appeal/answer")
@requires(*MARKERS)
def answer_appeal(call_id: str) -> Response:
    calls_review.readable_call(session(), actor(), call_id)
    form = WordsForm()
    if form.validate_on_submit() and _done(
        lambda: appeals.answer_appeal(session(), actor(), call_id, form.text.data or "", now()),
        _("The appeal is answered; the learner reads it with the call."),
    ):
        tell_learner(call_id)
    return _back(call_id, "appeal")
