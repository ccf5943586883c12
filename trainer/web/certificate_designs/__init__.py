"""Which design an organisation's certificates are issued with: looking at them, trying them, choosing one."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("certificate_designs", __name__, url_prefix="/certificate-designs")

from trainer.web.certificate_designs import pages  # noqa: E402, F401  (hangs its routes on `bp`)
