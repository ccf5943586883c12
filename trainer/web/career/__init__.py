"""The career ladder: where a person stands, what is left, and a supervisor's word and decision."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("career", __name__)

from trainer.web.career import appeals, group, ladder, learner, supervisor  # noqa: E402, F401  (they hang their routes on `bp`)
