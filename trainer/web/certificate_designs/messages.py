"""The sentences of errors around designs of certificates."""

from __future__ import annotations

from flask_babel import gettext as _


def texts() -> dict[str, str]:
    return {
        "certificate.no_such_design": _("There is no design of this name any more. Choose one of those below."),
        "certificate.design_faulty": _(
            "This design cannot be used as it is: its faults stand beside it. Certificates are still issued with the one chosen before."
        ),
        "certificate.no_sound_design": _(
            "No design of certificates can be read here, so nothing was issued. The decision stands: issue it once a sound design is chosen."
        ),
    }
