"""Exams: what there is to take, a paper against the clock, its result; and what people mark of it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("exams", __name__, url_prefix="/exams")

from trainer.web.exams import marking, pages, paper  # noqa: E402, F401  (they hang their routes on `bp`)
