"""A certificate's record as an Open Badges 3.0 credential (W3C Verifiable Credentials 2.0), and what contradicts itself
in one. Pure.

Every part of the credential has an id or says something that no other part says, and only terms that the two contexts
define are used: so the canonical RDF form, which a Data Integrity proof signs, covers all of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from trainer.domain.credential import FORMAT, canonical_json, digest, from_iso

CONTEXTS = ("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
CLAIMS = ("iss", "jti", "nbf", "sub", "exp")
"""What a VC-JWT adds to the credential's own members."""
TYPES = ("VerifiableCredential", "OpenBadgeCredential")


def identity_hash(email: str, salt: str) -> str:
    """Open Badges identity hash: SHA-256 of the address in lower case followed by the salt."""
    return "sha256$" + hashlib.sha256((email.lower() + salt).encode("utf-8")).hexdigest()


def open_badge(
    record: Mapping[str, Any],
    *,
    email: str | None,
    salt: str,
    status: Mapping[str, str] | None = None,
    image: str | None = None,
) -> dict[str, Any]:
    """The record as a credential, unsigned, with texts in the record's language.

    `email` goes in as a salted hash only; `status` is a `status_list.status_entry`; `image` the badge picture's address.
    """
    language, category = record["language"], record["category"]
    subject: dict[str, Any] = {
        "id": record["subject"],
        "type": ["AchievementSubject"],
        "identifier": [_identity("name", record["holder"], None)],
        "achievement": _achievement(record, image),
    }
    if email:
        subject["identifier"].append(_identity("emailAddress", identity_hash(email, salt), salt))
    credential: dict[str, Any] = {
        "@context": list(CONTEXTS),
        "id": record["verify_url"],
        "type": list(TYPES),
        "name": category["title"][language],
        "issuer": {"id": record["issuer"], "type": ["Profile"], "name": record["organisation"]},
        "validFrom": record["issued_at"],
        "credentialSubject": subject,
        "evidence": _evidence(record),
    }
    if record["valid_until"]:
        credential["validUntil"] = record["valid_until"]
    if status is not None:
        credential["credentialStatus"] = dict(status)
    return credential


def _identity(kind: str, value: str, salt: str | None) -> dict[str, Any]:
    row: dict[str, Any] = {
        "type": "IdentityObject", "identityType": kind, "identityHash": value, "hashed": salt is not None,
    }  # fmt: skip
    return row if salt is None else {**row, "salt": salt}


def achievement_id(record: Mapping[str, Any]) -> str:
    return f"{record['issuer']}#{record['category']['ladder']}-{record['category']['id']}"


def _wanted(gate: Mapping[str, Any]) -> str:
    """The threshold; with a sign where less is better."""
    return f"≤ {gate['threshold']}" if gate.get("at_most") else str(gate["threshold"])


def _achievement(record: Mapping[str, Any], image: str | None) -> dict[str, Any]:
    language, category = record["language"], record["category"]
    criteria = "\n".join(f"- {gate['title'][language]}: {_wanted(gate)}" for gate in record["gates"])
    achievement = {
        "id": achievement_id(record),
        "type": ["Achievement"],
        "achievementType": "Certificate",
        "inLanguage": language,
        "name": category["title"][language],
        "description": category["about"][language],
        "criteria": {"narrative": criteria},
        "alignment": [
            {
                "type": ["Alignment"],
                "targetCode": row["code"],
                "targetName": row["name"],
                "targetFramework": row["framework"],
                "targetUrl": row["url"],
            }
            for row in record["alignments"]
        ],
    }
    if image is not None:
        achievement["image"] = {"id": image, "type": "Image", "caption": category["title"][language]}
    return achievement


def _evidence(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Gates with figures, the digests of each counted call, and the record's own digest."""
    language, base = record["language"], record["verify_url"]
    rows = [
        (f"gate-{gate['id']}", gate["title"][language], f"{gate['figure']} / {_wanted(gate)}")
        for gate in record["gates"]
    ]
    rows += [
        (
            f"call-{call['id']}",
            f"{call['scenario']} {call['id']}",
            f"events SHA-256 {call['events_sha256']}; grade SHA-256 {call['grade_sha256']}",
        )
        for call in record["calls"]
    ]
    rows.append(("record", FORMAT, record_mark(record)))
    return [
        {"id": f"{base}#{part}", "type": ["Evidence"], "name": name, "narrative": text} for part, name, text in rows
    ]


def record_mark(record: Mapping[str, Any]) -> str:
    """How the credential names the record that it was made from."""
    return f"record SHA-256 {digest(record)}"


def jwt_claims(credential: Mapping[str, Any]) -> dict[str, Any]:
    """The credential with the registered claims of a VC-JWT (Open Badges 3.0, section 8.2).

    Raises KeyError, TypeError or ValueError for what is no credential with an issuer, a subject's id and dates.
    """
    issuer = credential["issuer"]
    claims = {
        **credential,
        "iss": issuer if isinstance(issuer, str) else issuer["id"],
        "jti": credential["id"],
        "sub": credential["credentialSubject"]["id"],
        "nbf": int(from_iso(credential["validFrom"]).timestamp()),
    }
    if "validUntil" in credential:
        claims["exp"] = int(from_iso(credential["validUntil"]).timestamp())
    return claims


def without_claims(claims: Mapping[str, Any]) -> dict[str, Any]:
    """The credential that a VC-JWT carries."""
    return {key: value for key, value in claims.items() if key not in CLAIMS}


def dates_of(credential: Mapping[str, Any]) -> tuple[datetime, datetime | None]:
    """When it begins to count, and when it ends. Raises KeyError, TypeError or ValueError."""
    until = from_iso(credential["validUntil"]) if "validUntil" in credential else None
    return from_iso(credential["validFrom"]), until


def faults_of_badge(credential: Mapping[str, Any], key: str) -> list[str]:
    """What is wrong with a credential whose signature fits; `key` is the address of the key that made it.

    Ids: "contexts", "claims" (no Open Badges credential, or one without a subject's id or dates), "issuer" (it names
    another issuer than the key's). Empty when all is well.
    """
    faults = []
    if credential.get("@context") != list(CONTEXTS):
        faults.append("contexts")
    try:
        if not set(TYPES) <= set(credential["type"]) or not isinstance(credential["credentialSubject"]["id"], str):
            faults.append("claims")
        dates_of(credential)
        if credential["issuer"]["id"] != key.rpartition("#")[0]:
            faults.append("issuer")
    except (KeyError, TypeError, ValueError, AttributeError):
        faults.append("claims")
    return list(dict.fromkeys(faults))


def faults_of_claims(claims: Mapping[str, Any], key: str) -> list[str]:
    """The same for the claims of a VC-JWT; "claims" also when registered claims contradict the credential."""
    credential = without_claims(claims)
    faults = faults_of_badge(credential, key)
    try:
        if dict(claims) != jwt_claims(credential):
            faults.append("claims")
    except (KeyError, TypeError, ValueError, AttributeError):
        faults.append("claims")
    return list(dict.fromkeys(faults))


def faults_of_bundle(document: Mapping[str, Any], claims: Mapping[str, Any]) -> list[str]:
    """What contradicts itself between a certificate file (`record`, `credential`) and its signed `claims`.

    Ids: "format", "credential" (differs from what was signed), "record" (another record than the signed one), "issuer".
    Empty when all agree.
    """
    record, credential = document.get("record"), document.get("credential")
    if document.get("format") != FORMAT or not isinstance(record, Mapping) or not isinstance(credential, Mapping):
        return ["format"]
    signed, faults = without_claims(claims), []
    if canonical_json(signed) != canonical_json(credential):
        faults.append("credential")
    try:
        if record_mark(record) not in [row.get("narrative") for row in signed["evidence"]]:
            faults.append("record")
        if signed["issuer"]["id"] != record.get("issuer"):
            faults.append("issuer")
    except (KeyError, TypeError, ValueError, AttributeError):
        faults.append("claims")
    return faults
