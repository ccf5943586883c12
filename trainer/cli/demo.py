"""`flask demo load`: an organisation with one person a role, so that the site can be tried at once."""

from __future__ import annotations

import logging
from typing import cast

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from trainer.config import Settings, load_serving
from trainer.extensions import db
from trainer.ports import Ports
from trainer.services import demo as service
from trainer.services import demo_story
from trainer.services.certificate_making import Place


@click.group("demo")
def demo() -> None:
    """Demonstration data."""


@demo.command("load")
@with_appcontext
def load() -> None:
    """Load the demonstration organisation once; a second time changes nothing."""
    if not _load():
        click.echo("The demonstration organisation is here already.")


@demo.command("prepare")
@with_appcontext
def prepare() -> None:
    """Bring the database and the demonstration up to date, and say where the site will be and who can sign in."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    upgrade()
    _load()
    click.echo(f"\n  The site is at {load_serving().address}/   (Ctrl-C stops it)")
    click.echo("  Demonstration accounts (address, password, person):")
    for person in service.PEOPLE:
        click.echo(f"  {person.email:<28} {service.PASSWORD}   {person.name}, {', '.join(person.roles)}")


def _load() -> bool:
    """False when it is there already."""
    ports: Ports = current_app.extensions["ports"]
    settings: Settings = current_app.extensions["settings"]
    session = cast("Session", db.session)
    now = ports.clock.now()
    if not service.load_demo(session, now):
        return False
    click.echo("Playing the demonstration calls (about half a minute, once) ...")
    place = Place(settings.public_url or load_serving().address, settings.certificates)
    demo_story.tell(session, ports, now, settings.scenarios, settings.courses, place)
    click.echo("The demonstration organisation is loaded.")
    return True
