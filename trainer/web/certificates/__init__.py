"""Certificates for those who hold and issue them: one's own, downloads, issuing a granted decision, revoking."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("certificates", __name__, url_prefix="/certificates")

from trainer.web.certificates import own, reminders, revoking  # noqa: E402, F401  (they hang their routes on `bp`)
