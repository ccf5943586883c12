"""Reports of many calls and of many learners together, for those who train people and write content."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("reports", __name__, url_prefix="/reports")

from trainer.web.reports import (  # noqa: E402  (they hang their routes on `bp`)
    agreement,  # noqa: F401
    difficulty,  # noqa: F401
    learning,  # noqa: F401
    lessons,  # noqa: F401
    questions,  # noqa: F401
    tabs,  # noqa: F401
)
