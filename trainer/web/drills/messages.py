"""The sentences of drills, by the ids that services give."""

from __future__ import annotations

from flask_babel import gettext as _


def texts() -> dict[str, str]:
    """Every sentence of drills by its code, translated."""
    return {
        "drill.not_found": _("There is no such drill of yours."),
        "drill.nothing": _("There is nothing to practise in this call: no reply to an objection was weak."),
        "drill.done": _("This drill is done. You can begin another one."),
    }
