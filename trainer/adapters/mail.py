"""Mail: by SMTP where an address is set, else into the log, so that an invitation can still be read there."""

from __future__ import annotations

import logging
import smtplib
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from trainer.ports import EngineUnavailable, Mail

log = logging.getLogger(__name__)


class LogMailer:
    """Writes each mail to the log instead of sending it."""

    def send(self, mail: Mail) -> None:
        log.info("mail to %s: %s\n%s", mail.to, mail.subject, mail.text)


class SmtpMailer:
    """Sends over SMTP; `url` looks like smtp://user:password@host:587/?from=training@example.org."""

    def __init__(self, url: str) -> None:
        self.url = urlsplit(url)
        self.sender = dict(part.split("=", 1) for part in self.url.query.split("&") if "=" in part).get("from", "")

    def send(self, mail: Mail) -> None:
        message = EmailMessage()
        message["To"], message["From"], message["Subject"] = mail.to, self.sender, mail.subject
        message.set_content(mail.text)
        try:
            with smtplib.SMTP(self.url.hostname or "localhost", self.url.port or 25, timeout=10) as server:
                if self.url.scheme == "smtps" or self.url.port == 587:
                    server.starttls()
                if self.url.username:
                    server.login(unquote(self.url.username), unquote(self.url.password or ""))
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise EngineUnavailable(
                "smtp", f"the mail server {self.url.hostname} did not take the mail: {error}"
            ) from error


def build_mailer(url: str) -> LogMailer | SmtpMailer:
    return SmtpMailer(url) if url else LogMailer()
