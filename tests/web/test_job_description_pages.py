"""The pages of the job description: reading, hearing, signing, signing again, blanks, who has signed, and the proof."""

from __future__ import annotations

import csv
import io
import re
import wave
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories.accounts import make_organisation, make_user
from tests.factories.job_descriptions import amend, in_force, make_courses, sign
from tests.fakes import ScriptedSynthesizer
from trainer.domain.job_description import read_text
from trainer.ports import Ports
from trainer.services.job_description import Blanks, change_settings
from trainer.services.job_description_people import signatures_of
from trainer.store.accounts import Organisation, User

HOME = "/job-description/"


@pytest.fixture
def courses(app: Flask, tmp_path: Path) -> Path:
    """The document, for this test to change."""
    folder = make_courses(tmp_path)
    app.extensions["settings"] = replace(app.extensions["settings"], courses=folder)
    return folder


def form_of(page: str) -> dict[str, str]:
    """What the form on the page sends along unseen."""
    return dict(re.findall(r'name="(edition|language)" type="hidden" value="([^"]*)"', page))


def test_page_shows_every_item_with_its_id(
    client: FlaskClient, session: Session, sign_in: SignIn, courses: Path
) -> None:
    user = sign_in("learner")
    page = client.get(HOME)
    assert page.status_code == 200
    for clause in read_text(in_force(session, user, courses).texts["en"]).clauses:
        assert f'<article id="{clause.id}"' in page.text
    assert "not signed yet" in page.text
    assert "to be named by" in page.text


def test_learner_signs_and_gets_the_receipt(
    client: FlaskClient, session: Session, sign_in: SignIn, courses: Path
) -> None:
    user = sign_in("learner")
    assert "waits for your signature" in client.get("/start").text
    hidden = form_of(client.get(HOME).text)
    answer = client.post(f"{HOME}sign", data={**hidden, "name": user.name.upper(), "has_read": "y"})
    assert (answer.status_code, answer.location) == (303, HOME)
    page = client.get(HOME).text
    assert "signed on" in page
    assert 'id="sign"' not in page
    receipt = client.get(re.findall(r'href="(/job-description/receipts/[^"]+)"', page)[0])
    assert (receipt.status_code, receipt.mimetype, receipt.data[:5]) == (200, "application/pdf", b"%PDF-")
    assert "waits for your signature" not in client.get("/start").text


@pytest.mark.parametrize(
    ("name", "ticked", "told"),
    [
        ("", True, "Type your full name to sign."),
        ("Somebody Else", True, "This is not the name of your account, which is Nora Haddad."),
        ("Олександра" * 30, True, "Type a name of at most 200 characters."),
        ("Nora Haddad", False, "Tick this box once you have read it."),
    ],
)
def test_what_is_wrong_is_told_kindly_and_nothing_typed_is_lost(
    client: FlaskClient, session: Session, sign_in: SignIn, organisation: Organisation, courses: Path, name: str,
    ticked: bool, told: str,
) -> None:  # fmt: skip
    user = sign_in(user=make_user(session, organisation, name="Nora Haddad"))
    data = {**form_of(client.get(HOME).text), "name": name, **({"has_read": "y"} if ticked else {})}
    page = client.post(f"{HOME}sign", data=data)
    assert page.status_code == 422
    assert told in page.text
    assert f'value="{name}"' in page.text
    assert (" checked" in page.text) == ticked
    _user, _edition, signatures = signatures_of(session, user.actor, user.public_id, courses, user.created_at)
    assert signatures == []


def test_version_that_changed_in_the_meantime_is_not_signed(
    client: FlaskClient, session: Session, sign_in: SignIn, courses: Path
) -> None:
    user = sign_in("learner")
    hidden = form_of(client.get(HOME).text)
    amend(courses, "en: Take orders", "en: Take and confirm orders", version=2, note="Orders are confirmed aloud.")
    page = client.post(f"{HOME}sign", data={**hidden, "name": user.name, "has_read": "y"})
    assert page.status_code == 409
    for told in (
        "changed while this page was open",
        "Orders are confirmed aloud.",
        'href="#IN3"',
        f'value="{user.name}"',
    ):
        assert told in page.text
    assert " checked" not in page.text
    again = form_of(page.text)
    assert again["edition"] != hidden["edition"]
    assert client.post(f"{HOME}sign", data={**again, "name": user.name, "has_read": "y"}).status_code == 303


def test_amendment_marks_what_changed_for_whoever_signed_before(
    client: FlaskClient, session: Session, ports: Ports, sign_in: SignIn, organisation: Organisation, courses: Path
) -> None:
    user = sign_in("learner")
    sign(session, ports, user, courses)
    lead = make_user(session, organisation, ["supervisor"])
    change_settings(session, lead.actor, courses, Blanks("Ada <Byron>"), "", user.created_at)
    page = client.get(HOME).text
    assert "What changed since version 1.1" in page
    assert "Changed: the name of the manager." in page
    assert re.findall(r'<article id="(\w+)" class="job-clause is-changed"', page) == ["G2"]
    assert "Ada &lt;Byron&gt;" in page
    assert "As it was before" in page
    assert "waits for your signature" in client.get("/learn/").text
    assert re.findall(r'<th scope="row" class="num">([\d.]+)', page) == ["1.1"]


def test_signing_twice_changes_nothing(
    client: FlaskClient, session: Session, ports: Ports, sign_in: SignIn, courses: Path
) -> None:
    user = sign_in("learner")
    hidden = form_of(client.get(HOME).text)
    sign(session, ports, user, courses)
    answer = client.post(f"{HOME}sign", data={**hidden, "name": user.name, "has_read": "y"})
    assert answer.status_code == 303
    assert client.get(HOME).text.count("/job-description/receipts/") == 2  # the state, and one row of the history


def test_section_is_read_aloud_and_kept_by_the_browser(
    client: FlaskClient, session: Session, ports: Ports, sign_in: SignIn, courses: Path
) -> None:
    user = sign_in("learner")
    edition = in_force(session, user, courses)
    sound = client.get(f"{HOME}aloud/{edition.public_id}/fr/1.wav")
    assert (sound.status_code, sound.mimetype) == (200, "audio/wav")
    assert "max-age" in sound.headers["Cache-Control"]
    with wave.open(io.BytesIO(sound.data)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 16_000)
        assert file.getnframes() > 16_000
    assert isinstance(ports.synthesizer, ScriptedSynthesizer)
    said = [line.text for line in ports.synthesizer.said]
    assert said[0] == "Le poste"
    assert said[1].startswith("Catégorie du poste. Le poste")
    for odd in ("de/1", "fr/0", "fr/99"):
        assert client.get(f"{HOME}aloud/{edition.public_id}/{odd}.wav").status_code == 404


def test_text_of_any_length_is_read_in_pieces(
    client: FlaskClient, session: Session, ports: Ports, sign_in: SignIn, courses: Path
) -> None:
    user = sign_in("supervisor")
    law = {"en": "x" * 4_000 + " word" * 2_000}
    made = change_settings(session, user.actor, courses, Blanks("", {}, law), "", user.created_at)
    assert made is not None
    assert client.get(f"{HOME}aloud/{made.public_id}/en/6.wav").status_code == 200
    assert isinstance(ports.synthesizer, ScriptedSynthesizer)
    assert max(len(line.text) for line in ports.synthesizer.said) <= 1_500
    assert any("The rest of this passage" in line.text for line in ports.synthesizer.said)


def test_no_voice_is_told_in_words(
    client: FlaskClient, session: Session, ports: Ports, sign_in: SignIn, courses: Path
) -> None:
    user = sign_in("learner")
    assert isinstance(ports.synthesizer, ScriptedSynthesizer)
    ports.synthesizer.unavailable = "no engine"
    edition = in_force(session, user, courses)
    assert client.get(f"{HOME}aloud/{edition.public_id}/en/1.wav").status_code == 503
    assert "No voice works here just now." in client.get(HOME).text


def test_blanks_are_filled_in_and_told(client: FlaskClient, session: Session, sign_in: SignIn, courses: Path) -> None:
    sign_in("supervisor")
    data = {
        "manager": "Ada Byron",
        "workplace_en": "Cork",
        "jurisdiction_en": "Irish law",
        "note": "We have an office.",
    }
    page = client.post(f"{HOME}settings", data=data, follow_redirects=True).text
    assert "Version 1.1 is in force" not in page
    assert "Version 1.2 is in force. Everybody is asked to sign it." in page
    assert "Place of work: Cork." in page
    assert "Ada Byron" in client.get(f"{HOME}settings").text
    assert "nobody has to sign again" in client.post(f"{HOME}settings", data=data, follow_redirects=True).text


def test_blank_that_is_too_long_stays_in_the_form(client: FlaskClient, sign_in: SignIn, courses: Path) -> None:
    sign_in("admin")
    page = client.post(f"{HOME}settings", data={"manager": "Ada" * 100, "jurisdiction_fr": "Le Code du travail"})
    assert page.status_code == 422
    assert "This has 300 characters; at most 200 have room here." in page.text
    assert "Le Code du travail</textarea>" in page.text


def test_people_page_names_who_has_and_who_has_not(
    client: FlaskClient, session: Session, ports: Ports, sign_in: SignIn, organisation: Organisation, courses: Path
) -> None:
    nora, theo = (make_user(session, organisation, name=name) for name in ("Nora <b>Haddad", "Théo"))
    sign(session, ports, nora, courses)
    make_user(session, make_organisation(session), name="A stranger")
    for role in ("supervisor", "trainer", "hr", "admin"):
        sign_in(role)
        page = client.get(f"{HOME}people").text
        assert "Nora &lt;b&gt;Haddad" in page
        assert "A stranger" not in page
    assert "Théo" not in client.get(f"{HOME}people?state=signed").text
    assert "Nora" not in client.get(f"{HOME}people?state=open").text
    assert client.get(f"{HOME}people?state=odd&page=99999999999&search=%25").status_code == 200
    assert "Nothing signed yet" in client.get(f"{HOME}people/{theo.public_id}").text
    assert "/job-description/receipts/" in client.get(f"{HOME}people/{nora.public_id}").text
    sign_in("trainer")
    assert "/job-description/receipts/" not in client.get(f"{HOME}people/{nora.public_id}").text
    sign_in("learner")
    assert client.get(f"{HOME}people").status_code == 403


@pytest.mark.parametrize(("language", "delimiter"), [("en", ","), ("fr", ";")])
def test_proof_is_one_archive_with_a_table_that_runs_no_formula(
    client: FlaskClient, session: Session, ports: Ports, sign_in: SignIn, organisation: Organisation, courses: Path,
    language: str, delimiter: str,
) -> None:  # fmt: skip
    nora = make_user(session, organisation, name="=Nora Haddad")
    signature = sign(session, ports, nora, courses)
    sign_in(user=make_user(session, organisation, ["hr"], name="Zelda", language=language))
    answer = client.get(f"{HOME}people/proof.zip")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    table = archive.read("signatures.csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table), delimiter=delimiter))
    assert rows[1][0] == "'=Nora Haddad"
    assert signature.text_hash in rows[1]
    assert rows[1][-1] in archive.namelist()
    assert archive.read(rows[1][-1])[:5] == b"%PDF-"
    assert rows[2][:1] + rows[2][5:] == ["Zelda", "", "", "", "", "", ""]
    sign_in("admin")
    assert "Signatures of the job description exported" in client.get("/admin/audit").text


def test_pages_speak_french(client: FlaskClient, session: Session, sign_in: SignIn, organisation: Organisation) -> None:
    sign_in(user=make_user(session, organisation, ["supervisor"], language="fr"))
    page = client.get(HOME).text
    assert "Transférer à un spécialiste" in page
    assert "Transfer to a specialist" not in page
    hidden = form_of(page)
    assert hidden["language"] == "fr"
    for path in ("people", "settings"):
        assert '<html lang="fr"' in client.get(f"{HOME}{path}").text


def test_signature_stands_in_the_language_that_was_read(
    client: FlaskClient, session: Session, sign_in: SignIn, organisation: Organisation, courses: Path
) -> None:
    user: User = sign_in(user=make_user(session, organisation, language="fr"))
    hidden = form_of(client.get(HOME).text)
    client.post(f"{HOME}sign", data={**hidden, "name": user.name, "has_read": "y"})
    _user, edition, signatures = signatures_of(session, user.actor, user.public_id, courses, user.created_at)
    assert [one.text_hash for one in signatures] == [edition.hashes["fr"]]
