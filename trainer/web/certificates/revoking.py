"""Issuing the certificate of a decision that was granted earlier, and revoking one with a reason that all can read."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from trainer.domain.errors import Conflict, Invalid
from trainer.services import certificates
from trainer.services.certificate_files import record_of
from trainer.services.certificate_life import replace_certificate
from trainer.web import context
from trainer.web.career.texts import standing_text
from trainer.web.certificates import bp
from trainer.web.certificates.place import place
from trainer.web.errors import add_error
from trainer.web.forms import PageForm
from trainer.web.guards import requires
from trainer.web.languages import in_language


class RevokeForm(PageForm):
    reason = TextAreaField(
        _l("Reason"),
        [InputRequired(_l("Please fill this in.")), Length(5, 500, _l("Give a reason of 5 to 500 characters."))],
        description=_l("Everyone who checks the certificate reads it, so name no third person and nothing private."),
        render_kw={"rows": 3},
    )


@bp.post("/issue/<decision_id>")
@requires("supervisor")
def issue(decision_id: str) -> ResponseReturnValue:
    certificate = certificates.issue_certificate(
        context.session(), context.ports(), context.actor(), decision_id, place(), context.now()
    )
    flash(_("The certificate %(number)s is issued.", number=certificate.number), "good")
    return redirect(url_for("verify.show", token=certificate.token))


@bp.post("/<certificate_id>/replace")
@requires("supervisor")
def replace(certificate_id: str) -> ResponseReturnValue:
    """After a change of name: the certificate anew, in the place of the old one."""
    new = replace_certificate(
        context.session(), context.ports(), context.actor(), certificate_id, place(), context.now()
    )
    flash(_("The certificate %(number)s is issued in its place.", number=new.number), "good")
    return redirect(url_for("verify.show", token=new.token))


@bp.get("/<certificate_id>/revoke")
@requires("supervisor")
def ask(certificate_id: str) -> ResponseReturnValue:
    return _page(certificate_id, RevokeForm())


@bp.post("/<certificate_id>/revoke")
@requires("supervisor")
def revoke(certificate_id: str) -> ResponseReturnValue:
    form = RevokeForm()
    if form.validate_on_submit():
        try:
            certificates.revoke_certificate(
                context.session(),
                context.ports(),
                context.actor(),
                certificate_id,
                form.reason.data or "",
                context.now(),
            )
        except (Invalid, Conflict) as error:
            add_error(form, error)
        else:
            flash(_("Revoked. Everyone who checks the certificate sees it from now on."), "good")
            return redirect(url_for("certificates.ask", certificate_id=certificate_id))
    return _page(certificate_id, form), 422


def _page(certificate_id: str, form: RevokeForm) -> str:
    certificate = certificates.own_certificate(context.session(), context.actor(), certificate_id)
    standing = certificates.standing_of(context.session(), certificate, context.now())
    return render_template(
        "certificates/revoke.html", certificate=certificate, record=record_of(certificate), standing=standing,
        form=form, in_language=in_language, standing_text=standing_text,
    )  # fmt: skip
