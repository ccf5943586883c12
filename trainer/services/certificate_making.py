"""Making a certificate: its record from a decision, signed in two ways, with a place in the status list."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from sqlalchemy.orm import Session

from trainer.domain.credential import CertificateRecord, PassedGate, canonical_json, iso, months_later
from trainer.domain.errors import NotFound
from trainer.domain.ladder import Category
from trainer.domain.open_badge import jwt_claims, open_badge
from trainer.domain.status_list import status_entry
from trainer.ports import Ports
from trainer.services.agreement import kappas_of
from trainer.services.certificate_designs import design_to_issue
from trainer.services.certificate_evidence import attested_by, counted_calls
from trainer.services.certificate_keys import ready_keys
from trainer.services.job_description import blanks_of
from trainer.services.ladders import ladder_at
from trainer.services.printed_names import name_to_print
from trainer.services.status_lists import draw_place, list_url, take_place
from trainer.store import certificates as store
from trainer.store.accounts import Organisation, User
from trainer.store.careers import Decision
from trainer.store.certificates import Certificate
from trainer.store.documents import to_document

LANGUAGES = ("en", "fr")
NUMBER_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Signs that nobody confuses on paper: no 0 and O, no 1 and I."""
MOST_JURISDICTION = 400
"""Letters of the jurisdiction text that a certificate has room for."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where certificates are made: `base_url` is the site's public address without a slash at its end, `designs` the
    folder of designs."""

    base_url: str
    designs: Path

    def verify_url(self, token: str) -> str:
        return f"{self.base_url}/v/{token}"

    def issuer(self, organisation: Organisation) -> str:
        return f"{self.base_url}/issuer/{organisation.public_id}"


def badge_address(record: CertificateRecord) -> str:
    """Where the picture of a category's badge is served."""
    return f"{record.issuer}/badge/{record.ladder}/{record.language}/{record.category}.png"


def make_certificate(session: Session, ports: Ports, decision: Decision, place: Place, now: datetime) -> Certificate:
    """The certificate of a granted decision, in the session and not committed. Raises NotFound, Conflict for a counted call that
    is gone, IntegrityError where another request was first."""
    person, organisation = session.get(User, decision.user_id), session.get(Organisation, decision.organisation_id)
    category = ladder_at(session, decision.organisation_id, decision.ladder).find(decision.category)
    if person is None or organisation is None or category is None:
        raise NotFound
    language = person.language if person.language in LANGUAGES else "en"
    design, token = design_to_issue(session, organisation.id, place.designs), secrets.token_urlsafe(24)
    record = CertificateRecord(
        number=new_number(now),
        holder=name_to_print(session, person),
        language=language,
        category=category.id,
        category_title=category.title,
        category_about=category.about,
        organisation=organisation.name,
        jurisdiction=blanks_of(session, organisation.id).jurisdiction.get(language, "")[:MOST_JURISDICTION],
        issued_at=now,
        valid_until=_end(session, decision, category, now),
        decision=decision.public_id,
        decided_at=decision.at,
        decided_by=decision.by_name,
        attested_by=attested_by(session, decision),
        ladder=decision.ladder,
        design=design.slug,
        design_version=design.version,
        gates=tuple(
            PassedGate(
                g["id"], g["kind"], g["title"], g["figure"], g["threshold"], tuple(g["records"]), bool(g.get("at_most"))
            )
            for g in decision.gates
        ),
        calls=counted_calls(session, decision),
        alignments=tuple(to_document(row) for row in category.alignments),
        issuer=place.issuer(organisation),
        subject=uuid4().urn,
        verify_url=place.verify_url(token),
        agreement=kappas_of(session, organisation.id),
    )
    return keep_signed(session, ports, record, person, decision.id, design.digest, token, now)


def keep_signed(
    session: Session,
    ports: Ports,
    record: CertificateRecord,
    person: User,
    decision_id: int,
    design_digest: str,
    token: str,
    now: datetime,
    edition: int = 1,
) -> Certificate:
    """Sign the record in both ways, take a place in the status list, and put the certificate into the session."""
    document, signer = record.as_json(), ready_keys(session, ports)
    status_list, position = draw_place(session, person.organisation_id, record.issuer)
    badge = open_badge(
        document,
        email=person.email,
        salt=secrets.token_hex(8),
        status=status_entry(list_url(status_list), position),
        image=badge_address(record),
    )
    jwt = signer.sign(canonical_json(jwt_claims(badge)), issuer=record.issuer)
    certificate = Certificate(
        organisation_id=person.organisation_id,
        user_id=person.id,
        decision_id=decision_id,
        edition=edition,
        category=record.category,
        holder=record.holder,
        number=record.number,
        token=token,
        language=record.language,
        issued_at=record.issued_at,
        valid_until=record.valid_until,
        design=record.design,
        design_digest=design_digest,
        record=canonical_json(document).decode(),
        credential=canonical_json(badge).decode(),
        jwt=jwt,
        jwt_sha256=sha256(jwt.encode()).hexdigest(),
        proof=canonical_json(signer.prove(badge, issuer=record.issuer, created=iso(now))).decode(),
    )
    session.add(certificate)
    session.flush()
    take_place(session, certificate.id, status_list, position)
    return certificate


def _end(session: Session, decision: Decision, category: Category, now: datetime) -> datetime | None:
    """A renewal begins where the certificate before ends, so that nobody loses days by renewing early."""
    if not category.validity_months:
        return None
    begins = now
    if decision.is_renewal:
        known = [c for c in store.certificates_of(session, [decision.user_id]) if c.category == decision.category]
        begins = max([now, *(c.valid_until for c in known if c.valid_until and c.issued_at == decision.renewed_since)])
    return months_later(begins, category.validity_months)


def new_number(now: datetime) -> str:
    """ "2026-7KQ4-M2XD": the year and 40 random bits."""
    signs = "".join(secrets.choice(NUMBER_SIGNS) for _ in range(8))
    return f"{now.year}-{signs[:4]}-{signs[4:]}"
