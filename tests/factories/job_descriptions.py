"""A folder with a job description that a test may change, and people who sign it."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from tests.factories.accounts import NOW
from trainer.config import ROOT
from trainer.content.job_description import FILE
from trainer.ports import Ports
from trainer.services import job_description
from trainer.services import job_description_signing as signing
from trainer.store.accounts import User
from trainer.store.job_descriptions import JobDescriptionEdition, JobDescriptionSignature


def make_courses(folder: Path) -> Path:
    """A folder of courses with nothing but the job description in it."""
    courses = folder / "courses"
    (courses / FILE).parent.mkdir(parents=True)
    shutil.copy(ROOT / "courses" / FILE, courses / FILE)
    return courses


def amend(courses: Path, old: str, new: str, *, version: int, note: str = "It says more.") -> None:
    """Another version of the document."""
    path = courses / FILE
    text = path.read_text(encoding="utf-8")
    assert old in text
    text = text.replace(old, new, 1).replace(f"version: {version - 1}\n", f"version: {version}\n", 1)
    path.write_text(text.replace("en: First version.", f"en: {note}", 1), encoding="utf-8")


def in_force(session: Session, user: User, courses: Path, now: datetime = NOW) -> JobDescriptionEdition:
    return job_description.edition_in_force(session, user.organisation_id, courses, now)


def sign(
    session: Session,
    ports: Ports,
    user: User,
    courses: Path,
    *,
    name: str = "",
    language: str = "en",
    now: datetime = NOW,
) -> JobDescriptionSignature:
    """That person's signature under the edition in force."""
    edition = in_force(session, user, courses, now)
    return signing.sign(
        session, ports.queue, user.actor, courses, edition_id=edition.public_id, language=language,
        name=name or user.name, has_read=True, now=now,
    )  # fmt: skip
