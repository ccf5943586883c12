"""Certificates as data: the record that never changes, and its standing at a moment. Pure.

A certificate's `record` is a plain JSON document (see `CertificateRecord.as_json`). Its canonical bytes are hashed, the
hash is named in the signed credential (`open_badge`), and all pages, files and checks are views of the two.
"""

from __future__ import annotations

import calendar
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FORMAT = "category-certificate/1"

VALID, NOT_YET, EXPIRED, REVOKED, REPLACED = "valid", "not_yet_valid", "expired", "revoked", "replaced"
"""What a certificate that exists can be at a moment."""
RENEWED = "renewed"
"""A fact beside it that changes nothing of what it is: another one goes on from its end."""


def canonical_json(value: Any) -> bytes:
    """The one byte form of a JSON document: sorted keys, no spaces, UTF-8. Raises ValueError for what has none."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8")


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, in hex."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def iso(moment: datetime) -> str:
    """Seconds, in UTC, with Z."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def from_iso(text: str) -> datetime:
    """The aware moment of `iso`. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time without a zone")
    return moment


def months_later(moment: datetime, months: int) -> datetime:
    """The same day so many months on; the month's last day where it has no such day."""
    place = moment.month - 1 + months
    year, month = moment.year + place // 12, place % 12 + 1
    return moment.replace(year=year, month=month, day=min(moment.day, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class CountedCall:
    """A call that counted: digests of its event log and of its grade, never its words or its audio."""

    id: str
    scenario: str
    scenario_version: str
    overall: int
    events_sha256: str
    grade_sha256: str


@dataclass(frozen=True, slots=True)
class PassedGate:
    """A gate as it stood at the decision; `records` are public ids of what was counted."""

    id: str
    kind: str
    title: Mapping[str, str]
    figure: float
    threshold: float
    records: tuple[str, ...]
    at_most: bool = False

    def as_json(self) -> dict[str, Any]:
        """`at_most` stands there only where it is so: records of before it was known have the same form."""
        row = {
            "id": self.id,
            "kind": self.kind,
            "title": dict(self.title),
            "figure": self.figure,
            "threshold": self.threshold,
            "records": list(self.records),
        }
        return {**row, "at_most": True} if self.at_most else row


@dataclass(frozen=True, slots=True)
class CertificateRecord:
    """All that a certificate states. `alignments` rows: framework, code, name, url. `agreement` is the grader's
    measured agreement with people by criterion (kappa) at issue, None while nobody has measured it."""

    number: str
    holder: str
    language: str
    category: str
    category_title: Mapping[str, str]
    category_about: Mapping[str, str]
    organisation: str
    jurisdiction: str
    issued_at: datetime
    valid_until: datetime | None
    decision: str
    decided_at: datetime
    decided_by: str
    attested_by: tuple[str, ...]
    ladder: str
    design: str
    design_version: str
    gates: tuple[PassedGate, ...]
    calls: tuple[CountedCall, ...]
    alignments: tuple[Mapping[str, str], ...]
    issuer: str
    subject: str
    verify_url: str
    agreement: Mapping[str, float] | None = None

    def as_json(self) -> dict[str, Any]:
        """The document that is stored, hashed and handed out."""
        return {
            "format": FORMAT,
            "number": self.number,
            "holder": self.holder,
            "language": self.language,
            "category": {
                "id": self.category,
                "title": dict(self.category_title),
                "about": dict(self.category_about),
                "ladder": self.ladder,
            },
            "organisation": self.organisation,
            "jurisdiction": self.jurisdiction,
            "issued_at": iso(self.issued_at),
            "valid_until": iso(self.valid_until) if self.valid_until else None,
            "decision": {"id": self.decision, "at": iso(self.decided_at), "by": self.decided_by},
            "attested_by": list(self.attested_by),
            "design": {"id": self.design, "version": self.design_version},
            "gates": [gate.as_json() for gate in self.gates],
            "calls": [
                {
                    "id": call.id,
                    "scenario": call.scenario,
                    "scenario_version": call.scenario_version,
                    "overall": call.overall,
                    "events_sha256": call.events_sha256,
                    "grade_sha256": call.grade_sha256,
                }
                for call in self.calls
            ],
            "alignments": [dict(row) for row in self.alignments],
            "agreement": dict(self.agreement) if self.agreement is not None else None,
            "issuer": self.issuer,
            "subject": self.subject,
            "verify_url": self.verify_url,
        }


def record_from_json(document: Mapping[str, Any], **changes: Any) -> CertificateRecord:
    """The record that `CertificateRecord.as_json` made this document of, with `changes` by field."""
    category, decision, design = document["category"], document["decision"], document["design"]
    until = document["valid_until"]
    values: dict[str, Any] = {
        "number": document["number"],
        "holder": document["holder"],
        "language": document["language"],
        "category": category["id"],
        "category_title": category["title"],
        "category_about": category["about"],
        "organisation": document["organisation"],
        "jurisdiction": document["jurisdiction"],
        "issued_at": from_iso(document["issued_at"]),
        "valid_until": from_iso(until) if until else None,
        "decision": decision["id"],
        "decided_at": from_iso(decision["at"]),
        "decided_by": decision["by"],
        "attested_by": tuple(document["attested_by"]),
        "ladder": category["ladder"],
        "design": design["id"],
        "design_version": design["version"],
        "gates": tuple(PassedGate(**{**gate, "records": tuple(gate["records"])}) for gate in document["gates"]),
        "calls": tuple(CountedCall(**call) for call in document["calls"]),
        "alignments": tuple(document["alignments"]),
        "issuer": document["issuer"],
        "subject": document["subject"],
        "verify_url": document["verify_url"],
        "agreement": document["agreement"],
    }
    return CertificateRecord(**{**values, **changes})


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that became true of a certificate after its issue: `kind` is "revoked", "replaced" or "renewed"."""

    kind: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What the certificate is at a moment, since when (None for valid), and why."""

    state: str
    since: datetime | None = None
    reason: str = ""


def standing(issued_at: datetime, valid_until: datetime | None, facts: Iterable[Fact], now: datetime) -> Standing:
    """Revoked outweighs replaced, and both outweigh expired: the earliest fact of the weightiest kind is told."""
    in_force = sorted((fact for fact in facts if fact.at <= now), key=lambda fact: fact.at)
    for kind in (REVOKED, REPLACED):
        for fact in in_force:
            if fact.kind == kind:
                return Standing(kind, fact.at, fact.reason)
    if now < issued_at:
        return Standing(NOT_YET, issued_at)
    if valid_until is not None and now >= valid_until:
        return Standing(EXPIRED, valid_until)
    return Standing(VALID)
