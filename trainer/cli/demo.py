"""`flask demo load`: an organisation with one person a role, so that the site can be tried at once."""

from __future__ import annotations

import os
from typing import cast

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from trainer.config import Settings
from trainer.extensions import db
from trainer.ports import Ports
from trainer.services import demo as service
from trainer.services import demo_story
from trainer.services.certificates import Place


@click.group("demo")
def demo() -> None:
    """Demonstration data."""


@demo.command("load")
@click.option("--quiet", is_flag=True, help="Say nothing when the data is there already.")
@with_appcontext
def load(quiet: bool) -> None:
    """Load the demonstration organisation once; a second time changes nothing."""
    ports: Ports = current_app.extensions["ports"]
    settings: Settings = current_app.extensions["settings"]
    session = cast("Session", db.session)
    now = ports.clock.now()
    new = service.load_demo(session, now)
    if new:
        click.echo("Playing the demonstration calls (about half a minute, once) ...")
        address = (
            settings.public_url or f"http://{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
        )
        place = Place(address, settings.certificates)
        demo_story.tell(session, ports, now, settings.scenarios, settings.courses, place)
        click.echo("The demonstration organisation is loaded.")
    elif not quiet:
        click.echo("The demonstration organisation is here already.")


@demo.command("accounts")
def accounts() -> None:
    """Print the demonstration accounts."""
    for person in service.PEOPLE:
        click.echo(f"  {person.email:<28} {service.PASSWORD}   {person.name}, {', '.join(person.roles)}")
