"""The sentences of reports, by the ids that services give."""

from __future__ import annotations

from flask_babel import gettext as _


def texts() -> dict[str, str]:
    """{code: sentence}."""
    return {"reports.no_question": _("Nobody was asked this question here yet.")}
