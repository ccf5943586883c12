"""Accounts: signing in and out, invitations, forgotten passwords, one's own account."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("auth", __name__)

from trainer.web.auth import account, identity, links, sessions  # noqa: E402, F401  (they hang their routes on `bp`)
