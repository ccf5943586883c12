"""The sentences of careers and certificates, by the ids that services give."""

from __future__ import annotations

from flask_babel import gettext as _


def texts() -> dict[str, str]:
    """{code: sentence}."""
    return {
        "career.unknown_category": _("There is no such category on the career ladder."),
        "career.no_gates": _("This category cannot be decided yet: its conditions have not been set."),
        "career.not_oneself": _("Nobody attests or decides over themselves. Ask another supervisor."),
        "group.nobody": _("Choose at least one person."),
        "group.too_many": _("Choose at most %(most)s people at a time."),
        "group.under_way": _("All of them are being decided already."),
        "group.nothing_failed": _("Nothing failed here, so there is nothing to try again."),
        "decision_appeal.granted": _("This decision was in your favour: there is nothing to appeal against."),
        "decision_appeal.too_late": _("An appeal is possible within 14 days of the decision."),
        "decision_appeal.twice": _("There is an appeal against this decision already."),
        "decision_appeal.closed": _("This appeal was answered in the meantime."),
        "decision_appeal.same_person": _(
            "You took part in this decision: a second supervisor has to answer the appeal."
        ),
        "decision_appeal.length": _("Write 10 to 2,000 characters."),
        "ladder.too_long": _("The text is too long: at most %(most)s characters."),
        "ladder.note_length": _("Say in 5 to 500 characters why it is changed: people read it."),
        "ladder.changed_meanwhile": _(
            "Somebody else has changed the ladder in the meantime. Your text is kept below; compare it with theirs."
        ),
        "ladder.numbers": _("Some numbers cannot be; each says what is possible."),
        "ladder.no_change": _("No number was changed, so the edition in force stays."),
        "ladder.faults": _("The text has mistakes; each is named with its line:"),
        "ladder.category_missing": _(
            "The category “%(category)s” is missing. Certificates name it, so it has to stay."
        ),
        "ladder.lowest_has_gates": _("The lowest category has no conditions: everybody begins there."),
        "career.note_length": _("Write 10 to 2,000 characters: what did you see or hear of this person’s work?"),
        "career.already_held": _("This person already holds a valid certificate of this category."),
        "career.bad_name": _("Enter a name of 1 to 120 letters, in any script, on one line."),
        "certificate.not_granted": _("This decision was not granted, so there is nothing to issue."),
        "certificate.call_gone": _(
            "A call that counted has been erased since. Decide again with the calls that are left."
        ),
        "certificate.reason_length": _(
            "Give a reason of 5 to 500 characters. Everyone who checks the certificate reads it."
        ),
        "certificate.not_replaceable": _(
            "This certificate is revoked or replaced already, so nothing takes its place."
        ),
        "certificate.same_name": _("The certificate bears this name already."),
        "certificate.revoked_already": _("This certificate is revoked already."),
        "certificate.file_too_large": _(
            "This file is larger than 4 megabytes, so it cannot be a certificate made here."
        ),
    }
