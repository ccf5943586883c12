"""What people say of lessons: given at a lesson's end, changeable, and read by those who teach and write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.domain.courses import Course
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.roles import Actor
from trainer.services.courses import find_lesson, published
from trainer.store import lesson_feedback as store
from trainer.store.lesson_feedback import LessonFeedback

CLARITY = ("clear", "partly", "unclear")
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A lesson that somebody spoke of, with its counts."""

    course: str
    lesson: str
    course_title: str
    title: str
    clear: int
    partly: int
    unclear: int

    @property
    def count(self) -> int:
        return self.clear + self.partly + self.unclear


@dataclass(frozen=True, slots=True)
class Comment:
    """`name` is empty for readers who may not know it; `is_older`: of an earlier version of the course."""

    given: LessonFeedback
    title: str
    name: str
    is_older: bool


def own_feedback(session: Session, actor: Actor, course: str, lesson: str) -> LessonFeedback | None:
    """What the actor said of that lesson, or None."""
    return store.feedback_of(session, actor.user_id, course, lesson)


def give_feedback(
    session: Session, actor: Actor, course: Course, lesson: str, clarity: str, comment: str, now: datetime
) -> LessonFeedback:
    """Keep the actor's word on a lesson in place of an earlier one. Raises NotFound, Invalid, Conflict."""
    find_lesson(course, lesson, actor.language)
    comment = comment.strip()
    if clarity not in CLARITY:
        raise Invalid("learn.clarity", field="clarity")
    if len(comment) > LONGEST:
        raise Invalid("learn.long_comment", field="comment", longest=LONGEST)
    row = store.feedback_of(session, actor.user_id, course.slug, lesson)
    if row is None:
        row = LessonFeedback(
            organisation_id=actor.organisation_id, user_id=actor.user_id, course=course.slug, lesson=lesson,
            version=course.version, clarity=clarity, comment=comment, at=now,
        )  # fmt: skip
        session.add(row)
    else:
        row.version, row.clarity, row.comment, row.at = course.version, clarity, comment, now
    try:
        session.commit()
    except IntegrityError:  # another tab said it at the same moment
        session.rollback()
        raise Conflict from None
    return row


def list_lessons(session: Session, actor: Actor, folder: Path, language: str) -> list[LessonLine]:
    """Every lesson that somebody of the organisation spoke of, the least clear first."""
    lines = []
    for (course, lesson), counts in store.counts_by_lesson(session, actor.organisation_id).items():
        titles = _titles(folder, language, course, lesson)
        lines.append(LessonLine(course, lesson, *titles, *(counts.get(kind, 0) for kind in CLARITY)))
    return sorted(lines, key=lambda one: (-(one.unclear + one.partly / 2) / one.count, -one.count, one.course, one.lesson))  # fmt: skip


def _titles(folder: Path, language: str, course: str, lesson: str) -> tuple[str, str]:
    found = published(folder).get(course)
    edition = found.edition(language) if found else None
    read = edition.lesson(lesson) if edition else None
    return (edition.title if edition else course), (read.title if read else lesson)


def place_of(text: str) -> tuple[str, str] | None:
    """`course/lesson` as a page asks for it; None for all. Raises NotFound for what is no such place."""
    course, _, lesson = text.partition("/")
    if not text:
        return None
    if not course or not lesson:
        raise NotFound("learn.no_lesson")
    return course, lesson


def list_comments(
    session: Session,
    actor: Actor,
    folder: Path,
    language: str,
    place: tuple[str, str] | None,
    page: int,
    size: int = 30,
) -> tuple[list[Comment], bool]:
    """A page of comments, the newest first, and whether there are more. Authors read what was said, not who said it."""
    rows = store.comments(session, actor.organisation_id, place, size + 1, (page - 1) * size)
    named = actor.is_any("trainer", "supervisor")
    known = published(folder)
    found = []
    for given, name in rows[:size]:
        title = _titles(folder, language, given.course, given.lesson)[1]
        older = given.course not in known or known[given.course].version != given.version
        found.append(Comment(given, title, name if named else "", older))
    return found, len(rows) > size
