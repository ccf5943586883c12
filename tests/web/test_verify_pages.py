"""The public page behind the QR code, and the check of files, as strangers use them."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.factories.accounts import NOW
from tests.factories.careers import issued_certificate, make_team
from trainer.app import create_app
from trainer.extensions import db, limiter
from trainer.services.certificate_files import document_bytes, pdf_of
from trainer.services.certificates import revoke_certificate


@pytest.fixture
def team(session, organisation):
    return make_team(session, organisation)


@pytest.fixture
def certificate(session, ports, team, monkeypatch):
    return issued_certificate(session, ports, team, monkeypatch)


def send(client, data: bytes, name: str = "certificate.json", **headers: str):
    return client.post("/verify", data={"file": (io.BytesIO(data), name)}, headers=headers)


def heading(response) -> str:
    return response.get_data(as_text=True).partition("<h1")[2].partition(">")[2].partition("</h1>")[0]


def test_a_stranger_reads_valid_first_then_everything_it_rests_on(client, certificate):
    answer = client.get(f"/v/{certificate.token}")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert heading(answer) == "Valid"
    for part in (
        "Zoé Ångström-O’Neill", "Operator category 3", "24 November 2028", "Assessed calls passed on different",
        "O*NET-SOC 43-4051.00", "Customer Service Representatives", "Sam Okafor", certificate.number,
    ):  # fmt: skip
        assert part in page, part
    assert page.index("Valid</h1>") < page.index('<h2 class="statement-holder">')
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_page_answers_in_french(client, certificate):
    answer = client.get(f"/v/{certificate.token}", headers={"Accept-Language": "fr"})
    assert heading(answer) == "Valable"
    assert "Opérateur de catégorie 3" in answer.get_data(as_text=True)


def test_programs_get_the_answer_as_json(client, certificate):
    answer = client.get(f"/v/{certificate.token}", headers={"Accept": "application/json"})
    body = answer.get_json()
    assert body["status"] == "valid"
    assert body["valid"] is True
    assert body["certificate"]["jwt"] == certificate.jwt
    assert "Accept" in answer.headers["Vary"]


def test_revoked_shows_at_once_with_reason_and_date(client, session, sign_in, team, certificate):
    sign_in(user=team.supervisor)
    path = f"/certificates/{certificate.public_id}/revoke"
    assert client.post(path, data={"reason": "no"}).status_code == 422
    assert client.post(path, data={"reason": "The calls were taken by <somebody> else."}).status_code == 302
    assert client.post(path, data={"reason": "A second time."}).status_code == 422
    with client.session_transaction() as browser:
        browser.clear()
    answer = client.get(f"/v/{certificate.token}")
    page = answer.get_data(as_text=True)
    assert heading(answer) == "Revoked"
    assert "The calls were taken by &lt;somebody&gt; else." in page
    assert "24 November 2026" in page
    body = client.get(f"/v/{certificate.token}", headers={"Accept": "application/json"}).get_json()
    assert (body["status"], body["valid"]) == ("revoked", False)
    assert heading(send(client, document_bytes(certificate))) == "Revoked"


def test_expired_is_an_answer_and_not_an_error(client, ports, certificate):
    ports.clock.time = NOW + timedelta(days=800)
    answer = client.get(f"/v/{certificate.token}")
    assert answer.status_code == 200
    assert heading(answer) == "Expired"
    assert "24 November 2028" in answer.get_data(as_text=True)


@pytest.mark.parametrize("token", ["x", "A" * 32, "..", "é" * 24, "A" * 500, "%00" * 8])
def test_an_unknown_address_is_told_so(client, token):
    answer = client.get(f"/v/{token}", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    if token != "..":
        assert heading(answer) == "Unknown"
        assert client.get(f"/v/{token}", headers={"Accept": "application/json"}).get_json()["status"] == "unknown"
        assert client.get(f"/v/{token}/certificate.pdf").status_code == 404


def test_everything_is_downloaded_without_an_account(client, certificate):
    pdf = client.get(f"/v/{certificate.token}/certificate.pdf?language=fr")
    assert pdf.data.startswith(b"%PDF-")
    assert client.get(f"/v/{certificate.token}/certificate.json").get_json()["record"]["number"] == certificate.number
    assert client.get(f"/v/{certificate.token}/certificate.jwt").get_data(as_text=True) == certificate.jwt


def test_a_file_is_checked_by_page_and_by_program(client, session, ports, app, certificate):
    designs = app.extensions["settings"].certificates
    pdf = pdf_of(session, ports, certificate, "en", designs)
    for data, name in ((pdf, "c.pdf"), (document_bytes(certificate), "c.json"), (certificate.jwt.encode(), "c.jwt")):
        assert heading(send(client, data, name)) == "Valid"
        assert send(client, data, name, Accept="application/json").get_json()["status"] == "valid"


def test_a_tampered_file_is_found_out_and_why_is_said(client, certificate):
    document = json.loads(document_bytes(certificate))
    document["record"]["holder"] = "Somebody Else"
    answer = send(client, json.dumps(document).encode())
    assert heading(answer) == "Not genuine"
    assert "Its record is not the one that was signed." in answer.get_data(as_text=True)
    assert "Somebody Else" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "data", [b"hello", b"\xff\xfe\x00", b"{}", b"[1,2", b"%PDF-1.7\nnonsense", b"null", b"[" * 99999]
)
def test_a_file_without_a_certificate_is_told_so(client, data):
    assert heading(send(client, data)) == "No certificate in this file"


def test_no_file_and_a_file_too_large_get_one_sentence(client):
    assert "Choose a file first" in client.post("/verify").get_data(as_text=True)
    content = b"x" * (4 * 1024 * 1024 + 1)
    part = (
        b'--cut\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + content + b"\r\n--cut--\r\n"
    )
    large = client.post("/verify", data=part, content_type="multipart/form-data; boundary=cut")
    assert large.status_code == 413
    assert "larger than 4 megabytes" in large.get_data(as_text=True)


@pytest.mark.parametrize("typed", ["https://trainer.example/v/{}", "trainer.example/v/{}/", "{}", "  {} "])
def test_the_address_from_the_paper_leads_to_the_page(client, certificate, typed):
    answer = client.get("/verify", query_string={"address": typed.format(certificate.token)})
    assert answer.headers["Location"].endswith(f"/v/{certificate.token}")


def test_the_issuer_names_its_public_key_and_no_private_one(client, ports, team, certificate):
    body = client.get(f"/issuer/{team.organisation.public_id}").get_json()
    ed25519, rsa = ports.signer.public_keys()
    multikey, json_web_key = body["verificationMethod"]
    assert (multikey["type"], multikey["publicKeyMultibase"]) == ("Multikey", ed25519.multibase)
    assert (json_web_key["type"], json_web_key["publicKeyJwk"]["n"]) == ("JsonWebKey", rsa.jwk["n"])
    assert body["assertionMethod"] == [multikey["id"], json_web_key["id"]]
    assert not {"d", "p", "q"} & set(json_web_key["publicKeyJwk"])
    assert body["id"] == f"http://localhost/issuer/{team.organisation.public_id}"
    assert "PRIVATE" not in json.dumps(body)
    assert client.get("/issuer/nobody").status_code == 404


def test_guessing_is_slowed_down(app, ports):
    settings = replace(app.extensions["settings"], testing=False)
    strict = create_app(settings, ports).test_client()
    try:
        answers = [strict.get(f"/v/{'A' * 24}{n}").status_code for n in range(61)]
    finally:
        limiter.reset()
        limiter.enabled = False
    assert answers == [404] * 60 + [429]


def test_the_page_needs_no_script_and_no_foreign_address(client, certificate):
    page = client.get(f"/v/{certificate.token}").get_data(as_text=True)
    assert "onclick" not in page
    assert 'action="/verify"' in page
    assert page.count("<script") == page.count('<script type="module" src="/static/app.js"')


def test_a_supervisor_of_the_service_revokes_with_a_reason_of_length(session, ports, team, certificate):
    fact = revoke_certificate(
        session, ports, team.supervisor.actor, certificate.public_id, "  A mix-up of names.  ", NOW
    )
    assert fact.reason == "A mix-up of names."


def test_every_address_on_the_page_leads_somewhere(client, certificate):
    page = client.get(f"/v/{certificate.token}").get_data(as_text=True)
    downloads = set(re.findall(rf'href="(/v/{certificate.token}/[^"]+)"', page))
    assert len(downloads) == 7
    for address in downloads:
        assert client.get(address).status_code == 200, address


def test_a_valid_certificate_takes_one_query(client, certificate):
    client.get(f"/v/{certificate.token}")
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    for form in ("text/html", "application/json"):
        asked.clear()
        assert client.get(f"/v/{certificate.token}", headers={"Accept": form}).status_code == 200
        assert len(asked) == 1, asked
