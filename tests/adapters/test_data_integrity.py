"""Data Integrity proofs: the W3C's own test vector, contexts as published, and nothing that no signature would cover."""

from __future__ import annotations

import copy
import hashlib
import threading
from typing import Any

import base58
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tests.factories.certificates import make_record
from trainer.adapters import data_integrity
from trainer.domain.open_badge import CONTEXTS, open_badge
from trainer.domain.status_list import status_entry
from trainer.ports import BadSignature

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
KEY = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
SECRET = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
ALUMNI: dict[str, Any] = {
    "@context": ["https://www.w3.org/ns/credentials/v2", EXAMPLES],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
VECTORS = [
    (  # W3C Recommendation "Data Integrity EdDSA Cryptosuites v1.0", appendix B.1, examples 7 to 15
        f"did:key:{KEY}#{KEY}",
        "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0"
        "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017",
        "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme",
    ),
    (  # the same in w3c/vc-di-eddsa at 6767a890dc27fe37a024e2554f16c11a2af05896, TestVectors/eddsa-rdfc-2022
        f"https://vc.example/issuers/5678#{KEY}",
        "4c4d3890a157f8d611b13c265c2c22f39aa0a567c7c7dd9ba3e45cd579784eeb"
        "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017",
        "z21EVs3eXERqTn4acNHT9viboqgzUaQ3kTmhPT3eA8qrVPE7CrQq78WkzctnMX5W4CrzcKnHw8V6dvy5pgWYCU5e9",
    ),
]


def with_examples(url: str, options: Any) -> dict[str, Any]:
    """Our loader with the context of the W3C's examples, which the product does not keep."""
    if url == EXAMPLES:
        document = {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}
    return data_integrity.load_context(url, options)


def badge() -> dict[str, Any]:
    status = status_entry("https://trainer.example/issuer/org1/status/1", 4711)
    image = "https://trainer.example/issuer/org1/badge/ladder-1/en/operator-3.png"
    return open_badge(make_record().as_json(), email="zoe@example.org", salt="s4lt", status=status, image=image)


@pytest.mark.parametrize(("method", "hash_data", "value"), VECTORS)
def test_the_vector_of_the_w3c_comes_out(method, hash_data, value):
    proof = {
        "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": "2023-02-24T23:36:38Z",
        "verificationMethod": method, "proofPurpose": "assertionMethod",
    }  # fmt: skip
    data = data_integrity.hash_data(ALUMNI, proof, with_examples)
    assert data.hex() == hash_data
    private = Ed25519PrivateKey.from_private_bytes(base58.b58decode(SECRET[1:])[2:])
    assert data_integrity.proof_value(private.sign(data)) == value
    Ed25519PublicKey.from_public_bytes(base58.b58decode(KEY[1:])[2:]).verify(base58.b58decode(value[1:]), data)


def test_contexts_are_the_published_files():
    digests = {
        name: hashlib.sha256((data_integrity.FOLDER / name).read_bytes()).hexdigest()
        for name in data_integrity.CONTEXTS.values()
    }
    assert digests == {
        "credentials-v2.json": "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
        "open-badges-3.0.3.json": "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    }
    readme = (data_integrity.FOLDER / "README.md").read_text(encoding="utf-8")
    assert all(digest in readme for digest in digests.values())


def leaves(value: Any, name: str = "") -> list[tuple[str, str]]:
    if isinstance(value, dict):
        return [leaf for key, inner in value.items() if key != "@context" for leaf in leaves(inner, key)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner, name)]
    return [(name, str(value).lower() if isinstance(value, bool) else str(value))]


def test_every_word_of_a_credential_is_in_its_canonical_form():
    quads = data_integrity.canonical_form(badge()).decode()
    for name, value in leaves(badge()):
        if name != "type":
            written = value.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')
            assert written in quads, (name, value)


def test_every_part_of_a_credential_counts():
    """Any leaf that is changed or left out gives another canonical form, or none."""
    whole = badge()
    form = data_integrity.canonical_form(whole)
    tried = 0
    for path in paths(whole):
        for remove in (False, True):
            other = copy.deepcopy(whole)
            place: Any = other
            for step in path[:-1]:
                place = place[step]
            if remove:
                del place[path[-1]]
            else:
                old = place[path[-1]]
                place[path[-1]] = (not old) if isinstance(old, bool) else f"{old}x"
            try:
                assert data_integrity.canonical_form(other) != form, path
            except ValueError:
                pass
            tried += 1
    assert tried > 100


def paths(value: Any, start: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [path for key, inner in value.items() for path in paths(inner, (*start, key))]
    if isinstance(value, list):
        return [path for at, inner in enumerate(value) for path in paths(inner, (*start, at))]
    return [start]


@pytest.mark.parametrize(
    "change",
    [
        {"figure": 3},
        {"type": ["VerifiableCredential", "OpenBadgeCredential", "Certificate"]},
        {"evidence": [{"id": "urn:x:1", "type": ["Evidence"], "sha256": "00"}]},
        {"id": "v/4711"},
        {"@context": [*CONTEXTS, "https://evil.example/context.json"]},
        {"@context": [*CONTEXTS, "http://www.w3.org/ns/credentials/v2"]},
        {"@context": [*CONTEXTS, {"figure": "https://evil.example/figure"}]},
        {"@context": "https://www.w3.org/ns/credentials/v2"},
        {"credentialSubject": {"@context": {"x": "urn:x"}, "id": "urn:x:1"}},
        {"credentialSubject": {"@id": "urn:x:1"}},
        {"credentialSubject": {"id": "_:b0"}},
        {"https://schema.org/name": "Somebody"},
        {"name": None},
        {"evidence": [{"type": ["Evidence"], "name": "same"} for _ in range(2)]},
        {"evidence": [[[[[[[[[[[[[["deep"]]]]]]]]]]]]]]},
        {"name": ["x"] * 5000},
    ],
)
def test_what_no_signature_could_cover_has_no_canonical_form(change):
    with pytest.raises(ValueError, match=r"form|contexts|deep"):
        data_integrity.canonical_form({**badge(), **change})


def test_a_made_up_document_cannot_hold_a_worker():
    """Many parts that only differ by what is below them take factorial time elsewhere."""
    parts = [{"type": ["Evidence"], "narrative": "same", "name": "same"} for _ in range(12)]
    with pytest.raises(ValueError, match="say the same"):
        data_integrity.canonical_form({**badge(), "evidence": parts})


def test_threads_do_not_disturb_each_other():
    form, found = data_integrity.canonical_form(badge()), []

    def work(number: int) -> None:
        for turn in range(6):
            if number % 2 and turn % 2:
                with pytest.raises(ValueError, match="no canonical form"):
                    data_integrity.canonical_form({**badge(), "figure": 3})
            else:
                found.append(data_integrity.canonical_form(badge()) == form)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 27
    assert all(found)


PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)


def proof_of(document: dict[str, Any], **changes: str) -> dict[str, str]:
    proof = {
        "type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022", "created": "2026-11-26T13:00:00Z",
        "verificationMethod": "https://trainer.example/issuer/org1#z6Mk", "proofPurpose": "assertionMethod", **changes,
    }  # fmt: skip
    return {**proof, "proofValue": data_integrity.proof_value(PRIVATE.sign(data_integrity.hash_data(document, proof)))}


@pytest.mark.parametrize(
    "changes",
    [
        {"cryptosuite": "eddsa-jcs-2022"}, {"proofPurpose": "authentication"}, {"type": "Ed25519Signature2020"},
        {"expires": "2020-01-01T00:00:00Z"}, {"domain": "evil.example"},
    ],
)  # fmt: skip
def test_a_proof_of_another_kind_or_purpose_is_refused_though_its_signature_fits(changes):
    document = badge()
    data_integrity.check_proof(document, proof_of(document), PRIVATE.public_key())
    try:
        other = proof_of(document, **changes)
    except ValueError:
        other = {**proof_of(document), **changes}
    with pytest.raises(BadSignature, match="of the form"):
        data_integrity.check_proof(document, other, PRIVATE.public_key())


@pytest.mark.parametrize("value", ["", "z", "u" + "A" * 86, "z" + "0" * 80, "z" + "1" * 64, "z" + "2" * 500, 7, None])
def test_a_damaged_value_is_refused(value):
    document = badge()
    with pytest.raises(BadSignature):
        data_integrity.check_proof(document, {**proof_of(document), "proofValue": value}, PRIVATE.public_key())
