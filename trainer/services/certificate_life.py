"""What becomes of a certificate after its issue: a new one in its place after a change of name. Renewal goes by a decision
(services/careers.py), revocation is in services/certificates.py."""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from urllib.parse import urlencode
from uuid import uuid4

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.domain.credential import EXPIRED, REPLACED, VALID, record_from_json
from trainer.domain.errors import Conflict, NotAllowed, NotFound
from trainer.domain.roles import Actor
from trainer.ports import Ports
from trainer.services.certificate_designs import design_to_issue
from trainer.services.certificate_making import Place, keep_signed, new_number
from trainer.services.certificates import standing_of
from trainer.services.hidden_names import is_hidden
from trainer.services.printed_names import name_to_print
from trainer.services.status_lists import publish_for
from trainer.store import audit
from trainer.store import certificates as store
from trainer.store.accounts import Organisation, User
from trainer.store.certificates import Certificate, CertificateFact
from trainer.store.name_choices import NameChoice


def linkedin_address(certificate: Certificate, language: str) -> str:
    """Where the holder adds the certificate to their LinkedIn profile (LinkedIn's "Add to profile" form)."""
    record = json.loads(certificate.record)
    asked = {
        "startTask": "CERTIFICATION_NAME",
        "name": record["category"]["title"].get(language, record["category"]["title"]["en"]),
        "organizationName": record["organisation"],
        "issueYear": certificate.issued_at.year,
        "issueMonth": certificate.issued_at.month,
        "certUrl": record["verify_url"],
        "certId": certificate.number,
    }
    if certificate.valid_until:
        asked |= {"expirationYear": certificate.valid_until.year, "expirationMonth": certificate.valid_until.month}
    return "https://www.linkedin.com/profile/add?" + urlencode(asked)


def replace_certificate(
    session: Session, ports: Ports, actor: Actor, public_id: str, place: Place, now: datetime
) -> Certificate:
    """A certificate in the name that the holder wants printed now, in the place of the one with the old name.

    It states what the old one stated, to the same end; the old one says that it was replaced, and leads to it. Raises
    NotAllowed without the role or for one's own, NotFound, Conflict where it is revoked or replaced, or the name is the same.
    """
    if not actor.is_any("supervisor"):
        raise NotAllowed
    old = store.find_certificate(session, public_id, actor.organisation_id)
    person = session.get(User, old.user_id) if old else None
    organisation = session.get(Organisation, old.organisation_id) if old else None
    if old is None or person is None or organisation is None:
        raise NotFound
    if person.id == actor.user_id:
        raise NotAllowed("career.not_oneself")
    if standing_of(session, old, now).state not in (VALID, EXPIRED):
        raise Conflict("certificate.not_replaceable")
    name = name_to_print(session, person)
    if name == old.holder:
        raise Conflict("certificate.same_name")
    design, token = design_to_issue(session, organisation.id, place.designs), secrets.token_urlsafe(24)
    moment = now.replace(microsecond=0)
    record = record_from_json(
        json.loads(old.record),
        number=new_number(now),
        holder=name,
        issued_at=moment,
        design=design.slug,
        design_version=design.version,
        issuer=place.issuer(organisation),
        subject=uuid4().urn,
        verify_url=place.verify_url(token),
    )
    old_id = old.id
    try:
        new = keep_signed(
            session, ports, record, person, old.decision_id, design.digest, token, moment, edition=old.edition + 1
        )
        session.add(
            CertificateFact(
                certificate_id=old.id, kind=REPLACED, reason="", by_id=actor.user_id or None, by_name=actor.name, at=now,
                successor_id=new.id,
            )
        )  # fmt: skip
        if is_hidden(session, old):
            session.add(NameChoice(certificate_id=new.id, hidden=True, at=now))
        audit.record(session, actor, "certificate.replaced", old, now, {"number": old.number, "by": new.number})
        session.commit()
    except IntegrityError:  # somebody else replaced it at the same moment
        session.rollback()
        raise Conflict("certificate.not_replaceable") from None
    ports.queue.enqueue("render_certificate", certificate=new.public_id)
    for number in (old_id, new.id):
        publish_for(session, ports, number, now)
    return new
