"""The ids of the job (`domain.job`) in words, for pages that sort learning by duty."""

from __future__ import annotations

from flask_babel import gettext as _

from trainer.domain.job import ERRORS
from trainer.domain.scenario import OBJECTION_TYPES
from trainer.web.calls.messages import DUTIES, duty_text
from trainer.web.review.questions import objection_text
from trainer.web.review.texts import error_texts


def job_text(duty: str) -> str:
    """What that id is about: the duty, the error or the objection itself, else the chapter of the job description."""
    if duty in DUTIES:
        return duty_text(duty)
    if duty in OBJECTION_TYPES:
        return _("Objection: %(objection)s", objection=objection_text(duty))
    if duty in ERRORS:
        number = int(duty.removeprefix("ERR"))
        return next((name for one, name, _about in error_texts() if one == number), duty)
    chapters = {
        "G": _("General provisions"),
        "K": _("What an operator knows"),
        "R": _("Rights"),
        "L": _("Responsibility"),
        "E": _("How work is judged"),
        "F": _("Final provisions"),
        "Q": _("What the work asks of a person"),
        "C": _("The centre and the work in it"),
    }
    return chapters.get(duty.rstrip("0123456789"), duty)


def job_label(duty: str) -> str:
    """With its id, as in the job description; an objection has none."""
    return job_text(duty) if duty in OBJECTION_TYPES else f"{duty} · {job_text(duty)}"
