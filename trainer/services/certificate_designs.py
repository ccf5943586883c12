"""The design that an organisation's certificates are issued with: choosing it, and keeping every version in use.

Whatever is issued keeps its design's version: the folder's files go into the database under their digest. So a folder
that is changed, broken or removed later changes no certificate, and never stops issuing with the one chosen before.
"""

from __future__ import annotations

import atexit
import base64
import logging
import shutil
import tempfile
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy.orm import Session

from trainer.content.designs import Design, files_of, load_design
from trainer.content.yaml_nodes import ContentError
from trainer.domain.errors import Conflict, Invalid, NotAllowed, NotFound
from trainer.domain.roles import Actor
from trainer.services.design_checks import find_offer
from trainer.store import audit
from trainer.store import certificate_designs as store
from trainer.store.certificate_designs import CertificateDesignChoice
from trainer.store.certificates import Certificate

log = logging.getLogger(__name__)
FIRST = "classic"
"""What an organisation issues with that has chosen nothing."""


def choice_of(session: Session, actor: Actor) -> CertificateDesignChoice | None:
    """What the actor's organisation chose; None until it chose."""
    return store.choice_of(session, actor.organisation_id)


def choose_design(session: Session, actor: Actor, slug: str, designs: Path, now: datetime) -> CertificateDesignChoice:
    """From now on the organisation's certificates are issued with this design, as its folder is now.

    Raises NotAllowed without the role, Invalid for no design of that name, Conflict for a faulty one.
    """
    if not actor.is_any("supervisor"):
        raise NotAllowed
    try:
        offer = find_offer(designs, slug)
    except NotFound:
        raise Invalid("certificate.no_such_design", field="design") from None
    if offer.design is None:
        raise Conflict("certificate.design_faulty", field="design")
    keep_version(session, offer.design)
    choice = store.choice_of(session, actor.organisation_id)
    before = choice.slug if choice else FIRST
    if choice is None:
        choice = CertificateDesignChoice(organisation_id=actor.organisation_id)
        session.add(choice)
    choice.slug, choice.digest, choice.by_name, choice.at = slug, offer.design.digest, actor.name, now
    session.flush()
    details = {"from": before, "to": slug, "version": offer.design.version}
    audit.record(session, actor, "certificate.design_chosen", choice, now, details)
    session.commit()
    return choice


def keep_version(session: Session, design: Design) -> None:
    """Remember what the design prints with, once; in the caller's transaction."""
    if store.has_version(session, design.digest):
        return
    files = {name: base64.b64encode(data).decode("ascii") for name, data in files_of(design.folder).items()}
    store.keep_version(session, digest=design.digest, slug=design.slug, version=design.version, files=files)


def design_to_issue(session: Session, organisation_id: int, designs: Path) -> Design:
    """The version that the organisation chose; before it chose, the first design. Kept in the caller's transaction.

    Where the folder of the first design is faulty, the version of it that was used last. Raises Conflict where there is
    none.
    """
    choice = store.choice_of(session, organisation_id)
    if choice is not None:
        found = _by_digest(session, choice.slug, choice.digest, designs)
        if found is not None:
            return found
    try:
        design = load_design(designs / FIRST)
    except (ContentError, OSError) as error:
        row = store.newest_version(session, FIRST)
        if row is None:
            raise Conflict("certificate.no_sound_design") from error
        log.exception("the design %s is faulty; its last good version is used", FIRST)
        return load_design(_laid_out(row.slug, row.digest, tuple(row.files.items())))
    keep_version(session, design)
    return design


def folder_of(session: Session, certificate: Certificate, designs: Path) -> Path:
    """The folder of the version that the certificate was issued with; the present one for certificates from before
    versions were kept."""
    found = _by_digest(session, certificate.design, certificate.design_digest, designs)
    return found.folder if found is not None else designs / certificate.design


def _by_digest(session: Session, slug: str, digest: str, designs: Path) -> Design | None:
    """From the folder where it is still the same, else from what was kept."""
    try:
        design = load_design(designs / slug)
    except (ContentError, OSError):
        design = None
    if design is not None and design.digest == digest:
        return design
    row = store.find_version(session, digest)
    if row is None:
        return None
    return load_design(_laid_out(row.slug, row.digest, tuple(row.files.items())))


@lru_cache(maxsize=16)
def _laid_out(slug: str, digest: str, files: tuple[tuple[str, str], ...]) -> Path:
    """A kept version as a folder, which WeasyPrint needs; once a process, removed at its end."""
    folder = Path(_scratch()) / digest[:16] / slug
    for name, content in files:
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(base64.b64decode(content))
    return folder


@lru_cache(maxsize=1)
def _scratch() -> str:
    folder = tempfile.mkdtemp(prefix="designs-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
