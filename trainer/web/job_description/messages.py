"""The sentences of errors around the job description, and why there is a new version."""

from __future__ import annotations

from flask_babel import gettext as _

from trainer.store.job_descriptions import FIRST, JobDescriptionEdition
from trainer.web.languages import page_language


def texts() -> dict[str, str]:
    return {
        "job_description.none": _("There is no job description here yet. Your administrator can publish one."),
        "job_description.unreadable": _(
            "The document is being worked on just now. Nothing you typed is lost; try again later."
        ),
        "job_description.changed": _(
            "The job description changed while this page was open, so nothing was signed yet."
        ),
        "job_description.not_read": _("Tick this box once you have read it."),
        "job_description.no_name": _("Type your full name to sign."),
        "job_description.long_name": _("Type a name of at most %(longest)s characters."),
        "job_description.other_name": _(
            "This is not the name of your account, which is %(name)s. Type that one; if it is wrong, ask an administrator to mend it."
        ),
        "job_description.no_receipt": _("There is no such receipt, or it is not yours."),
        "job_description.too_long": _("This has %(length)s characters; at most %(longest)s have room here."),
    }


def note_text(edition: JobDescriptionEdition) -> str:
    """What changed with this edition, in the page's language."""
    if note := edition.note.get(page_language()):
        return str(note)
    if edition.reason == FIRST:
        return _("First version here.")
    names = {
        "manager": _("the name of the manager"),
        "workplace": _("the place of work"),
        "jurisdiction": _("the law that applies"),
    }
    changed = ", ".join(names[name] for name in edition.changed if name in names)
    return _("Changed: %(what)s.", what=changed or _("the name of the organisation"))
