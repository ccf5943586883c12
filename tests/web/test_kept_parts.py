"""Parts of pages that are kept: the same for everybody who should see the same, and for nobody else."""

from __future__ import annotations

import re

from flask import Flask, render_template_string
from flask.testing import FlaskClient
from flask_babel import force_locale
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories.accounts import NOW, make_organisation, make_user
from trainer.content.ladder import load_ladder
from trainer.services.ladders import change_ladder, text_of

PART = '{% call kept("part", number) %}<p>{{ _("Privacy") }} {{ number }} {{ name }}</p>{% endcall %}'


def test_part_is_made_once_a_name_and_language(app: Flask) -> None:
    def shown(language: str, number: int, name: str, root: str = "") -> str:
        with app.test_request_context(base_url=f"http://localhost{root}"), force_locale(language):
            return render_template_string(PART, number=number, name=name)

    assert shown("en", 1, "first") == "<p>Privacy 1 first</p>"
    assert shown("en", 1, "second") == "<p>Privacy 1 first</p>"
    assert shown("en", 2, "second") == "<p>Privacy 2 second</p>"
    assert "Vie privée" in shown("fr", 1, "third")
    assert "fourth" in shown("en", 1, "fourth", "/elsewhere")


def test_what_is_kept_is_escaped(app: Flask) -> None:
    with app.test_request_context():
        for _again in range(2):
            assert "&lt;b&gt;" in render_template_string(PART, number="<b>", name="")


def test_menu_is_of_ones_roles_and_marks_where_one_is(client: FlaskClient, sign_in: SignIn) -> None:
    def menu(path: str) -> tuple[set[str], list[str]]:
        page = client.get(path).text
        nav = page[page.index('class="menu-panel" aria-label') :]
        return set(re.findall(r'<a href="([^"]+)"', nav)), re.findall(r'<a href="([^"]+)" aria-current', nav)

    sign_in("learner")
    learner, here = menu("/calls/")
    assert here == ["/calls/"]
    assert menu("/learn/")[1] == ["/learn/"]
    sign_in("admin")
    admin, _here = menu("/calls/")
    assert {"/admin/people", "/admin/audit"} <= admin - learner
    client.get("/language")
    client.post("/language", data={"language": "fr", "next": "/calls/"})
    assert "Appels" in client.get("/calls/").text


def test_course_card_follows_what_its_reader_has_done(client: FlaskClient, sign_in: SignIn) -> None:
    def first_card(page: str) -> str:
        return re.search(r'class="num">(\d+ / \d+)<', page[page.index("courses-title") :])[1]  # type: ignore[index]

    sign_in("learner")
    before = first_card(client.get("/learn/").text)
    course = re.search(r'href="(/learn/courses/[^"/]+)"', client.get("/learn/").text)[1]  # type: ignore[index]
    lesson = re.search(rf'href="({course}/[^"]+)"', client.get(course).text)[1]  # type: ignore[index]
    assert client.post(f"{lesson}/read").status_code == 303
    cards = client.get("/learn/").text
    assert re.search(rf'{course}".*?class="num">1 / \d+<', cards, re.DOTALL)
    sign_in("learner")
    assert first_card(client.get("/learn/").text) == before


def test_ladder_of_one_organisation_is_not_shown_to_another(
    client: FlaskClient, sign_in: SignIn, session: Session
) -> None:
    """Both have a first edition of their own, which are called alike."""
    shown = []
    for name in ("Apprentice of Oslo", "Apprentice of Brest"):
        house = make_organisation(session)
        admin = make_user(session, house, ["admin"]).actor
        found = text_of(session, admin)
        title = load_ladder().categories[1].title["en"]
        change_ladder(session, admin, found.text.replace(title, name), "Our own words", 0, NOW)
        sign_in(user=make_user(session, house, ["learner"]))
        page = client.get("/career/").text
        rungs = page[page.index('class="ladder"') : page.index("</ol>")]
        shown.append(name in rungs)
    assert shown == [True, True]
