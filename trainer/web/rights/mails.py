"""The mail that tells somebody that the manager answered, in their language."""

from __future__ import annotations

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from trainer.ports import EngineUnavailable, Mail
from trainer.services.rights import whom_to_tell
from trainer.web import context
from trainer.web.addresses import public_address


def tell_sender(request_id: str) -> bool:
    """Whether a mail went out: not to people without an address. The answer stands on their page in any case."""
    found = whom_to_tell(context.session(), context.actor(), request_id)
    if found is None:
        return False
    link = public_address("rights.index", _anchor="own")
    with force_locale(found.language):
        subject = _("Your message was answered: %(title)s", title=found.title)
        text = render_template("rights/mail.txt", found=found, link=link)
    context.session().commit()  # a mail server takes its time; nothing stays open meanwhile
    try:
        context.ports().mailer.send(Mail(found.email, subject, text))
    except EngineUnavailable:
        return False
    return True
