"""Invitations: made, shown once, withdrawn."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from trainer.domain.errors import Conflict, Invalid
from trainer.extensions import limiter
from trainer.services import accounts
from trainer.web import context
from trainer.web.addresses import public_address
from trainer.web.admin import bp
from trainer.web.admin.forms import InviteForm
from trainer.web.auth import mails
from trainer.web.errors import add_error
from trainer.web.guards import requires
from trainer.web.languages import page_language


@bp.get("/invitations/new")
@requires("admin")
def invite() -> ResponseReturnValue:
    form = InviteForm(roles=["learner"], language=page_language())
    return render_template("admin/invite.html", form=form)


@bp.post("/invitations/new")
@requires("admin")
@limiter.limit("60/hour")
def send_invitation() -> ResponseReturnValue:
    form = InviteForm()
    if form.validate_on_submit():
        try:
            invitation, token = accounts.invite(
                context.session(),
                context.actor(),
                email=form.email.data or "",
                name=form.name.data or "",
                roles=form.roles.data or [],
                language=form.language.data,
                now=context.now(),
            )
        except (Invalid, Conflict) as error:
            add_error(form, error)
        else:
            sent = mails.send_invitation(invitation, token, current_user.name)
            link, days = public_address("auth.join", token=token), accounts.INVITATION_LIFE.days
            return render_template("admin/link.html", name=invitation.email, link=link, days=days, sent=sent)
    return render_template("admin/invite.html", form=form), 422


@bp.post("/invitations/<invitation_id>/withdraw")
@requires("admin")
def withdraw(invitation_id: str) -> ResponseReturnValue:
    invitation = accounts.withdraw_invitation(context.session(), context.actor(), invitation_id, context.now())
    flash(_("The invitation of %(email)s does not work any more.", email=invitation.email), "good")
    return redirect(url_for("admin.people"))
