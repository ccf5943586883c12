"""Signing in and out, and what a session survives."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.factories.accounts import PASSWORD


def test_landing_greets_strangers_when_nobody_is_signed_in(client: FlaskClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert 'lang="en"' in page.text


def test_start_page_shows_calls_when_a_learner_signs_in(client: FlaskClient, sign_in) -> None:
    user = sign_in("learner")
    page = client.get("/start")
    assert page.status_code == 200
    assert user.organisation.name in page.text


def test_password_opens_a_session_when_it_fits(client: FlaskClient, sign_in, organisation, session) -> None:
    from tests.factories.accounts import make_user

    user = make_user(session, organisation)
    page = client.post("/login", data={"email": user.email, "password": PASSWORD, "next": "/account"})
    assert (page.status_code, page.location) == (302, "/account")
