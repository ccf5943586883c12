"""The installation's signing key (Ed25519), and compact JWS made with it.

The key is `issuer.pem` in its own folder: made once, readable by its owner only, refused when others can read it.
Retired keys are public keys in `retired/*.pem` beside it; what they signed still verifies.
"""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Sequence
from pathlib import Path

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from trainer.ports import BadSignature, KeyRefused, PublicKey

ENGINE = "signing key"
ALGORITHM = "Ed25519"
"""The fully specified name of RFC 9864; "EdDSA" is deprecated there. No other algorithm is accepted, "none" least."""
ED25519_CODE = b"\xed\x01"


class Ed25519Signer:
    """`CredentialSigner` with a key in a folder. The key is read at first use and made there if it is missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._private: OKPKey | None = None

    def sign(self, payload: bytes, *, issuer: str) -> str:
        key = self._key()
        header = {"alg": ALGORITHM, "typ": "JWT", "kid": f"{issuer}#{public_key_of(key).multibase}"}
        return jws.serialize_compact(header, payload, key, algorithms=[ALGORITHM])

    def public_keys(self) -> Sequence[PublicKey]:
        retired = sorted((self.folder / "retired").glob("*.pem"))
        return [public_key_of(self._key()), *(_read_public(path) for path in retired)]

    def check(self, token: str, keys: Sequence[PublicKey] | None = None) -> bytes:
        trusted = self.public_keys() if keys is None else keys
        try:
            header = jws.extract_compact(token.encode("ascii")).protected
            name = str(header.get("kid", "")).rpartition("#")[2]
            for key in trusted:
                if key.multibase == name:
                    public = OKPKey.import_key(dict(key.jwk))
                    return bytes(jws.deserialize_compact(token, public, algorithms=[ALGORITHM]).payload)
        except (JoseError, ValueError, TypeError, AttributeError) as error:
            raise BadSignature(str(error)) from error
        raise BadSignature("signed by an unknown key")

    def read_keys(self, document: object) -> Sequence[PublicKey]:
        methods = document.get("verificationMethod") if isinstance(document, dict) else None
        found = []
        for method in methods if isinstance(methods, list) else []:
            multibase = method.get("publicKeyMultibase") if isinstance(method, dict) else None
            if isinstance(multibase, str) and multibase.startswith("z6Mk"):
                raw = base58.b58decode(multibase[1:])
                if len(raw) == 34 and raw[:2] == ED25519_CODE:
                    found.append(_public(Ed25519PublicKey.from_public_bytes(raw[2:])))
        if not found:
            raise ValueError("the issuer document holds no Ed25519 key (publicKeyMultibase z6Mk...)")
        return found

    def _key(self) -> OKPKey:
        with self._lock:
            if self._private is None:
                path = self.folder / "issuer.pem"
                if not path.exists():
                    _make_key(path)
                self._private = OKPKey.import_key(_read_private(path))
            return self._private


def _make_key(path: Path) -> None:
    """Written whole beside its place, then linked: of two processes that start at once, one wins and both read that."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    beside = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(pem)
        os.fsync(file.fileno())
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()


def _read_private(path: Path) -> bytes:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        raise KeyRefused(ENGINE, f"others can read {path} (mode {mode:o}): run chmod 600 on it, and think of a new key")
    pem = path.read_bytes()
    try:
        fits = isinstance(load_pem_private_key(pem, None), Ed25519PrivateKey)
    except (ValueError, TypeError):
        fits = False
    if not fits:
        raise KeyRefused(ENGINE, f"{path} holds no Ed25519 key; restore it from a copy")
    return pem


def _read_public(path: Path) -> PublicKey:
    try:
        key = load_pem_public_key(path.read_bytes())
    except ValueError:
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise KeyRefused(ENGINE, f"{path} holds no public Ed25519 key")
    return _public(key)


def _public(key: Ed25519PublicKey) -> PublicKey:
    return public_key_of(OKPKey.import_key(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)))


def public_key_of(key: OKPKey) -> PublicKey:
    """The public half, in both forms that issuer documents need."""
    raw = key.public_key.public_bytes(Encoding.Raw, PublicFormat.Raw)
    jwk = key.as_dict(private=False)
    return PublicKey(
        "z" + base58.b58encode(ED25519_CODE + raw).decode("ascii"), {k: str(jwk[k]) for k in ("kty", "crv", "x")}
    )
