"""What README and docs tell people to type exists: commands with their options, make targets, files."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask

from trainer.config import ROOT

PLANS = {"ROADMAP.md"}
"""Speak of what does not exist yet."""
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "trainer/**/*.md", "scenarios/**/*.md", "courses/*.md", "certificates/*.md")
    for path in ROOT.glob(pattern)
    if path.name not in PLANS
)
FOLDERS = "bench|bin|certificates|courses|docs|models|scenarios|templates|tests|trainer"
_BUILT_IN = {"db", "run", "shell", "routes", "limiter"}


def snippets(path: Path) -> Iterator[str]:
    """Everything in the document that is set as code, a line a time."""
    text = path.read_text(encoding="utf-8")
    for block in re.findall(r"^```.*?\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE):
        yield from block.replace("\\\n", " ").splitlines()
    text = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    yield from re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)
    yield from (line.strip() for line in text.splitlines() if re.match(r" {4,}\S", line))


def typed(path: Path, program: str) -> Iterator[list[str]]:
    """The words after each `program` in the document's code, without comments and pipes."""
    for line in snippets(path):
        for found in re.findall(rf"(?:^|[\s/(]){program}\s+([a-z][^#|&;>)]*)", line):
            try:
                yield shlex.split(found)
            except ValueError:
                yield found.split()


def wrong_words(app: Flask, words: list[str]) -> str:
    """What is wrong with `flask <words>`, or nothing."""
    command: click.Command = app.cli
    rest = list(words)
    if rest[0] in _BUILT_IN:
        return ""
    while isinstance(command, click.Group) and rest and re.fullmatch(r"[a-z][a-z-]*", rest[0]):
        found = command.commands.get(rest[0])
        if found is None:
            return f"flask {' '.join(words)}: there is no {rest[0]!r}"
        command, rest = found, rest[1:]
    options = {name for parameter in command.params for name in [*parameter.opts, *parameter.secondary_opts]}
    asked = {re.split(r"[=\]]", word.lstrip("["))[0] for word in rest if word.lstrip("[").startswith("--")}
    unknown = asked - options - {"--help"}
    return f"flask {' '.join(words)}: no option {sorted(unknown)}" if unknown else ""


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_document_names_only_what_exists(app: Flask, path: Path) -> None:
    targets = set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    faults = [fault for words in typed(path, "flask") if words and (fault := wrong_words(app, words))]
    for words in typed(path, "make"):
        faults += [f"make {word}" for word in words[:1] if re.fullmatch(r"[a-z][\w-]*", word) and word not in targets]
    for line in snippets(path):
        for name in re.findall(rf"(?<![\w/.<-])((?:{FOLDERS})/[\w./-]*\w)(?![\w<*{{])", line):
            exists = (ROOT / name).exists() or name.startswith("models/")
            faults += [] if exists or re.search(re.escape(name) + r"/?[<*{]", line) else [f"no file {name}"]
    assert not faults


def test_documents_are_found() -> None:
    assert {"README.md", "CONTRIBUTING.md", "architecture.md"} <= {path.name for path in DOCUMENTS}
