"""The names of roles."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

NAMES = {
    "learner": _l("Learner"),
    "author": _l("Author"),
    "trainer": _l("Trainer"),
    "supervisor": _l("Supervisor"),
    "teacher": _l("Teacher"),
    "hr": _l("HR"),
    "admin": _l("Administrator"),
}


def role_texts() -> dict[str, tuple[str, str]]:
    """{role: (name, what it may do)}."""
    duties = {
        "learner": _("takes courses and calls, earns certificates"),
        "author": _("writes scenarios and courses"),
        "trainer": _("reviews calls, answers appeals"),
        "supervisor": _("attests practice, decides on categories"),
        "teacher": _("leads cohorts and keeps the gradebook"),
        "hr": _("invites candidates and compares their calls"),
        "admin": _("may do everything in the organisation"),
    }
    return {role: (role_text(role), duty) for role, duty in duties.items()}


def role_text(role: str) -> str:
    """The name alone; a list of people asks for it in every row, so only this one text is looked up."""
    return str(NAMES[role])
