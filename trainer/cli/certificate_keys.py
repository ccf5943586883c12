"""`flask certificates keys`: which keys sign certificates, and new ones for old."""

from __future__ import annotations

import json

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from trainer.cli.careers import fail
from trainer.ports import PortError
from trainer.services.certificate_keys import ready_keys, rotate_keys, signer_of
from trainer.web import context


@click.group("keys")
def keys() -> None:
    """The keys that sign certificates."""


@keys.command("list")
@with_appcontext
def list_keys() -> None:
    """Print each key as a JSON line, those in use first; makes the first ones. Exit code 1 when one is missing."""
    try:
        ready_keys(context.session(), context.ports())
        _print()
    except PortError as error:
        fail(str(error), 1)
    except OperationalError:
        fail("there is no database yet, which knows whether a key is new or lost: run `flask db upgrade` first", 1)


@keys.command("rotate")
@click.option("--lost", is_flag=True, help="Also where a key is missing: what it signed will not verify any more.")
@with_appcontext
def rotate(lost: bool) -> None:
    """Sign with new keys from now on. What was signed still verifies: old public keys stay in the issuer document."""
    try:
        rotate_keys(context.session(), context.ports(), context.now(), lost=lost)
        _print()
    except PortError as error:
        fail(str(error), 1)
    except OperationalError:
        fail("there is no database yet, which knows whether a key is new or lost: run `flask db upgrade` first", 1)


def _print() -> None:
    """One key of each kind is in use; these come first."""
    for place, key in enumerate(signer_of(context.ports()).public_keys()):
        state = "in use" if place < 2 else "retired"
        click.echo(json.dumps({"key": key.name, "kind": key.kind, "state": state}))
