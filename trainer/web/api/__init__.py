"""What other programs ask: checking certificates, without an account. Described in `/api/v1/openapi.json` and docs/api.md."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("api", __name__, url_prefix="/api/v1")

from trainer.web.api import certificates, description  # noqa: E402, F401  (they hang their routes on `bp`)
