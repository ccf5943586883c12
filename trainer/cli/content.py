"""`flask content`: check scenarios, by reading and by playing them, courses and the job description, by reading them;
publish them."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from flask.cli import with_appcontext

from trainer.cli.content_bank import bank
from trainer.cli.content_new import new
from trainer.content import job_description
from trainer.content.courses import course_folders, load_course
from trainer.content.exams import load_exams
from trainer.content.lint import lint
from trainer.content.passages import passage_problems
from trainer.content.problems import ContentError, Problem
from trainer.content.scenarios import SHARED, load_scenario, scenario_files
from trainer.content.trials import SEEDS, problems_of, try_scenario
from trainer.domain.dialogue import CallState, fact_hints, topic_hints
from trainer.domain.dialogue.operators import Understand
from trainer.domain.scenario import Case, Scenario
from trainer.domain.understanding import Understanding
from trainer.language.understand import understand
from trainer.ports import Ports
from trainer.services import courses, lesson_audio, publishing
from trainer.services.call_understanding import CONTEXT_TURNS
from trainer.services.customer_voice import say_clear
from trainer.services.duty_map import map_of
from trainer.web import context


@click.group("content")
def content() -> None:
    """Work on scenarios and courses."""


content.add_command(new)
content.add_command(bank)


@content.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--seeds", type=click.IntRange(1, 1000), default=SEEDS, show_default=True, help="Forms to play of each.")
@with_appcontext
def check(paths: tuple[Path, ...], seeds: int) -> None:
    """Check scenarios, courses and the job description: files or folders; without PATHS, all of this installation.

    Each is read (every mistake is told at once, with file, line, field and what would be right); scenarios are then
    played in each language with scripted operators. One line each. What is likely but not certain to be wrong is a
    warning on stderr. Exits 1 when anything is wrong, 2 on wrong use.
    """
    sys.exit(0 if _all_right(paths, seeds) else 1)


@content.command("publish")
@click.option("--seeds", type=click.IntRange(1, 1000), default=SEEDS, show_default=True, help="Forms to play of each.")
@click.option("--voices/--no-voices", default=True, help="Speak the lines of lessons ahead.", show_default=True)
@with_appcontext
def publish(seeds: int, voices: bool) -> None:
    """Check all content of this installation, then keep what is new of it, so that every call can be seen again as it was.

    After the lines of the check, one line for each scenario, course and document: "new" or "known". Nothing is kept when
    anything is wrong: exit code 1. Then every line that lessons and questions speak is spoken once into the cache of
    voices; broken off, it goes on where it stopped.
    """
    if not _all_right((), seeds, keeping=True):
        _stop("nothing was published; mend what is named above", status=1)
    settings = current_app.extensions["settings"]
    try:
        rows = publishing.publish(context.session(), settings.scenarios, settings.courses)
    except ContentError as error:
        for problem in error.problems:
            click.echo(str(problem))
        _stop("nothing was published; mend what is named above", status=1)
    for row in rows:
        click.echo(f"{'new' if row.new else 'known':5} {row.kind} {row.slug} {row.version}")
    if voices:
        _speak_ahead()


def _speak_ahead() -> None:
    """The lines of all courses, with progress on a terminal."""
    settings, ports = current_app.extensions["settings"], current_app.extensions["ports"]
    known = courses.published(settings.courses).values()
    said = [line for course in known for line in lesson_audio.lines_of_course(course)]
    missing = 0
    with click.progressbar(said, label="voices of lessons", file=sys.stderr) as lines:
        for text, voice in lines:
            missing += say_clear(ports, voice, text) is None
    click.echo(f"voices: {_count(len(said) - missing, 'line')} of lessons ready")
    if missing:
        click.echo(f"{_count(missing, 'line')} without a voice: `flask doctor` says which engine is missing", err=True)


def _all_right(paths: Sequence[Path], seeds: int, *, keeping: bool = False) -> bool:
    """Check what the paths name, or everything, and say a line about each. A gap in the duty map keeps nobody from
    publishing what is right."""
    settings = current_app.extensions["settings"]
    courses = [folder for path in paths or (settings.courses,) for folder in _courses(path)]
    documents = [file for path in paths or (settings.courses,) for file in _documents(path)]
    files = list(
        _files([path for path in paths or (settings.scenarios,) if not _courses(path) and not _documents(path)])
    )
    ports: Ports = current_app.extensions["ports"]
    hear = partial(_understand, ports)
    failed = False
    for number, path in enumerate(files, start=1):
        if sys.stderr.isatty():
            click.echo(f"\r{number}/{len(files)} {path.stem:40}", err=True, nl=False)
        problems, summary = _try(path, hear, seeds)
        for problem in problems:
            click.echo(str(problem))
        click.echo(summary)
        failed = failed or bool(problems)
    known = {path.stem for path in scenario_files(settings.scenarios)}
    for folder in courses:
        failed = not _read_course(folder, known) or failed
    if not paths and not failed:  # exams and the duty map are about all courses together
        whole = _read_exams(settings.courses) and _read_passages(settings.courses)
        failed = not whole or not (keeping or _read_map(settings.courses, settings.scenarios))
    for file in documents:
        failed = not _read_document(file) or failed
    return not failed


def _courses(path: Path) -> list[Path]:
    """The courses that a path names: one, by its folder or its course.yaml, or all of a folder."""
    folder = path.parent if path.name == "course.yaml" else path
    return [folder] if (folder / "course.yaml").is_file() else course_folders(folder)


def _documents(path: Path) -> list[Path]:
    """The job description, where a path names it, its folder, or the folder of the courses."""
    name = job_description.FILE.name
    places = (path, path / name, path / job_description.FILE)
    return [place for place in places if place.name == name and place.is_file()]


def _read_document(file: Path) -> bool:
    """As `_read_course`, of the job description."""
    try:
        document = job_description.read_job_description(file)
    except ContentError as error:
        for problem in error.problems:
            click.echo(str(problem))
        click.echo(f"WRONG {job_description.FILE.as_posix()}: {_count(len(error.problems), 'mistake')}")
        return False
    items = sum(len(section.items) for section in document.sections)
    click.echo(
        f"ok    {job_description.FILE.as_posix()} {document.version}: {', '.join(document.titles)}; {_count(items, 'item')}"
    )
    return True


def _read_course(folder: Path, scenarios: Collection[str]) -> bool:
    """Say what is wrong with a course, and its line; True when nothing is."""
    try:
        course = load_course(folder, scenarios)
    except ContentError as error:
        for problem in error.problems:
            click.echo(str(problem))
        click.echo(f"WRONG courses/{folder.name}: {_count(len(error.problems), 'mistake')}")
        return False
    lessons, questions = len(course.lesson_slugs), len(course.edition("").questions)
    what = f"{_count(lessons, 'lesson')}, {_count(questions, 'question')}"
    click.echo(f"ok    courses/{course.slug} {course.version}: {', '.join(course.editions)}; {what}")
    return True


def _read_exams(folder: Path) -> bool:
    """Say what is wrong with the exams, and a line about each; True when nothing is."""
    try:
        exams = load_exams(folder, courses.published(folder))
    except ContentError as error:
        for problem in error.problems:
            click.echo(str(problem))
        return False
    for exam in exams:
        what = f"{_count(exam.forms, 'form')} of {_count(exam.count, 'question')}, {_count(exam.minutes, 'minute')}"
        click.echo(f"ok    exams/{exam.slug} {exam.version}: {what}")
    return True


def _read_passages(courses: Path) -> bool:
    """Say what is wrong with the passages to read aloud and to type; True when nothing is."""
    problems = passage_problems(courses)
    for problem in problems:
        click.echo(str(problem))
    return not problems


def _read_map(courses: Path, scenarios: Path) -> bool:
    """Whether every id of the job has something in each column of the duty map; a line for each that has not."""
    rows = map_of(courses, scenarios)
    bare = [row for row in rows if row.empty]
    for row in bare:
        click.echo(f"duty map: {row.id} has no {', no '.join(row.empty)}")
    if not bare:
        click.echo(f"ok    duty map: {_count(len(rows), 'id')}, no empty cell")
    return not bare


def _try(path: Path, hear: Understand, seeds: int) -> tuple[Sequence[Problem], str]:
    """The mistakes of one file, and its line."""
    try:
        scenario = load_scenario(path)
    except ContentError as error:
        return (
            error.problems,
            f"WRONG {path.absolute().parent.name}/{path.stem}: {_count(len(error.problems), 'mistake')}",
        )
    looked = lint(path, scenario, hear)
    for warning in looked.warnings:
        click.echo(f"warning: {warning}", err=True)
    problems: list[Problem] = [*looked.mistakes]
    trials = list(try_scenario(scenario, hear, range(seeds)))
    for trial in trials:
        problems += problems_of(scenario, trial)
    if problems:
        return problems, f"WRONG {_name(scenario)}: {_count(len(problems), 'mistake')} in {len(trials)} calls"
    good = sorted({trial.played.outcome for trial in trials if trial.played.success})
    languages = ", ".join(scenario.languages)
    return [], f"ok    {_name(scenario)}: {languages}; {len(trials)} calls; ends well as {', '.join(good)}"


def _name(scenario: Scenario) -> str:
    return f"{scenario.topic}/{scenario.slug} {scenario.version}"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """The scenarios of files and folders; a shared file stands for every scenario beside it."""
    for path in paths:
        if path.is_dir():
            found = scenario_files(path)
        elif path.is_file() and path.suffix == ".yaml":
            found = scenario_files(path.parent.parent) if path.parent.name in SHARED else [path]
        elif not path.exists():
            _stop(f"there is no file or folder {path}")
        else:
            _stop(f"{path} is no folder and no .yaml file")
        if not found:
            _stop(f"{path} holds no scenario")
        yield from found


def _stop(reason: str, status: int = 2) -> NoReturn:
    """One line, and the end: 2 for wrong use, 1 for a check that failed."""
    click.echo(f"flask content: {reason}", err=True)
    sys.exit(status)


def _understand(ports: Ports, text: str, case: Case, state: CallState, said: Sequence[str]) -> Understanding:
    return understand(
        text,
        language=case.language,
        speaker="agent",
        context=tuple(said)[-CONTEXT_TURNS:],
        facts=fact_hints(case, state),
        topics=topic_hints(case),
        encode=ports.encoder.encode if ports.encoder else None,
    )
