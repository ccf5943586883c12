"""Mail: by SMTP where an address is set, else into the log, so that an invitation can still be read there."""

from __future__ import annotations

import logging
import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from trainer.ports import EngineUnavailable, Mail

log = logging.getLogger(__name__)


class LogMailer:
    """Writes each mail to the log instead of sending it: as a warning, since a mail that nobody gets is worth one."""

    def send(self, mail: Mail) -> None:
        log.warning("mail to %s: %s\n%s", mail.to, mail.subject, mail.text)


class SmtpMailer:
    """Sends over SMTP; `url` looks like smtp://user:password@host:587/?from=training@example.org."""

    def __init__(self, url: str) -> None:
        self.url = urlsplit(url)
        self.sender = dict(part.split("=", 1) for part in self.url.query.split("&") if "=" in part).get("from", "")

    def _connect(self) -> smtplib.SMTP:
        """Encrypted from the start for smtps://, by STARTTLS on the submission port."""
        host, port = self.url.hostname or "localhost", self.url.port
        if self.url.scheme == "smtps":
            return smtplib.SMTP_SSL(host, port or 465, timeout=10, context=ssl.create_default_context())
        server = smtplib.SMTP(host, port or 25, timeout=10)
        if port == 587:
            server.starttls(context=ssl.create_default_context())
        return server

    def send(self, mail: Mail) -> None:
        message = EmailMessage()
        message["To"], message["From"], message["Subject"] = mail.to, self.sender, mail.subject
        message.set_content(mail.text)
        try:
            with self._connect() as server:
                if self.url.username:
                    server.login(unquote(self.url.username), unquote(self.url.password or ""))
                server.send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise EngineUnavailable(
                "smtp", f"the mail server {self.url.hostname} did not take the mail: {error}"
            ) from error


def build_mailer(url: str) -> LogMailer | SmtpMailer:
    return SmtpMailer(url) if url else LogMailer()
