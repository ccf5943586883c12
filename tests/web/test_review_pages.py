"""Pages around the review: the mail about an appeal, the rubrics, the sheet of a blind marking."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories.accounts import NOW, make_user
from tests.factories.assessed_calls import make_call, make_grade
from trainer.content.call_rubric import call_rubric
from trainer.content.rubrics import FOLDER, reply_rubric
from trainer.domain.grading.call_rubric import CHECKS
from trainer.ports import EngineUnavailable
from trainer.services import appeals
from trainer.store.accounts import Organisation, User
from trainer.store.calls import Call
from trainer.web.rubric.explained import explanations

VERSIONS = sorted(path.stem for path in FOLDER.glob("*.yaml"))
ANSWER = "I listened to it twice and changed it."


def an_appeal(session: Session, organisation: Organisation, language: str) -> tuple[User, Call]:
    learner = make_user(session, organisation, roles=["learner"], language=language)
    call = make_call(session, learner, NOW, grade=make_grade())
    appeals.file_appeal(session, learner.actor, call.public_id, "I did greet her, really.", NOW)
    return learner, call


@pytest.mark.parametrize(
    ("language", "subject"), [("en", "Your appeal was answered"), ("fr", "Réponse à votre recours")]
)
def test_the_learner_is_told_by_mail_that_the_appeal_was_answered(
    client: FlaskClient, sign_in: SignIn, session: Session, ports: Any, language: str, subject: str
) -> None:
    reviewer = sign_in("supervisor")
    learner, call = an_appeal(session, reviewer.organisation, language)
    client.post(f"/review/{call.public_id}/appeal/answer", data={"text": "short"})
    assert ports.mailer.mails == []
    client.post(f"/review/{call.public_id}/appeal/answer", data={"text": ANSWER})
    (mail,) = ports.mailer.mails
    assert mail.to == learner.email
    assert mail.subject.startswith(subject)
    assert ANSWER in mail.text
    assert f"/review/{call.public_id}#appeal" in mail.text


def test_an_answer_stands_though_the_mail_server_is_away(
    client: FlaskClient, sign_in: SignIn, session: Session, ports: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_mail: object) -> None:
        raise EngineUnavailable("smtp", "no answer")

    monkeypatch.setattr(ports.mailer, "send", away)
    reviewer = sign_in("supervisor")
    _learner, call = an_appeal(session, reviewer.organisation, "en")
    answer = client.post(f"/review/{call.public_id}/appeal/answer", data={"text": ANSWER})
    assert answer.status_code == 303
    found = appeals.answered_appeal(session, reviewer.actor, call.public_id)
    assert found is not None
    assert found.appeal.answer == ANSWER


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("version", VERSIONS)
def test_every_rubric_is_a_page_for_everyone_with_each_of_its_rules(
    client: FlaskClient, version: str, language: str
) -> None:
    client.post("/language", data={"language": language})
    page = client.get(f"/rubric/{version}")
    assert page.status_code == 200
    ids = set(re.findall(r'id="([^"]+)"', page.text))
    if version.startswith("objection-"):
        replies = reply_rubric(version)
        assert {one.id for one in replies.criteria} | {error.id for error in replies.errors} <= ids
        return
    rubric = call_rubric(version)
    assert {check.id for one in rubric.criteria for check in one.checks} <= ids
    assert {f"error-{number}" for number in range(1, 8)} <= ids


def test_each_check_that_a_rubric_may_have_is_explained(app: Flask) -> None:
    with app.test_request_context():
        told = explanations(call_rubric("call-1").thresholds)
    assert set(told) == {f"{criterion}.{name}" for criterion, names in CHECKS.items() for name in names}
    assert all(told.values())


@pytest.mark.parametrize("version", ["call-99", "objection-99", "..", "x" * 300])
def test_an_unknown_rubric_is_not_found(client: FlaskClient, version: str) -> None:
    assert client.get(f"/rubric/{version}").status_code == 404
