"""A bare application for commands that set a machine up before the product itself can start (fetch its models)."""

from __future__ import annotations

from flask import Flask

from trainer.cli.models import models
from trainer.config import load_settings


def create_app() -> Flask:
    """Only the commands of set-up and the settings; no database, no adapters."""
    app = Flask("trainer")
    app.extensions["settings"] = load_settings()
    app.cli.add_command(models)
    return app
