"""Campaigns: the personnel office's pages, the candidate's way without an account, and the fence around candidates."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("campaigns", __name__)

from trainer.web.campaigns import candidate, compare, fence, invitations, pages  # noqa: E402, F401  (they hang on `bp`)
