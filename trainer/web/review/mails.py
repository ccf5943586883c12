"""The mail that tells a learner how their appeal was answered, in their language."""

from __future__ import annotations

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from trainer.ports import EngineUnavailable, Mail
from trainer.services.appeals import answered_appeal
from trainer.web import context
from trainer.web.addresses import public_address


def tell_learner(call_id: str) -> bool:
    """Whether a mail went out: not to learners without an address. The answer stands with the call in any case."""
    found = answered_appeal(context.session(), context.actor(), call_id)
    if found is None:
        return False
    link = public_address("review.show", call_id=call_id, _anchor="appeal")
    with force_locale(found.language):
        subject = _("Your appeal was answered: %(title)s", title=found.title)
        text = render_template("review/mail.txt", found=found, appeal=found.appeal, link=link)
    try:
        context.ports().mailer.send(Mail(found.email, subject, text))
    except EngineUnavailable:
        return False
    return True
