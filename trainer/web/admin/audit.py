"""The audit log, for administrators."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from trainer.services.audit import list_audit
from trainer.web import context
from trainer.web.admin import bp
from trainer.web.admin.audit_texts import action_text
from trainer.web.guards import requires
from trainer.web.requests import page_number


@bp.get("/audit")
@requires("admin")
def audit() -> ResponseReturnValue:
    page = page_number()
    entries, more = list_audit(context.session(), context.actor(), page)
    return render_template("admin/audit.html", entries=entries, more=more, page=page, action_text=action_text)
