"""`flask understand`: what turns of calls do and say, a file at a time."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, TextIO

import click
from flask import current_app
from flask.cli import with_appcontext

from trainer.domain.understanding import Understanding
from trainer.language import understand
from trainer.language.normalise import LANGUAGES
from trainer.ports import EncodeTexts, EngineUnavailable, Ports

SPEAKERS = ("agent", "customer")
PROGRESS_EVERY = 256


class BadRow(ValueError):
    """A row cannot be understood; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """A checked row."""

    id: str | int
    text: str
    context: tuple[str, ...]
    language: str
    speaker: str


def check_row(data: Any) -> Row:
    """`id`, `text` and `lang` are needed; `context` is [] and `speaker` "agent" where they are missing. Raises BadRow."""
    if not isinstance(data, dict):
        raise BadRow("an object is expected")
    for name in ("id", "text", "lang"):
        if name not in data:
            raise BadRow(f"{name!r} is missing")
    row_id, text, language = data["id"], data["text"], data["lang"]
    if isinstance(row_id, bool) or not isinstance(row_id, str | int):
        raise BadRow("'id' has to be text or a whole number")
    if not isinstance(text, str):
        raise BadRow(f"'text' has to be text, not {type(text).__name__}")
    if not isinstance(language, str) or language.lower()[:2] not in LANGUAGES:
        raise BadRow(f"'lang' is {language!r}; {' or '.join(LANGUAGES)} is right")
    context = data.get("context") or []
    if not isinstance(context, list) or not all(isinstance(item, str) for item in context):
        raise BadRow("'context' has to be a list of texts")
    speaker = data.get("speaker") or "agent"
    if speaker not in SPEAKERS:
        raise BadRow(f"'speaker' is {speaker!r}; {' or '.join(SPEAKERS)} is right")
    return Row(row_id, text, tuple(context), language.lower()[:2], speaker)


def as_row(row_id: str | int, found: Understanding) -> dict[str, Any]:
    """What was understood, as the JSON row that the command writes."""
    return {
        "id": row_id,
        "primary": found.primary,
        "acts": [{"act": a.act, "quote": a.quote, "confidence": round(a.confidence, 3)} for a in found.acts],
        "question": found.question,
        "reflection": found.reflection,
        "move": found.move,
        "entities": [{"type": e.type, "text": e.text, "value": e.value} for e in found.entities],
    }


class _Rows:
    """The rows of a file, one at a time; the faulty ones are named on stderr and counted."""

    def __init__(self, stream: TextIO, name: str) -> None:
        self.stream = stream
        self.name = name
        self.faulty = 0

    def __iter__(self) -> Iterator[Row]:
        for number, line in enumerate(self.stream, start=1):
            if not line.strip():
                continue
            try:
                yield check_row(json.loads(line))
            except BadRow as error:
                self._report(number, str(error))
            except (ValueError, RecursionError) as error:
                self._report(number, f"not JSON: {getattr(error, 'msg', 'nested or long beyond reading')}")

    def _report(self, number: int, reason: str) -> None:
        self.faulty += 1
        click.echo(f"{self.name}:{number}: {reason}", err=True)


def _stop(reason: str) -> NoReturn:
    """Wrong use: one line, exit 2."""
    click.echo(f"flask understand: {reason}", err=True)
    sys.exit(2)


def _working(encode: EncodeTexts | None) -> EncodeTexts | None:
    """The encoder, if it works here; without it rules alone decide."""
    if encode is None:
        return None
    try:
        encode(["ready"])
    except EngineUnavailable as error:
        click.echo(f"no sentence encoder here ({error.reason}): rules alone decide", err=True)
        return None
    return encode


@click.command("understand")
@click.option("--in", "source", type=click.Path(path_type=Path), help="JSON lines {id, text, context, lang, speaker}.")
@click.option("--out", "target", type=click.Path(path_type=Path), help="JSON lines, in the same order.")
@with_appcontext
def understand_file(source: Path | None, target: Path | None) -> None:
    """Say what turns do: acts, questions, moves and values. JSON lines in, JSON lines out.

    Exits 1 when a row could not be read (the others are), 2 when the command cannot run as asked.
    """
    if source is None or target is None:
        _stop("--in FILE and --out FILE are needed")
    if target.exists() and source.exists() and target.samefile(source):
        _stop("--in and --out are the same file")
    ports: Ports = current_app.extensions["ports"]
    shown = sys.stderr.isatty()
    with ExitStack() as files:
        try:
            lines = files.enter_context(source.open(encoding="utf-8", errors="replace"))
            results = files.enter_context(target.open("w", encoding="utf-8", errors="replace", newline="\n"))
        except OSError as error:
            _stop(f"{error.filename}: {error.strerror}")
        encode = _working(ports.encoder.encode if ports.encoder else None)
        rows = _Rows(lines, source.name)
        for count, row in enumerate(rows, start=1):
            found = understand(row.text, language=row.language, speaker=row.speaker, context=row.context, encode=encode)
            results.write(json.dumps(as_row(row.id, found), ensure_ascii=False) + "\n")
            if shown and count % PROGRESS_EVERY == 0:
                click.echo(f"\r{count} understood", err=True, nl=False)
        if shown:
            click.echo("", err=True)
    if rows.faulty:
        sys.exit(1)
