"""Exams: courses/exams/<slug>.yaml to `domain.exams.Exam`, drawn from the bank of all courses.

title, about {en, fr}; category (3 to 1); minutes (5 to 180); pass_mark (percent); forms (2 to 20 equal forms, one attempt each);
cells: a list of {ids: [...], difficulty: 1 to 3, count, kinds: [...]}, where kinds (any, if not given) may also stand for all cells; and, before it can be begun,
after (courses to pass), drills (to pass), signature (of the job description). ready: calls, where passing it makes a person
ready for calls. Every form has to find its questions in the bank: a cell that cannot be filled is a mistake.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from trainer.content.problems import ContentError, Problem
from trainer.content.reading import LANGUAGES, REQUIRED, Fields, Node, Source
from trainer.content.yaml_files import read_yaml
from trainer.domain.courses import DRILLS, Course
from trainer.domain.exams import Cell, Exam, bank_of, draw_form
from trainer.domain.job import TEACHABLE
from trainer.domain.questions import QUESTION_KINDS, Question

FOLDER = "exams"


def exam_files(courses: Path) -> list[Path]:
    """The exams beside the courses."""
    return sorted((courses / FOLDER).glob("*.yaml"))


def load_exams(folder: Path, courses: Mapping[str, Course]) -> list[Exam]:
    """All exams of the folder of courses. Raises ContentError with every mistake of every file."""
    exams, problems = [], []
    for path in exam_files(folder):
        source = Source(f"{FOLDER}/{path.name}", problems)
        exam = _read(path, source, courses)
        if exam is None or problems:
            continue
        bank = whole_bank(courses, LANGUAGES[0])
        try:
            for form in range(1, exam.forms + 1):
                draw_form(exam, bank, form)
        except ValueError as error:
            problems.append(Problem(source.file, 1, "cells", str(error)))
        exams.append(exam)
    if problems:
        raise ContentError(problems)
    return exams


def whole_bank(courses: Mapping[str, Course], language: str) -> dict[str, Question]:
    """The questions of all courses by "course.question"."""
    return bank_of((slug, course.edition(language).questions) for slug, course in sorted(courses.items()))


def _read(path: Path, source: Source, courses: Mapping[str, Course]) -> Exam | None:
    root = read_yaml(path, source)
    if root is None:
        return None
    with root.fields() as f:
        kinds = f.ids("kinds", QUESTION_KINDS) or QUESTION_KINDS
        return Exam(
            slug=path.stem,
            version=_version(path, courses),
            title=_texts(f, "title"),
            about=_texts(f, "about"),
            category=f.integer("category", 1, 3),
            minutes=f.integer("minutes", 5, 180),
            pass_mark=f.integer("pass_mark", 50, 100),
            forms=f.integer("forms", 2, 20),
            cells=f.each("cells", lambda cell: _read_cell(cell, kinds), least=1),
            after=f.ids("after", courses),
            drills=f.ids("drills", DRILLS),
            signature=f.flag("signature", default=False),
            ready=f.choice("ready", ["calls"], default=""),
        )


def _texts(f: Fields, name: str) -> dict[str, str]:
    """A text in every language."""
    node = f.get(name)
    members = node.members() if node is not None else {}
    for language in LANGUAGES:
        if node is not None and language not in members:
            node.wrong(f"has no {language}: add it")
    return {language: members[language].text() for language in LANGUAGES if language in members}


def _read_cell(node: Node, kinds: tuple[str, ...]) -> Cell:
    with node.fields() as f:
        return Cell(
            ids=f.ids("ids", TEACHABLE, REQUIRED),
            difficulty=f.integer("difficulty", 1, 3),
            count=f.integer("count", 1, 20),
            kinds=f.ids("kinds", QUESTION_KINDS) or kinds,
        )


def _version(path: Path, courses: Mapping[str, Course]) -> str:
    """Changes with any byte of the blueprint and with any course of the bank."""
    digest = hashlib.sha256(path.read_bytes())
    for slug, course in sorted(courses.items()):
        digest.update(f"{slug} {course.version}\n".encode())
    return digest.hexdigest()[:12]
