"""A holder keeps their name off the public page; a reader who knows it can ask."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from tests.factories.careers import issued_certificate, make_team
from trainer.app import create_app
from trainer.domain.errors import NotFound
from trainer.extensions import limiter
from trainer.services.certificate_files import badge_bytes
from trainer.services.hidden_names import hide_name

NAME = "Zoé Ångström-O’Neill"
FILES = ("certificate.pdf", "certificate.json", "certificate.jwt", "badge.json", "badge.jwt", "badge.png", "badge.svg")


@pytest.fixture
def team(session, organisation):
    return make_team(session, organisation)


@pytest.fixture
def certificate(session, ports, team, monkeypatch):
    return issued_certificate(session, ports, team, monkeypatch)


@pytest.fixture
def hidden(client, sign_in, team, certificate):
    """The holder hid their name; a stranger looks now."""
    sign_in(user=team.learner)
    page = client.post(f"/certificates/{certificate.public_id}/name", data={"hidden": "yes"}, follow_redirects=True)
    assert "Your name is hidden" in page.get_data(as_text=True)
    with client.session_transaction() as browser:
        browser.clear()
    return certificate


def test_the_page_answers_without_the_name_and_hands_out_no_file(client, hidden):
    page = client.get(f"/v/{hidden.token}").get_data(as_text=True)
    assert "Valid</h1>" in page
    assert "Operator category 3" in page
    body = client.get(f"/v/{hidden.token}", headers={"Accept": "application/json"})
    assert (body.get_json()["status"], body.get_json()["name_hidden"], body.get_json()["certificate"]) == (
        "valid", True, None,
    )  # fmt: skip
    for text in (page, body.get_data(as_text=True)):
        assert "ngstr" not in text
        assert "Neill" not in text
    for accept in ("application/vc", "application/vc+jwt"):
        told = client.get(f"/v/{hidden.token}", headers={"Accept": accept}).get_data(as_text=True)
        assert "ngstr" not in told
    for name in FILES:
        assert client.get(f"/v/{hidden.token}/{name}").status_code == 404


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        (NAME, True), ("zoe  angstrom-o'neill ", True), ("ZOÉ ÅNGSTRÖM-O’NEILL", True),
        ("Zoé", False), ("Zoé Ångström", False), ("", None), ("x" * 5000, False), ("%", False), ("\u0000", False),
    ],
)  # fmt: skip
def test_a_typed_name_is_compared(client, hidden, typed, fits):
    answer = client.post(f"/v/{hidden.token}", data={"name": typed})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert (("Yes: the certificate was issued to" in page), ("No: the certificate" in page)) == (
        fits is True, fits is False,
    )  # fmt: skip
    told = client.post(f"/v/{hidden.token}", data={"name": typed}, headers={"Accept": "application/json"})
    assert told.get_json() == {"name_fits": fits}
    assert client.post(f"/v/{'A' * 32}", data={"name": typed}).status_code == 404


def test_guessing_names_is_slowed_down(app, ports, hidden):
    strict = create_app(replace(app.extensions["settings"], testing=False), ports).test_client()
    try:
        answers = [strict.post(f"/v/{'A' * 32}", data={"name": str(n)}).status_code for n in range(11)]
    finally:
        limiter.reset()
        limiter.enabled = False
    assert answers == [404] * 10 + [429]


def test_the_holder_keeps_all_files_and_a_given_file_still_verifies(client, sign_in, team, hidden):
    data = badge_bytes(hidden)
    sent = client.post("/verify", data={"file": (io.BytesIO(data), "badge.json")})
    assert "Valid</h1>" in sent.get_data(as_text=True)
    sign_in(user=team.learner)
    assert client.get(f"/certificates/{hidden.public_id}/badge.json").data == data
    page = client.get("/certificates/").get_data(as_text=True)
    assert "Show my name on the public page" in page


def test_the_name_is_shown_again_when_the_holder_says_so(client, sign_in, team, hidden):
    sign_in(user=team.learner)
    client.post(f"/certificates/{hidden.public_id}/name", data={"hidden": "no"})
    assert NAME in client.get(f"/v/{hidden.token}").get_data(as_text=True)
    assert client.get(f"/v/{hidden.token}/badge.png").status_code == 200


def test_only_the_holder_chooses(session, team, certificate):
    for other in (team.supervisor, team.stranger):
        with pytest.raises(NotFound):
            hide_name(session, other.actor, certificate.public_id, True, certificate.issued_at)
