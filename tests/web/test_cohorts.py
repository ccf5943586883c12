"""The teacher's pages, as a browser sees them."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.conftest import SignIn
from tests.factories.accounts import NOW, make_user
from tests.factories.assessed_calls import make_call, make_grade
from trainer.services import cohorts
from trainer.store.accounts import Organisation, User
from trainer.store.cohorts import Cohort

ROSTER = "name,email\nAna Diaz,ana@school.org\nLi Wei,li@school.org\nBo,bo(at)school"


@pytest.fixture
def teacher(sign_in: SignIn) -> User:
    return sign_in("teacher")


@pytest.fixture
def cohort(session: Session, teacher: User) -> Cohort:
    return cohorts.create_cohort(session, teacher.actor, "Autumn", NOW)


def test_a_cohort_is_made_when_it_has_a_name(client: FlaskClient, teacher: User) -> None:
    assert "No cohort yet" in client.get("/cohorts/").text
    assert client.post("/cohorts/new", data={"name": " "}).status_code == 422
    page = client.post("/cohorts/new", data={"name": "Autumn"}, follow_redirects=True)
    assert "<h1>Autumn</h1>" in page.text
    assert "Autumn" in client.get("/cohorts/").text


def test_a_roster_shows_its_mistakes_before_anything_is_added(client: FlaskClient, cohort: Cohort) -> None:
    page = client.post(f"/cohorts/{cohort.public_id}/roster", data={"text": ROSTER})
    assert page.status_code == 200
    assert "Add 2 people" in page.text
    assert "bo(at)school" in page.text
    assert "Enter an e-mail address such as" in page.text
    assert "Ana Diaz" not in client.get(f"/cohorts/{cohort.public_id}").text


def test_a_roster_is_added_and_undone_when_the_teacher_says_so(client: FlaskClient, cohort: Cohort) -> None:
    address = f"/cohorts/{cohort.public_id}"
    page = client.post(f"{address}/roster/add", data={"text": ROSTER}, follow_redirects=True).text
    assert "2 people are added." in page
    assert "Ana Diaz" in page
    undo = re.search(rf'action="({address}/rosters/[^"]+/undo)"', page)
    assert undo
    assert "Ana Diaz" not in client.post(undo[1], follow_redirects=True).text


def test_a_file_is_read_when_one_is_chosen(client: FlaskClient, cohort: Cohort) -> None:
    file = (io.BytesIO("Prénom;Nom;Courriel\nÉlise;Noël;elise@ecole.fr".encode("cp1252")), "classe.csv")
    page = client.post(f"/cohorts/{cohort.public_id}/roster", data={"text": "", "file": file})
    assert "Élise Noël" in page.text
    spreadsheet = (io.BytesIO(b"PK\x03\x04rest"), "classe.xlsx")
    page = client.post(f"/cohorts/{cohort.public_id}/roster", data={"file": spreadsheet})
    assert page.status_code == 422
    assert "Save it in your spreadsheet as CSV" in page.text


def test_links_are_shown_once_when_they_are_made(client: FlaskClient, cohort: Cohort) -> None:
    address = f"/cohorts/{cohort.public_id}"
    client.post(f"{address}/roster/add", data={"text": ROSTER})
    page = client.post(f"{address}/links").text
    links = re.findall(r'value="http://localhost(/join/[^"]+)"', page)
    assert len(links) == 2
    assert "No e-mail could be sent" in page
    assert "Ana Diaz" in client.get(links[0]).text
    assert "/join/" not in client.get(address).text


def test_progress_is_a_table_without_formulas_when_it_is_exported(
    client: FlaskClient, session: Session, organisation: Organisation, cohort: Cohort, teacher: User
) -> None:
    ana = make_user(session, organisation, name="=HYPERLINK(1)", email="ana@school.org")
    make_call(session, ana, NOW, grade=make_grade(77))
    cohorts.take_roster(session, teacher.actor, cohort.public_id, "A,ana@school.org\nLi,li@school.org", NOW)
    answer = client.get(f"/cohorts/{cohort.public_id}/progress.csv")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert "filename=Autumn.csv" in answer.headers["Content-Disposition"]
    head, first, second = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
    row = dict(zip(head, first, strict=True))
    assert row["Name"] == "'=HYPERLINK(1)"
    assert (row["Latest mark, 0 to 100"], row["Mark given by"], row["Last activity (UTC)"]) == (
        "77", "the machine", "2026-11-24 09:06",
    )  # fmt: skip
    assert dict(zip(head, second, strict=True))["Has an account"] == "no"


def test_a_mark_counts_when_the_teacher_gives_one(
    client: FlaskClient, session: Session, organisation: Organisation, cohort: Cohort, teacher: User
) -> None:
    ana = make_user(session, organisation, name="Ana", email="ana@school.org")
    call = make_call(session, ana, NOW + timedelta(days=1), grade=make_grade(40, passed=False))
    cohorts.take_roster(session, teacher.actor, cohort.public_id, "A,ana@school.org", NOW)
    page = client.get(f"/cohorts/{cohort.public_id}").text
    learner = re.search(rf'href="(/cohorts/{cohort.public_id}/learners/[^"/]+)"', page)
    assert learner
    address = f"{learner[1]}/calls/{call.public_id}/mark"
    assert "The machine gave 40 of 100." in client.get(address).text
    refused = client.post(address, data={"overall": "140", "passed": "yes", "reason": "x"})
    assert refused.status_code == 422
    assert "Enter a mark from 0 to 100." in refused.text
    given = {"overall": "72", "passed": "yes", "reason": "The recognizer misheard the name."}
    page = client.post(address, data=given, follow_redirects=True).text
    assert "it is the one that counts" in page
    assert "72" in client.get(f"/cohorts/{cohort.public_id}").text


def test_pages_are_french_when_the_teacher_reads_french(
    client: FlaskClient, session: Session, organisation: Organisation, sign_in: SignIn
) -> None:
    elise = sign_in(user=make_user(session, organisation, ["teacher"], language="fr"))
    cohort = cohorts.create_cohort(session, elise.actor, "Automne", NOW)
    page = client.post(f"/cohorts/{cohort.public_id}/roster", data={"text": ROSTER}).text
    assert "Ajouter 2 personnes" in page
    cohorts.take_roster(session, elise.actor, cohort.public_id, ROSTER, NOW)
    table = client.get(f"/cohorts/{cohort.public_id}/progress.csv").text
    assert table.removeprefix("\ufeff").startswith("Nom;Adresse e-mail;")
