"""A team's people, supervisors and targets."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.errors import Conflict, Invalid
from trainer.domain.work_figures import MEASURES
from trainer.services import work_teams
from trainer.services.work_cells import read_figure
from trainer.web import context
from trainer.web.auth.forms import ConfirmForm
from trainer.web.guards import requires
from trainer.web.work import bp
from trainer.web.work.forms import LeadForm, MemberForm, TargetForm, day_of, people_choices
from trainer.web.work.messages import add_refusal, error_sentence
from trainer.web.work.texts import WORDS


@bp.get("/teams/<team_id>/setup")
@requires("supervisor")
def setup(team_id: str) -> str:
    return _page(team_id)


def _page(
    team_id: str, member: MemberForm | None = None, lead: LeadForm | None = None, target: TargetForm | None = None
) -> str:
    today = context.now().date()
    page = work_teams.open_setup(context.session(), context.actor(), team_id, today)
    first = max(page.first_free or today, today)
    member = member or MemberForm(formdata=None, since=today.isoformat())
    lead = lead or LeadForm(formdata=None)
    target = target or TargetForm(formdata=None, since=first.isoformat())
    member.person.choices = people_choices(page.may_join)
    lead.lead.choices = people_choices(page.may_lead)
    target.offer_indicators()
    return render_template(
        "work/setup.html", page=page, member=member, lead=lead, target=target, confirm=ConfirmForm(), **WORDS
    )


def _back(team_id: str, anchor: str) -> ResponseReturnValue:
    return redirect(url_for("work.setup", team_id=team_id, _anchor=anchor), code=303)


@bp.post("/teams/<team_id>/people")
@requires("supervisor")
def add_member(team_id: str) -> ResponseReturnValue:
    form = MemberForm()
    session, actor = context.session(), context.actor()
    try:
        work_teams.find_team(session, actor, team_id)
        since = day_of(form, "since")
        work_teams.add_member(session, actor, team_id, form.person.data or "", since, context.now())
    except (Invalid, Conflict) as error:
        add_refusal(form, error)
        return _page(team_id, member=form), 422
    flash(_("Added to the team."), "good")
    return _back(team_id, "people")


@bp.post("/teams/<team_id>/people/<person_id>/remove")
@requires("supervisor")
def remove_member(team_id: str, person_id: str) -> ResponseReturnValue:
    person = work_teams.remove_member(context.session(), context.actor(), team_id, person_id, context.now())
    flash(_("%(name)s is no longer in this team. What is recorded stays.", name=person.name), "good")
    return _back(team_id, "people")


@bp.post("/teams/<team_id>/supervisors")
@requires("supervisor")
def add_lead(team_id: str) -> ResponseReturnValue:
    form = LeadForm()
    try:
        work_teams.add_lead(context.session(), context.actor(), team_id, form.lead.data or "", context.now())
    except (Invalid, Conflict) as error:
        add_refusal(form, error)
        return _page(team_id, lead=form), 422
    flash(_("Added as a supervisor of the team."), "good")
    return _back(team_id, "supervisors")


@bp.post("/teams/<team_id>/supervisors/<person_id>/remove")
@requires("supervisor")
def remove_lead(team_id: str, person_id: str) -> ResponseReturnValue:
    session, actor = context.session(), context.actor()
    try:
        person = work_teams.remove_lead(session, actor, team_id, person_id, context.now())
    except Conflict as error:
        flash(error_sentence(error), "warn")
        return _back(team_id, "supervisors")
    flash(_("%(name)s no longer supervises this team.", name=person.name), "good")
    if person.id == actor.user_id and not actor.is_any("admin"):
        return redirect(url_for("work.teams"), code=303)
    return _back(team_id, "supervisors")


@bp.post("/teams/<team_id>/targets")
@requires("supervisor")
def set_target(team_id: str) -> ResponseReturnValue:
    form = TargetForm()
    session, actor = context.session(), context.actor()
    name = form.indicator.data or ""
    try:
        work_teams.find_team(session, actor, team_id)
        try:
            value = read_figure(name, form.value.data or "") if name in MEASURES else None
        except Invalid as error:
            raise Invalid(error.code, **{**error.params, "field": "value"}) from None
        work_teams.set_target(
            session, actor, team_id, indicator=name, direction=form.direction.data or "", value=value,
            since=day_of(form, "since"), now=context.now(),
        )  # fmt: skip
    except Invalid as error:
        add_refusal(form, error)
        return _page(team_id, target=form), 422
    flash(_("The target is set. Earlier ones are kept."), "good")
    return _back(team_id, "targets")
