"""An administrator's pages: people, invitations, closed accounts, the audit log, and the first account by command."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories.accounts import PASSWORD, make_organisation, make_user
from trainer.extensions import db
from trainer.store.accounts import Organisation, find_organisation, find_user_by_email, open_invitations
from trainer.web.kept_pages import forget_kept_pages

INVITATION = {"email": "nina@example.org", "name": "Nina", "roles": ["teacher", "hr"], "language": "fr"}


def link_in(text: str) -> str:
    start = text.index("http://localhost/")
    return text[start : text.index('"', start)].removeprefix("http://localhost")


def test_invitation_is_mailed_and_shown_when_sent(
    app: Flask, client: FlaskClient, sign_in: SignIn, session: Session, ports: Any
) -> None:
    admin = sign_in("admin")
    assert client.get("/admin/invitations/new").status_code == 200
    page = client.post("/admin/invitations/new", data=INVITATION)
    assert page.status_code == 200
    path = link_in(page.text)
    assert app.test_client().get(path).status_code == 200
    (mail,) = ports.mailer.mails
    assert (mail.to, path in mail.text) == ("nina@example.org", True)
    assert admin.organisation.name in mail.subject
    assert "vous invite" in mail.subject
    assert "nina@example.org" in client.get("/admin/people").text
    assert path.rsplit("/", 1)[1] not in client.get("/admin/people").text


def test_invitation_still_shows_its_link_when_the_mail_server_is_away(
    client: FlaskClient, sign_in: SignIn, ports: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trainer.ports import EngineUnavailable

    def away(_mail: object) -> None:
        raise EngineUnavailable("smtp", "no answer")

    monkeypatch.setattr(ports.mailer, "send", away)
    sign_in("admin")
    page = client.post("/admin/invitations/new", data=INVITATION)
    assert (page.status_code, "could not be sent" in page.text, "/join/" in page.text) == (200, True, True)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"email": "nina"}, "name@example.org"),
        ({"email": ""}, "fill this in"),
        ({"roles": []}, "at least one role"),
        ({"roles": ["owner"]}, "check what you entered"),
        ({"language": "de"}, "check what you entered"),
        ({"name": "x" * 121}, "check what you entered"),
    ],
)
def test_invitation_is_not_made_when_something_is_wrong(
    client: FlaskClient, sign_in: SignIn, session: Session, change: dict[str, Any], says: str
) -> None:
    admin = sign_in("admin")
    page = client.post("/admin/invitations/new", data=INVITATION | change)
    assert (page.status_code, says in page.text) == (422, True)
    assert open_invitations(session, admin.organisation_id) == []


def test_invitation_is_refused_when_the_person_is_here_already(
    client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation
) -> None:
    make_user(session, organisation, email="nina@example.org")
    sign_in("admin")
    page = client.post("/admin/invitations/new", data=INVITATION)
    assert (page.status_code, "already has an account" in page.text) == (422, True)


def test_invitation_tells_nothing_when_the_person_is_in_another_organisation(
    client: FlaskClient, sign_in: SignIn, session: Session
) -> None:
    make_user(session, make_organisation(session), email="nina@example.org")
    sign_in("admin")
    assert client.post("/admin/invitations/new", data=INVITATION).status_code == 200


def test_link_stops_working_when_the_invitation_is_withdrawn(
    app: Flask, client: FlaskClient, sign_in: SignIn, session: Session
) -> None:
    admin = sign_in("admin")
    path = link_in(client.post("/admin/invitations/new", data=INVITATION).text)
    (invitation,) = open_invitations(session, admin.organisation_id)
    address = f"/admin/invitations/{invitation.public_id}/withdraw"
    assert client.post(address).status_code == 302
    assert client.post(address).status_code == 302
    assert app.test_client().get(path).status_code == 404
    assert "nina@example.org" in client.get("/admin/people").text, "the notice names it"
    assert "nina@example.org" not in client.get("/admin/people").text


def test_people_are_found_by_name_or_address(
    client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation
) -> None:
    make_user(session, organisation, name="Zoé Blanc", email="zoe@example.org")
    make_user(session, organisation, name="100 % Max", email="max@example.org")
    make_user(session, make_organisation(session), name="Zoé Ailleurs")
    sign_in("admin")
    by_name, by_address = (client.get("/admin/people", query_string={"search": word}).text for word in ("zoé", "ZOE@"))
    for page in (by_name, by_address):
        assert ("Zoé Blanc" in page, "Max" in page, "Ailleurs" in page) == (True, False, False)
    assert "Max" in client.get("/admin/people", query_string={"search": "0 %"}).text
    assert "Nobody found" in client.get("/admin/people", query_string={"search": "_"}).text
    assert client.get("/admin/people?page=-3").status_code == 200
    assert client.get("/admin/people?page=9").status_code == 200


def test_roles_change_when_saved(
    client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation
) -> None:
    user = make_user(session, organisation)
    sign_in("admin")
    form = {"name": "  Léa   Noir ", "roles": ["trainer", "learner"], "language": "fr"}
    assert client.post(f"/admin/people/{user.public_id}", data=form).status_code == 302
    session.refresh(user)
    assert (user.name, user.ordered_roles, user.language) == ("Léa Noir", ["learner", "trainer"], "fr")


def test_roles_hold_at_once_when_they_were_taken_away(
    app: Flask, client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation
) -> None:
    second = make_user(session, organisation, ["admin"])
    browser = app.test_client()
    browser.post("/login", data={"email": second.email, "password": PASSWORD})
    assert browser.get("/admin/people").status_code == 200
    sign_in("admin")
    client.post(f"/admin/people/{second.public_id}", data={"name": "B", "roles": ["learner"], "language": "en"})
    assert browser.get("/admin/people").status_code == 403


def test_sessions_end_when_an_account_is_closed_and_it_can_be_opened_again(
    app: Flask, client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation
) -> None:
    user, browser = make_user(session, organisation), app.test_client()
    form = {"email": user.email, "password": PASSWORD}
    browser.post("/login", data=form)
    admin = sign_in("admin")
    address = f"/admin/people/{user.public_id}"
    assert client.post(f"{address}/close").status_code == 302
    assert browser.get("/account").status_code == 302
    assert browser.post("/login", data=form).status_code == 422
    assert client.post(f"{address}/password-link").status_code == 404
    assert "Open the account again" in client.get(address).text
    assert client.post(f"{address}/open").status_code == 302
    assert browser.get("/account").status_code == 302, "an old session stays ended"
    assert browser.post("/login", data=form).status_code == 302
    log = client.get("/admin/audit").text
    assert all(text in log for text in ("Account closed", "Account opened again", admin.name, user.name))


def test_last_administrator_is_kept(
    client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation
) -> None:
    make_user(session, organisation, ["admin"], is_active=False)
    make_user(session, make_organisation(session), ["admin"])
    admin = sign_in("admin")
    address = f"/admin/people/{admin.public_id}"
    page = client.post(address, data={"name": admin.name, "roles": ["learner"], "language": "en"})
    assert (page.status_code, "only administrator" in page.text) == (422, True)
    assert client.post(f"{address}/close").status_code == 409
    session.refresh(admin)
    assert (admin.ordered_roles, admin.is_active) == (["admin"], True)
    make_user(session, organisation, ["admin"])
    assert client.post(f"{address}/close").status_code == 409, "nobody closes their own account"
    page = client.post(address, data={"name": admin.name, "roles": ["learner"], "language": "en"})
    assert page.status_code == 302


def test_password_link_is_handed_over_when_made(
    app: Flask, client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation, ports: Any
) -> None:
    user = make_user(session, organisation)
    sign_in("admin")
    page = client.post(f"/admin/people/{user.public_id}/password-link")
    assert page.status_code == 200
    assert app.test_client().get(link_in(page.text)).status_code == 200
    assert ports.mailer.mails == []


def test_people_of_another_organisation_do_not_exist_here(
    client: FlaskClient, sign_in: SignIn, session: Session, ports: Any
) -> None:
    foreign = make_user(session, make_organisation(session), ["admin"])
    sign_in("admin")
    address = f"/admin/people/{foreign.public_id}"
    for path in (address, f"{address}/close", f"{address}/open", f"{address}/password-link"):
        assert client.post(path, data={"name": "x", "roles": ["learner"], "language": "en"}).status_code == 404
    assert client.get(address).status_code == 404
    session.refresh(foreign)
    assert foreign.is_active


def test_candidates_have_no_page_of_their_own(
    client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation
) -> None:
    candidate = make_user(session, organisation, is_candidate=True, name="Carla Link")
    sign_in("admin")
    assert client.get(f"/admin/people/{candidate.public_id}").status_code == 404
    assert "Carla Link" not in client.get("/admin/people").text


def test_queries_stay_the_same_when_there_are_more_rows(
    client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation
) -> None:
    sign_in("admin")
    queries: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *given: queries.append(given[2]))

    def count(path: str) -> int:
        session.expire_all()
        forget_kept_pages()
        queries.clear()
        assert client.get(path).status_code == 200
        return len(queries)

    make_user(session, organisation, is_active=False)  # closed accounts are a question of their own
    session.commit()
    few = {path: count(path) for path in ("/admin/people", "/admin/audit", "/start")}
    for number in range(40):
        user = make_user(session, organisation, ["learner", "trainer"])
        client.post(f"/admin/people/{user.public_id}/close")
        client.post("/admin/invitations/new", data=INVITATION | {"email": f"person-{number}@example.com"})
    client.get("/start")  # takes the notices away
    assert {path: count(path) for path in few} == few
    assert max(few.values()) <= 7, few


def test_command_adds_a_first_administrator_when_given_a_password(
    app: Flask, runner: FlaskCliRunner, session: Session
) -> None:
    words = ["users", "add", "ada@example.org", "--name", "Ada", "--role", "admin", "--organisation", "Nouveau Centre"]
    result = runner.invoke(args=words, env={"USER_PASSWORD": PASSWORD})
    assert result.exit_code == 0, result.output
    assert find_organisation(session, "Nouveau Centre") is not None
    page = app.test_client().post("/login", data={"email": "ada@example.org", "password": PASSWORD})
    assert page.status_code == 302
    again = runner.invoke(args=words, env={"USER_PASSWORD": PASSWORD})
    assert (again.exit_code, again.output) == (1, "Error: there is already an account with this e-mail address\n")


def test_command_reads_the_password_from_standard_input_when_asked(runner: FlaskCliRunner, session: Session) -> None:
    words = ["users", "add", "bo@example.org", "--name", "Bo", "--organisation", "A", "--password-stdin"]
    assert runner.invoke(args=words, input=f"{PASSWORD}\n").exit_code == 0
    assert find_user_by_email(session, "bo@example.org") is not None
    short = runner.invoke(args=["users", "add", "cy@example.org", *words[3:]], input="short\n")
    assert (short.exit_code, "10 to 200 characters" in short.output) == (1, True)


def test_command_prints_an_invitation_when_no_password_is_given(
    client: FlaskClient, runner: FlaskCliRunner, session: Session
) -> None:
    result = runner.invoke(args=["users", "add", "eve@example.org", "--role", "hr", "--organisation", "B"])
    assert result.exit_code == 0, result.output
    assert client.get(result.output.strip()).status_code == 200


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["eve", "--organisation", "B"], 1, "name@example.org"),
        (["eve@example.org"], 2, "--organisation"),
        (["eve@example.org", "--organisation", "B", "--role", "king"], 2, "king"),
        (["eve@example.org", "--organisation", "B", "--password-stdin"], 2, "needs --name"),
    ],
)
def test_command_says_what_is_wrong_when_used_wrongly(
    runner: FlaskCliRunner, words: list[str], code: int, says: str
) -> None:
    result = runner.invoke(args=["users", "add", *words], input="")
    assert (result.exit_code, says in result.output) == (code, True)
