"""Who has signed which version of the job description, for those who have to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from trainer.domain.errors import NotFound
from trainer.domain.roles import Actor
from trainer.services.job_description import edition_in_force
from trainer.store import job_descriptions as store
from trainer.store.accounts import User, find_user
from trainer.store.job_descriptions import JobDescriptionEdition, JobDescriptionSignature, Signed

PAGE = 50


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A person, and their newest signature; `is_signed`: it is of the edition in force."""

    user: User
    latest: Signed | None
    is_signed: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of people by name; `signed` of `total` have signed the edition in force."""

    edition: JobDescriptionEdition
    lines: tuple[PersonLine, ...]
    more: bool
    signed: int
    total: int


def list_people(
    session: Session, actor: Actor, courses: Path, *, search: str, signed: bool | None, page: int, now: datetime
) -> PeoplePage:
    """Page `page` (from 1); `signed` chooses those who have, those who have not, or (None) all. The number of queries
    does not grow with the people."""
    edition = edition_in_force(session, actor.organisation_id, courses, now)
    rows = store.list_people(session, edition, search=search, signed=signed, limit=PAGE + 1, offset=(page - 1) * PAGE)
    theirs = store.signed_by(session, [user.id for user in rows[:PAGE]])
    lines = tuple(_line(user, theirs[user.id], edition) for user in rows[:PAGE])
    done = store.count_people(session, edition, signed=True)
    return PeoplePage(edition, lines, len(rows) > PAGE, done, done + store.count_people(session, edition, signed=False))


def _line(user: User, signed: list[Signed], edition: JobDescriptionEdition) -> PersonLine:
    current = next((one for one in signed if one.edition_id == edition.id), None)
    return PersonLine(user, current or (signed[-1] if signed else None), current is not None)


def signatures_of(
    session: Session, actor: Actor, person_id: str, courses: Path, now: datetime
) -> tuple[User, JobDescriptionEdition, list[JobDescriptionSignature]]:
    """A person, the edition in force, and all they ever signed, the newest first. Raises NotFound."""
    edition = edition_in_force(session, actor.organisation_id, courses, now)
    user = find_user(session, actor.organisation_id, person_id)
    if user is None or user.is_candidate:
        raise NotFound
    return user, edition, [signature for signature, _edition in store.signatures_of(session, user.id)]
