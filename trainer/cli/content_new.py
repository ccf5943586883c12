"""`flask content new`: a scenario to be rewritten."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from trainer.content.scaffold import WORDS, CannotBegin, new_scenario


@click.command("new")
@click.argument("place", metavar="TOPIC/SLUG")
@click.option("--company", required=True, help="Whose operator answers: a file of scenarios/companies/.")
@click.option("--direction", type=click.Choice(sorted(WORDS)), default="inbound", show_default=True)
@with_appcontext
def new(place: str, company: str, direction: str) -> None:
    """Begin a scenario: a small call that reads and plays, with a comment beside each field, to be rewritten.

    Prints the path of the file. Nothing is overwritten: exit code 2.
    """
    try:
        path = new_scenario(current_app.extensions["settings"].scenarios, place, company, direction)
    except CannotBegin as error:
        click.echo(f"flask content new: {error}", err=True)
        sys.exit(2)
    click.echo(str(path))
