"""Learning: a learner's path, courses with their lessons, and the quiz at a course's end."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("learn", __name__, url_prefix="/learn")

from trainer.web.learn import duties, duty_map, feedback, lessons, path, progress, quiz  # noqa: E402, F401  (they hang their routes on `bp`)
