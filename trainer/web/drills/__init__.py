"""Drills: five minutes on the weakest criterion of a learner's own call."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("drills", __name__, url_prefix="/drills")

from trainer.web.drills import pages  # noqa: E402, F401  (it hangs its routes on `bp`)
