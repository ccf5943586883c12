"""Passages to read aloud and to type: courses/practice/<drill>.yaml, a list of id, text {en, fr} and focus {en, fr}."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from trainer.content.problems import ContentError, Problem
from trainer.content.reading import LANGUAGES, Node, Source, check_unique
from trainer.content.yaml_files import read_yaml
from trainer.domain.practice import Passage

FOLDER = "practice"
DRILLS = ("diction", "typing")
WORDS = (25, 90)


def load_passages(courses: Path, drill: str, language: str) -> tuple[Passage, ...]:
    """The passages of a drill; none where the file is not there. Raises ContentError."""
    path = courses / FOLDER / f"{drill}.yaml"
    return _load(path, path.stat().st_mtime_ns, language) if path.is_file() else ()


@lru_cache(maxsize=16)
def _load(path: Path, _stamp: int, language: str) -> tuple[Passage, ...]:
    problems: list[Problem] = []
    source = Source(f"{FOLDER}/{path.name}", problems, language)
    root = read_yaml(path, source)
    nodes = list(root.items()) if root is not None else []
    if root is not None and not root.is_list:
        root.wrong("must be a list of passages")
    passages = [_read(node) for node in nodes]
    check_unique([(node, passage.id) for node, passage in zip(nodes, passages, strict=True)], "the passage")
    source.finish()
    return tuple(passages)


def _read(node: Node) -> Passage:
    with node.fields() as f:
        passage = Passage(f.id(), f.text("text"), f.text("focus", default=""))
    count = len(passage.text.split())
    if not WORDS[0] <= count <= WORDS[1]:
        node.wrong(f"has {count} words; {WORDS[0]} to {WORDS[1]} are right")
    return passage


def passage_problems(courses: Path) -> list[Problem]:
    """Everything that is wrong with the passages, in every language."""
    found: list[Problem] = []
    for drill in DRILLS:
        for language in LANGUAGES:
            try:
                load_passages(courses, drill, language)
            except ContentError as error:
                found.extend(error.problems)
    return found
