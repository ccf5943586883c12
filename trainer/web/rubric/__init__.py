"""The rubrics, open to everyone: what is asked, what it weighs, and how each question is answered."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("rubric", __name__, url_prefix="/rubric")

from trainer.web.rubric import pages  # noqa: E402, F401  (it hangs its routes on `bp`)
