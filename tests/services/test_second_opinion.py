"""What is handed out, checked by implementations that the product does not use.

Data Integrity: JSON-LD and RDFC-1.0 by Oxigraph (Rust), SHA-256 by hashlib, Ed25519 by libsodium (PyNaCl). VC-JWT: PyJWT.
Whole files, baked pictures and status lists: openbadgeslib, another maker's verifier.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime, timedelta
from typing import Any

import base58
import jwt as pyjwt
import pyoxigraph
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from tests.factories.careers import PLACE, granted_decision, make_team
from trainer.adapters.data_integrity import CONTEXTS, FOLDER, canonical_form
from trainer.services import status_lists
from trainer.services.badge_pictures import baked_badge
from trainer.services.certificate_files import badge_bytes, proved_badge, record_of
from trainer.services.certificate_keys import issuer_document
from trainer.services.certificates import issue_certificate, revoke_certificate

LATELY = datetime.now(UTC) - timedelta(hours=1)


@pytest.fixture
def team(session):
    return make_team(session)


@pytest.fixture
def certificate(session, ports, team, monkeypatch):
    """Issued an hour ago: other makers' verifiers look at the clock."""
    decision = granted_decision(session, team, monkeypatch)
    return issue_certificate(session, ports, team.supervisor.actor, decision.public_id, PLACE, LATELY)


@pytest.fixture
def issuer(session, ports, certificate) -> dict[str, Any]:
    """What anybody can fetch."""
    return issuer_document(session, ports, record_of(certificate)["issuer"], "Parcelo Customer Care")


def method_of(issuer: dict[str, Any], address: str) -> dict[str, Any]:
    assert address in issuer["assertionMethod"]
    return next(method for method in issuer["verificationMethod"] if method["id"] == address)


def canonical_by_oxigraph(document: dict[str, Any]) -> bytes:
    """Contexts are put in, so that nothing is fetched."""
    contexts = [json.loads((FOLDER / CONTEXTS[url]).read_bytes())["@context"] for url in document["@context"]]
    whole = json.dumps({**document, "@context": contexts})
    quads = pyoxigraph.parse(whole, format=pyoxigraph.RdfFormat.JSON_LD)
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    lines = pyoxigraph.serialize(dataset, format=pyoxigraph.RdfFormat.N_QUADS).decode().splitlines()
    return "".join(f"{line}\n" for line in sorted(lines)).encode()


def check_by_others(document: dict[str, Any], issuer: dict[str, Any]) -> None:
    """Raises BadSignatureError."""
    proof = document["proof"]
    bare = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in proof.items() if name != "proofValue"} | {"@context": bare["@context"]}
    signed = b"".join(hashlib.sha256(canonical_by_oxigraph(part)).digest() for part in (options, bare))
    multibase = method_of(issuer, proof["verificationMethod"])["publicKeyMultibase"]
    key = VerifyKey(base58.b58decode(multibase[1:]).removeprefix(b"\xed\x01"))
    key.verify(signed, base58.b58decode(proof["proofValue"][1:]))


def test_another_implementation_finds_the_same_canonical_form(certificate):
    credential = json.loads(certificate.credential)
    assert canonical_by_oxigraph(credential) == canonical_form(credential)


def test_another_implementation_accepts_the_proof_and_no_other_document(certificate, issuer):
    document = proved_badge(certificate)
    check_by_others(document, issuer)
    with pytest.raises(BadSignatureError):
        check_by_others({**document, "name": "Manager"}, issuer)


def test_another_implementation_accepts_the_token(certificate, issuer):
    header = pyjwt.get_unverified_header(certificate.jwt)
    assert (header["alg"], header["typ"]) == ("RS256", "JWT")
    key = pyjwt.PyJWK(method_of(issuer, header["kid"])["publicKeyJwk"])
    claims = pyjwt.decode(
        certificate.jwt, key, algorithms=["RS256"], issuer=issuer["id"],
        options={"require": ["iss", "jti", "nbf", "sub", "exp"], "verify_exp": False, "verify_nbf": False},
    )  # fmt: skip
    assert claims["sub"] == claims["credentialSubject"]["id"]
    assert claims["jti"] == claims["id"]
    credential = {name: value for name, value in claims.items() if name not in {"iss", "jti", "nbf", "sub", "exp"}}
    assert credential == json.loads(certificate.credential)


def test_another_implementation_reads_the_status_list(session, ports, team, certificate, issuer):
    revoke_certificate(session, ports, team.supervisor.actor, certificate.public_id, "Issued in error.", LATELY)
    data = status_lists.status_file(session, ports, team.organisation.public_id, 1, "json", LATELY)
    document = json.loads(data)
    check_by_others(document, issuer)
    bits = gzip.decompress(urlsafe_b64decode(document["credentialSubject"]["encodedList"][1:] + "=="))
    place = int(json.loads(certificate.credential)["credentialStatus"]["statusListIndex"])
    assert len(bits) * 8 == 131_072
    assert "".join(f"{byte:08b}" for byte in bits).index("1") == place


def pem_of(ports, name: str) -> bytes:
    key = load_pem_private_key((ports.signer.folder / name).read_bytes(), None).public_key()
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def test_openbadgeslib_accepts_every_file_and_sees_the_revocation(session, ports, team, certificate):
    from openbadgeslib.errors import LibOpenBadgesException
    from openbadgeslib.ob3.ldp import OB3LdpVerifier
    from openbadgeslib.ob3.verifier import OB3Verifier

    organisation = team.organisation.public_id

    def download(url: str, **_more: object) -> bytes:
        assert url.endswith(f"/issuer/{organisation}/status/1")
        return status_lists.status_file(session, ports, organisation, 1, "jwt", LATELY)

    token = OB3Verifier(pem_of(ports, "issuer-rsa.pem"))
    proof = OB3LdpVerifier(pem_of(ports, "issuer.pem"))
    subject = record_of(certificate)["subject"]
    svg, png = (baked_badge(certificate, form) for form in ("svg", "png"))
    assert token.verify(certificate.jwt, check_status=True, download=download).recipient_id == subject
    for document in (
        badge_bytes(certificate),
        OB3Verifier.extract_token_from_svg(svg),
        OB3Verifier.extract_token_from_png(png),
    ):
        assert proof.verify(document).recipient_id == subject
    with pytest.raises(LibOpenBadgesException):
        proof.verify(badge_bytes(certificate).replace("Zoé".encode(), b"Zoe"))
    revoke_certificate(session, ports, team.supervisor.actor, certificate.public_id, "Issued in error.", LATELY)
    with pytest.raises(LibOpenBadgesException, match="revocation"):
        token.verify(certificate.jwt, check_status=True, download=download)
