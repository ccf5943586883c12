"""The sentences of rosters, cohorts and marks, by the ids that services give."""

from __future__ import annotations

from flask_babel import gettext as _

from trainer.services.rosters import RowMistake
from trainer.web.calls.messages import outcome_text
from trainer.web.errors import sentence


def texts() -> dict[str, str]:
    """{code: sentence}."""
    return {
        "roster.empty": _("There is nobody in this list yet. Enter one person a line: name, e-mail."),
        "roster.not_text": _("This file is not a CSV table. Save it in your spreadsheet as CSV, or paste the list."),
        "roster.too_many": _("This list has %(count)s people. Take at most %(most)s at a time."),
        "roster.nobody_new": _("Nobody new is in this list, so nothing was changed."),
        "roster.no_name": _("The name is missing."),
        "roster.no_email": _("The e-mail address is missing."),
        "roster.twice": _("This address stands in the list already, in line %(line)s."),
        "roster.unreadable": _("A quotation mark is opened here and not closed."),
        "cohort.full": _("A cohort has at most %(most)s people. Make a second one."),
        "mark.own_call": _("You cannot mark this call: nobody marks their own."),
        "mark.bad_overall": _("Enter a mark from 0 to 100."),
        "mark.bad_reason": _("Give a reason of %(shortest)s to %(longest)s characters."),
    }


def mistake_sentence(mistake: RowMistake) -> str:
    """What is wrong with a line of a roster."""
    return sentence(mistake.code, 422, line=mistake.other_line)


def field_text(field: str) -> str:
    """The part of the line that a mistake is about."""
    return {"name": _("Name"), "email": _("E-mail address"), "row": _("Line")}[field]


def state_text(state: str) -> tuple[str, str]:
    """What happens to a usable line: the kind of status and its words."""
    return {
        "new": ("info", _("to be invited")),
        "joins": ("good", _("has an account")),
        "here": ("muted", _("already in the cohort")),
    }[state]


def ending_text(outcome: str | None) -> str:
    """How a call ended, for a reader who was not on the line."""
    return {
        "refused_politely": _("The customer said no, and they parted politely."),
        "transferred": _("The customer was transferred."),
        "operator_hung_up": _("The operator hung up."),
    }.get(outcome or "") or outcome_text(outcome)
