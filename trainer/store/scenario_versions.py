"""Every version of a scenario that a call was ever played with, so that old calls can be shown and graded again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from trainer.extensions import db


class ScenarioVersion(db.Model):  # type: ignore[name-defined,misc]
    """The whole content of one version, as the JSON document of `domain.scenario.Scenario`."""

    __tablename__ = "scenario_versions"
    __table_args__ = (UniqueConstraint("slug", "version", name="uq_scenario_versions_slug_version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(64))
    document: Mapped[dict[str, Any]] = mapped_column(JSON)


def find_scenario_version(session: Session, slug: str, version: str) -> dict[str, Any] | None:
    return session.scalar(
        select(ScenarioVersion.document).where(ScenarioVersion.slug == slug, ScenarioVersion.version == version)
    )


def has_scenario_version(session: Session, slug: str, version: str) -> bool:
    query = select(ScenarioVersion.id).where(ScenarioVersion.slug == slug, ScenarioVersion.version == version)
    return session.scalar(query) is not None


def add_scenario_version(session: Session, slug: str, version: str, document: dict[str, Any]) -> None:
    session.add(ScenarioVersion(slug=slug, version=version, document=document))
    session.flush()
