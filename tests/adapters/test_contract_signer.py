"""What every signer promises. The care that the real one takes of its key is in test_signing.py."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes_papers import ScriptedSigner
from trainer.adapters.signing import Ed25519Signer
from trainer.ports import BadSignature, CredentialSigner, KeyRefused

PORT = CredentialSigner
ADAPTERS = (Ed25519Signer, ScriptedSigner)
ISSUER = "https://trainer.example/issuer/org1"


@pytest.fixture(params=ADAPTERS)
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[str], CredentialSigner]:
    """Signers of installations by name."""
    return lambda name: ScriptedSigner(name) if request.param is ScriptedSigner else Ed25519Signer(tmp_path / name)


@pytest.fixture
def signer(make: Callable[[str], CredentialSigner]) -> CredentialSigner:
    return make("this")


def issuer_document(signer: CredentialSigner) -> dict[str, object]:
    return {"id": ISSUER, "verificationMethod": [{"publicKeyMultibase": k.multibase} for k in signer.public_keys()]}


@pytest.mark.parametrize("payload", [b"{}", '{"holder":"Zoé"}'.encode(), b""])
def test_what_was_signed_comes_back_when_it_is_checked(signer: CredentialSigner, payload: bytes) -> None:
    assert signer.check(signer.sign(payload, issuer=ISSUER)) == payload


def test_the_header_names_issuer_and_key(signer: CredentialSigner) -> None:
    header, _, _ = signer.sign(b"{}", issuer=ISSUER).split(".")
    named = json.loads(base64.urlsafe_b64decode(header + "=" * (-len(header) % 4)))["kid"]
    (key,) = signer.public_keys()
    assert named == f"{ISSUER}#{key.multibase}"
    assert key.multibase.startswith("z6Mk")
    assert (key.jwk["kty"], key.jwk["crv"]) == ("OKP", "Ed25519")
    assert "d" not in key.jwk, "the private half stays"


def test_the_key_stays_the_same(make: Callable[[str], CredentialSigner]) -> None:
    assert make("this").public_keys() == make("this").public_keys() != make("other").public_keys()


def test_anothers_token_is_refused_unless_its_keys_are_given(
    signer: CredentialSigner, make: Callable[[str], CredentialSigner]
) -> None:
    other = make("other")
    token = other.sign(b"{}", issuer=ISSUER)
    with pytest.raises(BadSignature):
        signer.check(token)
    assert signer.check(token, other.public_keys()) == b"{}"
    assert signer.check(token, [*signer.public_keys(), *other.public_keys()]) == b"{}"
    with pytest.raises(BadSignature):
        signer.check(token, [])


def test_keys_are_read_from_a_saved_issuer_document(
    signer: CredentialSigner, make: Callable[[str], CredentialSigner]
) -> None:
    other = make("other")
    saved = json.loads(json.dumps(issuer_document(other)))
    keys = signer.read_keys(saved)
    assert [key.multibase for key in keys] == [key.multibase for key in other.public_keys()]
    assert signer.check(other.sign(b"{}", issuer=ISSUER), keys) == b"{}"


@pytest.mark.parametrize(
    "document", [None, [], "text", {}, {"verificationMethod": []}, {"verificationMethod": [{"publicKeyMultibase": 7}]}]
)
def test_a_document_without_keys_is_refused(signer: CredentialSigner, document: object) -> None:
    with pytest.raises(ValueError, match="holds no Ed25519 key"):
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


def test_nothing_is_signed_with_a_key_that_is_refused(make: Callable[[str], CredentialSigner]) -> None:
    make("this").sign(b"{}", issuer=ISSUER)
    signer = make("this")
    if isinstance(signer, ScriptedSigner):
        signer.refused = "others can read it"
    elif isinstance(signer, Ed25519Signer):
        (signer.folder / "issuer.pem").chmod(0o644)
    with pytest.raises(KeyRefused, match="others can read"):
        signer.sign(b"{}", issuer=ISSUER)
