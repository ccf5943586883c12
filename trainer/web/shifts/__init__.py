"""Shifts: a queue of calls to work for a while, and its figures."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("shifts", __name__, url_prefix="/shifts")

from trainer.web.shifts import pages  # noqa: E402, F401
