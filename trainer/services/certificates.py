"""Issuing certificates, their files, and revoking them. Checking is in `certificate_checks`."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.domain.credential import (
    REVOKED,
    VALID,
    CertificateRecord,
    PassedGate,
    Standing,
    canonical_json,
    iso,
    months_later,
    standing,
)
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.domain.ladder import Category
from trainer.domain.open_badge import jwt_claims, open_badge
from trainer.domain.roles import Actor
from trainer.domain.status_list import status_entry
from trainer.ports import Ports
from trainer.services.agreement import kappas_of
from trainer.services.careers import decide_category
from trainer.services.certificate_designs import design_to_issue
from trainer.services.certificate_evidence import attested_by, counted_calls
from trainer.services.certificate_keys import ready_keys
from trainer.services.job_description import blanks_of
from trainer.services.ladders import ladder_at
from trainer.services.printed_names import name_to_print
from trainer.services.status_lists import draw_place, list_url, publish_for, take_place
from trainer.store import audit, careers
from trainer.store import certificates as store
from trainer.store.accounts import Organisation, User
from trainer.store.careers import Decision
from trainer.store.certificates import Certificate, CertificateFact
from trainer.store.documents import to_document
from trainer.store.status_lists import list_of_certificate

LANGUAGES = ("en", "fr")
REASON_LENGTH = (5, 500)
ATTEMPTS = 3
MOST_JURISDICTION = 400
"""Letters of the jurisdiction text that a certificate has room for."""
NUMBER_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Signs that nobody confuses on paper: no 0 and O, no 1 and I."""


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


def issue_certificate(
    session: Session, ports: Ports, actor: Actor, decision_id: str, place: Place, now: datetime
) -> Certificate:
    """The certificate of a granted decision. A second call finds the first one's certificate, and makes no other.

    Raises NotAllowed without the role or for oneself, NotFound, Conflict for a decision that was not granted or while
    the person holds a valid certificate of the category.
    """
    if not actor.is_any("supervisor"):
        raise NotAllowed
    decision = careers.find_decision(session, decision_id, actor.organisation_id)
    if decision is None:
        raise NotFound
    if decision.user_id == actor.user_id:
        raise NotAllowed("career.not_oneself")
    if not decision.granted:
        raise Conflict("certificate.not_granted")
    done = store.find_by_decision(session, decision.id)
    if done is not None:
        return done
    if not decision.is_renewal and _holds_valid(session, decision, now):
        raise Conflict("career.already_held")
    number = decision.id
    for attempt in range(1, ATTEMPTS + 1):
        try:
            certificate = _make(session, ports, decision, place, now.replace(microsecond=0))
            break
        except IntegrityError:  # another request issued it, or took the place in the status list, at the same moment
            session.rollback()
            found = store.find_by_decision(session, number)
            if found is not None:
                return found
            if attempt == ATTEMPTS:
                raise
    audit.record(session, actor, "certificate.issued", certificate, now, {"number": certificate.number})
    status_list = list_of_certificate(session, certificate.id)
    never_published = status_list is not None and status_list.withdrawn is None
    session.commit()
    ports.queue.enqueue("render_certificate", certificate=certificate.public_id)
    if never_published:
        publish_for(session, ports, certificate.id, now)
    return certificate


def _holds_valid(session: Session, decision: Decision, now: datetime) -> bool:
    """True when another decision's certificate of the category still counts."""
    rows = [c for c in store.certificates_of(session, [decision.user_id]) if c.category == decision.category]
    facts = store.facts_of(session, [row.id for row in rows])
    return any(standing(c.issued_at, c.valid_until, facts[c.id], now).state == VALID for c in rows)


def decide_and_issue(
    session: Session, ports: Ports, actor: Actor, person_id: str, category_id: str, place: Place, now: datetime
) -> tuple[Decision, Certificate | None]:
    """Decide over the category and, if it is granted, issue its certificate. Two transactions: a decision stands even
    where issuing fails (no signing key, say), and is issued later. Raises what `decide_category` raises."""
    decision = decide_category(session, actor, person_id, category_id, now)
    if not decision.granted:
        return decision, None
    return decision, issue_certificate(session, ports, actor, decision.public_id, place, now)


def _make(session: Session, ports: Ports, decision: Decision, place: Place, now: datetime) -> Certificate:
    person, organisation = session.get(User, decision.user_id), session.get(Organisation, decision.organisation_id)
    category = ladder_at(session, decision.organisation_id, decision.ladder).find(decision.category)
    if person is None or organisation is None or category is None:
        raise NotFound
    language = person.language if person.language in LANGUAGES else "en"
    design, token = design_to_issue(session, organisation.id, place.designs), secrets.token_urlsafe(24)
    record = CertificateRecord(
        number=_new_number(now),
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
    document, signer = record.as_json(), ready_keys(session, ports)
    status_list, position = draw_place(session, organisation.id, record.issuer)
    badge = open_badge(
        document,
        email=person.email,
        salt=secrets.token_hex(8),
        status=status_entry(list_url(status_list), position),
        image=badge_address(record),
    )
    jwt = signer.sign(canonical_json(jwt_claims(badge)), issuer=record.issuer)
    certificate = Certificate(
        organisation_id=organisation.id,
        user_id=person.id,
        decision_id=decision.id,
        category=category.id,
        holder=record.holder,
        number=record.number,
        token=token,
        language=record.language,
        issued_at=record.issued_at,
        valid_until=record.valid_until,
        design=design.slug,
        design_digest=design.digest,
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


def _new_number(now: datetime) -> str:
    """ "2026-7KQ4-M2XD": the year and 40 random bits."""
    signs = "".join(secrets.choice(NUMBER_SIGNS) for _ in range(8))
    return f"{now.year}-{signs[:4]}-{signs[4:]}"


def standing_of(session: Session, certificate: Certificate, now: datetime) -> Standing:
    facts = store.facts_of(session, [certificate.id])[certificate.id]
    return standing(certificate.issued_at, certificate.valid_until, facts, now)


def own_certificate(session: Session, actor: Actor, public_id: str) -> Certificate:
    """The actor's certificate; anyone's of the organisation for a supervisor. Raises NotFound."""
    certificate = store.find_certificate(session, public_id, actor.organisation_id)
    if certificate is None or not (certificate.user_id == actor.user_id or actor.is_any("supervisor")):
        raise NotFound
    return certificate


def organisation_of_decision(session: Session, decision_id: str) -> int:
    """For commands, which act for no organisation. Raises NotFound."""
    decision = careers.find_decision(session, decision_id, None)
    if decision is None:
        raise NotFound
    return decision.organisation_id


def find_by_id_or_number(session: Session, name: str) -> Certificate | None:
    """For commands, which act for no organisation."""
    return store.find_certificate(session, name, None) or store.find_by_number(session, name.upper())


def find_issuer(session: Session, public_id: str) -> Organisation:
    """The organisation whose issuer document is asked for. Raises NotFound."""
    organisation = store.find_issuing_organisation(session, public_id)
    if organisation is None:
        raise NotFound
    return organisation


def revoke_certificate(
    session: Session, ports: Ports, actor: Actor, public_id: str, reason: str, now: datetime
) -> CertificateFact:
    """From now on the certificate counts no more, and everyone who checks it reads why; its status list is made anew.

    Raises NotAllowed without the role, NotFound, Invalid for a reason too short or long, Conflict if it is revoked.
    """
    if not actor.is_any("supervisor"):
        raise NotAllowed
    certificate = store.find_certificate(session, public_id, actor.organisation_id)
    if certificate is None:
        raise NotFound
    reason = reason.strip()
    if not REASON_LENGTH[0] <= len(reason) <= REASON_LENGTH[1]:
        raise Invalid("certificate.reason_length", field="reason")
    if standing_of(session, certificate, now).state == REVOKED:
        raise Conflict("certificate.revoked_already")
    fact = CertificateFact(
        certificate_id=certificate.id,
        kind=REVOKED,
        reason=reason,
        by_id=actor.user_id or None,
        by_name=actor.name,
        at=now,
    )
    session.add(fact)
    audit.record(session, actor, "certificate.revoked", certificate, now, {"number": certificate.number})
    session.commit()
    publish_for(session, ports, certificate.id, now)
    return fact
