"""Cohorts of a teacher: rosters, progress, marks."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("cohorts", __name__, url_prefix="/cohorts")

from trainer.web.cohorts import learners, pages, rosters  # noqa: E402, F401  (they hang their routes on `bp`)
