"""Status lists: a place for each certificate, and files that say which are withdrawn, for verifiers of other makers."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from trainer.domain.credential import canonical_json, iso
from trainer.domain.errors import NotFound
from trainer.domain.open_badge import jwt_claims
from trainer.domain.status_list import ENTRIES, status_credential
from trainer.ports import PortError, Ports
from trainer.services.certificate_keys import ready_keys
from trainer.store import certificates as certificate_store
from trainer.store import status_lists as store
from trainer.store.accounts import Organisation
from trainer.store.status_lists import StatusEntry, StatusList

FULL = ENTRIES // 2
"""A list is full when half its places are taken: until then a drawn place is free at the first or second try."""
FORMS = ("json", "jwt")
MOST_LISTS = 1_000_000


def draw_place(session: Session, organisation_id: int, issuer: str) -> tuple[StatusList, int]:
    """A free place in the open list under `issuer`'s address; a new list where there is none. Flushes."""
    lists = store.lists_of(session, organisation_id)
    own = [row for row in lists if row.issuer == issuer]
    if own and store.count_entries(session, own[-1].id) < FULL:
        row = own[-1]
    else:
        row = StatusList(organisation_id=organisation_id, number=len(lists) + 1, issuer=issuer)
        session.add(row)
        session.flush()
    while True:
        position = secrets.randbelow(ENTRIES)
        if not store.is_taken(session, row.id, position):
            return row, position


def take_place(session: Session, certificate_id: int, row: StatusList, position: int) -> None:
    session.add(StatusEntry(certificate_id=certificate_id, status_list_id=row.id, position=position))
    session.flush()


def list_url(row: StatusList) -> str:
    return f"{row.issuer}/status/{row.number}"


def _key(organisation: str, number: int, form: str) -> str:
    return f"status/{organisation}-{number}.{form}"


def publish_list(session: Session, ports: Ports, row: StatusList, now: datetime) -> None:
    """Write the list as it is now, as JSON with a Data Integrity proof and as a VC-JWT. Commits.

    Ends the transaction it finds. Then one publishes at a time, or a slower one could write the file of before over that
    of a later revocation. Files come before the count: a break in between leaves the list owing. Raises PortError.
    """
    organisation = session.get(Organisation, row.organisation_id)
    if organisation is None:
        raise NotFound
    signer, url = ready_keys(session, ports), list_url(row)
    session.commit()
    store.hold_list(session, row, now)
    positions = store.withdrawn_positions(session, row.id, now)
    credential = status_credential(url, row.issuer, positions, now)
    proof = signer.prove(credential, issuer=row.issuer, created=iso(now))
    token = signer.sign(canonical_json(jwt_claims(credential)), issuer=row.issuer)
    files = {"json": canonical_json({**credential, "proof": proof}), "jwt": token.encode("ascii")}
    for form in FORMS:
        ports.files.write(_key(organisation.public_id, row.number, form), files[form])
    row.withdrawn = len(positions)
    session.commit()


def publish_for(session: Session, ports: Ports, certificate_id: int, now: datetime) -> None:
    """After something became true of a certificate: its list anew. A failure is no error, the sweeper tries again."""
    row = store.list_of_certificate(session, certificate_id)
    if row is not None:
        try:
            publish_list(session, ports, row, now)
        except PortError:
            session.rollback()


def sweep_lists(session: Session, ports: Ports, now: datetime) -> int:
    """Publish again what is out of date; gives how many. Raises PortError."""
    owed = store.lists_out_of_date(session, now)
    for row in owed:
        publish_list(session, ports, row, now)
    return len(owed)


def status_file(session: Session, ports: Ports, organisation: str, number: int, form: str, now: datetime) -> bytes:
    """A published list ("json" or "jwt"), made now if its file is not there. Raises NotFound and PortError."""
    if form not in FORMS or not organisation.isascii() or len(organisation) > 40 or number > MOST_LISTS:
        raise NotFound
    try:
        return ports.files.read(_key(organisation, number, form))
    except (FileNotFoundError, ValueError):
        pass
    found = certificate_store.find_issuing_organisation(session, organisation)
    row = store.find_list(session, found.id, number) if found is not None else None
    if row is None:
        raise NotFound
    publish_list(session, ports, row, now)
    return ports.files.read(_key(organisation, number, form))
