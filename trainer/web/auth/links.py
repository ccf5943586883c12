"""Pages behind one-time links: an invitation, a new password."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.errors import Conflict, Invalid
from trainer.extensions import limiter
from trainer.services import accounts, passwords
from trainer.web import context
from trainer.web.auth import bp, mails
from trainer.web.auth.forms import ForgottenForm, JoinForm, NewPasswordForm
from trainer.web.auth.identity import begin_session
from trainer.web.errors import add_error
from trainer.web.guards import by_token, public


@bp.get("/join/<token>")
@by_token("invitation")
def join(token: str) -> ResponseReturnValue:
    invitation = accounts.open_invitation(context.session(), token, context.now())
    form = JoinForm(name=invitation.name, language=invitation.language)
    return render_template("auth/join.html", form=form, invitation=invitation)


@bp.post("/join/<token>")
@by_token("invitation")
@limiter.limit("20/minute")
def accept(token: str) -> ResponseReturnValue:
    invitation = accounts.open_invitation(context.session(), token, context.now())
    form = JoinForm()
    if form.validate_on_submit():
        try:
            user = accounts.accept_invitation(
                context.session(),
                token,
                name=form.name.data or "",
                password=form.password.data or "",
                language=form.language.data,
                now=context.now(),
            )
        except (Invalid, Conflict) as error:
            add_error(form, error)
        else:
            begin_session(user)
            return redirect(url_for("home.start"))
    return render_template("auth/join.html", form=form, invitation=invitation), 422


@bp.get("/password/forgotten")
@public
def forgotten() -> ResponseReturnValue:
    return render_template("auth/forgotten.html", form=ForgottenForm())


@bp.post("/password/forgotten")
@public
@limiter.limit("5/minute;20/hour")
def send_reset() -> ResponseReturnValue:
    """The answer is the same whether the account exists or not."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return render_template("auth/forgotten.html", form=form), 422
    begun = passwords.begin_reset(context.session(), form.email.data or "", context.now())
    if begun:
        mails.send_reset(*begun)
    flash(_("If there is an account with this address, a link to choose a new password is on its way to it."), "info")
    return redirect(url_for("auth.login"))


@bp.get("/password/<token>")
@by_token("password reset")
def reset(token: str) -> ResponseReturnValue:
    passwords.open_reset(context.session(), token, context.now())
    return render_template("auth/reset.html", form=NewPasswordForm(), token=token)


@bp.post("/password/<token>")
@by_token("password reset")
@limiter.limit("20/minute")
def finish_reset(token: str) -> ResponseReturnValue:
    form = NewPasswordForm()
    if form.validate_on_submit():
        try:
            user = passwords.finish_reset(context.session(), token, form.password.data or "", context.now())
        except Invalid as error:
            add_error(form, error)
        else:
            begin_session(user)
            flash(_("Your new password is set. You were signed out everywhere else."), "good")
            return redirect(url_for("home.start"))
    passwords.open_reset(context.session(), token, context.now())
    return render_template("auth/reset.html", form=form, token=token), 422
