"""The sentences of shifts, by the ids that services give."""

from __future__ import annotations

from flask_babel import gettext as _

from trainer.domain.shift import LONGEST_MIN, SHORTEST_MIN


def texts() -> dict[str, str]:
    """Every sentence of shifts by its code, translated."""
    return {
        "shift.minutes": _("A shift lasts %(least)s to %(most)s minutes.", least=SHORTEST_MIN, most=LONGEST_MIN),
        "shift.load": _("Choose how busy the shift is to be."),
        "shift.no_calls": _("There are no calls in that language yet. Choose another language."),
        "shift.running": _("You have a shift that is not over. Go on with it, or end it first."),
        "shift.not_found": _("There is no such shift."),
        "shift.state": _("Choose ready or break."),
        "shift.over": _("This shift is over. Its figures are on its page."),
        "shift.on_call": _("Finish the call you are on and write it up; then you can end the shift."),
        "shift.not_ready": _("You are on break. Press Ready to take calls again."),
        "shift.offline": _(
            "There is no connection. The shift goes on by the clock; the page follows as soon as it can."
        ),
        "shift.nobody": _("Nobody waits any more: the caller gave up, or was answered."),
    }


def load_texts() -> dict[str, tuple[str, str]]:
    """Name and meaning of each load."""
    return {
        "light": (_("Light"), _("half of your time is spoken for")),
        "usual": (_("Usual"), _("four fifths of your time is spoken for, as in most centres")),
        "busy": (_("Busy"), _("more calls than one person can take: the queue grows")),
    }


def state_texts() -> dict[str, str]:
    return {
        "ready": _("Ready"),
        "break": _("On break"),
        "on_call": _("On a call"),
        "wrap_up": _("After-call work"),
        "over": _("Over"),
    }
