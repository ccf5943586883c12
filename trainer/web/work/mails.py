"""The mail that tells somebody of a complaint about them, or of what was decided on it, in their language."""

from __future__ import annotations

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from trainer.ports import EngineUnavailable, Mail
from trainer.services.work_complaints import DAYS_TO_ANSWER, whom_to_tell
from trainer.web import context
from trainer.web.addresses import public_address
from trainer.web.work.texts import WORDS


def tell_person(complaint_id: str) -> bool:
    """Whether a mail went out: not to people without an address. The complaint stands on their page in any case."""
    found = whom_to_tell(context.session(), context.actor(), complaint_id)
    if found is None:
        return False
    link = public_address("work.complaint", work_complaint_id=complaint_id)
    with force_locale(found.language):
        subject = _("A complaint about your work was decided") if found.decision else _("A complaint about your work")
        text = render_template("work/mail.txt", found=found, link=link, days=DAYS_TO_ANSWER, **WORDS)
    context.session().commit()  # a mail server takes its time; nothing stays open meanwhile
    try:
        context.ports().mailer.send(Mail(found.email, subject, text))
    except EngineUnavailable:
        return False
    return True
