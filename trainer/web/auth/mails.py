"""Mails about accounts, in the reader's language. They are sent after the transaction was committed."""

from __future__ import annotations

import logging

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from trainer.config import PRODUCT_NAME
from trainer.ports import EngineUnavailable, Mail
from trainer.store.accounts import Invitation, User
from trainer.web import context
from trainer.web.addresses import public_address

log = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, token: str, invited_by: str) -> bool:
    """True if the mail server took it; the inviting page shows the link either way."""
    link = public_address("auth.join", token=token)
    with force_locale(invitation.language):
        subject = _(
            "%(organisation)s invites you to %(product)s",
            organisation=invitation.organisation.name,
            product=PRODUCT_NAME,
        )
        text = render_template("email/invitation.txt", invitation=invitation, link=link, invited_by=invited_by)
    return _send(Mail(invitation.email, subject, text))


def send_reset(user: User, token: str) -> bool:
    link = public_address("auth.reset", token=token)
    with force_locale(user.language):
        subject = _("Choose a new password for %(product)s", product=PRODUCT_NAME)
        text = render_template("email/reset.txt", user=user, link=link)
    return _send(Mail(user.email or "", subject, text))


def _send(mail: Mail) -> bool:
    try:
        context.ports().mailer.send(mail)
    except EngineUnavailable as error:
        log.warning("mail to %s was not sent: %s", mail.to, error)
        return False
    return True
