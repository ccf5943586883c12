"""The sentences of errors that calibration can meet, and its words."""

from __future__ import annotations

from flask_babel import gettext as _

from trainer.services.calibration import HANDED_IN, KNOWS, TO_MARK


def texts() -> dict[str, str]:
    return {
        "calibration.none": _("There is no such session, or you do not take part in it."),
        "calibration.bad_title": _("Give the session a title of at most 120 characters."),
        "calibration.bad_calls": _("Choose at least one call and at most %(most)s."),
        "calibration.bad_people": _("Choose at least two people and at most %(most)s."),
        "calibration.not_leading": _("Whoever opened the session closes it."),
        "calibration.long_text": _("Write at most %(longest)s characters."),
        "calibration.nothing_yet": _("Nobody has handed in a marking yet: there is nothing to compare."),
    }


def state_text(state: str) -> tuple[str, str]:
    """How a person stands with a call: the kind of status and its words."""
    return {
        HANDED_IN: ("good", _("handed in")),
        TO_MARK: ("info", _("still to mark")),
        KNOWS: ("muted", _("knows the mark")),
    }[state]
