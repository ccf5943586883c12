"""What the audit log's actions are called. Another capability's action without a text here shows its id."""

from __future__ import annotations

from flask_babel import gettext as _


def action_text(action: str) -> str:
    texts = {
        "user.added": _("Account made"),
        "user.invited": _("Invitation sent"),
        "user.joined": _("Joined by invitation"),
        "user.changed": _("Name, roles or language changed"),
        "user.deactivated": _("Account closed"),
        "user.reactivated": _("Account opened again"),
        "user.password_changed": _("Password changed"),
        "user.reset_asked": _("Link for a new password made"),
        "user.password_reset": _("New password set by link"),
        "user.signed_out_everywhere": _("Signed out everywhere"),
        "invitation.withdrawn": _("Invitation withdrawn"),
    }
    return texts.get(action, action)
