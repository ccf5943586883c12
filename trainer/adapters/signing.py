"""Signing with the installation's keys: compact JWS by RS256, Data Integrity proofs by Ed25519.

Tokens that were signed with Ed25519, as all were until 2026-11-26, still verify. A key is named by the header and found
among trusted ones; its kind alone decides the algorithm, so that "none", HS256 and the like are never tried.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import Key, OKPKey, RSAKey

from trainer.adapters import data_integrity
from trainer.adapters.key_folder import RSA_BITS, AnyPublicKey, KeyFolder, public_pem
from trainer.ports import ED25519, RSA, BadSignature, KeyRefused, PublicKey

ALGORITHMS = {ED25519: "Ed25519", RSA: "RS256"}
"""Ed25519 by the fully specified name of RFC 9864; "EdDSA" is deprecated there."""
ED25519_CODE = b"\xed\x01"
SMALLEST_RSA, LARGEST_RSA = 2048, 8192


class IssuerSigner:
    """`CredentialSigner` with keys in a folder."""

    def __init__(self, folder: Path, rsa_bits: int = RSA_BITS) -> None:
        self.folder = folder
        self._keys = KeyFolder(folder, rsa_bits)
        self._signing: tuple[object, RSAKey] | None = None

    def sign(self, payload: bytes, *, issuer: str) -> str:
        private = self._keys.private(RSA)
        if self._signing is None or self._signing[0] is not private:
            pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            self._signing = (private, RSAKey.import_key(pem))
        key = self._signing[1]
        header = {"alg": ALGORITHMS[RSA], "typ": "JWT", "kid": f"{issuer}#{key.thumbprint()}"}
        return jws.serialize_compact(header, payload, key, algorithms=[ALGORITHMS[RSA]])

    def prove(self, document: Mapping[str, Any], *, issuer: str, created: str) -> dict[str, str]:
        private = self._keys.private(ED25519)
        if not isinstance(private, Ed25519PrivateKey):
            raise KeyRefused("signing key", "no Ed25519 key")
        proof = {
            "type": "DataIntegrityProof",
            "cryptosuite": data_integrity.SUITE,
            "created": created,
            "verificationMethod": f"{issuer}#{public_key_of(private.public_key()).name}",
            "proofPurpose": "assertionMethod",
        }
        value = data_integrity.proof_value(private.sign(data_integrity.hash_data(document, proof)))
        return {**proof, "proofValue": value}

    def public_keys(self) -> Sequence[PublicKey]:
        absent = self._keys.missing()
        present = [self._keys.private(kind).public_key() for kind in (ED25519, RSA) if kind not in absent]
        found = [public_key_of(key) for key in (*present, *self._keys.retired())]
        return list({key.name: key for key in found}.values())

    def missing_keys(self) -> Sequence[str]:
        return self._keys.missing()

    def make_keys(self) -> None:
        self._keys.make()

    def rotate_keys(self, now: datetime) -> None:
        self._keys.rotate(now)

    def check(self, token: str, keys: Sequence[PublicKey] | None = None) -> tuple[bytes, str]:
        trusted = self.public_keys() if keys is None else keys
        try:
            header = jws.extract_compact(token.encode("ascii")).protected
            address = str(header.get("kid", ""))
            key = _named(trusted, address)
            algorithm = ALGORITHMS[key.kind]
            payload = bytes(jws.deserialize_compact(token, _jose_key(key), algorithms=[algorithm]).payload)
        except (JoseError, ValueError, TypeError, AttributeError) as error:
            raise BadSignature(str(error)) from error
        return payload, address

    def check_proof(self, document: Mapping[str, Any], keys: Sequence[PublicKey] | None = None) -> str:
        trusted = self.public_keys() if keys is None else keys
        proof = document.get("proof")
        if not isinstance(proof, Mapping):
            raise BadSignature("the document has no proof, or more than one")
        address = str(proof.get("verificationMethod", ""))
        key = _named(trusted, address)
        if key.kind != ED25519:
            raise BadSignature("the proof names a key of another kind")
        public = Ed25519PublicKey.from_public_bytes(base58.b58decode(key.name[1:])[2:])
        data_integrity.check_proof(document, proof, public)
        return address

    def read_keys(self, document: object) -> Sequence[PublicKey]:
        rows = document.get("verificationMethod") if isinstance(document, dict) else None
        wanted = document.get("assertionMethod") if isinstance(document, dict) else None
        found = []
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, dict) and (not isinstance(wanted, list) or row.get("id") in wanted):
                key = _key_in(row)
                found += [key] if key is not None else []
        if not found:
            raise ValueError("the issuer document holds no key for certificates (Ed25519 Multikey or RSA JsonWebKey)")
        return found


def _named(keys: Sequence[PublicKey], address: str) -> PublicKey:
    name = address.rpartition("#")[2]
    for key in keys:
        if key.name == name:
            return key
    raise BadSignature("signed by an unknown key")


def _jose_key(key: PublicKey) -> Key:
    return OKPKey.import_key(dict(key.jwk)) if key.kind == ED25519 else RSAKey.import_key(dict(key.jwk))


def _key_in(method: Mapping[str, Any]) -> PublicKey | None:
    """The key of a verification method; None for one of another kind or one that is damaged."""
    multibase, jwk = method.get("publicKeyMultibase"), method.get("publicKeyJwk")
    try:
        if isinstance(multibase, str) and multibase.startswith("z6Mk"):
            raw = base58.b58decode(multibase[1:])
            if len(raw) == 34 and raw[:2] == ED25519_CODE:
                return public_key_of(Ed25519PublicKey.from_public_bytes(raw[2:]))
        if isinstance(jwk, Mapping) and jwk.get("kty") == "RSA" and len(str(jwk.get("n"))) < LARGEST_RSA // 5:
            key: Any = RSAKey.import_key({name: str(jwk[name]) for name in ("kty", "n", "e")}).public_key
            if SMALLEST_RSA <= key.key_size <= LARGEST_RSA:
                return public_key_of(key)
    except (JoseError, ValueError, KeyError, TypeError):
        pass
    return None


def public_key_of(key: AnyPublicKey) -> PublicKey:
    """The public half, in the forms that issuer documents need."""
    pem = public_pem(key)
    if isinstance(key, Ed25519PublicKey):
        raw = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
        okp = OKPKey.import_key(pem).as_dict(private=False)
        name = "z" + base58.b58encode(ED25519_CODE + raw).decode("ascii")
        return PublicKey(name, {part: str(okp[part]) for part in ("kty", "crv", "x")}, ED25519)
    rsa = RSAKey.import_key(pem)
    parts = rsa.as_dict(private=False)
    return PublicKey(rsa.thumbprint(), {part: str(parts[part]) for part in ("kty", "n", "e")}, RSA)
