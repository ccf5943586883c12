"""The review of a call: what happened, what was graded and why, and what to change."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("review", __name__, url_prefix="/review")

from trainer.web.review import marking, people, views  # noqa: E402, F401  (they hang their routes on `bp`)
