"""Light or dark, as this browser chose it. A cookie, so that the first paint is right without an inline script."""

from __future__ import annotations

from flask import request

COOKIE = "theme"


def chosen_theme() -> str:
    """ "light", "dark", or "" to follow the system."""
    theme = request.cookies.get(COOKIE, "")
    return theme if theme in {"light", "dark"} else ""
