"""Keeping the content of an installation: each version of a scenario, a course and the job
description, once, in the database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from trainer.services import courses, job_description, scenarios
from trainer.store.learning import has_course_version
from trainer.store.scenario_versions import has_scenario_version


@dataclass(frozen=True, slots=True)
class Published:
    """A version that is kept; `new` when it was not before. `kind` is "scenario", "course" or "document"."""

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
    if job_description.is_there(course_folder):
        document = job_description.published(course_folder)
        job_description.check_version(session, document)
        is_new = job_description.keep_version(session, document)
        kept.append(Published("document", "job-description", str(document.version), is_new))
    session.commit()
    return kept
