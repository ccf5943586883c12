"""`flask grade`: grade files of replies."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn, TextIO

import click
from flask import current_app
from flask.cli import with_appcontext

from trainer.ports import EngineUnavailable, Ports
from trainer.services.reply_grading import BadRow, ReplyGrader, ReplyToGrade, as_row, check_row
from trainer.services.reply_judging import ReplyJudging


@click.group("grade")
def grade() -> None:
    """Grade replies and calls outside the site."""


class _Rows:
    """The rows of a file, one at a time; the faulty ones are named on stderr and counted."""

    def __init__(self, stream: TextIO, name: str) -> None:
        self.stream = stream
        self.name = name
        self.faulty = 0

    def __iter__(self) -> Iterator[ReplyToGrade]:
        for number, line in enumerate(self.stream, start=1):
            if not line.strip():
                continue
            try:
                yield check_row(json.loads(line))
            except json.JSONDecodeError as error:
                self._report(number, f"not JSON: {error.msg}")
            except (BadRow, RecursionError) as error:
                self._report(number, str(error))

    def _report(self, number: int, reason: str) -> None:
        self.faulty += 1
        click.echo(f"{self.name}:{number}: {reason}", err=True)


def _stop(reason: str) -> NoReturn:
    """Wrong use: one line, exit 2."""
    click.echo(f"flask grade: {reason}", err=True)
    sys.exit(2)


def _judging(ports: Ports) -> ReplyJudging:
    if ports.judge is None:
        _stop("--judge llm needs JUDGE_URL and JUDGE_MODEL to be set")
    return ReplyJudging(ports.judge, _tell_failure)


def _tell_failure(error: EngineUnavailable) -> None:
    click.echo(f"the judge failed ({error.reason}): where it gave no answer, the rules' grade stands", err=True)


@grade.command("replies")
@click.option("--in", "source", type=click.Path(path_type=Path), required=True)
@click.option("--out", "target", type=click.Path(path_type=Path), required=True)
@click.option("--judge", type=click.Choice(["rules", "llm"]), default="rules", show_default=True)
@with_appcontext
def grade_replies(source: Path, target: Path, judge: str) -> None:
    """Grade replies to objections: JSON lines in, JSON lines out, in the same order.

    With --judge llm a language model answers the atomic checks too. It moves no level and no critical error: where it
    contradicts the rules, the criterion is undecided.

    Exits 1 when a row could not be graded (the others are), 2 when the command cannot run as asked.
    """
    ports: Ports = current_app.extensions["ports"]
    grader = ReplyGrader(ports.encoder, judging=_judging(ports) if judge == "llm" else None)
    if not grader.reader.trained:
        click.echo("no trained sentence encoder here: checks alone decide, with less confidence", err=True)
    shown = sys.stderr.isatty()
    if target.exists() and source.exists() and target.samefile(source):
        _stop("--in and --out are the same file")
    try:
        lines = source.open(encoding="utf-8", errors="replace")
        results = target.open("w", encoding="utf-8", newline="\n")
    except OSError as error:
        _stop(f"{error.filename}: {error.strerror}")
    with lines, results:
        rows = _Rows(lines, source.name)
        for count, (reply_id, graded) in enumerate(grader.grade_all(rows), start=1):
            results.write(json.dumps(as_row(reply_id, graded), ensure_ascii=False) + "\n")
            if shown and (judge == "llm" or count % 64 == 0):
                click.echo(f"\r{count} graded", err=True, nl=False)
        if shown:
            click.echo("", err=True)
    if rows.faulty:
        sys.exit(1)
