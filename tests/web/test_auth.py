"""Signing in and out, passwords, invitations and reset links, and what a session survives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories.accounts import PASSWORD, make_organisation, make_user
from trainer.domain.roles import Actor
from trainer.extensions import limiter
from trainer.services import accounts, passwords
from trainer.store.accounts import Organisation, User, find_user_by_email

NEW = "a quite different phrase"
CANNOT = "do not fit together"


def enter(client: FlaskClient, user: User, password: str = PASSWORD, next_page: str = "") -> Any:
    return client.post("/login", data={"email": user.email, "password": password, "next": next_page})


def boss(organisation: Organisation) -> Actor:
    return Actor(0, organisation.id, frozenset({"admin"}), "Ada")


def invited(session: Session, organisation: Organisation, ports: Any, email: str = "new@example.org") -> str:
    _invitation, token = accounts.invite(
        session,
        boss(organisation),
        email=email,
        name="Nina",
        roles=["teacher"],
        language="fr",
        now=ports.clock.now(),
    )
    return token


@pytest.fixture
def learner(session: Session, organisation: Organisation) -> User:
    return make_user(session, organisation)


@pytest.fixture
def limits(app: Flask) -> Iterator[None]:
    """Rate limits as in service; they are off in other tests."""
    app.config["RATELIMIT_ENABLED"] = True
    limiter.init_app(app)
    limiter.reset()
    yield
    limiter.reset()
    limiter.enabled = False


def test_landing_greets_strangers_when_nobody_is_signed_in(client: FlaskClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert 'lang="en"' in page.text


def test_landing_speaks_french_when_the_browser_asks_for_it(client: FlaskClient) -> None:
    page = client.get("/", headers={"Accept-Language": "fr-BE,fr;q=0.9,en;q=0.5"})
    assert 'lang="fr"' in page.text
    assert "Se connecter" in page.text


def test_start_page_shows_calls_when_a_learner_signs_in(client: FlaskClient, sign_in: SignIn) -> None:
    user = sign_in("learner")
    page = client.get("/start")
    assert page.status_code == 200
    assert user.organisation.name in page.text


def test_password_opens_a_session_when_it_fits(client: FlaskClient, learner: User) -> None:
    page = enter(client, learner, next_page="/account")
    assert (page.status_code, page.location) == (302, "/account")
    assert learner.name in client.get("/account").text


def test_address_is_accepted_when_its_case_differs(client: FlaskClient, learner: User) -> None:
    assert learner.email is not None
    page = client.post("/login", data={"email": f" {learner.email.upper()} ", "password": PASSWORD})
    assert page.status_code == 302


def test_refusal_is_the_same_when_unknown_or_wrong_or_closed(
    client: FlaskClient, session: Session, organisation: Organisation, learner: User
) -> None:
    closed = make_user(session, organisation, is_active=False, email="closed@example.org")
    unknown = User(email="nobody@example.org")
    said = set()
    for who, password in ((learner, "not the password"), (unknown, PASSWORD), (closed, PASSWORD)):
        page = enter(client, who, password)
        assert page.status_code == 422
        assert CANNOT in page.text
        said.add(page.text.replace(str(who.email), ""))
    texts = {re.sub(r'name="csrf_token"[^>]*', "", text) for text in said}
    assert len(texts) == 1


def test_sign_in_pauses_when_one_account_is_guessed_at(limits: None, client: FlaskClient, learner: User) -> None:
    assert [enter(client, learner, "guess number one").status_code for _ in range(10)] == [422] * 10
    refused = enter(client, learner)
    assert refused.status_code == 429
    assert "too often" in refused.text


def test_sign_in_stays_open_when_a_class_signs_in_at_once(limits: None, app: Flask, learner: User) -> None:
    assert {enter(app.test_client(), learner).status_code for _ in range(40)} == {302}


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "http:/evil.example",
        "account",
        "/a\r\nSet-Cookie: x=1",
    ],
)
def test_sign_in_stays_on_this_site_when_next_leads_away(client: FlaskClient, learner: User, target: str) -> None:
    assert enter(client, learner, next_page=target).location == "/start"
    assert client.get("/login", query_string={"next": target}).location == "/start"


def test_page_comes_back_after_sign_in_when_it_asked_for_one(client: FlaskClient) -> None:
    page = client.get("/account?tab=2")
    assert (page.status_code, page.location) == (302, "/login?next=/account?tab%3D2")


def test_script_gets_401_and_the_address_when_the_session_has_ended(
    client: FlaskClient, sign_in: SignIn, session: Session
) -> None:
    user = sign_in("learner")
    user.auth_epoch += 1
    session.commit()
    answer = client.post(
        "/account/sign-out-everywhere", json={}, headers={"Referer": "http://localhost/calls/abc?lang=fr"}
    )
    assert answer.status_code == 401
    assert answer.json is not None
    assert answer.json["code"] == "error.signed_out"
    assert answer.json["login_url"] == "/login?next=/calls/abc?lang%3Dfr"


def test_script_hears_of_the_ended_session_first_when_its_form_token_is_old_too(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    answer = app.test_client().post("/account/password", json={})
    assert (answer.status_code, (answer.json or {})["code"]) == (401, "error.signed_out")


def test_form_is_refused_when_its_token_is_missing(app: Flask, client: FlaskClient, sign_in: SignIn) -> None:
    sign_in("learner")
    app.config["WTF_CSRF_ENABLED"] = True
    page = client.post("/logout")
    assert page.status_code == 400
    assert "open for too long" in page.text
    assert client.get("/account").status_code == 200


def test_open_page_learns_whether_someone_is_signed_in(client: FlaskClient, sign_in: SignIn) -> None:
    before = client.get("/session").json or {}
    sign_in("learner")
    after = client.get("/session").json or {}
    assert (before["signed_in"], after["signed_in"]) == (False, True)
    assert after["csrf_token"]


def test_logout_needs_a_post_and_ends_the_session(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in("learner")
    assert client.get("/logout").status_code == 405
    assert client.get("/account").status_code == 200
    assert client.post("/logout").status_code == 302
    assert client.get("/account").location.startswith("/login")


def test_other_sessions_end_when_the_password_changes(app: Flask, learner: User) -> None:
    here, elsewhere = app.test_client(), app.test_client()
    enter(here, learner), enter(elsewhere, learner)
    page = here.post("/account/password", data={"old_password": PASSWORD, "password": NEW, "again": NEW})
    assert page.status_code == 302
    assert here.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 302
    assert enter(app.test_client(), learner).status_code == 422
    assert enter(app.test_client(), learner, NEW).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "again", "says"),
    [
        ("wrong password", NEW, NEW, "present password"),
        (PASSWORD, "short", "short", "between 10 and 200"),
        (PASSWORD, NEW, NEW + "!", "two passwords differ"),
        (PASSWORD, "aaaaaaaaaaaa", "aaaaaaaaaaaa", "different"),
        ("", "", "", "fill this in"),
    ],
)
def test_password_stays_when_the_change_is_refused(
    app: Flask, client: FlaskClient, learner: User, old: str, new: str, again: str, says: str
) -> None:
    enter(client, learner)
    page = client.post("/account/password", data={"old_password": old, "password": new, "again": again})
    assert page.status_code == 422
    assert says in page.text
    assert enter(app.test_client(), learner).status_code == 302


def test_every_session_ends_when_asked_for(app: Flask, learner: User) -> None:
    here, elsewhere = app.test_client(), app.test_client()
    enter(here, learner), enter(elsewhere, learner)
    here.post("/account/sign-out-everywhere")
    assert {one.get("/account").status_code for one in (here, elsewhere)} == {302}


def test_invitation_lets_one_person_in_once(
    app: Flask, client: FlaskClient, session: Session, organisation: Organisation, ports: Any
) -> None:
    token = invited(session, organisation, ports)
    form = {"name": "Nina Noël", "password": NEW, "again": NEW, "language": "fr"}
    welcome = client.get(f"/join/{token}")
    assert (welcome.status_code, organisation.name in welcome.text) == (200, True)
    assert client.post(f"/join/{token}", data=form).location == "/start"
    joined = find_user_by_email(session, "new@example.org")
    assert joined is not None
    assert (joined.name, joined.ordered_roles, joined.organisation_id) == ("Nina Noël", ["teacher"], organisation.id)
    assert 'lang="fr"' in client.get("/start").text
    again = app.test_client().post(f"/join/{token}", data=form)
    assert (again.status_code, "already used" in again.text) == (404, True)


def test_invitation_is_refused_when_its_time_is_over(
    client: FlaskClient, session: Session, organisation: Organisation, ports: Any
) -> None:
    token = invited(session, organisation, ports)
    ports.clock.pass_by(days=14)
    for page in (client.get(f"/join/{token}"), client.post(f"/join/{token}", data={})):
        assert (page.status_code, "expired" in page.text) == (404, True)


def test_invitation_is_refused_when_a_newer_one_was_sent(
    client: FlaskClient, session: Session, organisation: Organisation, ports: Any
) -> None:
    old, new = invited(session, organisation, ports), invited(session, organisation, ports)
    assert client.get(f"/join/{old}").status_code == 404
    assert client.get(f"/join/{new}").status_code == 200


def test_invitation_tells_of_the_account_when_the_address_is_taken_meanwhile(
    client: FlaskClient, session: Session, organisation: Organisation, ports: Any
) -> None:
    token = invited(session, organisation, ports)
    make_user(session, make_organisation(session), email="new@example.org")
    page = client.post(f"/join/{token}", data={"name": "N", "password": NEW, "again": NEW, "language": "en"})
    assert (page.status_code, "already an account" in page.text) == (422, True)


def test_joining_keeps_what_was_typed_when_something_is_wrong(
    client: FlaskClient, session: Session, organisation: Organisation, ports: Any
) -> None:
    token = invited(session, organisation, ports)
    page = client.post(f"/join/{token}", data={"name": "Nina N.", "password": "x", "again": "x", "language": "fr"})
    assert page.status_code == 422
    assert 'value="Nina N."' in page.text
    assert 'value="x"' not in page.text


def test_forgotten_password_answers_the_same_when_there_is_no_account(app: Flask, learner: User, ports: Any) -> None:
    answers = []
    for email in (learner.email, "nobody@example.org"):
        page = app.test_client().post("/password/forgotten", data={"email": email}, follow_redirects=True)
        answers.append(re.sub(r'name="csrf_token"[^>]*', "", page.text))
    assert answers[0] == answers[1]
    assert [mail.to for mail in ports.mailer.mails] == [learner.email]


def test_reset_link_sets_a_password_once(app: Flask, client: FlaskClient, learner: User, ports: Any) -> None:
    elsewhere = app.test_client()
    enter(elsewhere, learner)
    client.post("/password/forgotten", data={"email": learner.email})
    address = next(word for word in ports.mailer.mails[0].text.split() if "/password/" in word)
    path = address.removeprefix("http://localhost")
    assert client.get(path).status_code == 200
    assert client.post(path, data={"password": NEW, "again": "other phrase"}).status_code == 422
    assert client.post(path, data={"password": NEW, "again": NEW}).location == "/start"
    assert elsewhere.get("/account").status_code == 302
    assert client.post(path, data={"password": PASSWORD, "again": PASSWORD}).status_code == 404
    assert enter(app.test_client(), learner, NEW).status_code == 302


def test_reset_link_is_refused_when_its_day_is_over(
    client: FlaskClient, session: Session, learner: User, ports: Any
) -> None:
    begun = passwords.begin_reset(session, str(learner.email), ports.clock.now())
    assert begun is not None
    ports.clock.pass_by(hours=24)
    page = client.get(f"/password/{begun[1]}")
    assert (page.status_code, "does not work any more" in page.text) == (404, True)


def test_candidate_has_no_password_to_change(
    client: FlaskClient, session: Session, organisation: Organisation, sign_in: SignIn
) -> None:
    sign_in(user=make_user(session, organisation, is_candidate=True))
    assert "Change your password" not in client.get("/account").text
    assert client.post("/account/password", data={}).status_code == 403


def test_language_is_kept_with_the_account_when_switched(
    client: FlaskClient, session: Session, sign_in: SignIn
) -> None:
    user = sign_in("learner")
    assert client.post("/language", data={"language": "fr", "next": "/account"}).location == "/account"
    session.refresh(user)
    assert user.language == "fr"
    assert "Votre compte" in client.get("/account").text


def test_session_cookie_is_refused_when_made_up(client: FlaskClient, learner: User) -> None:
    for forged in ("", "x", f"{learner.public_id}", f"{learner.public_id}.x", f"{learner.public_id}.²", ".1"):
        with client.session_transaction() as browser:
            browser["_user_id"] = forged
        assert client.get("/account").status_code == 302
