"""Where certificates of this site say they can be checked."""

from __future__ import annotations

from flask import request

from trainer.services.certificate_making import Place
from trainer.web import context


def place() -> Place:
    """PUBLIC_URL where it is set, else the address of this request: it is written into what is issued for good."""
    settings = context.settings()
    return Place(settings.public_url or request.url_root.rstrip("/"), settings.certificates)
