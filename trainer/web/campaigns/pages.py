"""The office's pages: the list of campaigns, a new one, one of them."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from trainer.domain.errors import Invalid
from trainer.services import campaigns, scenarios
from trainer.services.campaigns import Plan
from trainer.web import context
from trainer.web.auth.forms import ConfirmForm
from trainer.web.calls.messages import duty_text
from trainer.web.campaigns import bp
from trainer.web.campaigns.forms import CampaignForm, CandidatesForm, DayForm, OpenLinkForm
from trainer.web.campaigns.messages import state_text
from trainer.web.errors import add_error
from trainer.web.guards import requires
from trainer.web.languages import LANGUAGES, page_language
from trainer.web.times import date_text


@bp.get("/campaigns/")
@requires("hr")
def index() -> ResponseReturnValue:
    rows, now = campaigns.list_campaigns(context.session(), context.actor()), context.now()
    return render_template(
        "campaigns/index.html",
        rows=[(campaign, here, begun, campaigns.is_open(campaign, now)) for campaign, here, begun in rows],
        last_day=campaigns.last_day,
    )


def _campaign_form(**values: object) -> CampaignForm:
    form = CampaignForm(**values)
    language = page_language()
    cards = scenarios.list_cards(context.settings().scenarios, language)
    form.scenario.choices = [
        SelectChoice(card.slug, _("%(title)s, %(company)s", title=card.title, company=card.company)) for card in cards
    ]
    return form


@bp.get("/campaigns/new")
@requires("hr")
def new() -> ResponseReturnValue:
    return render_template("campaigns/new.html", form=_campaign_form(language=page_language()))


@bp.post("/campaigns/new")
@requires("hr")
def create() -> ResponseReturnValue:
    form = _campaign_form()
    if form.validate_on_submit():
        plan = Plan(
            title=form.title.data or "",
            scenario=form.scenario.data,
            language=form.language.data,
            closes_on=form.closes_on.data,
            message=form.message.data or "",
            show_review=form.show_review.data,
        )
        folder = context.settings().scenarios
        try:
            campaign = campaigns.create_campaign(context.session(), folder, context.actor(), plan, context.now())
        except Invalid as error:
            add_error(form, error)
        else:
            flash(_("The campaign is made. Now invite candidates."), "good")
            return redirect(url_for("campaigns.show", campaign_id=campaign.public_id))
    return render_template("campaigns/new.html", form=form), 422


@bp.get("/campaigns/<campaign_id>")
@requires("hr")
def show(campaign_id: str) -> ResponseReturnValue:
    return campaign_page(campaign_id)


def campaign_page(
    campaign_id: str,
    *,
    candidates: CandidatesForm | None = None,
    open_link: OpenLinkForm | None = None,
    day: DayForm | None = None,
) -> str:
    """The page of a campaign, with the form that was sent wrongly in its place."""
    page = campaigns.open_campaign(context.session(), context.actor(), campaign_id, context.now())
    return render_template(
        "campaigns/show.html",
        page=page,
        last_day=campaigns.last_day(page.campaign),
        candidates=candidates or CandidatesForm(),
        open_link=open_link or OpenLinkForm(),
        day=day or DayForm(closes_on=campaigns.last_day(page.campaign)),
        confirm=ConfirmForm(),
        state_text=state_text,
        duty_text=duty_text,
        language_names=LANGUAGES,
    )


@bp.post("/campaigns/<campaign_id>/close")
@requires("hr")
def close(campaign_id: str) -> ResponseReturnValue:
    campaigns.close_campaign(context.session(), context.actor(), campaign_id, context.now())
    flash(_("The campaign is closed. Whoever has begun may finish."), "good")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))


@bp.post("/campaigns/<campaign_id>/last-day")
@requires("hr")
def prolong(campaign_id: str) -> ResponseReturnValue:
    form = DayForm()
    if form.validate_on_submit():
        try:
            campaigns.reopen_campaign(
                context.session(), context.actor(), campaign_id, form.closes_on.data, context.now()
            )
        except Invalid as error:
            add_error(form, error)
        else:
            flash(_("Candidates can begin until %(day)s.", day=date_text(form.closes_on.data)), "good")
            return redirect(url_for("campaigns.show", campaign_id=campaign_id))
    return campaign_page(campaign_id, day=form), 422
