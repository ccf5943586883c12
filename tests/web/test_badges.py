"""Badges and what their credentials point at, as wallets and other programs fetch them."""

from __future__ import annotations

import io
import json

import pytest

from tests.factories.accounts import NOW
from tests.factories.careers import issued_certificate, make_team
from trainer.domain.status_list import is_set
from trainer.services.certificates import revoke_certificate

FORMS = {
    "json": "application/vc", "jwt": "application/vc+jwt", "png": "image/png", "svg": "image/svg+xml; charset=utf-8",
}  # fmt: skip


@pytest.fixture
def team(session, organisation):
    return make_team(session, organisation)


@pytest.fixture
def certificate(session, ports, team, monkeypatch):
    return issued_certificate(session, ports, team, monkeypatch)


def path_of(address: str) -> str:
    return address.removeprefix("https://trainer.example")


@pytest.mark.parametrize("form", FORMS)
def test_a_stranger_downloads_a_badge_and_has_it_checked(client, certificate, form):
    answer = client.get(f"/v/{certificate.token}/badge.{form}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, FORMS[form])
    assert "attachment" in answer.headers["Content-Disposition"]
    sent = client.post("/verify", data={"file": (io.BytesIO(answer.data), f"badge.{form}")})
    assert "Valid</h1>" in sent.get_data(as_text=True)
    cut = client.post("/verify", data={"file": (io.BytesIO(answer.data[:-60]), f"badge.{form}")})
    assert "Valid</h1>" not in cut.get_data(as_text=True)


def test_the_holder_downloads_the_same_and_a_stranger_does_not(client, sign_in, team, certificate):
    sign_in(user=team.learner)
    page = client.get("/certificates/").get_data(as_text=True)
    for form in FORMS:
        address = f"/certificates/{certificate.public_id}/badge.{form}"
        assert address in page
        assert client.get(address).data == client.get(f"/v/{certificate.token}/badge.{form}").data
    sign_in(user=team.stranger)
    assert client.get(f"/certificates/{certificate.public_id}/badge.json").status_code == 404


@pytest.mark.parametrize(("accept", "form"), [("application/vc", "json"), ("application/vc+jwt", "jwt")])
def test_the_id_of_a_credential_leads_to_the_credential(client, certificate, accept, form):
    answer = client.get(f"/v/{certificate.token}", headers={"Accept": accept})
    assert answer.data == client.get(f"/v/{certificate.token}/badge.{form}").data
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get(f"/v/{'A' * 32}", headers={"Accept": accept}).status_code == 404
    for browser in ("text/html,application/xhtml+xml,*/*;q=0.8", "*/*", ""):
        page = client.get(f"/v/{certificate.token}", headers={"Accept": browser})
        assert page.content_type.startswith(("text/html", "application/json"))


@pytest.mark.parametrize("form", ["exe", "pdf", "json.exe", "%00"])
def test_no_other_form_is_there(client, certificate, form):
    assert client.get(f"/v/{certificate.token}/badge.{form}").status_code == 404
    assert client.get(f"/v/{'A' * 32}/badge.json").status_code == 404


def test_all_that_a_credential_points_at_is_there(client, certificate):
    credential = client.get(f"/v/{certificate.token}/badge.json").get_json(force=True)
    picture = client.get(path_of(credential["credentialSubject"]["achievement"]["image"]["id"]))
    assert picture.data.startswith(b"\x89PNG")
    assert "max-age=86400" in picture.headers["Cache-Control"]
    issuer = client.get(path_of(credential["issuer"]["id"])).get_json()
    names = [method["id"].rpartition("#")[2] for method in issuer["verificationMethod"]]
    assert credential["proof"]["verificationMethod"].rpartition("#")[2] in names
    assert client.get(path_of(credential["id"])).status_code == 200


def test_a_revocation_shows_in_the_cached_list_within_a_minute(client, session, ports, team, certificate):
    entry = json.loads(certificate.credential)["credentialStatus"]
    address, place = path_of(entry["statusListCredential"]), int(entry["statusListIndex"])
    first = client.get(address)
    assert first.headers["Content-Type"] == "application/vc"
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert int(first.headers["Cache-Control"].rpartition("max-age=")[2]) <= 60
    assert not is_set(first.get_json(force=True)["credentialSubject"]["encodedList"], place)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    revoke_certificate(session, ports, team.supervisor.actor, certificate.public_id, "Issued in error.", NOW)
    after = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert after.status_code == 200
    assert is_set(after.get_json(force=True)["credentialSubject"]["encodedList"], place)


def test_the_list_is_a_token_for_who_asks_for_one(client, ports, certificate):
    address = path_of(json.loads(certificate.credential)["credentialStatus"]["statusListCredential"])
    answer = client.get(address, headers={"Accept": "application/vc+jwt"})
    assert answer.headers["Content-Type"] == "application/vc+jwt"
    assert "Accept" in answer.headers["Vary"]
    assert "Set-Cookie" not in answer.headers
    assert ports.signer.check(answer.get_data(as_text=True))[0]
    for accept in ("*/*", "application/json", "text/html", "nonsense"):
        assert client.get(address, headers={"Accept": accept}).get_json(force=True)["proof"]


@pytest.mark.parametrize(
    "address",
    [
        "/issuer/nobody/status/1", "/issuer/{}/status/2", "/issuer/{}/status/99999999999999999999", "/issuer/{}/status/-1",
        "/issuer/{}/badge/ladder-1/en/emperor.png", "/issuer/{}/badge/ladder-9/en/operator-3.png",
        "/issuer/{}/badge/ladder-1/de/operator-3.png", "/issuer/{}/badge/ladder-1/en/operator-3.exe",
        "/issuer/{}/badge/..%2f..%2fconfig/en/operator-3.png", "/issuer/nobody/badge/ladder-1/en/operator-3.png",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, team, certificate, address):
    assert client.get(address.format(team.organisation.public_id)).status_code == 404


def test_a_certificate_of_the_first_form_offers_no_badge(client, session, certificate):
    session.execute(type(certificate).__table__.update().values(proof=None))
    session.commit()
    page = client.get(f"/v/{certificate.token}").get_data(as_text=True)
    assert "badge.png" not in page
    assert "certificate.jwt" in page
    assert client.get(f"/v/{certificate.token}/badge.png").status_code == 404
