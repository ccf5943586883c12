"""Service calls on pages: the review, the door of a campaign and the comparison show the rubric that they are graded by."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories.accounts import NOW
from tests.factories.assessed_calls import add_grade, make_call
from tests.factories.calls import make_scenario
from tests.factories.cases import CallScript, claim, make_graded_case
from tests.web.test_campaigns import NEW, invited
from trainer.domain.grade import CallGrade
from trainer.services import campaigns, reviewing, scenarios
from trainer.services.scenarios import keep_version
from trainer.store.calls import append_events, latest_grade


def service_grade() -> tuple[CallScript, CallGrade]:
    """A call that explains once in a word of the house, and never asks whether it is clear."""
    call = CallScript(make_graded_case(objections=(), identity_needed=False, inside_words=("PRC",)))
    call.customer("Hello?", move="greet")
    call.says("Good morning, Parcelo, this is Kim.", "greeting", "self_identification")
    call.customer("What does it cost?", "opened")
    call.says("By the PRC it's 4.50.", "information", claims=[claim("4.50", "fee", True, "4.50")])
    call.customer("I see.", "goal:redelivery")
    return call, call.end().wrap_up().grade()


@pytest.mark.parametrize(
    ("language", "title", "question"),
    [
        ("en", "Clarity", "Did you do without words that only the house knows, or explain them?"),
        ("fr", "Clarté", "Avez-vous évité les mots que seule la maison connaît, ou les avez-vous expliqués"),
    ],
)
def test_the_review_shows_the_criteria_of_the_second_rubric(
    client: FlaskClient, sign_in: SignIn, session: Session, language: str, title: str, question: str
) -> None:
    user = sign_in("learner")
    user.language = language
    keep_version(session, make_scenario())
    script, grade = service_grade()
    call = make_call(session, user, NOW)
    call.version = make_scenario().version
    append_events(session, call, script.events)
    add_grade(session, call, grade)
    page = client.get(f"/review/{call.public_id}", headers={"Accept-Language": language}).text
    assert f'criterion-name">{title}<' in page
    assert question in page
    assert "service-1" in page
    assert {"en": "Handling objections", "fr": "Traitement des objections"}[language] not in page
    row = latest_grade(session, call)
    assert row is not None
    assert reviewing.effective_grade(session, call, row).overall == grade.overall


def test_the_door_and_the_comparison_show_what_a_service_call_is_graded_by(
    client: FlaskClient, sign_in: SignIn, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = make_scenario(objections=())
    scenario = replace(scenario, version="service", templates={
        name: replace(one, version="service") for name, one in scenario.templates.items()
    })  # fmt: skip
    monkeypatch.setattr(scenarios, "published", lambda _folder: {scenario.slug: scenario})
    scenarios._cases.clear()
    hr = sign_in("hr")
    made = client.post("/campaigns/new", data=NEW)
    campaign = campaigns.find_campaign(session, hr.actor, made.location.rsplit("/", 1)[1])
    (link,) = invited(client, campaign, "Ana Diaz,ana@mail.org")
    door = client.application.test_client().get(link).text
    assert "Clarity" in door
    assert "Did you explain in pieces (the longest: … words; up to … is)?" in door
    assert "Handling objections" not in door
    assert "<h1" in client.get(f"/campaigns/{campaign.public_id}/compare/clarity").text
