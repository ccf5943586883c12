"""Issuing certificates, their files, and revoking them. Checking is in `certificate_checks`."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.domain.credential import (
    RENEWED,
    REVOKED,
    VALID,
    Standing,
    standing,
)
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.domain.roles import Actor
from trainer.ports import Ports
from trainer.services.category_decisions import decide_category
from trainer.services.certificate_making import Place, make_certificate
from trainer.services.status_lists import publish_for
from trainer.store import audit, careers
from trainer.store import certificates as store
from trainer.store.accounts import Organisation
from trainer.store.careers import Decision
from trainer.store.certificates import Certificate, CertificateFact
from trainer.store.status_lists import list_of_certificate

REASON_LENGTH = (5, 500)
ATTEMPTS = 3


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
            certificate = make_certificate(session, ports, decision, place, now.replace(microsecond=0))
            break
        except IntegrityError:  # another request issued it, or took the place in the status list, at the same moment
            session.rollback()
            found = store.find_by_decision(session, number)
            if found is not None:
                return found
            if attempt == ATTEMPTS:
                raise
    if decision.is_renewal:
        _continue(session, actor, decision, certificate, now)
    audit.record(session, actor, "certificate.issued", certificate, now, {"number": certificate.number})
    status_list = list_of_certificate(session, certificate.id)
    never_published = status_list is not None and status_list.withdrawn is None
    session.commit()
    ports.queue.enqueue("render_certificate", certificate=certificate.public_id)
    if never_published:
        publish_for(session, ports, certificate.id, now)
    return certificate


def _continue(session: Session, actor: Actor, decision: Decision, certificate: Certificate, now: datetime) -> None:
    """The certificates that this one renews say so, and where it is; each stays valid until its own end."""
    for row in store.certificates_of(session, [decision.user_id]):
        if row.category == decision.category and row.issued_at == decision.renewed_since:
            session.add(
                CertificateFact(
                    certificate_id=row.id, kind=RENEWED, reason="", by_id=actor.user_id or None, by_name=actor.name, at=now,
                    successor_id=certificate.id,
                )
            )  # fmt: skip


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


def standing_of(session: Session, certificate: Certificate, now: datetime) -> Standing:
    facts = store.facts_of(session, [certificate.id])[certificate.id]
    return standing(certificate.issued_at, certificate.valid_until, facts, now)


def successor_of(session: Session, certificate: Certificate) -> Certificate | None:
    """The certificate that took this one's place, or goes on from it."""
    return store.successor_of(session, certificate)


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
