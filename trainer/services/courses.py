"""The catalogue of published courses, and the course of a quiz: from files at first, from its kept version later."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from sqlalchemy.orm import Session

from trainer.content.courses import load_courses
from trainer.domain.courses import Course, Lesson
from trainer.domain.errors import NotFound
from trainer.services.kept import Kept, stamp_of
from trainer.store.documents import from_document, to_document
from trainer.store.learning import CourseVersion, find_course_version, has_course_version


@lru_cache(maxsize=4)
def _load(folder: Path, _stamp: tuple[tuple[str, int], ...]) -> Mapping[str, Course]:
    return {course.slug: course for course in load_courses(folder)}


def published(folder: Path) -> Mapping[str, Course]:
    """All courses of `folder` by slug; read again only when a file changed."""
    return _load(folder, stamp_of(folder, ".yaml", ".md"))


def in_order(folder: Path) -> Mapping[str, Course]:
    """All courses of `folder` in the order that they are to be taken."""
    found = published(folder)
    return dict(sorted(found.items(), key=lambda one: (one[1].order, one[0])))


def find_course(folder: Path, slug: str) -> Course:
    """The course of that slug. Raises NotFound."""
    course = published(folder).get(slug)
    if course is None:
        raise NotFound("learn.no_course")
    return course


def find_lesson(course: Course, slug: str, language: str) -> Lesson:
    """The lesson in that language. Raises NotFound."""
    lesson = course.edition(language).lesson(slug)
    if lesson is None:
        raise NotFound("learn.no_lesson")
    return lesson


def keep_version(session: Session, course: Course) -> None:
    """Remember this version's content, once, before a quiz is drawn from it."""
    if not has_course_version(session, course.slug, course.version):
        session.add(CourseVersion(slug=course.slug, version=course.version, document=to_document(course)))
        session.flush()


_kept: Kept[tuple[str, str], Course] = Kept(50)


def course_at(session: Session, slug: str, version: str) -> Course:
    """The course as it was in that version. Raises NotFound."""

    def read() -> Course:
        document = find_course_version(session, slug, version)
        if document is None:
            raise NotFound("learn.no_course")
        return from_document(Course, document)

    return _kept.or_make((slug, version), read)
