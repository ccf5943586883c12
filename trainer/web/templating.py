"""The environment of templates."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from flask.templating import Environment


class PageEnvironment(Environment):
    """As Flask's. Jinja lays a map of its own for each template over what all templates may use, so that a template could be
    given more; none is, and looking through two maps, which each render and each import do, costs a twentieth of a page."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return self.globals if d is None else super().make_globals(d)
