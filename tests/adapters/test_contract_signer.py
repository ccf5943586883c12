"""What every signer promises. The care that the real one takes of its keys is in test_signing.py and test_key_folder.py."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.fakes_papers import ScriptedSigner
from trainer.adapters.signing import IssuerSigner
from trainer.ports import ED25519, RSA, BadSignature, CredentialSigner, KeyRefused

PORT = CredentialSigner
ADAPTERS = (IssuerSigner, ScriptedSigner)
ISSUER = "https://trainer.example/issuer/org1"
NOW = datetime(2026, 11, 26, 13, 0, tzinfo=UTC)
CREATED = "2026-11-26T13:00:00Z"
DOCUMENT: dict[str, Any] = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "id": "https://trainer.example/v/1",
    "type": ["VerifiableCredential"],
    "issuer": ISSUER,
    "name": "Zoé",
}


@pytest.fixture(params=ADAPTERS)
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], CredentialSigner]:
    """Signers of installations by name, with keys."""

    def made(name: str) -> CredentialSigner:
        real = request.param is IssuerSigner
        signer: CredentialSigner = IssuerSigner(tmp_path / name, rsa_bits=2048) if real else ScriptedSigner(name)
        signer.make_keys()
        return signer

    return made


@pytest.fixture
def signer(make: Callable[[str], CredentialSigner]) -> CredentialSigner:
    return make("this")


def issuer_document(signer: CredentialSigner) -> dict[str, object]:
    methods = [
        {"publicKeyMultibase": key.multibase} if key.kind == ED25519 else {"publicKeyJwk": dict(key.jwk)}
        for key in signer.public_keys()
    ]
    return {"id": ISSUER, "verificationMethod": methods}


def proved(signer: CredentialSigner, **changes: Any) -> dict[str, Any]:
    return {**DOCUMENT, "proof": signer.prove(DOCUMENT, issuer=ISSUER, created=CREATED), **changes}


@pytest.mark.parametrize("payload", [b"{}", '{"holder":"Zoé"}'.encode(), b""])
def test_what_was_signed_comes_back_when_it_is_checked(signer: CredentialSigner, payload: bytes) -> None:
    _, rsa = signer.public_keys()
    assert signer.check(signer.sign(payload, issuer=ISSUER)) == (payload, f"{ISSUER}#{rsa.name}")


def test_the_header_names_algorithm_issuer_and_key(signer: CredentialSigner) -> None:
    header, _, _ = signer.sign(b"{}", issuer=ISSUER).split(".")
    named = json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))
    _, rsa = signer.public_keys()
    assert named == {"alg": "RS256", "typ": "JWT", "kid": f"{ISSUER}#{rsa.name}"}


def test_there_is_a_key_of_each_kind_and_no_private_half(signer: CredentialSigner) -> None:
    ed25519, rsa = signer.public_keys()
    assert (ed25519.kind, rsa.kind) == (ED25519, RSA)
    assert ed25519.multibase.startswith("z6Mk")
    assert (ed25519.jwk["kty"], ed25519.jwk["crv"]) == ("OKP", "Ed25519")
    assert (rsa.jwk["kty"], rsa.multibase) == ("RSA", "")
    assert not {"d", "p", "q"} & (set(ed25519.jwk) | set(rsa.jwk))


def test_a_proof_names_suite_issuer_and_key_and_covers_the_document(signer: CredentialSigner) -> None:
    ed25519, _ = signer.public_keys()
    document = proved(signer)
    proof = document["proof"]
    assert (proof["type"], proof["cryptosuite"]) == ("DataIntegrityProof", "eddsa-rdfc-2022")
    assert (proof["proofPurpose"], proof["created"]) == ("assertionMethod", CREATED)
    assert proof["verificationMethod"] == f"{ISSUER}#{ed25519.multibase}"
    assert signer.check_proof(document) == proof["verificationMethod"]
    for changes in ({"name": "Zoe"}, {"issuer": f"{ISSUER}0"}, {"proof": {**proof, "created": NOW.isoformat()}}):
        with pytest.raises(BadSignature):
            signer.check_proof({**document, **changes})


@pytest.mark.parametrize("proof", [None, [], "text", {}, {"verificationMethod": 7}])
def test_what_is_no_proof_is_refused(signer: CredentialSigner, proof: object) -> None:
    with pytest.raises(BadSignature):
        signer.check_proof({**DOCUMENT, "proof": proof})


def test_the_keys_stay_the_same(make: Callable[[str], CredentialSigner]) -> None:
    assert make("this").public_keys() == make("this").public_keys() != make("other").public_keys()


def test_after_a_rotation_new_keys_sign_and_old_ones_still_verify(signer: CredentialSigner) -> None:
    token, document, before = signer.sign(b"{}", issuer=ISSUER), proved(signer), list(signer.public_keys())
    signer.rotate_keys(NOW)
    now = list(signer.public_keys())
    assert [key.kind for key in now[:2]] == [ED25519, RSA]
    assert {key.name for key in now[2:]} == {key.name for key in before}
    assert signer.check(token)[0] == b"{}"
    assert signer.check_proof(document)
    assert signer.sign(b"{}", issuer=ISSUER) != token
    assert proved(signer)["proof"]["verificationMethod"] != document["proof"]["verificationMethod"]


def test_anothers_token_is_refused_unless_its_keys_are_given(
    signer: CredentialSigner, make: Callable[[str], CredentialSigner]
) -> None:
    other = make("other")
    token, document = other.sign(b"{}", issuer=ISSUER), proved(other)
    for keys in (None, []):
        with pytest.raises(BadSignature):
            signer.check(token, keys)
        with pytest.raises(BadSignature):
            signer.check_proof(document, keys)
    assert signer.check(token, [*signer.public_keys(), *other.public_keys()])[0] == b"{}"
    assert signer.check_proof(document, other.public_keys())


def test_keys_are_read_from_a_saved_issuer_document(
    signer: CredentialSigner, make: Callable[[str], CredentialSigner]
) -> None:
    other = make("other")
    keys = signer.read_keys(json.loads(json.dumps(issuer_document(other))))
    assert [key.name for key in keys] == [key.name for key in other.public_keys()]
    assert signer.check(other.sign(b"{}", issuer=ISSUER), keys)[0] == b"{}"


@pytest.mark.parametrize(
    "document", [None, [], "text", {}, {"verificationMethod": []}, {"verificationMethod": [{"publicKeyMultibase": 7}]}]
)
def test_a_document_without_keys_is_refused(signer: CredentialSigner, document: object) -> None:
    with pytest.raises(ValueError, match="holds no key"):
        signer.read_keys(document)


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_changed_part_is_found_out(signer: CredentialSigner, part: int) -> None:
    parts = signer.sign(b'{"holder":"Zoe"}', issuer=ISSUER).split(".")
    other = signer.sign(b'{"holder":"Zoa"}', issuer=f"{ISSUER}0").split(".")
    parts[part] = other[part]
    with pytest.raises(BadSignature):
        signer.check(".".join(parts))


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "é.é.é", "." * 50, "eyJhbGciOiJub25lIn0.e30.", "W10.e30.e30"])
def test_what_is_no_token_is_refused(signer: CredentialSigner, token: str) -> None:
    with pytest.raises(BadSignature):
        signer.check(token)


def test_nothing_is_signed_with_keys_that_are_refused(make: Callable[[str], CredentialSigner]) -> None:
    signer = make("this")
    if isinstance(signer, ScriptedSigner):
        signer.refused = "others can read it"
    elif isinstance(signer, IssuerSigner):
        for name in ("issuer.pem", "issuer-rsa.pem"):
            (signer.folder / name).chmod(0o644)
    with pytest.raises(KeyRefused, match="others can read"):
        signer.sign(b"{}", issuer=ISSUER)
    with pytest.raises(KeyRefused, match="others can read"):
        signer.prove(DOCUMENT, issuer=ISSUER, created=CREATED)


def test_keys_are_made_only_when_asked_for(signer: CredentialSigner, tmp_path: Path) -> None:
    bare = IssuerSigner(tmp_path / "bare", 2048) if isinstance(signer, IssuerSigner) else ScriptedSigner(made=False)
    assert list(bare.missing_keys()) == [ED25519, RSA]
    assert not bare.public_keys()
    with pytest.raises(KeyRefused, match="missing"):
        bare.sign(b"{}", issuer=ISSUER)
    bare.make_keys()
    assert not bare.missing_keys()
    assert not signer.missing_keys()
    assert bare.sign(b"{}", issuer=ISSUER)
