"""The interface for programs: what it answers is what its description says, and what the verify page says."""

from __future__ import annotations

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.factories.careers import Team, issued_certificate, make_team, with_paper
from trainer.ports import Ports
from trainer.services.certificate_files import badge_bytes, pdf_of
from trainer.services.certificates import revoke_certificate
from trainer.services.hidden_names import hide_name
from trainer.store.certificates import Certificate
from trainer.web.api.description import DESCRIPTION

from tests.factories.accounts import NOW  # isort: skip
from tests.factories.careers import PLACE  # isort: skip


@pytest.fixture
def team(session: Session) -> Team:
    return make_team(session)


@pytest.fixture
def certificate(session: Session, ports: Ports, team: Team, monkeypatch: pytest.MonkeyPatch) -> Certificate:
    return issued_certificate(session, ports, team, monkeypatch)


def fits(answer: object, name: str) -> None:
    """The answer has what the schema says: required members, types, known values."""
    schema = DESCRIPTION["components"]["schemas"][name]
    kinds = {"string": str, "boolean": bool, "array": list, "object": dict, "null": type(None)}
    assert isinstance(answer, dict)
    assert set(schema["required"]) <= set(answer) <= set(schema["properties"])
    for key, value in answer.items():
        wanted = schema["properties"][key]
        types = wanted["type"] if isinstance(wanted["type"], list) else [wanted["type"]]
        assert isinstance(value, tuple(kinds[one] for one in types)), (key, value)
        assert "enum" not in wanted or value in wanted["enum"]


def test_description_names_addresses_that_are_there(client: FlaskClient, app: Flask) -> None:
    told = client.get("/api/v1/openapi.json").json
    assert told == DESCRIPTION
    rules = {
        (method.lower(), re.sub(r"<(?:[^:>]+:)?([^>]+)>", r"{\1}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    described = {(method, path) for path, row in DESCRIPTION["paths"].items() for method in row}
    assert described <= rules
    own = {one for one in rules if one[1].startswith("/api/") and one[0] in ("get", "post")}
    assert own - described == {("get", "/api/v1/openapi.json")}
    text = json.dumps(DESCRIPTION)
    for name in re.findall(r"#/components/schemas/(\w+)", text):
        assert name in DESCRIPTION["components"]["schemas"]


def test_certificate_by_its_token(
    client: FlaskClient, session: Session, ports: Ports, team: Team, certificate: Certificate
) -> None:
    address = f"/api/v1/certificates/{certificate.token}"
    answer = client.get(address)
    assert answer.status_code == 200
    fits(answer.json, "Checked")
    assert (answer.json["status"], answer.json["certificate"]["record"]["number"]) == ("valid", certificate.number)
    page = client.get(f"/v/{certificate.token}", headers={"Accept": "application/json"}).json
    assert {**page, "checked_at": ""} == {**answer.json, "checked_at": ""}
    revoke_certificate(session, ports, team.supervisor.actor, certificate.public_id, "Issued in error.", NOW)
    assert client.get(address).json["reason"] == "Issued in error."


def test_hidden_name_is_compared_and_not_told(
    client: FlaskClient, session: Session, team: Team, certificate: Certificate
) -> None:
    hide_name(session, team.learner.actor, certificate.public_id, True, NOW)
    address = f"/api/v1/certificates/{certificate.token}"
    told = client.get(address)
    assert (told.json["name_hidden"], told.json["certificate"]) == (True, None)
    assert "Zo" not in told.text
    for name, answer in (("zoe angstrom-o'neill", True), ("Zoe Other", False)):
        found = client.post(f"{address}/name", json={"name": name})
        fits(found.json, "NameAnswer")
        assert found.json == {"name_fits": answer}


@pytest.mark.parametrize("body", [None, [], "x", {}, {"name": 3}, {"name": " "}])
def test_name_that_is_none_is_refused(client: FlaskClient, certificate: Certificate, body: object) -> None:
    answer = client.post(f"/api/v1/certificates/{certificate.token}/name", json=body)
    assert answer.status_code == 422
    fits(answer.json, "Error")


def test_files_are_checked(client: FlaskClient, session: Session, ports: Ports, certificate: Certificate) -> None:
    with_paper(session, ports, certificate)
    pdf = pdf_of(session, ports, certificate, certificate.language, PLACE.designs)
    for data, status in (
        (pdf, "valid"), (badge_bytes(certificate), "valid"), (certificate.jwt.encode(), "valid"),
        (badge_bytes(certificate).replace(b"Parcelo", b"Parcels"), "not_genuine"), (b"notes", "unreadable"),
    ):  # fmt: skip
        answer = client.post("/api/v1/certificates/check", data=data, content_type="application/octet-stream")
        assert answer.status_code == 200
        fits(answer.json, "Checked")
        assert answer.json["status"] == status


def test_nothing_and_too_much_are_refused(client: FlaskClient) -> None:
    for data, status in ((b"", 422), (b"x" * (4 * 1024 * 1024 + 1), 413)):
        answer = client.post("/api/v1/certificates/check", data=data, content_type="application/octet-stream")
        assert answer.status_code == status
        fits(answer.json, "Error")
    unknown = client.get(f"/api/v1/certificates/{'x' * 32}")
    assert unknown.status_code == 404
    fits(unknown.json, "Checked")
    assert client.post(f"/api/v1/certificates/{'x' * 32}/name", json={"name": "A"}).status_code == 404
