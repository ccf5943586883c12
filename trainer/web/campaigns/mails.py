"""The mail that brings a candidate their link, in the language of the call."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from trainer.ports import EngineUnavailable, Mail
from trainer.services.campaigns import MadeLink, last_day
from trainer.store.campaigns import Campaign
from trainer.web import context
from trainer.web.addresses import public_address


def send_links(campaign: Campaign, made: Sequence[MadeLink]) -> int:
    """How many mails the server took: none where none is set up. One that refuses a mail is not asked again."""
    if not context.settings().mail_url:
        return 0
    sent = 0
    for one in made:
        if one.candidacy.email and not _send(campaign, one):
            break
        sent += bool(one.candidacy.email)
    return sent


def _send(campaign: Campaign, one: MadeLink) -> bool:
    link = public_address("campaigns.door", token=one.token)
    with force_locale(campaign.language):
        subject = _("%(organisation)s invites you to a call", organisation=campaign.organisation.name)
        text = render_template(
            "campaigns/mail.txt", campaign=campaign, name=one.candidacy.name, link=link, last_day=last_day(campaign)
        )
    try:
        context.ports().mailer.send(Mail(one.candidacy.email, subject, text))
    except EngineUnavailable:
        return False
    return True
