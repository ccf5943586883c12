"""Is this certificate genuine, and does it count today? By token, by file, here or with an issuer's keys."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from trainer.domain.credential import (
    VALID,
    Standing,
    canonical_json,
    faults_of_credential,
    from_iso,
    standing,
)
from trainer.domain.errors import TooLarge
from trainer.ports import BadSignature, PdfRejected, Ports, PublicKey
from trainer.services.certificate_files import ATTACHED, record_of, signer_of
from trainer.services.certificates import standing_of
from trainer.store import certificates as store
from trainer.store.certificates import Certificate

MAX_FILE = 4 * 1024 * 1024
UNREADABLE, NOT_GENUINE, UNKNOWN = "unreadable", "not_genuine", "unknown"
"""Besides the states of a `Standing`: no certificate can be read there; it was changed, or was never issued as it
stands; it was signed here, but no such certificate is on record."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer. `state` is a standing's or one of the three above; `problems` are ids of reasons against it.

    `record` is what the certificate states (None where nothing can be trusted); `known` is the row here, if there is one.
    Problems: no_certificate, locked, broken, format, signature, contexts, credential, claims, record, issuer,
    other_record, page_differs.
    """

    state: str
    problems: tuple[str, ...] = ()
    since: datetime | None = None
    reason: str = ""
    record: Mapping[str, Any] | None = None
    known: Certificate | None = None

    @property
    def is_valid(self) -> bool:
        return self.state == VALID


def check_token(session: Session, token: str, now: datetime) -> Checked:
    """What the public page of that token answers."""
    certificate = store.find_by_token(session, token) if 22 <= len(token) <= 64 else None
    if certificate is None:
        return Checked(UNKNOWN)
    return _checked(standing_of(session, certificate, now), record_of(certificate), certificate)


def _checked(state: Standing, record: Mapping[str, Any], known: Certificate | None) -> Checked:
    return Checked(state.state, (), state.since, state.reason, record, known)


def check_file(
    session: Session | None, ports: Ports, data: bytes, now: datetime, keys: Sequence[PublicKey] | None = None
) -> Checked:
    """Check a PDF, a JSON file or a bare JWT. `keys` are another issuer's (the default: this installation's own).

    Without a session, or with another issuer's keys, revocation cannot be known: the answer is by signature and dates.
    Raises TooLarge.
    """
    if len(data) > MAX_FILE:
        raise TooLarge("certificate.file_too_large")
    is_pdf = b"%PDF-" in data[:1024]
    try:
        content = ports.pdf.attachments(data).get(ATTACHED) if is_pdf else data
    except PdfRejected as error:
        return Checked(UNREADABLE, ("locked" if "password" in error.reason else "broken",))
    document = _document(content)
    if document is None:
        return Checked(UNREADABLE, ("no_certificate",))
    try:
        claims = json.loads(signer_of(ports).check(str(document["jwt"]), keys))
    except (BadSignature, ValueError, RecursionError):
        return Checked(NOT_GENUINE, ("signature",))
    if not isinstance(claims, dict):
        return Checked(NOT_GENUINE, ("claims",))
    if "record" not in document:
        return _check_bare_token(session, str(document["jwt"]), claims, now)
    faults = faults_of_credential(document, claims)
    if faults:
        return Checked(NOT_GENUINE, tuple(faults))
    return _check_record(session if keys is None else None, ports, document, now, data if is_pdf else None)


def _document(content: bytes | None) -> dict[str, Any] | None:
    """The certificate file; {"jwt": ...} for a bare token; None for anything else."""
    try:
        text = (content or b"").decode("utf-8").strip()
        if text.startswith("eyJ") and text.count(".") == 2 and not text.split()[1:]:
            return {"jwt": text}
        document = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) and isinstance(document.get("jwt"), str) else None


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _check_bare_token(session: Session | None, jwt: str, claims: dict[str, Any], now: datetime) -> Checked:
    """A JWT without its record: the record is looked up here, or the answer is by the dates that were signed."""
    known = store.find_by_jwt(session, jwt) if session is not None else None
    if session is not None and known is not None:
        return _checked(standing_of(session, known, now), record_of(known), known)
    try:
        until = from_iso(claims["validUntil"]) if "validUntil" in claims else None
        state = standing(from_iso(claims["validFrom"]), until, (), now)
    except (KeyError, ValueError, TypeError, AttributeError):
        return Checked(NOT_GENUINE, ("claims",))
    return Checked(UNKNOWN if session is not None else state.state, (), state.since)


def _check_record(
    session: Session | None, ports: Ports, document: Mapping[str, Any], now: datetime, pdf: bytes | None
) -> Checked:
    record: Mapping[str, Any] = document["record"]
    if session is None:
        try:
            until = from_iso(record["valid_until"]) if record["valid_until"] else None
            return _checked(standing(from_iso(record["issued_at"]), until, (), now), record, None)
        except (KeyError, ValueError, TypeError):
            return Checked(NOT_GENUINE, ("format",))
    known = store.find_by_jwt(session, document["jwt"])
    if known is None:
        return Checked(UNKNOWN, (), record=record)
    if canonical_json(record).decode() != known.record:
        return Checked(NOT_GENUINE, ("other_record",))
    if pdf is not None and _draws_another_page(session, ports, known, pdf):
        return Checked(NOT_GENUINE, ("page_differs",), record=record, known=known)
    return _checked(standing_of(session, known, now), record, known)


def _draws_another_page(session: Session, ports: Ports, known: Certificate, pdf: bytes) -> bool:
    try:
        return ports.pdf.fingerprint(pdf) not in store.papers_of(session, known)
    except PdfRejected:
        return True


def as_json(checked: Checked, document: Mapping[str, Any] | None, now: datetime) -> dict[str, Any]:
    """The answer for programs, the same for pages, files and the command line."""
    return {
        "status": checked.state,
        "valid": checked.is_valid,
        "since": checked.since.isoformat() if checked.since else None,
        "reason": checked.reason or None,
        "problems": list(checked.problems),
        "checked_at": now.isoformat(),
        "certificate": dict(document) if document else None,
    }
