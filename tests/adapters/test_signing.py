"""The installation's key: made once, private, and strict about what it accepts.

What every signer promises is in test_contract_signer.py.
"""

from __future__ import annotations

import base64
import json
import stat
import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer.adapters.signing import Ed25519Signer
from trainer.ports import BadSignature, KeyRefused

ISSUER = "https://trainer.example/issuer/org1"


@pytest.fixture
def signer(tmp_path):
    return Ed25519Signer(tmp_path / "keys")


def encoded(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_the_key_is_made_once_and_for_its_owner_only(signer):
    token = signer.sign(b"{}", issuer=ISSUER)
    path = signer.folder / "issuer.pem"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(signer.folder.stat().st_mode) == 0o700
    assert Ed25519Signer(signer.folder).check(token) == b"{}"
    assert [file.name for file in signer.folder.iterdir()] == ["issuer.pem"]


@pytest.mark.parametrize("content", [b"", b"hello", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_file_that_holds_no_key_is_refused_and_kept(signer, content):
    signer.folder.mkdir(mode=0o700)
    path = signer.folder / "issuer.pem"
    path.touch(mode=0o600)
    path.write_bytes(content)
    with pytest.raises(KeyRefused):
        signer.sign(b"{}", issuer=ISSUER)
    assert path.read_bytes() == content


def test_two_that_start_at_once_use_one_key(tmp_path):
    signers = [Ed25519Signer(tmp_path / "keys") for _ in range(8)]
    threads = [threading.Thread(target=signer.public_keys) for signer in signers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({signer.public_keys()[0].multibase for signer in signers}) == 1


def test_a_retired_key_still_verifies_what_it_signed(signer, tmp_path):
    from cryptography.hazmat.primitives import serialization as forms

    old = signer.sign(b'{"a":1}', issuer=ISSUER)
    path = signer.folder / "issuer.pem"
    public = forms.load_pem_private_key(path.read_bytes(), None).public_key()
    (signer.folder / "retired").mkdir()
    pem = public.public_bytes(forms.Encoding.PEM, forms.PublicFormat.SubjectPublicKeyInfo)
    (signer.folder / "retired" / "2026.pem").write_bytes(pem)
    path.unlink()
    fresh = Ed25519Signer(signer.folder)
    assert fresh.check(old) == b'{"a":1}'
    assert len(fresh.public_keys()) == 2


@given(place=st.integers(0, 400), letter=st.sampled_from("ABCDefgh0189-_."))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
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


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"}, {"alg": "HS256"}, {"alg": "RS256"}, {"alg": "EdDSA"}, {"alg": "Ed25519", "crit": ["b64"], "b64": False}, {},
    ],
)  # fmt: skip
def test_other_algorithms_are_refused(signer, header):
    kid = f"{ISSUER}#{signer.public_keys()[0].multibase}"
    _, payload, signature = signer.sign(b"{}", issuer=ISSUER).split(".")
    for last in (signature, ""):
        with pytest.raises(BadSignature):
            signer.check(f"{encoded({'kid': kid, **header})}.{payload}.{last}")
