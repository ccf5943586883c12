"""Calibration sessions: several people mark the same calls blind and compare."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("calibration", __name__, url_prefix="/calibration")

from trainer.web.calibration import pages  # noqa: E402, F401  (it hangs its routes on `bp`)
