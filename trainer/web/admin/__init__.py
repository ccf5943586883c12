"""Administration of one's own organisation: its people, the audit log."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("admin", __name__, url_prefix="/admin")

from trainer.web.admin import audit, invitations, people  # noqa: E402, F401  (they hang their routes on `bp`)
