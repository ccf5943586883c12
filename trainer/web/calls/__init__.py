"""Calls: the lobby with its briefs and headset check, the console, and the small JSON door that the console uses."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("calls", __name__, url_prefix="/calls")

from trainer.web.calls import api, console, lobby, menu, tones  # noqa: E402, F401  (they hang their routes on `bp`)
