"""`flask content bank`: the questions of a course to Moodle GIFT or CSV, and back."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import force_locale

from trainer.cli.one_line import reason_of
from trainer.content.bank_findings import Finding
from trainer.content.courses import course_folders, load_course
from trainer.content.problems import ContentError, did_you_mean
from trainer.domain.errors import Invalid, TooLarge
from trainer.services.question_bank import (
    FORMATS,
    MOST_BYTES,
    ImportReport,
    SourceFile,
    check_import,
    export_bank,
    file_name,
    free_name,
)
from trainer.web.bank.messages import finding_sentence
from trainer.web.errors import sentence

_FILE = click.Path(path_type=Path)
_LANGUAGE = click.Choice(["en", "fr"])


@click.group("bank")
def bank() -> None:
    """Take the questions of a course out and in: Moodle GIFT, and CSV for spreadsheets."""


@bank.command("export")
@click.argument("course", metavar="COURSE")
@click.option("--format", "form", type=click.Choice(FORMATS), required=True)
@click.option("--language", type=_LANGUAGE, default="en", show_default=True, help="Of a GIFT file; fr: a table with semicolons.")  # fmt: skip
@click.option("--out", type=_FILE, help="Where to write it; else it is printed.")
@with_appcontext
def export(course: str, form: str, language: str, out: Path | None) -> None:
    """Write the questions of a course (its slug). Those that the format cannot hold are named on stderr."""
    try:
        found = export_bank(load_course(_folder(course)), form, language)
    except ContentError as error:
        _stop(f"mend the course first: {error.problems[0]}", status=1)
    if out is None:
        click.get_binary_stream("stdout").write(found.text.encode())
    else:
        _write(out, found.text, force=True)
    for finding in found.left_out:
        click.echo(f"left out: {finding.about}: {_said(finding)}", err=True)


@bank.command("import")
@click.argument("file", metavar="FILE", type=_FILE)
@click.option("--course", required=True, help="The course's slug.")
@click.option("--format", "form", type=click.Choice(FORMATS), help="Else by the file's name and first line.")
@click.option("--language", type=_LANGUAGE, default="en", show_default=True, help="Of a GIFT file.")
@click.option("--other", type=_FILE, help="The GIFT file in the other language, with the same ids.")
@click.option("--out", type=_FILE, help="Where to write the YAML; else into the bank of the course.")
@click.option("--force", is_flag=True, help="Over a file that exists.")
@with_appcontext
def import_(
    file: Path, course: str, form: str | None, language: str, other: Path | None, out: Path | None, force: bool
) -> None:
    """Check questions and write them as YAML into the bank of a course.

    Everything that is wrong is told at once, a line each, with its line (GIFT) or row (CSV), and then nothing is
    written: exit code 1. Questions and parts that cannot be taken are named on stderr.
    """
    folder = _folder(course)
    path = out or folder / "questions" / file_name(file.name)
    if path.is_dir():
        _stop(f"{path}: Is a directory")
    if path.exists() and not force:
        _stop(f"{path} exists already; --force writes over it, --out names another file")
    if form == "csv" and other is not None:
        _stop("a table holds both languages; --other is for GIFT")
    is_there = path.resolve().parent == (folder / "questions").resolve()
    name = path.name if is_there else free_name(folder, file_name(path.name))
    sources = [_source(one) for one in (file, other) if one is not None]
    try:
        report = check_import(
            folder, *sources, format=form or "", language=language, name=name, overwriting=is_there and force
        )
    except (Invalid, TooLarge) as error:
        with force_locale("en"):
            said = sentence(error.code, **error.params)
        _stop(f"{', '.join(one.name for one in sources)}: {said}", status=1)
    _tell(report, [file, *([other] if other else [])])
    if not report.is_good:
        click.echo(f"WRONG {file}: {_count(len(report.mistakes), 'mistake')}; nothing was written")
        sys.exit(1)
    _write(path, report.yaml, force)
    click.echo(f"ok    {path}: {_count(len(report.taken), 'question')}")


def _tell(report: ImportReport, files: list[Path]) -> None:
    for finding in report.mistakes:
        about = ": ".join(part for part in (finding.about, finding.part) if part)
        click.echo(f"{_place(finding, files)}: {about + ': ' if about else ''}{_said(finding)}")
    _aside("left out", report.left_out, files)
    _aside("note", report.notes, files)


def _aside(head: str, findings: Iterable[Finding], files: list[Path]) -> None:
    for finding in findings:
        click.echo(f"{head}: {_place(finding, files)}: {finding.about}: {_said(finding)}", err=True)


def _place(finding: Finding, files: list[Path]) -> str:
    return f"{files[finding.file]}:{finding.line}" if finding.line else str(files[finding.file])


def _said(finding: Finding) -> str:
    with force_locale("en"):
        return " ".join(finding_sentence(finding).split())


def _folder(slug: str) -> Path:
    """The folder of a course; a slug that is none is wrong use."""
    courses: Path = current_app.extensions["settings"].courses
    known = {folder.name: folder for folder in course_folders(courses)}
    if slug not in known:
        _stop(f"there is no course {slug!r}; {did_you_mean(slug, known)}")
    return known[slug]


def _source(path: Path) -> SourceFile:
    try:
        with path.open("rb") as file:
            return SourceFile(path.name, file.read(MOST_BYTES + 1))  # one more byte than can be taken tells enough
    except OSError as error:
        _stop(reason_of(error))


def _write(path: Path, text: str, force: bool) -> None:
    """All of it or nothing, and over nothing that somebody else wrote meanwhile unless `force`."""
    if path.exists() and not path.is_file() and not path.is_dir():
        path.write_text(text, encoding="utf-8", newline="")  # a device, such as /dev/stdout
        return
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", dir=path.parent, delete=False) as file:
            file.write(text)
    except OSError as error:
        _stop(reason_of(error))
    made = Path(file.name)
    made.chmod(0o644)
    try:
        if force:
            made.replace(path)
        else:
            os.link(made, path)
    except FileExistsError:
        _stop(f"{path} exists already; --force writes over it, --out names another file")
    except OSError as error:
        _stop(reason_of(error))
    finally:
        made.unlink(missing_ok=True)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _stop(reason: str, status: int = 2) -> NoReturn:
    click.echo(f"flask content bank: {reason}", err=True)
    sys.exit(status)
