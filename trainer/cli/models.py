"""`flask models`: put the recognition model on this machine."""

from __future__ import annotations

import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from trainer.adapters.speech.models import MODEL_FOLDER, ModelNotInstalled, install_model
from trainer.config import Settings


@click.group("models")
def models() -> None:
    """Models that the engines need."""


@models.command("install")
@with_appcontext
def install() -> None:
    """Download the speech model once and check it; does nothing when it is there."""
    settings: Settings = current_app.extensions["settings"]
    if settings.whisper_model:
        click.echo(f"WHISPER_MODEL chooses {settings.whisper_model!r}: nothing to install.")
        return
    try:
        new = install_model(settings.models, lambda line: click.echo(line, err=True))
    except (ModelNotInstalled, OSError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    folder = settings.models / MODEL_FOLDER
    click.echo(f"The speech model is installed in {folder}." if new else f"The speech model is ready in {folder}.")
