"""Practice: drills of voice, ear and hands, and the cards that come again."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("practice", __name__, url_prefix="/practice")

from trainer.web.practice import cards, pages  # noqa: E402, F401  (they hang their routes on `bp`)
