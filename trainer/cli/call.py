"""`flask call`: play whole calls without a person on a simulated clock; look at stored calls and grade them again."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from trainer.content.problems import ContentError
from trainer.content.scenarios import load_scenario, scenario_files
from trainer.domain.errors import NotFound, TrainerError
from trainer.domain.forms import open_case
from trainer.domain.scenario import Case
from trainer.services.call_documents import call_document, list_calls, preview_regrade, regrade_calls
from trainer.services.simulation import SimulatedRun, StepRefused, run_call
from trainer.services.simulation_steps import BadStep, read_steps
from trainer.web import context

SENTENCES = {
    "call.audio_empty": "the recording is empty",
    "call.audio_broken": "the recording is broken or no WAV file",
    "call.audio_too_long": "the recording is longer than a minute",
    "call.no_recognizer": "no speech engine works for this language here (see: flask doctor)",
    "call.too_many_words": "a reply has at most {most} words, this one has {words}",
    "call.form_unknown": "the form has no field {field!r}",
    "call.form_choice": "{field!r} is not one of the values to choose from",
    "call.form_too_long": "the value of {field!r} is too long",
    "form.no_variable": "the scenario has no variable {field!r} to set",
    "form.no_row": "{field!r} has rows 0 to {rows}, and no other",
    "scenario.no_language": "the scenario is not there in {language!r}",
}


class WrongUse(click.ClickException):
    """One clear line on stderr, exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"flask call: {self.message}", err=True)


def _sentence(error: TrainerError) -> str:
    if error.code in SENTENCES:
        return SENTENCES[error.code].format(**error.params)
    if error.code.startswith("call.form_"):
        return f"the value of {error.params.get('field')!r} is no {error.code.removeprefix('call.form_')}"
    return str(error)


@click.group("call")
def call() -> None:
    """Whole calls: played from a file, looked at, graded again."""


@call.command("run")
@click.argument("scenario")
@click.option("--replies", type=click.Path(path_type=Path), required=True, help="One reply a line, or JSON lines.")
@click.option("--seed", type=int, default=0, show_default=True, help="The form: names, amounts and dates drawn.")
@click.option("--form", default="", help='Values set by hand, as JSON: {"fee": "5.50", "customer": "1"}.')
@click.option("--lang", type=click.Choice(["en", "fr"]), default=None, help="The scenario's first language by default.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Standard output by default.")
@with_appcontext
def run(scenario: str, replies: Path, seed: int, form: str, lang: str | None, out: Path | None) -> None:
    """Play SCENARIO (its name, or the path of its file) against the replies, and print events and grade as JSON.

    Exits 0 when the call was played and graded, whatever its grade; 2 when it cannot be as asked.
    """
    case = _case(scenario, lang, seed, _form(form))
    done = _play(case, replies)
    if done.unused:
        click.echo(f"the call was over before line {done.unused[0].line}: {len(done.unused)} steps not used", err=True)
    text = json.dumps(done.as_json(), ensure_ascii=False, sort_keys=True, indent=2) + "\n"
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise WrongUse(f"{out}: {error.strerror}") from None


def _play(case: Case, replies: Path) -> SimulatedRun:
    try:
        with replies.open(encoding="utf-8") as lines:
            steps = list(read_steps(lines))
        return run_call(current_app.extensions["ports"], case, steps, replies.parent)
    except UnicodeDecodeError:
        raise WrongUse(f"{replies}: not a text in UTF-8") from None
    except OSError as error:
        raise WrongUse(f"{replies}: {error.strerror}") from None
    except StepRefused as error:
        raise WrongUse(f"{replies}: line {error.line}: {_sentence(error.cause)}") from None
    except BadStep as error:
        raise WrongUse(f"{replies}: {error}") from None


def _form(text: str) -> dict[str, str]:
    try:
        values: Any = json.loads(text) if text else {}
    except (json.JSONDecodeError, RecursionError):
        raise WrongUse('--form is not JSON; {"fee": "5.50"} would be') from None
    if not isinstance(values, dict):
        raise WrongUse('--form has to be an object such as {"fee": "5.50"}')
    return {str(name): str(value) for name, value in values.items()}


def _case(name: str, lang: str | None, seed: int, form: dict[str, str]) -> Case:
    folder: Path = current_app.extensions["settings"].scenarios
    path = Path(name)
    if path.suffix not in (".yaml", ".yml"):
        found = [file for file in scenario_files(folder) if file.stem == name]
        if not found:
            known = ", ".join(file.stem for file in scenario_files(folder)) or "none"
            raise WrongUse(f"no scenario {name!r}; there are {known}")
        path = found[0]
    if not path.is_file():
        raise WrongUse(f"{path}: no such file")
    try:
        scenario = load_scenario(path)
        return open_case(scenario, lang or scenario.languages[0], seed, form)
    except ContentError as error:
        more = f" (and {len(error.problems) - 1} more)" if len(error.problems) > 1 else ""
        raise WrongUse(f"{error.problems[0]}{more}") from None
    except TrainerError as error:
        raise WrongUse(_sentence(error)) from None
    except ValueError as error:  # a value set by hand that a text cannot be filled with
        raise WrongUse(f"--form: {error}") from None


@contextmanager
def _stored() -> Iterator[None]:
    try:
        yield
    except NotFound as error:
        raise WrongUse(f"no such call{': ' + str(error.params['id']) if 'id' in error.params else ''}") from None


@call.command("list")
@with_appcontext
def list_() -> None:
    """Every stored call, one JSON line each, in the order in which they were taken."""
    with _stored():
        for row in list_calls(context.session()):
            click.echo(json.dumps(row, ensure_ascii=False))


@call.command("show")
@click.argument("call_id", metavar="ID")
@with_appcontext
def show(call_id: str) -> None:
    """The events and the latest grade of call ID as one JSON document."""
    with _stored():
        document = call_document(context.session(), call_id)
    click.echo(json.dumps(document, ensure_ascii=False, sort_keys=True, indent=2))


@call.command("regrade")
@click.argument("call_ids", metavar="[ID]...", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every finished call, not only those that owe a grade.")
@click.option("--preview", is_flag=True, help="Only show what would change: marks, and each check; write nothing.")
@with_appcontext
def regrade(call_ids: tuple[str, ...], every: bool, preview: bool) -> None:
    """Grade calls with the rubric and understanding in force now; one JSON line each. Older grades are kept, and
    certificates that were issued stay as they are."""
    if call_ids and every:
        raise WrongUse("name calls or say --all, not both")
    shown = sys.stderr.isatty()
    session, ports = context.session(), context.ports()
    with _stored():
        if preview:
            rows = preview_regrade(session, ports, call_ids, every=every)
        else:
            rows = regrade_calls(session, ports, context.now(), call_ids, every=every)
        for count, row in enumerate(rows, start=1):
            click.echo(json.dumps(row, ensure_ascii=False))
            if shown:
                click.echo(f"\r{count} graded", err=True, nl=False)
    if shown:
        click.echo("", err=True)
