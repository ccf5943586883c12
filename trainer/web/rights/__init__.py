"""Rights at work: what people say to the manager, the answers, and the management's decisions."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("rights", __name__, url_prefix="/rights")

from trainer.web.rights import notices, pages, queue  # noqa: E402, F401  (they hang their routes on `bp`)
