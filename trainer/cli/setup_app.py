"""A bare application for commands that set a machine up before the product itself can start (models, the list of accounts)."""

from __future__ import annotations

from flask import Flask

from trainer.cli.demo import demo
from trainer.cli.models import models
from trainer.config import load_settings


def create_app() -> Flask:
    """Only the set-up commands and the settings; no database, no adapters."""
    app = Flask("trainer")
    app.extensions["settings"] = load_settings()
    app.cli.add_command(models)
    app.cli.add_command(demo)
    return app
