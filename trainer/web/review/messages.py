"""The sentences of errors that reviewing can meet, and the words of the queue."""

from __future__ import annotations

from flask_babel import gettext as _


def texts() -> dict[str, str]:
    return {
        "review.no_check": _("This call has no such check (any more). Reload the page."),
        "review.bad_answer": _("Choose one of the answers."),
        "review.no_turn": _("There is no such turn in this call."),
        "review.bad_comment": _("Write a comment of at most %(longest)s characters."),
        "marking.not_blind": _("You have seen the mark of this call already: somebody else has to mark it blind."),
        "marking.handed_in": _("You have handed in your marking of this call; it stays as it is."),
        "marking.long_note": _("Write a note of at most %(longest)s characters."),
        "marking.nothing": _("Answer at least one question before you hand it in."),
        "assignment.no_scenario": _("Choose one of the calls."),
        "appeal.none_possible": _("This call has no mark that can be appealed against, or it was done already."),
        "appeal.too_late": _("The time for an appeal against this mark is over."),
        "appeal.none": _("Nobody has appealed against this mark."),
        "appeal.closed": _("This appeal was answered already."),
        "appeal.same_person": _("You took part in this mark: a second person has to answer the appeal."),
    }


def kind_text(kind: str) -> str:
    """Why a call waits for a person."""
    return {
        "appeal": _("The learner disagrees"),
        "undecided": _("Undecided checks"),
        "error": _("Fails by an error alone"),
        "corrected": _("Transcript corrected"),
        "differs": _("Marks differ"),
        "second": _("Mark it blind"),
    }.get(kind, kind)


def decided_text(answer: str, check: str) -> str:
    """What a person decided, in a word."""
    if check.startswith("error:"):
        return {"yes": _("found"), "no": _("not found"), "": _("left to the machine")}[answer]
    return {
        "yes": _("yes"), "no": _("no"), "not_applicable": _("did not come up"), "": _("left to the machine"),
    }[answer]  # fmt: skip
