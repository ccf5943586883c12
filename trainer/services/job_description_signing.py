"""Reading the job description, and putting one's name to it: once an edition, and again when it has changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.job_description import Clause, Text, changed_items, read_text
from trainer.domain.roles import Actor
from trainer.domain.typed_names import is_same_name
from trainer.ports import JobQueue
from trainer.services.job_description import edition_in_force, find_in_force
from trainer.store import job_descriptions as store
from trainer.store.accounts import Organisation
from trainer.store.audit import record
from trainer.store.job_descriptions import JobDescriptionEdition, JobDescriptionSignature

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """What is other than in an edition before: `since` are the editions made after it, the oldest first; `items` the ids
    that changed, each as it was (None for a new one)."""

    earlier: JobDescriptionEdition
    since: tuple[JobDescriptionEdition, ...]
    items: Mapping[str, Clause | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """The edition in force as one person reads it. `signature` is theirs of this edition; `history` all they have, the
    newest first; `difference` what is new to somebody who signed an edition before and not this one."""

    edition: JobDescriptionEdition
    language: str
    signature: JobDescriptionSignature | None
    history: tuple[JobDescriptionSignature, ...]
    difference: Difference | None

    @property
    def text(self) -> Text:
        """Read anew each time: most pages have it kept."""
        return read_text(self.edition.texts[self.language])

    @property
    def text_hash(self) -> str:
        return self.edition.hashes[self.language]


def read(session: Session, actor: Actor, courses: Path, language: str, now: datetime) -> Reading:
    """The edition in force in that language. Raises NotFound."""
    edition = edition_in_force(session, actor.organisation_id, courses, now)
    language = language if language in edition.hashes else next(iter(edition.hashes))
    rows = store.signatures_of(session, actor.user_id)
    signature = next((one for one, signed in rows if signed.id == edition.id), None)
    difference = _difference(session, rows[0][1], edition, language) if rows and signature is None else None
    return Reading(edition, language, signature, tuple(one for one, _edition in rows), difference)


def _difference(
    session: Session, earlier: JobDescriptionEdition, edition: JobDescriptionEdition, language: str
) -> Difference:
    before, after = read_text(earlier.texts[language]), read_text(edition.texts[language])
    was = {clause.id: clause for clause in before.clauses}
    since = store.editions_after(session, edition.organisation_id, earlier.number)
    return Difference(earlier, tuple(since), {item: was.get(item) for item in changed_items(before, after)})


def changed_since(
    session: Session, actor: Actor, edition_id: str, courses: Path, language: str, now: datetime
) -> Difference | None:
    """What changed since the edition somebody has on their screen; None when it is in force, or there is no such."""
    edition = edition_in_force(session, actor.organisation_id, courses, now)
    shown = store.find_edition(session, actor.organisation_id, edition_id)
    if shown is None or shown.id == edition.id or language not in edition.texts:
        return None
    return _difference(session, shown, edition, language)


def is_owed(session: Session, actor: Actor, courses: Path) -> bool:
    """Whether the actor has not signed what is in force. Asks and changes nothing: False where there is no document."""
    try:
        edition = find_in_force(session, actor.organisation_id, courses)
    except NotFound:
        return False
    return edition is None or not store.has_signed(session, actor.user_id, edition)


def sign(
    session: Session,
    queue: JobQueue,
    actor: Actor,
    courses: Path,
    *,
    edition_id: str,
    language: str,
    name: str,
    has_read: bool,
    now: datetime,
) -> JobDescriptionSignature:
    """The actor's signature under the text they saw; signing twice gives the first one.

    Raises Conflict when that edition is not in force any more, Invalid for the name or the box, NotFound.
    """
    edition = edition_in_force(session, actor.organisation_id, courses, now)
    shown = store.find_edition(session, actor.organisation_id, edition_id)
    if shown is None:
        raise NotFound("job_description.none")
    if shown.id != edition.id:
        raise Conflict("job_description.changed")
    if found := store.signature_of(session, actor.user_id, edition):
        return found
    if language not in edition.texts:
        raise Invalid("error.bad_language")
    name = checked_name(name, actor.name)
    if not has_read:
        raise Invalid("job_description.not_read", field="has_read")
    organisation = session.get(Organisation, actor.organisation_id)
    made = JobDescriptionSignature(
        organisation_id=actor.organisation_id,
        user_id=actor.user_id,
        edition_id=edition.id,
        label=edition.label,
        language=language,
        name=name,
        account_name=actor.name,
        organisation_name=organisation.name if organisation else "",
        text=edition.texts[language],
        text_hash=edition.hashes[language],
        signed_at=now,
    )
    session.add(made)
    try:
        session.flush()
        record(session, actor, "job_description.signed", made, now, {"edition": edition.label, "hash": made.text_hash})
        session.commit()
    except IntegrityError:  # the other tab was a moment faster
        session.rollback()
        first = store.signature_of(session, actor.user_id, edition)
        if first is None:
            raise Conflict from None
        return first
    queue.enqueue("render_receipt", signature=made.public_id)
    return made


def checked_name(typed: str, name: str) -> str:
    """The name as typed, on one line, in composed letters. Raises Invalid unless it is `name`, in some spelling."""
    typed = unicodedata.normalize("NFC", " ".join(typed.split()))
    if not typed:
        raise Invalid("job_description.no_name", field="name")
    if len(typed) > LONGEST_NAME:
        raise Invalid("job_description.long_name", field="name", longest=LONGEST_NAME)
    if not is_same_name(typed, name) and typed != unicodedata.normalize("NFC", " ".join(name.split())):
        raise Invalid("job_description.other_name", field="name", name=name)
    return typed
