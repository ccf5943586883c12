"""Mails before the end of a certificate: the right step, in the holder's language, once, and again where none went out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories.accounts import NOW
from tests.factories.careers import issued_certificate, make_team
from trainer.jobs import run_job
from trainer.ports import EngineUnavailable, Mail, Ports
from trainer.services import expiry_reminders
from trainer.services.certificates import revoke_certificate
from trainer.store.certificates import Certificate


class Box:
    """A mailer that keeps what it is given, or takes nothing."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.is_down = False

    def send(self, mail: Mail) -> None:
        if self.is_down:
            raise EngineUnavailable("smtp", "nobody answers")
        self.mails.append(mail)


class At:
    def __init__(self, now) -> None:
        self.time = now

    def now(self):
        return self.time


@pytest.fixture
def certificate(session: Session, ports: Ports, monkeypatch: pytest.MonkeyPatch) -> Certificate:
    team = make_team(session)
    team.learner.language = "fr"
    return issued_certificate(session, ports, team, monkeypatch)


@pytest.fixture
def box() -> Box:
    return Box()


def remind(app: Flask, ports: Ports, box: Box, moment) -> list[str]:
    before = len(box.mails)
    app.extensions["ports"] = replace(ports, mailer=box, clock=At(moment))
    run_job("remind_holders")
    return [mail.subject for mail in box.mails[before:]]


def test_each_step_is_told_once_and_in_the_holders_language(
    app: Flask, session: Session, ports: Ports, certificate: Certificate, box: Box
) -> None:
    end = certificate.valid_until
    assert end is not None
    told = [remind(app, ports, box, end - timedelta(days=days)) for days in (91, 90, 60, 30, 29, 7, 1, 0, -1, -15)]
    assert [len(subjects) for subjects in told] == [0, 1, 0, 1, 0, 1, 0, 1, 0, 0]
    assert told[1][0].startswith("Votre certificat prend fin le ")
    assert told[7] == ["Votre certificat a pris fin"]
    assert "dans 90 jours" in box.mails[0].text
    assert certificate.number in box.mails[0].text
    assert "https://trainer.example/v/" in box.mails[0].text
    assert "expiré" in box.mails[-1].text


def test_what_did_not_go_out_is_owed_still_and_missed_steps_are_told_as_one(
    app: Flask, session: Session, ports: Ports, certificate: Certificate, box: Box
) -> None:
    end = certificate.valid_until
    assert end is not None
    box.is_down = True
    assert remind(app, ports, box, end - timedelta(days=89)) == []
    assert len(expiry_reminders.owed(session, end - timedelta(days=5))) == 1
    box.is_down = False
    assert len(remind(app, ports, box, end - timedelta(days=5))) == 1
    assert "dans 5 jours" in box.mails[0].text


def test_nobody_is_told_of_a_certificate_that_was_revoked(
    app: Flask, session: Session, ports: Ports, monkeypatch: pytest.MonkeyPatch, box: Box
) -> None:
    team = make_team(session)
    certificate = issued_certificate(session, ports, team, monkeypatch)
    assert certificate.valid_until is not None
    revoke_certificate(
        session, ports, team.supervisor.actor, certificate.public_id, "Somebody else took the calls.", NOW
    )
    assert remind(app, ports, box, certificate.valid_until - timedelta(days=20)) == []
