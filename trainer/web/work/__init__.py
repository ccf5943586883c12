"""Real work in figures (E1 to E5): one's own page, teams with their targets, periods, tables taken in, complaints."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("work", __name__, url_prefix="/work")

from trainer.web.work import complaints, pages, periods, setup, tables  # noqa: E402, F401  (they hang their routes on `bp`)
