"""What a new file of questions meets in the bank of a course: lessons, ids, and the reader of the bank, which has the last
word on it (`content.questions`)."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from trainer.content.problems import Problem
from trainer.content.questions import read_questions
from trainer.content.reading import LANGUAGES, Source
from trainer.content.yaml_files import read_yaml


def lessons_of(course: Path) -> list[str]:
    """The names of a course's lessons, without language."""
    return sorted({path.name.rsplit(".", 2)[0] for path in course.glob("*.*.md")})


def ids_of(course: Path, without: str = "") -> set[str]:
    """The ids in the bank of a course, but for those of the file `without`."""
    found: set[str] = set()
    for path in sorted((course / "questions").glob("*.yaml")):
        root = None if path.name == without else read_yaml(path, Source(path.name))
        for node in root.items() if root is not None else ():
            name = node.members().get("id")
            found |= {name.scalar} if name is not None and name.scalar else set()
    return found


def problems_with(course: Path, name: str, text: str) -> list[Problem]:
    """What the bank's reader says of a file `name` with that text among the others, in all languages; what it said of the
    bank before, without it, is not its doing."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / course.name
        (folder / "questions").mkdir(parents=True)
        for path in (course / "questions").glob("*.yaml"):
            shutil.copy(path, folder / "questions" / path.name)
        (folder / "questions" / name).unlink(missing_ok=True)
        lessons = lessons_of(course)
        before = {_sort(problem) for problem in _problems(folder, lessons)}
        (folder / "questions" / name).write_text(text, encoding="utf-8")
        return [problem for problem in _problems(folder, lessons) if _sort(problem) not in before]


def _problems(folder: Path, lessons: Sequence[str]) -> list[Problem]:
    problems: list[Problem] = []
    for language in LANGUAGES:
        read_questions(folder, lambda path, code=language: Source(path.name, problems, code), list(lessons))  # type: ignore[misc]
    return sorted(set(problems))


def _sort(problem: Problem) -> tuple[str, str, str]:
    """What kind of problem it is, whatever it counts and names."""
    where = "" if not problem.field else problem.file
    return where, problem.field, re.sub(r"\d+|: .*", "", problem.message)
