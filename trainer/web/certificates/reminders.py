"""The mails that tell holders of the end of their certificate, in their language; a job of the sweeper."""

from __future__ import annotations

import logging

from flask import render_template
from flask_babel import force_locale
from flask_babel import gettext as _

from trainer.jobs import job
from trainer.ports import EngineUnavailable, Mail
from trainer.services import expiry_reminders
from trainer.web import context
from trainer.web.times import date_text

log = logging.getLogger(__name__)


@job
def remind_holders() -> None:
    """Send every mail that is owed; what does not go out now is owed still."""
    session, now = context.session(), context.now()
    for one in expiry_reminders.owed(session, now):
        with force_locale(one.language):
            title, day = one.title.get(one.language, one.title["en"]), date_text(one.ends.date(), "long")
            if one.days_left:
                subject = _("Your certificate ends on %(day)s", day=day)
            else:
                subject = _("Your certificate has ended")
            text = render_template("certificates/reminder.txt", one=one, title=title, day=day)
        session.commit()  # a mail server takes its time; nothing stays open meanwhile
        try:
            context.ports().mailer.send(Mail(one.email, subject, text))
        except EngineUnavailable as error:
            log.warning("reminders of certificates wait: %s", error)
            return
        expiry_reminders.told(session, [one], now)
