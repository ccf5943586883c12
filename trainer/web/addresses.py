"""Addresses that are safe to send a browser to."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request, url_for

from trainer.web import context


def is_own_path(target: str) -> bool:
    """True for a path on this site. Backslashes, control signs and "//" would let a browser leave it."""
    if not target.startswith("/") or target.startswith("//") or "\\" in target or len(target) > 2000:
        return False
    if any(ord(sign) < 33 or ord(sign) == 127 for sign in target):
        return False
    parts = urlsplit(target)
    return not parts.scheme and not parts.netloc


def safe_next(target: str | None) -> str:
    """`target` if it is a path on this site, else the start page."""
    return target if target and is_own_path(target) else url_for("home.start")


def came_from() -> str:
    """The path of the page this request was sent from, where that is ours; else the start page."""
    parts = urlsplit(request.referrer or "")
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return safe_next(path if parts.netloc == request.host else None)


def public_address(endpoint: str, **values: str) -> str:
    """The whole address of a page for mails and QR codes: below PUBLIC_URL where it is set, else below this request's."""
    base = context.settings().public_url
    return base + url_for(endpoint, **values) if base else url_for(endpoint, _external=True, **values)
