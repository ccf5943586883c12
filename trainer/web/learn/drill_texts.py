"""Drills in words."""

from __future__ import annotations

from flask_babel import gettext as _


def drill_text(kind: str) -> tuple[str, str]:
    """(name, what it is for) of a drill."""
    names: dict[str, tuple[str, str]] = {
        "diction": (
            _("Diction: read aloud"),
            _(
                "Read a short text into the microphone. You see how much of it arrives, how fast you speak and where you pause."
            ),
        ),
        "listening": (
            _("Listen and enter"),
            _(
                "Numbers, spelled names, addresses and amounts, as customers dictate them over the telephone. Type what you hear."
            ),
        ),
        "typing": (
            _("Typing"),
            _("Type a note as operators write it. You see words a minute and the share of errors."),
        ),
    }
    return names[kind]


def drill_icon(kind: str) -> str:
    return {"diction": "mic", "listening": "headphones", "typing": "keyboard"}[kind]


def short_drill_text(kind: str) -> str:
    """A drill in a word or two."""
    return {
        "diction": _("Diction"),
        "listening": _("Listening"),
        "typing": _("Typing"),
        "replies": _("Replies"),
        "queue": _("Shift"),
        "cards": _("Cards"),
    }[kind]
