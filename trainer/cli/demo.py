"""`flask demo load`: an organisation with one person a role, so that the site can be tried at once."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from trainer.extensions import db
from trainer.services import demo as service


@click.group("demo")
def demo() -> None:
    """Demonstration data."""


@demo.command("load")
@click.option("--quiet", is_flag=True, help="Say nothing when the data is there already.")
@with_appcontext
def load(quiet: bool) -> None:
    """Load the demonstration organisation once; a second time changes nothing."""
    now = current_app.extensions["ports"].clock.now()
    new = service.load_demo(db.session, now)  # type: ignore[arg-type]
    if new:
        click.echo("The demonstration organisation is loaded.")
    elif not quiet:
        click.echo("The demonstration organisation is here already.")


@demo.command("accounts")
def accounts() -> None:
    """Print the demonstration accounts."""
    for person in service.PEOPLE:
        click.echo(f"  {person.email:<28} {service.PASSWORD}   {person.name}, {', '.join(person.roles)}")
