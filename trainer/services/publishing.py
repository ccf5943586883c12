"""Keeping the content of an installation: each version of a scenario and a course, once, in the database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from trainer.services import courses, scenarios
from trainer.store.learning import has_course_version
from trainer.store.scenario_versions import has_scenario_version


@dataclass(frozen=True, slots=True)
class Published:
    """A version that is kept; `new` when it was not before. `kind` is "scenario" or "course"."""

    kind: str
    slug: str
    version: str
    new: bool


def publish(session: Session, scenario_folder: Path, course_folder: Path) -> list[Published]:
    """Keep every version that is in the folders. Raises ContentError."""
    kept: list[Published] = []
    for slug, scenario in sorted(scenarios.published(scenario_folder).items()):
        kept.append(
            Published("scenario", slug, scenario.version, not has_scenario_version(session, slug, scenario.version))
        )
        scenarios.keep_version(session, scenario)
    for slug, course in sorted(courses.published(course_folder).items()):
        kept.append(Published("course", slug, course.version, not has_course_version(session, slug, course.version)))
        courses.keep_version(session, course)
    session.commit()
    return kept
