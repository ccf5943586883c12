"""Letting candidates in: personal links, the open link, and taking them back. Links are shown once."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from trainer.domain.errors import Conflict, Invalid
from trainer.extensions import limiter
from trainer.services import campaigns
from trainer.services.campaigns import MadeLink
from trainer.services.candidate_erasure import erase_candidate
from trainer.services.spreadsheets import decode_table
from trainer.web import context
from trainer.web.addresses import public_address
from trainer.web.auth.forms import ConfirmForm
from trainer.web.campaigns import bp, mails
from trainer.web.campaigns.forms import CandidatesForm, OpenLinkForm
from trainer.web.campaigns.pages import campaign_page
from trainer.web.cohorts.messages import field_text, mistake_sentence
from trainer.web.errors import add_error
from trainer.web.guards import requires


def _text(form: CandidatesForm) -> str:
    file = form.file.data
    if isinstance(file, FileStorage) and file.filename:
        return decode_table(file.read())
    return form.text.data or ""


@bp.post("/campaigns/<campaign_id>/candidates")
@requires("hr")
@limiter.limit("60/hour")
def invite(campaign_id: str) -> ResponseReturnValue:
    """Links for a whole list, or its mistakes and no link."""
    form = CandidatesForm()
    if form.validate_on_submit():
        try:
            form.text.data = _text(form)
            roster, made = campaigns.invite_candidates(
                context.session(), context.actor(), campaign_id, form.text.data, context.now()
            )
        except (Invalid, Conflict) as error:
            add_error(form, error)
        else:
            if made:
                return _links_page(campaign_id, made)
            campaign = campaigns.find_campaign(context.session(), context.actor(), campaign_id)
            told = [(one, field_text(one.field), mistake_sentence(one)) for one in roster.mistakes]
            return render_template("campaigns/mistakes.html", campaign=campaign, mistakes=told, form=form), 422
    return campaign_page(campaign_id, candidates=form), 422


def _links_page(campaign_id: str, made: list[MadeLink]) -> str:
    campaign = campaigns.find_campaign(context.session(), context.actor(), campaign_id)
    return render_template(
        "campaigns/links.html",
        campaign=campaign,
        made=[(one.candidacy, public_address("campaigns.door", token=one.token)) for one in made],
        sent=mails.send_links(campaign, made),
    )


@bp.post("/campaigns/<campaign_id>/candidates/<candidacy_id>/link")
@requires("hr")
@limiter.limit("60/hour")
def renew(campaign_id: str, candidacy_id: str) -> ResponseReturnValue:
    made = campaigns.renew_link(context.session(), context.actor(), campaign_id, candidacy_id, context.now())
    return _links_page(campaign_id, [made])


@bp.post("/campaigns/<campaign_id>/candidates/<candidacy_id>/withdraw")
@requires("hr")
def withdraw(campaign_id: str, candidacy_id: str) -> ResponseReturnValue:
    name = campaigns.withdraw_place(context.session(), context.actor(), campaign_id, candidacy_id, context.now())
    flash(_("The link of %(name)s does not work any more.", name=name), "good")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))


@bp.get("/campaigns/<campaign_id>/candidates/<candidacy_id>/erase")
@requires("hr")
def ask_to_erase(campaign_id: str, candidacy_id: str) -> ResponseReturnValue:
    campaign, place = campaigns.find_place(context.session(), context.actor(), campaign_id, candidacy_id)
    return render_template("campaigns/erase.html", campaign=campaign, place=place, confirm=ConfirmForm())


@bp.post("/campaigns/<campaign_id>/candidates/<candidacy_id>/erase")
@requires("hr")
def erase(campaign_id: str, candidacy_id: str) -> ResponseReturnValue:
    name = erase_candidate(
        context.session(), context.ports(), context.actor(), campaign_id, candidacy_id, context.now()
    )
    flash(_("Everything of %(name)s is erased.", name=name), "good")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))


@bp.post("/campaigns/<campaign_id>/open-link")
@requires("hr")
def make_open_link(campaign_id: str) -> ResponseReturnValue:
    form = OpenLinkForm()
    if form.validate_on_submit():
        try:
            campaign, token = campaigns.make_open_link(
                context.session(), context.actor(), campaign_id, form.limit.data or 0, context.now()
            )
        except (Invalid, Conflict) as error:
            add_error(form, error)
        else:
            link = public_address("campaigns.door", token=token)
            return render_template("campaigns/open_link.html", campaign=campaign, link=link)
    return campaign_page(campaign_id, open_link=form), 422


@bp.post("/campaigns/<campaign_id>/open-link/withdraw")
@requires("hr")
def withdraw_open_link(campaign_id: str) -> ResponseReturnValue:
    campaigns.withdraw_open_link(context.session(), context.actor(), campaign_id, context.now())
    flash(_("The open link does not work any more."), "good")
    return redirect(url_for("campaigns.show", campaign_id=campaign_id))
