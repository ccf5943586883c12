"""Reports of many calls together, for those who train people and write scenarios."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("reports", __name__, url_prefix="/reports")

from trainer.web.reports import agreement, difficulty  # noqa: E402, F401  (they hang their routes on `bp`)
