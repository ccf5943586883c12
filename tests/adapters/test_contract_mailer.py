"""What every mailer promises, and what the mail server sees of the real one."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Callable, Iterator

import pytest

from tests.adapters.mail_server import SENDMAIL, MailServer, mail_server
from tests.conftest import Outbox
from trainer.adapters.mail import LogMailer, SmtpMailer
from trainer.ports import EngineUnavailable, Mail, Mailer

PORT = Mailer
ADAPTERS = (SmtpMailer, LogMailer, Outbox)
MAILS = [
    Mail("nora@example.org", "Your invitation", "Hello Nora,\n\nplease come.\n"),
    Mail("zoe@example.org", "Félicitations, Zoé — 100 %", "Votre certificat est prêt : 50 % …\n.\nBonne suite.\n"),
]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    monkeypatch.setattr(smtplib.SMTP, "sendmail", SENDMAIL)
    with mail_server() as server:
        yield server


def smtp(server: MailServer) -> SmtpMailer:
    return SmtpMailer(f"smtp://127.0.0.1:{server.port}/?from=training@example.org")


@pytest.fixture(params=ADAPTERS)
def mailer(request: pytest.FixtureRequest, server: MailServer) -> Mailer:
    return smtp(server) if request.param is SmtpMailer else request.param()


@pytest.fixture
def delivered(mailer: Mailer, server: MailServer, caplog: pytest.LogCaptureFixture) -> Callable[[], list[Mail]]:
    """What arrived: at the server, in the log, or in the twin."""
    caplog.set_level(logging.INFO, "trainer.adapters.mail")

    def read() -> list[Mail]:
        if isinstance(mailer, SmtpMailer):
            return [Mail(to[0], m["Subject"], m.get_content()) for _, to, m in server.kept]
        if isinstance(mailer, LogMailer):
            return [Mail(*record.args) for record in caplog.records if record.name == "trainer.adapters.mail"]
        return mailer.mails

    return read


def test_each_mail_keeps_whom_it_is_for_its_subject_and_its_words(
    mailer: Mailer, delivered: Callable[[], list[Mail]]
) -> None:
    for mail in MAILS:
        mailer.send(mail)
    assert delivered() == MAILS


def test_the_same_mail_twice_is_two_mails(mailer: Mailer, delivered: Callable[[], list[Mail]]) -> None:
    mailer.send(MAILS[0])
    mailer.send(MAILS[0])
    assert delivered() == [MAILS[0], MAILS[0]]


def test_the_server_sees_the_sender_that_is_set_and_one_recipient(server: MailServer) -> None:
    smtp(server).send(MAILS[0])
    ((sender, recipients, message),) = server.kept
    assert (sender, recipients) == ("training@example.org", ["nora@example.org"])
    assert (message["From"], message["To"]) == ("training@example.org", "nora@example.org")


def test_a_line_break_in_a_subject_adds_no_recipient(server: MailServer) -> None:
    with pytest.raises(ValueError):
        smtp(server).send(Mail("nora@example.org", "Hello\nBcc: all@example.org", "Hello"))
    assert server.kept == []


def test_a_server_that_refuses_or_is_gone_is_unavailable(server: MailServer) -> None:
    server.refuses = "550 no such mailbox"
    with pytest.raises(EngineUnavailable, match="did not take the mail"):
        smtp(server).send(MAILS[0])
    assert server.kept == []
    with pytest.raises(EngineUnavailable, match="did not take the mail"):
        SmtpMailer("smtp://127.0.0.1:9").send(MAILS[0])
