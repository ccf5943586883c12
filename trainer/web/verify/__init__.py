"""Anyone's way to check a certificate: by the address in its QR code, or by the file itself. No account, no script."""

from __future__ import annotations

from flask import Blueprint

from trainer.domain.credential import from_iso
from trainer.services.certificate_pages import seal_rays
from trainer.web.times import date_text

bp = Blueprint("verify", __name__)
bp.add_app_template_filter(seal_rays)


@bp.app_template_filter("day")
def day(moment: str) -> str:
    """A moment as a record writes it, as a date in the page's language, in UTC as on paper."""
    return date_text(from_iso(moment).date(), "long")


from trainer.web.verify import check, issuers, page  # noqa: E402, F401  (they hang their routes on `bp`)
