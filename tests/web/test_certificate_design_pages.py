"""The page on which a supervisor looks at designs of certificates, tries them and chooses one."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from trainer.config import ROOT
from trainer.store.certificate_designs import choice_of

HOME = "/certificate-designs/"


@pytest.fixture
def designs(app: Flask, tmp_path: Path) -> Path:
    """Designs for this test to change."""
    folder = Path(shutil.copytree(ROOT / "certificates", tmp_path / "certificates"))
    app.extensions["settings"] = replace(app.extensions["settings"], certificates=folder)
    return folder


def test_supervisor_sees_every_design_with_picture_and_tries_in_both_languages(
    client: FlaskClient, sign_in: SignIn
) -> None:
    sign_in("supervisor")
    page = client.get(HOME).text
    for slug, title in (("classic", "Classic"), ("modern", "Modern"), ("academy", "Academy")):
        assert title in page
        picture = client.get(f"{HOME}{slug}/preview.png")
        assert picture.data.startswith(b"\x89PNG")
        assert len(picture.data) < 150 * 1024
        for language in ("en", "fr"):
            assert f"{HOME}{slug}/try-{language}.pdf" in page
    assert page.count("in use") == 1


def test_a_try_is_a_pdf_and_issues_nothing(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in("supervisor")
    for query in ("", "?gates=12", "?gates=9", "?gates=x"):
        answer = client.get(f"{HOME}modern/try-fr.pdf{query}")
        assert answer.data.startswith(b"%PDF-")
        assert answer.headers["Content-Disposition"].startswith("inline")
    for address in ("modern/try-de.pdf", "nothing/try-en.pdf", "..%2Fmodern/try-en.pdf", "nothing/preview.png"):
        assert client.get(HOME + address).status_code == 404


def test_supervisor_chooses_a_design(client: FlaskClient, session: Session, sign_in: SignIn) -> None:
    user = sign_in("supervisor")
    answer = client.post(HOME, data={"design": "academy"}, follow_redirects=True)
    assert "Saved. From now on certificates are issued with this design" in answer.text
    assert f"Chosen by {user.name}" in answer.text
    choice = choice_of(session, user.organisation_id)
    assert choice is not None
    assert choice.slug == "academy"


def test_a_choice_that_cannot_be_is_told(client: FlaskClient, sign_in: SignIn, designs: Path) -> None:
    sign_in("supervisor")
    (designs / "modern" / "design.yaml").write_text("slug: modern\n", encoding="utf-8")
    for name, status, sentence in (
        ("modern", 409, "This design cannot be used as it is"),
        ("nothing", 422, "There is no design of this name any more"),
        ("", 422, "There is no design of this name any more"),
    ):
        answer = client.post(HOME, data={"design": name})
        assert answer.status_code == status
        assert sentence in answer.text


def test_faults_stand_on_the_page_by_file_and_line(client: FlaskClient, sign_in: SignIn, designs: Path) -> None:
    sign_in("supervisor")
    client.post(HOME, data={"design": "modern"})
    template = designs / "modern" / "certificate.html"
    template.write_text(template.read_text("utf-8").replace("{{ c.number }}", "{{ c.numbers }}"), encoding="utf-8")
    page = client.get(HOME).text
    assert "modern/certificate.html:5:" in page
    assert "still issued with its last good version" in page
    assert client.get(f"{HOME}modern/try-en.pdf").status_code == 409


def test_a_changed_design_asks_to_be_chosen_again(client: FlaskClient, sign_in: SignIn, designs: Path) -> None:
    sign_in("supervisor")
    client.post(HOME, data={"design": "modern"})
    assert "have changed since" not in client.get(HOME).text
    style = designs / "modern" / "style.css"
    style.write_text(style.read_text("utf-8") + "/* wider */", encoding="utf-8")
    assert "have changed since" in client.get(HOME).text
    client.post(HOME, data={"design": "modern"})
    assert "have changed since" not in client.get(HOME).text


def test_the_page_is_for_supervisors(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in("learner", "trainer")
    assert client.get(HOME).status_code == 403
    assert client.get(f"{HOME}modern/try-en.pdf").status_code == 403
