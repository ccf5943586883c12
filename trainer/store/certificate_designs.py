"""Which design of certificates an organisation chose, and every version of a design that anything was issued with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, exists, insert, literal, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.extensions import db
from trainer.store.base import Row, UtcDateTime


class CertificateDesignVersion(db.Model):  # type: ignore[name-defined,misc]
    """A design's folder as it was: `files` is path -> content in base64. Added, never changed: `digest` names them."""

    __tablename__ = "certificate_design_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    slug: Mapped[str] = mapped_column(String(40))
    version: Mapped[str] = mapped_column(String(40))
    files: Mapped[dict[str, str]] = mapped_column(JSON)


class CertificateDesignChoice(Row):
    """The design that an organisation issues with: the version with this `digest`."""

    __tablename__ = "certificate_design_choices"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), unique=True)
    slug: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    by_name: Mapped[str] = mapped_column(String(120), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)


def choice_of(session: Session, organisation_id: int) -> CertificateDesignChoice | None:
    return session.scalar(
        select(CertificateDesignChoice).where(CertificateDesignChoice.organisation_id == organisation_id)
    )


def has_version(session: Session, digest: str) -> bool:
    query = select(CertificateDesignVersion.id).where(CertificateDesignVersion.digest == digest)
    return session.scalar(query) is not None


def find_version(session: Session, digest: str) -> CertificateDesignVersion | None:
    return session.scalar(select(CertificateDesignVersion).where(CertificateDesignVersion.digest == digest))


def newest_version(session: Session, slug: str) -> CertificateDesignVersion | None:
    """The version of that design which was kept last."""
    query = select(CertificateDesignVersion).where(CertificateDesignVersion.slug == slug)
    return session.scalar(query.order_by(CertificateDesignVersion.id.desc()).limit(1))


def keep_version(session: Session, *, digest: str, slug: str, version: str, files: Mapping[str, str]) -> None:
    """Add it unless it is there, in one statement: two workers may keep the same one at the same moment."""
    table = CertificateDesignVersion
    row = select(literal(digest), literal(slug), literal(version), literal(dict(files), JSON())).where(
        ~exists().where(table.digest == digest)
    )
    session.execute(insert(table).from_select(["digest", "slug", "version", "files"], row))
