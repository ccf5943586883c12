"""The keys that certificates are signed with: made at the first start, never silently anew, changed by a command."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from trainer.ports import ED25519, CredentialSigner, KeyRefused, Ports
from trainer.store import certificates as store

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://www.w3.org/ns/cid/v1",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
)


def signer_of(ports: Ports) -> CredentialSigner:
    if ports.signer is None:
        raise KeyRefused("signing key", "none is configured")
    return ports.signer


def lost_kinds(session: Session, ports: Ports) -> list[str]:
    """Kinds of keys that signed certificates and are not there any more. Makes none."""
    return [
        kind for kind in signer_of(ports).missing_keys() if store.any_certificate(session, with_proof=kind != ED25519)
    ]


def told_lost(kinds: list[str]) -> str:
    """What is wrong and what to do, where `lost_kinds` found some."""
    return (
        f"the {' and '.join(kinds)} key that signed certificates is missing: put its file back from a copy. "
        "If it is lost for good, run `flask certificates keys rotate --lost`"
    )


def ready_keys(session: Session, ports: Ports) -> CredentialSigner:
    """The signer with keys of both kinds; makes those that never signed anything.

    Raises KeyRefused when a key that signed certificates is gone: another one would be another issuer.
    """
    signer = signer_of(ports)
    if signer.missing_keys():
        lost = lost_kinds(session, ports)
        if lost:
            raise KeyRefused("signing key", told_lost(lost))
        signer.make_keys()
    return signer


def rotate_keys(session: Session, ports: Ports, now: datetime, *, lost: bool = False) -> None:
    """New keys sign from now on; what the present ones signed still verifies. With `lost`, also where a key is gone.

    Raises KeyRefused.
    """
    gone = lost_kinds(session, ports)
    if gone and not lost:
        raise KeyRefused(
            "signing key",
            f"the {' and '.join(gone)} key is missing, so what it signed would not verify any more. Put its file back, or "
            "put its public half into retired/; add --lost if neither is possible",
        )
    signer_of(ports).rotate_keys(now)


def verification_methods(signer: CredentialSigner, issuer: str) -> list[dict[str, Any]]:
    """The public keys, present and retired, as the issuer document lists them. Makes none. Raises KeyRefused."""
    methods = []
    for key in signer.public_keys():
        method: dict[str, Any] = {"id": f"{issuer}#{key.name}", "type": "Multikey", "controller": issuer}
        if key.kind == ED25519:
            method["publicKeyMultibase"] = key.multibase
        else:
            method |= {"type": "JsonWebKey", "publicKeyJwk": {**key.jwk, "alg": "RS256", "kid": key.name}}
        methods.append(method)
    return methods


def named_keys(session: Session) -> Counter[str]:
    """How many certificates name each key, by the key's name; "" counts signatures that name none."""
    names: Counter[str] = Counter()
    for head, proof in store.signatures(session):
        try:
            found = {_name(_decoded(head), "kid"), *([_name(json.loads(proof), "verificationMethod")] if proof else [])}
        except (ValueError, AttributeError):
            found = {""}
        names.update(found)
    return names


def _decoded(head: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))


def _name(document: Mapping[str, Any], member: str) -> str:
    return str(document.get(member, "")).rpartition("#")[2]


def issuer_document(session: Session, ports: Ports, issuer: str, name: str) -> dict[str, Any]:
    """Who signs: the keys, present and retired, under which certificates of `issuer` verify. Raises KeyRefused."""
    methods = verification_methods(ready_keys(session, ports), issuer)
    return {
        "@context": list(CONTEXTS),
        "id": issuer,
        "type": ["Profile"],
        "name": name,
        "url": issuer.partition("/issuer")[0] + "/",
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }
