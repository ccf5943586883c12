"""One's own account: password, sessions."""

from __future__ import annotations

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from trainer.domain.errors import Invalid, NotAllowed
from trainer.domain.roles import in_order
from trainer.extensions import limiter
from trainer.services import passwords
from trainer.web import context
from trainer.web.auth import bp
from trainer.web.auth.forms import ChangePasswordForm, ConfirmForm
from trainer.web.auth.identity import begin_session
from trainer.web.errors import add_error
from trainer.web.guards import signed_in


@bp.get("/account")
@signed_in
def account() -> ResponseReturnValue:
    return _account_page(ChangePasswordForm())


def _account_page(form: ChangePasswordForm) -> str:
    roles = in_order(context.actor().roles)
    return render_template("auth/account.html", form=form, roles=roles, confirm=ConfirmForm())


@bp.post("/account/password")
@signed_in
@limiter.limit("10/minute")
def change_password() -> ResponseReturnValue:
    if current_user.is_candidate:
        raise NotAllowed
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            user = passwords.change_password(
                context.session(),
                context.actor(),
                old=form.old_password.data or "",
                new=form.password.data or "",
                now=context.now(),
            )
        except Invalid as error:
            add_error(form, error)
        else:
            begin_session(user)
            flash(_("Your password is changed. You were signed out everywhere else."), "good")
            return redirect(url_for("auth.account"))
    return _account_page(form), 422


@bp.post("/account/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    passwords.sign_out_everywhere(context.session(), context.actor(), context.now())
    logout_user()
    session.clear()
    flash(_("You are signed out on every device."), "good")
    return redirect(url_for("auth.login"))
