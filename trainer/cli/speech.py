"""`flask speech`: hear files and say texts from the command line.

`transcribe` prints one JSON line a file. Exit status: 0, 1 when a file or an engine did not work, 2 for wrong use.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from flask.cli import with_appcontext

from trainer.adapters.speech import RECOGNIZERS, SYNTHESIZERS, build_recognizer, build_synthesizer
from trainer.adapters.speech.audio import read_audio_file
from trainer.config import Settings
from trainer.ports import LineSound, PortError, Ports, Recognition, SpeechRecognizer, SpeechSynthesizer, Voice

LANGUAGES = ("en", "fr")


@click.group("speech")
def speech() -> None:
    """Recognize and synthesize speech."""


@speech.command("transcribe")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--lang", default="en", show_default=True, help="Language spoken: en or fr.")
@click.option("--engine", default="", help=f"One of {', '.join(RECOGNIZERS)}; by default what the settings say.")
@with_appcontext
def transcribe(files: tuple[Path, ...], lang: str, engine: str) -> None:
    """Print what is said in FILES as JSON lines."""
    if not files:
        stop("name at least one audio file")
    _check_language(lang)
    if engine and engine not in RECOGNIZERS:
        stop(f"--engine is {engine!r}; it must be one of {', '.join(RECOGNIZERS)}")
    for path in files:
        if not path.is_file():
            stop(f"there is no file {path}")
    recognizer = _recognizer(engine)
    failed = False
    for number, path in enumerate(files, 1):
        _progress(f"{number}/{len(files)} {path}", of=len(files))
        try:
            heard = recognizer.recognize(read_audio_file(path), language=lang)
        except (PortError, OSError) as error:
            reason = error.reason if isinstance(error, PortError) else error.strerror
            click.echo(f"{path}: {reason}", err=True)
            failed = True
        else:
            click.echo(json.dumps(transcript(path, heard), ensure_ascii=False))
    sys.exit(1 if failed else 0)


@speech.command("say")
@click.argument("text")
@click.option("--out", required=False, type=click.Path(path_type=Path), help="WAV file to write.")
@click.option("--lang", default="en", show_default=True, help="Language of the text: en or fr.")
@click.option("--voice", default="female", show_default=True, help="female or male.")
@click.option("--engine", default="", help=f"One of {', '.join(SYNTHESIZERS)}; by default what the settings say.")
@click.option("--line", default="telephone", show_default=True, help="telephone or clear.")
@click.option("--difficulty", default=1, show_default=True, type=int, help="How bad the telephone line is, 1 to 5.")
@click.option("--noise", default="", help="What is behind the caller: none, home, office, street, car or cafe.")
@click.option("--quality", default="", help="How well the line carries: good, fair or poor.")
@click.option("--accent", default="", help="In an author's words, such as scottish or belge.")
@click.option("--timbre", default=0, show_default=True, type=int, help="Which of five people of that sex, 0 to 4.")
@with_appcontext
def say(
    text: str,
    out: Path | None,
    lang: str,
    voice: str,
    engine: str,
    line: str,
    difficulty: int,
    noise: str,
    quality: str,
    accent: str,
    timbre: int,
) -> None:
    """Speak TEXT into a WAV file."""
    _check_language(lang)
    if out is None:
        stop("name the WAV file to write with --out")
    if voice not in ("female", "male"):
        stop(f"--voice is {voice!r}; it must be female or male")
    if engine and engine not in SYNTHESIZERS:
        stop(f"--engine is {engine!r}; it must be one of {', '.join(SYNTHESIZERS)}")
    try:
        synthesizer, who = _synthesizer(engine), Voice(lang, voice, accent=accent, timbre=timbre)
        if noise or quality:
            sound = LineSound(noise or "none", quality or "good", seed=text)
            spoken = synthesizer.over_line([synthesizer.say(text, who, line="clear")], sound)
        else:
            spoken = synthesizer.say(text, who, line=line, difficulty=difficulty)
        out.write_bytes(spoken.wav)
    except ValueError as error:
        stop(str(error))
    except PortError as error:
        stop(str(error), status=1)
    except OSError as error:
        stop(f"{out} cannot be written: {error.strerror}", status=1)
    click.echo(json.dumps({"file": str(out), "engine": spoken.engine, "seconds": spoken.seconds}, ensure_ascii=False))


def transcript(path: Path, heard: Recognition) -> dict[str, object]:
    """The JSON line of one file."""
    return {
        "file": str(path),
        "text": heard.text,
        "words": [
            {"word": word.word, "start": word.start, "end": word.end, "confidence": word.confidence}
            for word in heard.words
        ],
        "confidence": heard.confidence,
        "engine": heard.engine,
        "seconds": heard.seconds,
        "language": heard.language,
        "detected_language": heard.detected_language,
        "audio_seconds": heard.audio_seconds,
    }


def stop(message: str, status: int = 2) -> NoReturn:
    """One line on stderr, and out."""
    click.echo(message, err=True)
    sys.exit(status)


def _check_language(lang: str) -> None:
    if lang not in LANGUAGES:
        stop(f"--lang is {lang!r}; it must be en or fr")


def _progress(what: str, *, of: int) -> None:
    if of > 1 and sys.stderr.isatty():
        click.echo(what, err=True)


def _recognizer(engine: str) -> SpeechRecognizer:
    ports: Ports = current_app.extensions["ports"]
    settings: Settings = current_app.extensions["settings"]
    if not engine:
        return ports.recognizer
    return build_recognizer(
        engines=(engine,),
        models=settings.models,
        whisper_model=settings.whisper_model,
        google_key=settings.google_speech_key,
        cpu_threads=settings.cpu_threads,
    )


def _synthesizer(engine: str) -> SpeechSynthesizer:
    ports: Ports = current_app.extensions["ports"]
    settings: Settings = current_app.extensions["settings"]
    if not engine:
        return ports.synthesizer
    return build_synthesizer(engines=(engine,), piper_voices=settings.piper_voices, files=ports.files)
