"""Figures to look at: one's own, one person's for whoever supervises them, a team's; and the list of teams."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.errors import Invalid
from trainer.services import work_figures, work_teams
from trainer.services.work_figures import SPANS, PersonPage
from trainer.web import context
from trainer.web.auth.forms import ConfirmForm
from trainer.web.guards import requires, signed_in
from trainer.web.work import bp
from trainer.web.work.charts import trend_charts
from trainer.web.work.forms import TeamForm
from trainer.web.work.messages import add_refusal
from trainer.web.work.texts import WORDS


def _months(usual: int) -> int:
    asked = request.args.get("months", usual, type=int)
    return asked if asked in SPANS else usual


@bp.get("/mine")
@signed_in
def mine() -> str:
    page = work_figures.own_page(context.session(), context.actor(), _months(6), context.now().date())
    return _figures(page, is_mine=True)


@bp.get("/teams/<team_id>/people/<person_id>")
@requires("supervisor")
def person(team_id: str, person_id: str) -> str:
    session, actor = context.session(), context.actor()
    page = work_figures.person_page(session, actor, team_id, person_id, _months(6), context.now())
    return _figures(page, is_mine=page.person.id == actor.user_id, team_id=team_id)


def _figures(page: PersonPage, *, is_mine: bool, team_id: str = "") -> str:
    return render_template(
        "work/figures.html",
        page=page,
        is_mine=is_mine,
        team_id=team_id,
        charts=trend_charts(page),
        spans=SPANS,
        **WORDS,
    )


@bp.get("/teams")
@requires("supervisor")
def teams() -> str:
    return _teams(TeamForm())


def _teams(form: TeamForm) -> str:
    rows = work_teams.list_teams(context.session(), context.actor())
    return render_template("work/teams.html", rows=rows, form=form)


@bp.post("/teams")
@requires("supervisor")
def create_team() -> ResponseReturnValue:
    form = TeamForm()
    if form.validate_on_submit():
        try:
            made = work_teams.create_team(context.session(), context.actor(), form.name.data or "", context.now())
        except Invalid as error:
            add_refusal(form, Invalid(error.code, **{**error.params, "field": "name"}))
        else:
            flash(_("The team is made. Now add its people and targets."), "good")
            return redirect(url_for("work.setup", team_id=made.public_id), code=303)
    return _teams(form), 422


@bp.get("/teams/<team_id>")
@requires("supervisor")
def team(team_id: str) -> str:
    page = work_figures.team_page(context.session(), context.actor(), team_id, _months(SPANS[0]), context.now().date())
    return render_template("work/team.html", page=page, spans=SPANS, confirm=ConfirmForm(), **WORDS)
