"""The sentences of campaigns by the ids that services give, and names of states."""

from __future__ import annotations

from flask_babel import gettext as _


def texts() -> dict[str, str]:
    """{code: sentence}."""
    return {
        "campaign.bad_title": _("Enter a title of at most 120 characters."),
        "campaign.message_too_long": _("Shorten the message to %(most)s characters."),
        "campaign.bad_day": _("Choose a day from today on, within a year."),
        "campaign.bad_limit": _("Enter a number from 1 to %(most)s."),
        "campaign.closed": _("This campaign is closed. Choose a later last day to let more candidates in."),
        "candidate.withdrawn": _("This candidate's place was withdrawn."),
        "candidate.link_unknown": _("This link does not work. Copy the whole link, or ask the office that sent it."),
        "candidate.link_used": _(
            "This link was used already. Go on in the browser in which you began, or ask the office for a new link."
        ),
        "candidate.link_full": _("All places of this link are taken. Ask the office that gave it to you."),
        "candidate.too_late": _("The last day to begin is over. Ask the office that invited you."),
        "candidate.no_consent": _("Without this the call cannot be graded, so it cannot begin."),
    }


def state_text(state: str) -> tuple[str, str]:
    """Where a candidate stands: the kind of status and its words."""
    return {
        "invited": ("muted", _("invited")),
        "begun": ("info", _("has begun")),
        "done": ("good", _("call done")),
        "rang_out": ("warn", _("did not answer")),
        "withdrawn": ("muted", _("withdrawn")),
    }[state]
