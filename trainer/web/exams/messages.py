"""The sentences of exams, by the ids that services give."""

from __future__ import annotations

from flask_babel import gettext as _


def texts() -> dict[str, str]:
    """{code: sentence}."""
    return {
        "exams.no_exam": _("There is no such exam."),
        "exams.no_attempt": _("There is no such paper of yours."),
        "exams.no_answer": _("There is no such answer to mark."),
        "exams.not_yet": _("Something has to be done before this exam can be begun. Its page says what."),
        "exams.passed": _("You have passed this exam; it cannot be taken again."),
        "exams.no_form": _("You have taken every form of this exam. Ask your trainer how to go on."),
        "exams.over": _("The time is over or the paper is handed in, so its answers stay as they are."),
        "exams.open": _("The result is shown once the paper is handed in."),
        "exams.share": _("Say whether the answer is right, half right or not right."),
    }
