"""Is this certificate genuine, and does it count today? By token, by file, here or with an issuer's keys."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from trainer.domain.credential import RENEWED, REPLACED, VALID, Standing, canonical_json, from_iso, standing
from trainer.domain.open_badge import CONTEXTS, dates_of, faults_of_badge, faults_of_bundle, faults_of_claims
from trainer.ports import BadSignature, PdfRejected, Ports, PublicKey
from trainer.services.certificate_files import proved_badge, record_of
from trainer.services.certificate_keys import signer_of
from trainer.services.certificate_reading import Carried, read_file
from trainer.services.certificates import standing_of
from trainer.store import certificates as store
from trainer.store.certificates import Certificate

UNREADABLE, NOT_GENUINE, UNKNOWN = "unreadable", "not_genuine", "unknown"
"""Besides the states of a `Standing`: no certificate can be read there; it was changed, or was never issued as it
stands; it was signed here, but no such certificate is on record."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer. `state` is a standing's or one of the three above; `problems` are ids of reasons against it.

    `record` is what the certificate states (None where nothing can be trusted); `known` is the row here, if there is one.
    Told by token only: `is_followed`, another certificate took its place or goes on from it; `is_name_hidden`, its holder
    keeps their name off the public page.
    Problems: no_certificate, locked, broken, format, signature, contexts, credential, claims, record, issuer,
    other_record, page_differs, name_hidden (a page elsewhere that shows no data).
    """

    state: str
    problems: tuple[str, ...] = ()
    since: datetime | None = None
    reason: str = ""
    record: Mapping[str, Any] | None = None
    known: Certificate | None = None
    is_followed: bool = False
    is_name_hidden: bool = False

    @property
    def is_valid(self) -> bool:
        return self.state == VALID


def check_token(session: Session, token: str, now: datetime) -> Checked:
    """What the public page of that token answers."""
    found = store.find_for_page(session, token) if 22 <= len(token) <= 64 else None
    if found is None:
        return Checked(UNKNOWN)
    certificate, has_facts, is_hidden = found
    facts = store.facts_of(session, [certificate.id])[certificate.id] if has_facts else []
    state = standing(certificate.issued_at, certificate.valid_until, facts, now)
    is_followed = any(fact.kind in (REPLACED, RENEWED) for fact in facts)
    checked = _checked(state, record_of(certificate), certificate)
    return replace(checked, is_followed=is_followed, is_name_hidden=is_hidden)


def _checked(state: Standing, record: Mapping[str, Any], known: Certificate | None) -> Checked:
    return Checked(state.state, (), state.since, state.reason, record, known)


@dataclass(frozen=True, slots=True)
class Issuer:
    """Another installation's issuer, as its document says: whose keys are believed, and for whose certificates."""

    id: str
    keys: Sequence[PublicKey]


def check_file(
    session: Session | None, ports: Ports, data: bytes, now: datetime, issuer: Issuer | None = None
) -> Checked:
    """Check a PDF, a PNG or SVG badge, a JSON file of either form, or a bare JWT. `issuer` is another installation's
    (the default: this one's own keys).

    Without a session, or for another issuer, revocation cannot be known: the answer is by signature and dates.
    Raises TooLarge.
    """
    carried = read_file(ports, data)
    checked = _check_carried(session, ports, carried, now, issuer)
    known = checked.known if carried.is_pdf and not checked.problems else None
    if session is not None and known is not None and _draws_another_page(session, ports, known, data):
        return Checked(NOT_GENUINE, ("page_differs",), record=checked.record, known=known)
    return checked


def _check_carried(
    session: Session | None, ports: Ports, carried: Carried, now: datetime, issuer: Issuer | None
) -> Checked:
    try:
        if carried.problem:
            return Checked(UNREADABLE, (carried.problem,))
        if carried.badge is not None:
            return _check_badge(None if issuer else session, ports, carried.badge, now, issuer)
        jwt = carried.token or str((carried.bundle or {})["jwt"])
        content, key = signer_of(ports).check(jwt, issuer.keys if issuer else None)
        claims = json.loads(content)
    except (BadSignature, ValueError, RecursionError):
        return Checked(NOT_GENUINE, ("signature",))
    if not isinstance(claims, dict):
        return Checked(NOT_GENUINE, ("claims",))
    faults = faults_of_claims(claims, key) + _foreign(claims, issuer)
    if carried.bundle is None:
        return (
            Checked(NOT_GENUINE, tuple(faults))
            if faults
            else _check_token(None if issuer else session, jwt, claims, now)
        )
    faults = faults + faults_of_bundle(carried.bundle, claims) or _faults_of_proof(ports, carried.bundle, issuer)
    if faults:
        return Checked(NOT_GENUINE, tuple(dict.fromkeys(faults)))
    return _check_record(None if issuer else session, carried.bundle, now)


def _foreign(credential: Mapping[str, Any], issuer: Issuer | None) -> list[str]:
    named = credential.get("issuer")
    return [] if issuer is None or (isinstance(named, Mapping) and named.get("id") == issuer.id) else ["issuer"]


def _faults_of_proof(ports: Ports, bundle: Mapping[str, Any], issuer: Issuer | None) -> list[str]:
    """The second proof in our own JSON file; those issued until 2026-11-26 have none."""
    if "proof" not in bundle or not isinstance(bundle.get("credential"), Mapping):
        return []
    try:
        badge = {**bundle["credential"], "proof": bundle["proof"]}
        key = signer_of(ports).check_proof(badge, issuer.keys if issuer else None)
    except (BadSignature, RecursionError):
        return ["signature"]
    return faults_of_badge(badge, key)


def _check_badge(
    session: Session | None, ports: Ports, badge: Mapping[str, Any], now: datetime, issuer: Issuer | None
) -> Checked:
    """A credential with a Data Integrity proof. Where it is on record, it has to be the very same one."""
    if badge.get("@context") != list(CONTEXTS):  # said plainly, before its signature is looked at
        return Checked(NOT_GENUINE, ("contexts",))
    key = signer_of(ports).check_proof(badge, issuer.keys if issuer else None)
    faults = faults_of_badge(badge, key) + _foreign(badge, issuer)
    if faults:
        return Checked(NOT_GENUINE, tuple(faults))
    if session is None:
        return _by_dates(badge, now)
    token = str(badge.get("id", "")).rpartition("/")[2]
    known = store.find_by_token(session, token) if len(token) <= 64 else None
    if known is None or known.proof is None:
        return Checked(UNKNOWN)
    if canonical_json(badge) != canonical_json(proved_badge(known)):
        return Checked(NOT_GENUINE, ("other_record",))
    return _checked(standing_of(session, known, now), record_of(known), known)


def _by_dates(credential: Mapping[str, Any], now: datetime) -> Checked:
    state = standing(*dates_of(credential), (), now)
    return Checked(state.state, (), state.since)


def _check_token(session: Session | None, jwt: str, claims: Mapping[str, Any], now: datetime) -> Checked:
    """A JWT without its record: the record is looked up here, or the answer is by the dates that were signed."""
    if session is None:
        return _by_dates(claims, now)
    known = store.find_by_jwt(session, jwt)
    return Checked(UNKNOWN) if known is None else _checked(standing_of(session, known, now), record_of(known), known)


def _check_record(session: Session | None, document: Mapping[str, Any], now: datetime) -> Checked:
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
    if known.proof is not None and canonical_json(document.get("proof")).decode() != known.proof:
        return Checked(NOT_GENUINE, ("signature",))
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
