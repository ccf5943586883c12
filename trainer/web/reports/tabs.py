"""The reports of learning are one entry of the menu; these are the tabs in it, as far as a person may open them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from trainer.web import context
from trainer.web.guards import requires
from trainer.web.reports import bp

TRAINERS = ("trainer", "supervisor", "teacher", "hr")
"""Who sees how people learn."""
WRITERS = ("trainer", "supervisor", "author")
"""Who sees how questions and lessons work."""


@dataclass(frozen=True, slots=True)
class Tab:
    endpoint: str
    label: LazyString
    roles: tuple[str, ...]

    @property
    def url(self) -> str:
        return url_for(self.endpoint)

    @property
    def is_current(self) -> bool:
        return request.path == self.url


TABS = (
    Tab("reports.learning", _l("People"), TRAINERS),
    Tab("reports.questions", _l("Questions"), WRITERS),
    Tab("reports.lessons", _l("Lessons"), WRITERS),
)


def tabs() -> list[Tab]:
    """Those of the person who asks."""
    return [tab for tab in TABS if context.actor().is_any(*tab.roles)]


@bp.get("/")
@requires("trainer", "supervisor", "teacher", "hr", "author")
def index() -> ResponseReturnValue:
    """The first tab that the person may open."""
    return redirect(tabs()[0].url)
