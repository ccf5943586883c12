"""`flask doctor` on the keys that certificates are signed with: every trouble with its remedy, and never a new key."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.factories.accounts import NOW
from tests.factories.careers import issued_certificate, make_team
from trainer.cli.doctor_certificates import certificate_findings
from trainer.cli.doctor_findings import Finding
from trainer.config import Settings
from trainer.extensions import db
from trainer.ports import Ports

RSA, ED25519, DOCUMENT = "signing key (RSA)", "signing key (Ed25519)", "issuer document"
URL = "https://training.example.org"


def found(ports: Ports, url: str = URL) -> dict[str, Finding]:
    return {finding.part: finding for finding in certificate_findings(Settings(public_url=url), ports)}


def states(findings: dict[str, Finding]) -> dict[str, str]:
    return {part: finding.state for part, finding in findings.items()}


@pytest.fixture
def keys(session, ports) -> Path:
    """The folder of keys that sign and verify; nothing was issued yet."""
    return ports.signer.folder


@pytest.fixture
def certificate(session, organisation, ports, monkeypatch):
    return issued_certificate(session, ports, make_team(session, organisation), monkeypatch)


def test_no_keys_are_no_fault_and_none_are_made(ports, keys):
    shutil.rmtree(keys)
    findings = found(ports)
    assert states(findings) == {RSA: "off", ED25519: "off", "PUBLIC_URL": "works"}
    assert "made with the first certificate" in findings[RSA].detail
    assert not keys.exists()


def test_good_keys_sign_and_verify_and_nothing_changes_on_disk(ports, keys, certificate):
    before = {path: path.read_bytes() for path in keys.rglob("*") if path.is_file()}
    findings = found(ports)
    assert set(states(findings).values()) == {"works"}
    assert "signed a token and verified it" in findings[RSA].detail
    assert "made a proof and verified it" in findings[ED25519].detail
    assert "among them all 2 that certificates name" in findings[DOCUMENT].detail
    assert {path: path.read_bytes() for path in keys.rglob("*") if path.is_file()} == before


def test_after_a_rotation_old_certificates_still_have_their_keys(ports, keys, certificate):
    ports.signer.rotate_keys(NOW)
    assert found(ports)[DOCUMENT].detail == "4 public keys, among them all 2 that certificates name"


@pytest.mark.parametrize(("file", "part", "other"), [("issuer-rsa.pem", RSA, ED25519), ("issuer.pem", ED25519, RSA)])
def test_a_damaged_file_fails_and_is_named(ports, keys, file, part, other):
    (keys / file).write_bytes((keys / file).read_bytes()[:100])
    findings = found(ports)
    assert (findings[part].state, findings[part].required) == ("fails", True)
    assert f"{keys / file} holds no" in findings[part].detail
    assert "restore it from a copy" in findings[part].detail
    assert findings[other].detail.startswith("it signs, but nothing verifies: "), (
        "for the other file has to be read too"
    )
    assert findings[DOCUMENT].state == "degraded"


def test_a_file_that_others_can_read_fails_with_the_command_to_run(ports, keys):
    (keys / "issuer-rsa.pem").chmod(0o640)
    findings = found(ports)
    assert (findings[RSA].state, findings[RSA].required) == ("fails", True)
    assert f"others can read {keys / 'issuer-rsa.pem'} (mode 640): run chmod 600 on it" in findings[RSA].detail
    (keys / "issuer-rsa.pem").chmod(0o600)
    assert found(ports)[RSA].state == "works"


def test_a_key_that_signed_certificates_and_is_gone_fails_and_is_not_made_anew(ports, keys, certificate):
    name = next(key.name for key in ports.signer.public_keys() if key.kind == "RSA")
    (keys / "issuer-rsa.pem").unlink()
    findings = found(ports)
    assert (findings[RSA].state, findings[RSA].required) == ("fails", True)
    assert "put its file back from a copy" in findings[RSA].detail
    assert findings[ED25519].state == "works"
    assert findings[DOCUMENT].state == "degraded"
    assert f"{name} (1)" in findings[DOCUMENT].detail
    assert not (keys / "issuer-rsa.pem").exists()


def test_a_retired_key_that_certificates_name_and_that_is_gone_is_told_by_name(ports, keys, certificate):
    names = [key.name for key in ports.signer.public_keys()]
    ports.signer.rotate_keys(NOW)
    shutil.rmtree(keys / "retired")
    finding = found(ports)[DOCUMENT]
    assert (finding.state, finding.required) == ("degraded", False)
    assert all(f"{name} (1)" in finding.detail for name in names)
    assert "keys/retired" in finding.detail


def test_without_a_database_the_keys_are_tried_all_the_same(ports, keys):
    db.drop_all()
    findings = found(ports)
    assert (findings[RSA].state, findings[ED25519].state) == ("works", "works")
    assert "flask db upgrade" in findings[DOCUMENT].detail
    (keys / "issuer.pem").unlink()
    assert "flask db upgrade" in found(ports)["signing keys"].detail


@pytest.mark.parametrize(
    ("url", "state", "said"),
    [
        (URL, "works", URL),
        ("", "degraded", "put PUBLIC_URL=https://… into .env before the first"),
        ("training.example.org", "degraded", "is no address"),
        ("http://training.example.org", "degraded", "is not https"),
    ],
)
def test_the_address_that_certificates_carry_for_good_is_looked_at(ports, keys, url, state, said):
    finding = found(ports, url)["PUBLIC_URL"]
    assert (finding.state, finding.required) == (state, False)
    assert said in finding.detail


def test_without_a_signer_there_is_nothing_to_try(ports):
    assert states(found(replace(ports, signer=None))) == {"signing keys": "off", "PUBLIC_URL": "works"}
