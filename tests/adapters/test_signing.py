"""The installation's keys: private, and strict about what they accept. What every signer promises: test_contract_signer.py."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import stat
import threading
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import OKPKey

from trainer.adapters.key_folder import public_pem
from trainer.adapters.signing import IssuerSigner
from trainer.ports import RSA, BadSignature, KeyRefused

ISSUER = "https://trainer.example/issuer/org1"
NOW = datetime(2026, 11, 26, 13, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def signer(tmp_path_factory):
    """Shared by tests that only sign and check."""
    signer = IssuerSigner(tmp_path_factory.mktemp("signing") / "keys", rsa_bits=2048)
    signer.make_keys()
    return signer


@pytest.fixture
def fresh(tmp_path):
    return IssuerSigner(tmp_path / "keys", rsa_bits=2048)


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def old_token(signer: IssuerSigner, payload: bytes) -> str:
    """As tokens were made until 2026-11-26: Ed25519, by the key in issuer.pem."""
    ed25519 = signer.public_keys()[0]
    key = OKPKey.import_key((signer.folder / "issuer.pem").read_bytes())
    header = {"alg": "Ed25519", "typ": "JWT", "kid": f"{ISSUER}#{ed25519.multibase}"}
    return jws.serialize_compact(header, payload, key, algorithms=["Ed25519"])


def test_keys_are_made_once_and_for_their_owner_only(fresh):
    fresh.make_keys()
    before = {path.name: path.read_bytes() for path in fresh.folder.iterdir()}
    fresh.make_keys()
    assert {path.name: path.read_bytes() for path in fresh.folder.iterdir()} == before
    assert set(before) == {"issuer.pem", "issuer-rsa.pem", ".lock"}
    assert stat.S_IMODE(fresh.folder.stat().st_mode) == 0o700
    for name in before:
        assert stat.S_IMODE((fresh.folder / name).stat().st_mode) == 0o600


def test_an_installation_with_the_first_key_alone_keeps_it(fresh):
    fresh.make_keys()
    first = fresh.public_keys()[0]
    (fresh.folder / "issuer-rsa.pem").unlink()
    assert fresh.missing_keys() == [RSA]
    fresh.make_keys()
    assert fresh.public_keys()[0] == first


@pytest.mark.parametrize("name", ["issuer.pem", "issuer-rsa.pem"])
@pytest.mark.parametrize("content", [b"", b"hello", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_file_that_holds_no_key_is_refused_and_kept(fresh, name, content):
    fresh.make_keys()
    path = fresh.folder / name
    path.write_bytes(content)
    with pytest.raises(KeyRefused):
        fresh.public_keys()
    fresh.make_keys()
    assert path.read_bytes() == content


def test_a_key_of_the_wrong_kind_is_refused(fresh):
    fresh.make_keys()
    (fresh.folder / "issuer-rsa.pem").write_bytes((fresh.folder / "issuer.pem").read_bytes())
    with pytest.raises(KeyRefused, match="holds no RSA key"):
        fresh.sign(b"{}", issuer=ISSUER)


def test_processes_that_start_at_once_use_the_same_keys(tmp_path):
    signers = [IssuerSigner(tmp_path / "keys", rsa_bits=2048) for _ in range(6)]
    threads = [threading.Thread(target=signer.make_keys) for signer in signers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({tuple(key.name for key in signer.public_keys()) for signer in signers}) == 1


def test_a_rotation_reaches_a_running_process_and_leaves_no_private_half(fresh):
    fresh.make_keys()
    running = IssuerSigner(fresh.folder)
    before = [key.name for key in running.public_keys()]
    old = [load_pem_private_key((fresh.folder / name).read_bytes(), None) for name in ("issuer.pem", "issuer-rsa.pem")]
    fresh.rotate_keys(NOW)
    names = [key.name for key in running.public_keys()]
    assert len(names) == 4
    assert set(names[2:]) == set(before)
    assert running.check(running.sign(b"{}", issuer=ISSUER))[1].endswith(names[1])
    retired = sorted(path.read_bytes() for path in (fresh.folder / "retired").iterdir())
    assert retired == sorted(public_pem(key.public_key()) for key in old)
    assert all(b"PRIVATE" not in pem for pem in retired)


def test_a_token_of_the_first_form_still_verifies_also_after_a_rotation(fresh):
    fresh.make_keys()
    token = old_token(fresh, b'{"a":1}')
    assert fresh.check(token)[0] == b'{"a":1}'
    fresh.rotate_keys(NOW)
    assert fresh.check(token)[0] == b'{"a":1}'


@given(place=st.integers(0, 4000), letter=st.sampled_from("ABCDefgh0189-_."))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_changed_letter_is_found_out(signer, place, letter):
    token = signer.sign(b'{"holder":"Zoe","category":"operator-3"}', issuer=ISSUER)
    at = place % len(token)
    changed = token[:at] + letter + token[at + 1 :]
    if changed != token:
        try:
            payload = signer.check(changed)
        except BadSignature:
            return
        # Only unused bits at the end of a Base64 part can differ: the signed bytes are the same.
        assert payload == signer.check(token)
        assert at == len(token) - 1


@pytest.mark.parametrize("key", [0, 1])
@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"}, {"alg": "HS256"}, {"alg": "RS512"}, {"alg": "PS256"}, {"alg": "EdDSA"},
        {"alg": "RS256", "crit": ["b64"], "b64": False}, {"alg": "Ed25519", "crit": ["b64"], "b64": False}, {},
    ],
)  # fmt: skip
def test_other_algorithms_are_refused(signer, header, key):
    kid = f"{ISSUER}#{signer.public_keys()[key].name}"
    _, payload, signature = signer.sign(b"{}", issuer=ISSUER).split(".")
    for last in (signature, ""):
        with pytest.raises(BadSignature):
            signer.check(f"{encoded({'kid': kid, **header})}.{payload}.{last}")


def test_a_public_key_is_no_secret_for_hs256(signer):
    for key, name in zip(signer.public_keys(), ("issuer.pem", "issuer-rsa.pem"), strict=True):
        pem = public_pem(load_pem_private_key((signer.folder / name).read_bytes(), None).public_key())
        signed = f"{encoded({'alg': 'HS256', 'kid': f'{ISSUER}#{key.name}'})}.{encoded({})}"
        for secret in (pem, pem.strip(), json.dumps(dict(key.jwk)).encode()):
            mac = hmac.new(secret, signed.encode(), hashlib.sha256).digest()
            with pytest.raises(BadSignature):
                signer.check(f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}")


@pytest.mark.parametrize(
    "jwk",
    [
        {"kty": "RSA"}, {"kty": "RSA", "n": "AQAB", "e": "AQAB"}, {"kty": "RSA", "n": "A" * 5000, "e": "AQAB"},
        {"kty": "oct", "k": "AAAA"}, {"kty": "RSA", "n": 7, "e": []}, [],
    ],
)  # fmt: skip
def test_keys_too_small_too_large_or_none_are_not_read(signer, jwk):
    with pytest.raises(ValueError, match="holds no key"):
        signer.read_keys({"verificationMethod": [{"publicKeyJwk": jwk}]})


def test_a_key_that_may_not_assert_is_not_read(signer):
    ed25519, rsa = signer.public_keys()
    methods = [
        {"id": "#a", "publicKeyMultibase": ed25519.multibase},
        {"id": "#b", "publicKeyJwk": dict(rsa.jwk)},
    ]
    assert signer.read_keys({"verificationMethod": methods, "assertionMethod": ["#b"]}) == [rsa]
