"""Bootstrap Icons, written into the page one by one: the whole sprite would cost each visitor 1.1 MB."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import flask_bootstrap
from markupsafe import Markup

_SPRITE = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "icons" / "bootstrap-icons.svg"
_SYMBOL = re.compile(r'<symbol class="[^"]*" viewBox="([^"]*)" id="([^"]*)">(.*?)</symbol>', re.DOTALL)


@cache
def _symbols() -> dict[str, tuple[str, str]]:
    return {name: (box, body) for box, name, body in _SYMBOL.findall(_SPRITE.read_text(encoding="utf-8"))}


@cache
def icon(name: str, label: str = "") -> Markup:
    """An `<svg>` of the size of the text around it. Without `label` it is decoration. Raises KeyError for no icon."""
    box, body = _symbols()[name]
    role = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    svg = Markup(
        '<svg class="icon" width="1em" height="1em" fill="currentColor" viewBox="{}" {} focusable="false">{}</svg>'
    )
    # The drawing is a file of an installed package, not something a person typed.
    return svg.format(box, role, Markup(body))  # noqa: S704
