"""The job description of an organisation: the document with its blanks filled in, edition after edition.

Whoever asks for the edition in force makes a new one where the document or what the organisation filled in has changed
since the last. So a text is never shown that is not kept, and what was signed keeps its own.
"""

from __future__ import annotations

import hashlib
import json
import logging
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.content.job_description import FILE, read_job_description
from trainer.content.problems import ContentError, Problem
from trainer.content.reading import LANGUAGES
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.job_description import OWN_BLANKS, JobDescription, canonical_text, fill, text_hash
from trainer.domain.roles import Actor
from trainer.services.kept import Kept, time_of
from trainer.store import job_descriptions as store
from trainer.store.accounts import Organisation
from trainer.store.audit import record
from trainer.store.documents import to_document
from trainer.store.job_descriptions import (
    CONTENT,
    FIRST,
    SETTINGS,
    JobDescriptionEdition,
    JobDescriptionSettings,
    JobDescriptionVersion,
)

log = logging.getLogger(__name__)
LONGEST = {"manager": 200, "workplace": 2_000, "jurisdiction": 50_000, "note": 1_000}
"""Characters of what an organisation fills in."""


@lru_cache(maxsize=4)
def _read(path: Path, _stamp: int) -> tuple[JobDescription, str]:
    document = read_job_description(path)
    return document, digest_of(document)


def _current(courses: Path) -> tuple[JobDescription, str]:
    path = courses / FILE
    return _read(path, time_of(path))


def published(courses: Path) -> JobDescription:
    """The document below the folder of the courses; read again only when its file changed. Raises ContentError."""
    return _current(courses)[0]


def is_there(courses: Path) -> bool:
    """Whether this installation has the document at all."""
    return time_of(courses / FILE) > 0


def stamp(courses: Path) -> int:
    """Another number as soon as the document's file changes; at most a second late."""
    return time_of(courses / FILE)


def digest_of(document: JobDescription) -> str:
    """Names every word of the document, in both languages."""
    text = json.dumps(to_document(document), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def keep_version(session: Session, document: JobDescription) -> bool:
    """Remember the document, once; True when it was not kept before."""
    digest = digest_of(document)
    if store.has_version(session, document.version, digest):
        return False
    session.add(JobDescriptionVersion(version=document.version, digest=digest, document=to_document(document)))
    session.flush()
    return True


def check_version(session: Session, document: JobDescription) -> None:
    """A text that differs from one kept under its number needs another number. Raises ContentError."""
    digest = digest_of(document)
    if any(kept != digest for kept in store.version_digests(session, document.version)):
        message = (
            f"version {document.version} is in use with another text: raise the number and say in note what changed"
        )
        raise ContentError([Problem(FILE.as_posix(), 1, "version", message)])


@dataclass(frozen=True, slots=True)
class Blanks:
    """What an organisation fills in; `workplace` and `jurisdiction` by language. What is empty or missing is not."""

    manager: str = ""
    workplace: Mapping[str, str] = field(default_factory=dict)
    jurisdiction: Mapping[str, str] = field(default_factory=dict)

    def in_language(self, language: str, organisation: str) -> dict[str, str]:
        return {
            "organisation": organisation,
            "manager": self.manager,
            "workplace": self.workplace.get(language, ""),
            "jurisdiction": self.jurisdiction.get(language, ""),
        }


def blanks_of(session: Session, organisation_id: int) -> Blanks:
    return _blanks(store.settings_of(session, organisation_id))


def _blanks(row: JobDescriptionSettings | None) -> Blanks:
    return Blanks(row.manager, dict(row.workplace), dict(row.jurisdiction)) if row else Blanks()


@dataclass(frozen=True, slots=True)
class Wanted:
    """The document as an organisation's edition of now has it: canonical texts and their hashes, by language."""

    document: JobDescription
    digest: str
    texts: Mapping[str, str]
    hashes: Mapping[str, str]


_wanted: Kept[tuple[str, str], Wanted] = Kept(200)


def _want(document: JobDescription, digest: str, blanks: Blanks, organisation: str) -> Wanted:
    filled = {language: blanks.in_language(language, organisation) for language in LANGUAGES}

    def make() -> Wanted:
        texts = {language: canonical_text(fill(document, language, filled[language])) for language in LANGUAGES}
        return Wanted(document, digest, texts, {language: text_hash(text) for language, text in texts.items()})

    return _wanted.or_make((digest, json.dumps(filled, sort_keys=True)), make)


def find_in_force(session: Session, organisation_id: int, courses: Path) -> JobDescriptionEdition | None:
    """The edition in force as far as it is made: None where somebody who asks for it would get a new one. Raises NotFound."""
    latest, wanted = _look(session, organisation_id, courses)
    return latest if wanted is None else None


def edition_in_force(session: Session, organisation_id: int, courses: Path, now: datetime) -> JobDescriptionEdition:
    """The organisation's edition of now, made if it is not there yet; commits then. Raises NotFound.

    A document that cannot be read (an author is still writing) leaves the edition before in force.
    """
    latest, wanted = _look(session, organisation_id, courses)
    if wanted is None:
        assert latest is not None  # where nothing is to be made, something is there
        return latest
    reason = FIRST if latest is None else CONTENT if latest.digest != wanted.digest else SETTINGS
    note = wanted.document.note if reason == CONTENT else {}
    try:
        made = _make_edition(session, organisation_id, wanted, reason, note, (), "", now)
        session.commit()
    except IntegrityError:  # somebody else asked at the same moment
        session.rollback()
        found = store.edition_in_force(session, organisation_id)
        if found is None:
            raise Conflict from None
        return found
    return made


def _look(session: Session, organisation_id: int, courses: Path) -> tuple[JobDescriptionEdition | None, Wanted | None]:
    """The newest edition, and what another has to be made of where it is not up to date."""
    name, latest, settings = store.standing_of(session, organisation_id)
    try:
        document, digest = _current(courses)
    except ContentError as error:
        log.warning("the job description cannot be read: %s", error)
        if latest is None:
            raise NotFound("job_description.none") from error
        return latest, None
    wanted = _want(document, digest, _blanks(settings), name)
    if latest is not None and (latest.digest, latest.hashes) == (digest, wanted.hashes):
        return latest, None
    return latest, wanted


def find_edition(session: Session, actor: Actor, public_id: str) -> JobDescriptionEdition:
    """An edition of the actor's organisation, in force or not. Raises NotFound."""
    found = store.find_edition(session, actor.organisation_id, public_id)
    if found is None:
        raise NotFound("job_description.none")
    return found


def _organisation_name(session: Session, organisation_id: int) -> str:
    organisation = session.get(Organisation, organisation_id)
    return organisation.name if organisation else ""


def _make_edition(
    session: Session,
    organisation_id: int,
    wanted: Wanted,
    reason: str,
    note: Mapping[str, str],
    changed: Sequence[str],
    by_name: str,
    now: datetime,
) -> JobDescriptionEdition:
    """Raises IntegrityError when another edition took the number."""
    document = wanted.document
    keep_version(session, document)
    latest = store.edition_in_force(session, organisation_id)
    made = JobDescriptionEdition(
        organisation_id=organisation_id,
        number=latest.number + 1 if latest else 1,
        version=document.version,
        digest=wanted.digest,
        revision=store.count_revisions(session, organisation_id, document.version) + 1,
        texts=dict(wanted.texts),
        hashes=dict(wanted.hashes),
        reason=reason,
        note=dict(note),
        changed=list(changed),
        by_name=by_name,
        made_at=now,
    )
    session.add(made)
    session.flush()
    return made


def change_settings(
    session: Session, actor: Actor, courses: Path, blanks: Blanks, note: str, now: datetime
) -> JobDescriptionEdition | None:
    """Fill in the organisation's blanks; gives the new edition where the text changed by it. `note` tells people why.

    Raises Invalid for what is too long; Conflict when somebody else was first, or the document cannot be read just now.
    """
    try:
        document, digest = _current(courses)
    except ContentError:
        raise Conflict("job_description.unreadable") from None
    blanks, note = _checked(blanks), _clean(note)
    _check_length("note", note, "note")
    before = edition_in_force(session, actor.organisation_id, courses, now)
    earlier = blanks_of(session, actor.organisation_id)
    changed = [name for name in OWN_BLANKS if getattr(blanks, name) != getattr(earlier, name)]
    if not changed:
        return None
    row = store.settings_of(session, actor.organisation_id)
    if row is None:
        row = JobDescriptionSettings(organisation_id=actor.organisation_id, at=now)
        session.add(row)
    row.manager, row.workplace, row.jurisdiction = blanks.manager, dict(blanks.workplace), dict(blanks.jurisdiction)
    row.by_name, row.at = actor.name, now
    made = None
    try:
        session.flush()
        wanted = _want(document, digest, blanks, _organisation_name(session, actor.organisation_id))
        if wanted.hashes != before.hashes:
            words = dict.fromkeys(LANGUAGES, note) if note else {}
            made = _make_edition(session, actor.organisation_id, wanted, SETTINGS, words, changed, actor.name, now)
        details = {"changed": changed, "edition": made.label if made else before.label}
        record(session, actor, "job_description.settings_changed", row, now, details)
        session.commit()
    except IntegrityError:
        session.rollback()
        raise Conflict from None
    return made


def _checked(blanks: Blanks) -> Blanks:
    """Clean, and not too long. Raises Invalid, naming the field of the form."""
    manager = " ".join(_clean(blanks.manager).split())
    _check_length("manager", manager, "manager")
    texts: dict[str, dict[str, str]] = {"workplace": {}, "jurisdiction": {}}
    for name, found in texts.items():
        for language in LANGUAGES:
            text = _clean(getattr(blanks, name).get(language, ""))
            _check_length(name, text, f"{name}_{language}")
            if text:
                found[language] = text
    return Blanks(manager, texts["workplace"], texts["jurisdiction"])


def _check_length(name: str, text: str, field: str) -> None:
    if len(text) > LONGEST[name]:
        raise Invalid("job_description.too_long", field=field, longest=LONGEST[name], length=len(text))


def _clean(text: str) -> str:
    """Composed letters, lines apart by "\\n", no signs that control a machine."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    plain = ("".join(sign for sign in line if sign == "\t" or unicodedata.category(sign) != "Cc") for line in lines)
    return "\n".join(line.rstrip() for line in plain).strip()
