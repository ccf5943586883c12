"""The WSGI entry point: `gunicorn wsgi:app`, `flask --app wsgi ...`."""

import sys

from trainer.app import create_app
from trainer.config import BadSetting

try:
    app = create_app()
except BadSetting as error:
    print(f"A setting cannot be used: {error}", file=sys.stderr)  # noqa: T201
    sys.exit(2)
