"""The WSGI entry point: `gunicorn wsgi:app`, `flask --app wsgi ...`."""

from sqlalchemy.exc import ArgumentError

from trainer.app import create_app
from trainer.cli.one_line import Stopped

try:
    app = create_app()
except (ValueError, OSError, ArgumentError, ModuleNotFoundError) as error:
    # A setting that cannot be used: commands tell it in one line, a server with all that led to it.
    raise Stopped(f"the settings cannot be used: {error}", 2) from error
