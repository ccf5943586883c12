"""Questions of courses out to other programs and in from them, for those who write and train."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("bank", __name__, url_prefix="/bank")

from trainer.web.bank import pages  # noqa: E402, F401  (it hangs its routes on `bp`)
