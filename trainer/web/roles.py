"""The names of roles."""

from __future__ import annotations

from flask_babel import gettext as _


def role_texts() -> dict[str, tuple[str, str]]:
    """{role: (name, what it may do)}."""
    return {
        "learner": (_("Learner"), _("takes courses and calls, earns certificates")),
        "author": (_("Author"), _("writes scenarios and courses")),
        "trainer": (_("Trainer"), _("reviews calls, answers appeals")),
        "supervisor": (_("Supervisor"), _("attests practice, decides on categories")),
        "teacher": (_("Teacher"), _("leads cohorts and keeps the gradebook")),
        "hr": (_("HR"), _("invites candidates and compares their calls")),
        "admin": (_("Administrator"), _("may do everything in the organisation")),
    }


def role_text(role: str) -> str:
    return role_texts()[role][0]
