"""Complaints: recorded by a supervisor, answered by the person they are about, decided by somebody else."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.errors import Conflict, Invalid, NotAllowed
from trainer.services import work_complaints as service
from trainer.services.work_complaints import NewComplaint
from trainer.web import context
from trainer.web.guards import requires, signed_in
from trainer.web.times import date_text
from trainer.web.work import bp
from trainer.web.work.forms import AnswerForm, ComplaintForm, DecisionForm, day_of, people_choices
from trainer.web.work.mails import tell_person
from trainer.web.work.messages import add_refusal
from trainer.web.work.texts import WORDS


@bp.get("/teams/<team_id>/complaints/new")
@requires("supervisor")
def new_complaint(team_id: str) -> str:
    today = context.now().date().isoformat()
    return _recording_page(team_id, ComplaintForm(formdata=None, person=request.args.get("person", ""), received=today))


def _recording_page(team_id: str, form: ComplaintForm) -> str:
    page = service.open_recording(context.session(), context.actor(), team_id)
    form.person.choices = people_choices(page.people)
    form.call.choices = [("", _("no call"))] + [
        (call.public_id, f"{name}: {call.title}, {date_text(call.started_at)}") for call, name in page.calls
    ]
    return render_template("work/record_complaint.html", page=page, form=form)


@bp.post("/teams/<team_id>/complaints/new")
@requires("supervisor")
def record_complaint(team_id: str) -> ResponseReturnValue:
    form = ComplaintForm()
    try:
        service.open_recording(context.session(), context.actor(), team_id)
        new = NewComplaint(
            person=form.person.data or "", source=form.source.data or "", from_whom=form.from_whom.data or "",
            received=day_of(form, "received"), text=form.text.data or "", evidence=form.evidence.data or "",
            call=form.call.data or "",
        )  # fmt: skip
        made = service.record_complaint(context.session(), context.actor(), team_id, new, context.now())
    except Invalid as error:
        add_refusal(form, error)
        return _recording_page(team_id, form), 422
    told = tell_person(made.public_id)
    flash(
        _("Recorded. The person it is about is told by mail and can answer.")
        if told
        else _("Recorded. The person it is about sees it on their page and can answer."),
        "good",
    )
    return redirect(url_for("work.complaint", work_complaint_id=made.public_id), code=303)


@bp.get("/complaints/<work_complaint_id>")
@signed_in
def complaint(work_complaint_id: str) -> str:
    return _page(work_complaint_id, AnswerForm(formdata=None), DecisionForm(formdata=None))


def _page(work_complaint_id: str, answering: AnswerForm, deciding: DecisionForm) -> str:
    page = service.open_complaint(context.session(), context.actor(), work_complaint_id)
    return render_template(
        "work/complaint.html", page=page, answering=answering, deciding=deciding, is_heard=page.is_heard(context.now()),
        days_to_answer=service.DAYS_TO_ANSWER, **WORDS,
    )  # fmt: skip


@bp.post("/complaints/<work_complaint_id>/answer")
@signed_in
def answer_complaint(work_complaint_id: str) -> ResponseReturnValue:
    form = AnswerForm()
    try:
        service.answer_complaint(
            context.session(), context.actor(), work_complaint_id, form.answer.data or "", context.now()
        )
    except (Invalid, Conflict) as error:
        add_refusal(form, error)
        return _page(work_complaint_id, form, DecisionForm(formdata=None)), 422
    flash(_("Your answer stands beside the complaint. Whoever decides reads it."), "good")
    return redirect(url_for("work.complaint", work_complaint_id=work_complaint_id), code=303)


@bp.post("/complaints/<work_complaint_id>/decide")
@signed_in
def decide_complaint(work_complaint_id: str) -> ResponseReturnValue:
    form = DecisionForm()
    page = service.open_complaint(context.session(), context.actor(), work_complaint_id)
    if not page.may_decide:
        raise NotAllowed("work.own_complaint" if page.is_mine else "error.not_allowed")
    if form.validate_on_submit():
        try:
            service.decide_complaint(
                context.session(), context.actor(), work_complaint_id, justified=form.justified.data == "yes",
                reason=form.reason.data or "", now=context.now(),
            )  # fmt: skip
        except (Invalid, Conflict) as error:
            add_refusal(form, error)
        else:
            tell_person(work_complaint_id)
            flash(_("Decided. The person it is about sees it with your reason."), "good")
            return redirect(url_for("work.complaint", work_complaint_id=work_complaint_id), code=303)
    return _page(work_complaint_id, AnswerForm(formdata=None), form), 422
