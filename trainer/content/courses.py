"""Courses: courses/<slug>/ to `domain.courses.Course`, in every language at once.

course.yaml      title and about {en, fr}, duties (ids), category (3, 2 or 1), pass_mark (percent), calls (slugs of
                 scenarios to go on with)
NN-<name>.<language>.md   the lessons, in the order of their numbers, each in every language (`content.lessons`)
questions/*.yaml a list of questions: id, kind (single, several, order), duty, lesson (the lesson's file name without
                 language), difficulty (1 to 3), text {en, fr}, options: text {en, fr}, feedback {en, fr} and, on the
                 right ones, `right: yes`. Options of kind order are written in their right order

A bank has at least ten questions, at least three in ten are of difficulty 3, and in at most half of those of kind single
the right option is the longest: nobody passes by choosing the long one. All mistakes of all files are told together.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from trainer.content.lessons import TEACHABLE, read_lesson
from trainer.content.problems import ContentError, Problem
from trainer.content.reading import LANGUAGES, REQUIRED, Node, Source, check_known, check_unique
from trainer.content.typography import typeset
from trainer.content.yaml_files import read_yaml
from trainer.domain.courses import QUESTION_KINDS, Course, Edition, Lesson, Option, Question

LEAST_QUESTIONS = 10
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
        questions = _read_questions(folder, source, sorted({slug for slug, _code in files}))
        if head is not None:
            heads[language] = head
            editions[language] = Edition(head.title, head.about, tuple(lessons), questions)
    if problems:
        raise ContentError(problems)
    head = heads[LANGUAGES[0]]
    return Course(folder.name, _version(folder), head.category, head.duties, head.pass_mark, head.calls, editions)


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


def _read_questions(folder: Path, source: Callable[[Path], Source], lessons: list[str]) -> tuple[Question, ...]:
    found: list[tuple[Node, Question]] = []
    files = sorted((folder / "questions").glob("*.yaml"))
    for path in files:
        root = read_yaml(path, source(path))
        if root is None:
            continue
        if not root.is_list:
            root.wrong("must be a list of questions")
        found += [(node, _read_question(node, lessons)) for node in root.items()]
    check_unique([(node, question.id) for node, question in found], "the question")
    questions = tuple(question for _node, question in found)
    last = source(files[-1] if files else folder / "questions" / "bank.yaml")
    last.problems.extend(Problem(last.file, 1, "", message) for message in _bank_faults(questions))
    return questions


def _bank_faults(questions: tuple[Question, ...]) -> Iterator[str]:
    if len(questions) < LEAST_QUESTIONS:
        yield f"the bank has {len(questions)} questions; at least {LEAST_QUESTIONS} are right"
        return
    hard = sum(question.difficulty == 3 for question in questions)
    if hard * 10 < len(questions) * 3:
        yield f"{hard} of {len(questions)} questions are of difficulty 3; at least three in ten are right"
    singles = [question for question in questions if question.kind == "single" and question.options]
    told = [one.id for one in singles if max(one.options, key=lambda option: len(option.text)).right]
    if len(told) * 2 > len(singles):
        yield f"the longest option gives {len(told)} of {len(singles)} questions away: {', '.join(told)}"


def _read_question(node: Node, lessons: list[str]) -> Question:
    with node.fields() as f:
        kind = f.choice("kind", QUESTION_KINDS)
        lesson = f.text("lesson")
        place = f.place("lesson")
        if place is not None and lesson:
            check_known(place, lesson, lessons)
        options = f.each("options", lambda option: _read_option(option, kind), least=3)
        question = Question(
            id=f.id(),
            kind=kind,
            duty=f.choice("duty", TEACHABLE),
            lesson=lesson,
            difficulty=f.integer("difficulty", 1, 3),
            text=typeset(f.text("text"), node.source.language),
            options=tuple(
                Option(f"o{number}", option.text, option.feedback, option.right)
                for number, option in enumerate(options, 1)
            ),
        )
    right = sum(option.right for option in options)
    if kind == "single" and right != 1:
        node.wrong(f"a question of kind single has one right option, this one has {right}")
    if kind == "several" and not 2 <= right < len(options):
        node.wrong(f"a question of kind several has at least two right options and a wrong one; {right} are right here")
    if len({option.text for option in options}) != len(options):
        node.wrong("two options say the same")
    return question


def _read_option(node: Node, kind: str) -> Option:
    with node.fields() as f:
        language = node.source.language
        text, feedback = typeset(f.text("text"), language), typeset(f.text("feedback"), language)
        right = f.flag("right", default=False)
        if kind == "order" and f.has("right"):
            node.wrong("options of kind order are written in their right order; take 'right' away")
    return Option("", text, feedback, right)
