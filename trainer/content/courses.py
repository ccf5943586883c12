"""Courses: courses/<slug>/ to `domain.courses.Course`, in every language at once.

course.yaml      title and about {en, fr}, duties (ids), category (3, 2 or 1), pass_mark (percent), calls (slugs of
                 scenarios to go on with), order (its place among all courses), after (courses to pass before), quiz (how
                 many questions its quiz draws; without it, all)
NN-<name>.<language>.md   the lessons, in the order of their numbers, each in every language (`content.lessons`)
questions/*.yaml the bank (`content.questions`)

All mistakes of all files are told together. docs/course-format.md is the author's page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from trainer.content.lessons import read_lesson
from trainer.content.problems import ContentError, Problem, did_you_mean
from trainer.content.questions import read_questions
from trainer.content.reading import LANGUAGES, REQUIRED, Source
from trainer.content.typography import typeset
from trainer.content.yaml_files import read_yaml
from trainer.domain.courses import Course, Edition, Lesson
from trainer.domain.job import TEACHABLE

_LESSON = re.compile(r"(\d\d-[a-z0-9-]+)\.([a-z]{2})\.md")


@dataclass(frozen=True, slots=True)
class _Head:
    """course.yaml in one language."""

    title: str
    about: str
    duties: tuple[str, ...]
    category: int
    pass_mark: int
    calls: tuple[str, ...]
    order: int
    after: tuple[str, ...]
    quiz: int


def course_folders(folder: Path) -> list[Path]:
    return sorted(path.parent for path in folder.glob("*/course.yaml"))


def load_courses(folder: Path, scenarios: Collection[str] | None = None) -> list[Course]:
    """All courses of a folder. With `scenarios` (their slugs), every call that is named has to be among them.
    Raises ContentError with every mistake of every file."""
    courses: list[Course] = []
    problems: list[Problem] = []
    for path in course_folders(folder):
        try:
            courses.append(load_course(path, scenarios))
        except ContentError as error:
            problems.extend(error.problems)
    if problems:
        raise ContentError(problems)
    return courses


def load_course(folder: Path, scenarios: Collection[str] | None = None) -> Course:
    """The course of one folder. Raises ContentError."""
    problems: list[Problem] = []
    files = _lesson_files(folder, problems)
    heads: dict[str, _Head] = {}
    editions: dict[str, Edition] = {}
    for language in LANGUAGES:

        def source(path: Path, language: str = language) -> Source:
            return Source(f"{folder.name}/{path.relative_to(folder).as_posix()}", problems, language)

        head = _read_head(folder / "course.yaml", source, scenarios)
        lessons = _read_lessons([path for (_slug, code), path in files.items() if code == language], source, scenarios)
        questions = read_questions(folder, source, sorted({slug for slug, _code in files}))
        _check_named_questions(lessons, {question.id for question in questions}, folder.name, language, problems)
        if head is not None:
            heads[language] = head
            editions[language] = Edition(head.title, head.about, tuple(lessons), questions)
    if problems:
        raise ContentError(problems)
    head = heads[LANGUAGES[0]]
    return Course(
        folder.name, _version(folder), head.category, head.duties, head.pass_mark, head.calls, editions, head.order, head.after,
        head.quiz,
    )  # fmt: skip


def _version(folder: Path) -> str:
    """Changes with any byte of the course's files, and with their names."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".yaml", ".md"}):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _lesson_files(folder: Path, problems: list[Problem]) -> dict[tuple[str, str], Path]:
    """(slug, language) of every lesson file, in order. A lesson that lacks a language is a problem."""
    found: dict[tuple[str, str], Path] = {}
    for path in sorted(folder.glob("*.md")):
        name = _LESSON.fullmatch(path.name)
        if name is None or name[2] not in LANGUAGES:
            message = f"the name has to look like 01-first-words.{LANGUAGES[0]}.md (languages: {', '.join(LANGUAGES)})"
            problems.append(Problem(f"{folder.name}/{path.name}", 1, "", message))
        else:
            found[name[1], name[2]] = path
    for slug in sorted({slug for slug, _language in found}):
        for language in LANGUAGES:
            if (slug, language) not in found:
                problems.append(Problem(f"{folder.name}/{slug}.{language}.md", 1, "", "is missing: write this lesson"))
    if not found:
        problems.append(Problem(f"{folder.name}/course.yaml", 1, "", "the course has no lessons yet"))
    return found


def _read_head(path: Path, source: Callable[[Path], Source], scenarios: Collection[str] | None) -> _Head | None:
    read = source(path)
    root = read_yaml(path, read)
    if root is None:
        return None
    with root.fields() as f:
        return _Head(
            title=typeset(f.text("title"), read.language),
            about=typeset(f.text("about"), read.language),
            duties=f.ids("duties", TEACHABLE, REQUIRED),
            category=f.integer("category", 1, 3),
            pass_mark=f.integer("pass_mark", 50, 100, 80),
            calls=f.ids("calls", scenarios, REQUIRED),
            order=f.integer("order", 1, 99, 50),
            after=f.ids("after", [one.name for one in course_folders(path.parent.parent)]),
            quiz=f.integer("quiz", 5, 40, 0),
        )


def _read_lessons(
    paths: list[Path], source: Callable[[Path], Source], scenarios: Collection[str] | None
) -> list[Lesson]:
    lessons = []
    for path in paths:
        read = source(path)
        lesson = read_lesson(path, read)
        if lesson is None:
            continue
        lessons.append(lesson)
        for call in {block.call for block in lesson.blocks if block.call}:
            if scenarios is not None and call not in scenarios:
                read.problems.append(Problem(read.file, 1, "try", f"there is no scenario {call!r}"))
    return lessons


def _check_named_questions(
    lessons: list[Lesson], known: set[str], course: str, language: str, problems: list[Problem]
) -> None:
    for lesson in lessons:
        for block in lesson.blocks:
            if block.kind == "question" and block.question not in known:
                message = f"the bank has no question {block.question!r}; {did_you_mean(block.question, known)}"
                problems.append(Problem(f"{course}/{lesson.slug}.{language}.md", 1, "question", message))
