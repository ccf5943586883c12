"""Pages that are kept for a person: again without a question to the database, and never other than what is stored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, update
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories.accounts import NOW, make_user
from trainer.extensions import db
from trainer.ports import Ports
from trainer.store.accounts import Organisation, UserRole
from trainer.store.learning import LessonRead
from trainer.store.practice import Card
from trainer.web.kept_pages import forget_kept_pages

PATHS = (
    "/start", "/learn/", "/learn/duties", "/learn/progress", "/learn/duty-map", "/calls/", "/calls/mine", "/career/",
    "/career/conditions", "/certificates/", "/exams/", "/practice/", "/job-description/",
)  # fmt: skip
OF_STAFF = ("/reports/learning", "/categories/", "/admin/people")
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def asked(app: Flask) -> Iterator[list[str]]:
    """The statements that reach the database."""
    found: list[str] = []

    def note(*told: object) -> None:
        found.append(str(told[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


def views(app: Flask) -> set[str]:
    kept = {name for name, view in app.view_functions.items() if getattr(view, "is_kept", False)}
    return {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint in kept and not rule.arguments}


def test_every_kept_page_is_tried_here(app: Flask) -> None:
    assert views(app) == {*PATHS, *OF_STAFF}


@pytest.mark.parametrize("path", PATHS)
def test_page_is_the_same_again_for_one_question(
    client: FlaskClient, sign_in: SignIn, asked: list[str], path: str
) -> None:
    sign_in("learner")
    client.get(path)  # what is made once an organisation, as its first edition of the job description
    first = client.get(path).text
    asked.clear()
    assert TOKEN.sub("", client.get(path).text) == TOKEN.sub("", first)
    assert len(asked) == 1


@pytest.mark.parametrize("path", OF_STAFF)
def test_page_of_staff_is_the_same_again_until_something_is_stored_of_anybody(
    client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation, asked: list[str], path: str
) -> None:
    learner = make_user(session, organisation, ["learner"])
    sign_in("admin", "supervisor", "trainer")
    client.get(path)
    first = client.get(path).text
    asked.clear()
    assert TOKEN.sub("", client.get(path).text) == TOKEN.sub("", first)
    assert len(asked) == 2
    learner.name = "Noor of the Lakes"
    session.commit()
    assert "Noor of the Lakes" in client.get(path).text


@pytest.mark.parametrize("path", [*PATHS, *OF_STAFF])
def test_kept_view_stores_nothing(client: FlaskClient, sign_in: SignIn, asked: list[str], path: str) -> None:
    """It is not run again for a minute, so nothing may depend on its being run."""
    sign_in("learner", "admin", "supervisor", "trainer")
    client.get("/job-description/")  # makes an organisation's first edition
    forget_kept_pages()
    asked.clear()
    assert client.get(path).status_code == 200
    assert [one for one in asked if not one.lstrip().upper().startswith(("SELECT", "WITH"))] == []


def test_token_is_of_the_session_that_asks(client: FlaskClient, sign_in: SignIn) -> None:
    user = sign_in("learner")
    before = set(TOKEN.findall(client.get("/learn/").text))
    sign_in(user=user)
    after = set(TOKEN.findall(client.get("/learn/").text))
    assert len(before) == len(after) == 1
    assert before != after


def test_nobody_gets_the_page_of_another(client: FlaskClient, sign_in: SignIn) -> None:
    first, second = sign_in("learner"), None
    assert first.name in client.get("/learn/").text
    second = sign_in("learner")
    page = client.get("/learn/").text
    assert second.name in page
    assert first.name not in page


def test_what_others_store_of_a_person_is_told_at_once(
    client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation
) -> None:
    user = sign_in("learner")
    assert "/admin/people" not in client.get("/start").text
    session.add(UserRole(user_id=user.id, role="admin"))
    session.commit()
    assert "/admin/people" in client.get("/start").text


def test_what_changes_for_an_organisation_is_told_at_once(
    client: FlaskClient, sign_in: SignIn, session: Session, organisation: Organisation
) -> None:
    sign_in("learner")
    client.get("/learn/")
    organisation.name = "Centre of the North"
    session.commit()
    assert "Centre of the North" in client.get("/learn/").text


def test_a_statement_over_many_rows_is_told_at_once(client: FlaskClient, sign_in: SignIn, session: Session) -> None:
    user = sign_in("learner")
    slug = re.search(r'href="/learn/courses/([^"/]+)"', client.get("/learn/").text)[1]  # type: ignore[index]
    page = client.get(f"/learn/courses/{slug}").text
    lesson = re.search(rf'href="/learn/courses/{slug}/([^"]+)"', page)[1]  # type: ignore[index]
    session.add(
        LessonRead(
            organisation_id=user.organisation_id, user_id=user.id, course="gone", lesson=lesson, version="1", at=NOW
        )
    )
    session.commit()
    before = client.get("/learn/").text
    session.execute(update(LessonRead).values(course=slug))
    session.commit()
    assert 'class="num">1 / ' not in before
    assert 'class="num">1 / ' in client.get("/learn/").text


def test_what_changes_by_time_is_told_with_the_next_minute(
    client: FlaskClient, sign_in: SignIn, session: Session, ports: Ports
) -> None:
    user, now = sign_in("learner"), ports.clock.now()
    session.add(
        Card(
            organisation_id=user.organisation_id, user_id=user.id, kind="recall", course="c", item="i", state="",
            due_at=now + timedelta(seconds=50), made_at=now,
        )
    )  # fmt: skip
    session.commit()
    assert "due now" not in client.get("/learn/").text
    ports.clock.pass_by(seconds=60)  # type: ignore[attr-defined]
    assert "1 card is due now" in client.get("/learn/").text


def test_a_notice_is_told_once(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in("learner")
    client.get("/learn/")
    with client.session_transaction() as browser:
        browser["_flashes"] = [("good", "It is done.")]
    assert "It is done." in client.get("/learn/").text
    assert "It is done." not in client.get("/learn/").text


def test_language_and_colours_have_pages_of_their_own(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in("learner")
    assert 'lang="en"' in client.get("/learn/").text
    client.post("/language", data={"language": "fr", "next": "/learn/"})
    assert '<html lang="fr"' in client.get("/learn/").text
    assert "data-bs-theme" not in client.get("/learn/").text
    client.set_cookie("theme", "dark")
    assert 'data-bs-theme="dark"' in client.get("/learn/").text


def test_a_refusal_is_not_kept(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in("learner")
    for _again in range(2):
        answer = client.get("/learn/courses/no-such-course")
        assert answer.status_code == 404
        assert "course" in answer.text
