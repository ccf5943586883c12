"""One's own certificates and their files."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.services import careers
from trainer.services.certificate_files import record_of
from trainer.services.certificate_life import linkedin_address
from trainer.services.certificate_pages import seal_bars
from trainer.services.certificates import own_certificate
from trainer.services.hidden_names import hidden_of, hide_name
from trainer.web import context
from trainer.web.career.texts import standing_text
from trainer.web.certificates import bp
from trainer.web.certificates.files import badge_answer, json_answer, pdf_answer
from trainer.web.guards import requires, signed_in
from trainer.web.kept_pages import kept_for_person
from trainer.web.languages import in_language


@bp.get("/")
@requires("learner")
@kept_for_person
def mine() -> ResponseReturnValue:
    career = careers.career_of(context.session(), context.actor(), None, context.now())
    cards = [(held, record_of(held.certificate)) for held in career.certificates]
    return render_template(
        "certificates/mine.html", cards=cards, seal_bars=seal_bars, in_language=in_language, standing_text=standing_text, linkedin_address=linkedin_address,
        hidden=hidden_of(context.session(), [held.certificate for held in career.certificates]),
    )  # fmt: skip


@bp.post("/<certificate_id>/name")
@requires("learner")
def name(certificate_id: str) -> ResponseReturnValue:
    """Hide one's name on the public page, or show it again."""
    hidden = request.form.get("hidden") == "yes"
    hide_name(context.session(), context.actor(), certificate_id, hidden, context.now())
    if hidden:
        flash(_("Your name is hidden. Files that you gave away still hold it; the public page hands out none."), "good")
    else:
        flash(_("Your name is shown on the public page again."), "good")
    return redirect(url_for("certificates.mine"))


@bp.get("/<certificate_id>.pdf")
@signed_in
def pdf(certificate_id: str) -> Response:
    return pdf_answer(own_certificate(context.session(), context.actor(), certificate_id))


@bp.get("/<certificate_id>.json")
@signed_in
def document(certificate_id: str) -> Response:
    return json_answer(own_certificate(context.session(), context.actor(), certificate_id))


@bp.get("/<certificate_id>/badge.<form>")
@signed_in
def badge(certificate_id: str, form: str) -> Response:
    return badge_answer(own_certificate(context.session(), context.actor(), certificate_id), form)
