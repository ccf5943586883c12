"""Job descriptions: every version of the document, each organisation's blanks and editions, and who signed what.

An edition is what an organisation's people read: a version with the blanks filled in. Editions and signatures are added,
never changed: what was signed keeps its own text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Select, String, Text, UniqueConstraint, and_, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, aliased, defer, mapped_column

from trainer.extensions import db
from trainer.store.accounts import Organisation, User
from trainer.store.base import Row, UtcDateTime, ask

FIRST, CONTENT, SETTINGS = "first", "content", "settings"
"""Why an edition was made: none was there; the document changed; the organisation's blanks did."""


class JobDescriptionVersion(db.Model):  # type: ignore[name-defined,misc]
    """A version of the document as the JSON form of `domain.job_description.JobDescription`, named by its digest, too:
    an author may forget to raise the number."""

    __tablename__ = "job_description_versions"
    __table_args__ = (UniqueConstraint("version", "digest", name="uq_job_description_versions_version_digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    document: Mapped[dict[str, Any]] = mapped_column(JSON)


class JobDescriptionSettings(Row):
    """What an organisation fills in; "" is not filled in yet. Texts have any length."""

    __tablename__ = "job_description_settings"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), unique=True)
    manager: Mapped[str] = mapped_column(String(200), default="")
    workplace: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    jurisdiction: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    by_name: Mapped[str] = mapped_column(String(120), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class JobDescriptionEdition(Row):
    """The text of an organisation from a moment on; the one with the greatest `number` is in force.

    `texts` and `hashes` by language (canonical texts); `revision` counts an organisation's editions of one `version`.
    `note` by language says what changed, where somebody said so; `changed` are the blanks that did.
    """

    __tablename__ = "job_description_editions"
    __table_args__ = (UniqueConstraint("organisation_id", "number", name="uq_job_description_editions_number"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    number: Mapped[int]
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int]
    texts: Mapped[dict[str, str]] = mapped_column(JSON)
    hashes: Mapped[dict[str, str]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(String(16), default=FIRST)
    note: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    changed: Mapped[list[str]] = mapped_column(JSON, default=list)
    by_name: Mapped[str] = mapped_column(String(120), default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)

    @property
    def label(self) -> str:
        """What people call it: the document's version and the organisation's revision of that."""
        return f"{self.version}.{self.revision}"


class JobDescriptionSignature(Row):
    """Somebody put their name to an edition: the whole text they saw, its hash, and when. Never changed.

    `name` as typed, `account_name` as the account had it then; `label` is the edition's.
    """

    __tablename__ = "job_description_signatures"
    __table_args__ = (
        UniqueConstraint("user_id", "edition_id", name="uq_job_description_signatures_user_edition"),
        Index("ix_job_description_signatures_organisation", "organisation_id", "edition_id"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("job_description_editions.id"))
    label: Mapped[str] = mapped_column(String(24))
    language: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(200))
    account_name: Mapped[str] = mapped_column(String(200))
    organisation_name: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    text_hash: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)


def has_version(session: Session, version: int, digest: str) -> bool:
    query = select(JobDescriptionVersion.id).where(
        JobDescriptionVersion.version == version, JobDescriptionVersion.digest == digest
    )
    return session.scalar(query) is not None


def version_digests(session: Session, version: int) -> list[str]:
    """The digests under which that version is kept, the oldest first."""
    query = select(JobDescriptionVersion.digest).where(JobDescriptionVersion.version == version)
    return list(session.scalars(query.order_by(JobDescriptionVersion.id)))


_other = aliased(JobDescriptionEdition)
_SETTINGS = select(JobDescriptionSettings).where(JobDescriptionSettings.organisation_id == bindparam("organisation_id"))
"""Made once, as `_IN_FORCE` and `_SIGNATURE`: building a query costs more than running it, and many pages ask these."""


def settings_of(session: Session, organisation_id: int) -> JobDescriptionSettings | None:
    return session.scalar(_SETTINGS, {"organisation_id": organisation_id})


_IN_FORCE = (
    select(JobDescriptionEdition)
    .where(JobDescriptionEdition.organisation_id == bindparam("organisation_id"))
    .order_by(JobDescriptionEdition.number.desc())
    .limit(1)
)


def edition_in_force(session: Session, organisation_id: int) -> JobDescriptionEdition | None:
    """The newest, or None."""
    return session.scalar(_IN_FORCE, {"organisation_id": organisation_id})


_STANDING = (
    select(Organisation.name, JobDescriptionEdition, JobDescriptionSettings)
    .select_from(Organisation)
    .outerjoin(
        JobDescriptionEdition,
        and_(
            JobDescriptionEdition.organisation_id == Organisation.id,
            JobDescriptionEdition.number
            == select(func.max(_other.number))
            .where(_other.organisation_id == Organisation.id)
            .correlate(Organisation)
            .scalar_subquery(),
        ),
    )
    .outerjoin(JobDescriptionSettings, JobDescriptionSettings.organisation_id == Organisation.id)
    .where(Organisation.id == bindparam("organisation_id"))
    .options(defer(JobDescriptionEdition.texts))
)


def standing_of(
    session: Session, organisation_id: int
) -> tuple[str, JobDescriptionEdition | None, JobDescriptionSettings | None]:
    """The organisation's name, its newest edition (whose texts are read when somebody wants them) and what it filled in."""
    row = session.execute(_STANDING, {"organisation_id": organisation_id}).one()
    return row[0], row[1], row[2]


def find_edition(session: Session, organisation_id: int, public_id: str) -> JobDescriptionEdition | None:
    query = select(JobDescriptionEdition).where(
        JobDescriptionEdition.public_id == public_id, JobDescriptionEdition.organisation_id == organisation_id
    )
    return session.scalar(query)


def editions_after(session: Session, organisation_id: int, number: int) -> list[JobDescriptionEdition]:
    """The editions made since that one, the oldest first."""
    query = select(JobDescriptionEdition).where(
        JobDescriptionEdition.organisation_id == organisation_id, JobDescriptionEdition.number > number
    )
    return list(session.scalars(query.order_by(JobDescriptionEdition.number)))


def count_revisions(session: Session, organisation_id: int, version: int) -> int:
    query = select(func.max(JobDescriptionEdition.revision)).where(
        JobDescriptionEdition.organisation_id == organisation_id, JobDescriptionEdition.version == version
    )
    return session.scalar(query) or 0


_SIGNATURES = (
    select(JobDescriptionSignature, JobDescriptionEdition)
    .join(JobDescriptionEdition, JobDescriptionEdition.id == JobDescriptionSignature.edition_id)
    .where(JobDescriptionSignature.user_id == bindparam("user_id"))
    .order_by(JobDescriptionEdition.number.desc())
)


def signatures_of(session: Session, user_id: int) -> list[tuple[JobDescriptionSignature, JobDescriptionEdition]]:
    """A person's signatures with their editions, the newest edition first."""
    return [(row[0], row[1]) for row in session.execute(_SIGNATURES, {"user_id": user_id})]


_HAS_SIGNED = select(JobDescriptionSignature.id).where(
    JobDescriptionSignature.user_id == bindparam("user_id"),
    JobDescriptionSignature.edition_id == bindparam("edition_id"),
)


def has_signed(session: Session, user_id: int, edition: JobDescriptionEdition) -> bool:
    return ask(session, _HAS_SIGNED, {"user_id": user_id, "edition_id": edition.id}).scalar() is not None


_SIGNATURE = select(JobDescriptionSignature).where(
    JobDescriptionSignature.user_id == bindparam("user_id"),
    JobDescriptionSignature.edition_id == bindparam("edition_id"),
)


def signature_of(session: Session, user_id: int, edition: JobDescriptionEdition) -> JobDescriptionSignature | None:
    return session.scalar(_SIGNATURE, {"user_id": user_id, "edition_id": edition.id})


def find_signature(session: Session, organisation_id: int | None, public_id: str) -> JobDescriptionSignature | None:
    """The signature of that organisation; None as the organisation is for jobs, which act for none."""
    query = select(JobDescriptionSignature).where(JobDescriptionSignature.public_id == public_id)
    if organisation_id is not None:
        query = query.where(JobDescriptionSignature.organisation_id == organisation_id)
    return session.scalar(query)


@dataclass(frozen=True, slots=True)
class Signed:
    """What a list says of a signature; the text itself stays where it is."""

    public_id: str
    user_id: int
    edition_id: int
    label: str
    language: str
    name: str
    text_hash: str
    signed_at: datetime


_SIGNED = select(
    JobDescriptionSignature.public_id, JobDescriptionSignature.user_id, JobDescriptionSignature.edition_id,
    JobDescriptionSignature.label, JobDescriptionSignature.language, JobDescriptionSignature.name,
    JobDescriptionSignature.text_hash, JobDescriptionSignature.signed_at,
)  # fmt: skip


def signed_by(session: Session, user_ids: Iterable[int]) -> dict[int, list[Signed]]:
    """The signatures of each person by id, the oldest first. One query."""
    ids = list(user_ids)
    found: dict[int, list[Signed]] = {number: [] for number in ids}
    query = _SIGNED.where(JobDescriptionSignature.user_id.in_(ids)).order_by(JobDescriptionSignature.id)
    for row in session.execute(query) if ids else ():
        found[row.user_id].append(Signed(*row))
    return found


def all_signed(session: Session, organisation_id: int) -> list[Signed]:
    """Every signature of the organisation, the oldest first."""
    query = _SIGNED.where(JobDescriptionSignature.organisation_id == organisation_id)
    return [Signed(*row) for row in session.execute(query.order_by(JobDescriptionSignature.id))]


def _people(
    edition: JobDescriptionEdition, search: str, signed: bool | None
) -> Select[tuple[User, JobDescriptionSignature | None]]:
    theirs = and_(JobDescriptionSignature.user_id == User.id, JobDescriptionSignature.edition_id == edition.id)
    query = select(User, JobDescriptionSignature).outerjoin(JobDescriptionSignature, theirs)
    query = query.where(User.organisation_id == edition.organisation_id, User.is_active, ~User.is_candidate)
    if search:
        query = query.where(User.name.icontains(search, autoescape=True))
    if signed is not None:
        query = query.where(JobDescriptionSignature.id.is_not(None) if signed else JobDescriptionSignature.id.is_(None))
    return query


def count_people(session: Session, edition: JobDescriptionEdition, *, signed: bool | None) -> int:
    """Active people of the organisation: all (None), or those who have (True) or have not (False) signed the edition."""
    return session.scalar(_people(edition, "", signed).with_only_columns(func.count(User.id))) or 0


def list_people(
    session: Session, edition: JobDescriptionEdition, *, search: str, signed: bool | None, limit: int, offset: int
) -> list[User]:
    """A page of those people, by name."""
    query = _people(edition, search, signed).with_only_columns(User).order_by(User.sort_name, User.id)
    return list(session.scalars(query.limit(limit).offset(offset)))


def everybody(session: Session, organisation_id: int) -> list[tuple[int, str, str | None, bool]]:
    """(id, name, address, whether the account is open) of all people but candidates, by name."""
    query = select(User.id, User.name, User.email, User.is_active).where(
        User.organisation_id == organisation_id, ~User.is_candidate
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(query.order_by(User.sort_name, User.id))]
