"""Signing in and out."""

from __future__ import annotations

from flask import Response, flash, jsonify, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, logout_user
from flask_wtf.csrf import generate_csrf

from trainer.extensions import limiter
from trainer.services import passwords
from trainer.web import context
from trainer.web.addresses import safe_next
from trainer.web.auth import bp
from trainer.web.auth.forms import LoginForm
from trainer.web.auth.identity import begin_session
from trainer.web.guards import public, signed_in
from trainer.web.languages import KEY as LANGUAGE_KEY


def _address_tried() -> str:
    return f"sign-in:{request.form.get('email', '').strip().lower()[:254]}"


def _failed(response: Response) -> bool:
    """Only failures count: a whole class may sign in at once from behind one address."""
    return response.status_code == 422


@bp.get("/login")
@public
def login() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(safe_next(request.args.get("next")))
    return render_template("auth/login.html", form=LoginForm(next=request.args.get("next", "")))


@bp.post("/login")
@public
@limiter.limit("30/minute", deduct_when=_failed)
@limiter.limit("10/minute;60/hour", key_func=_address_tried, deduct_when=_failed)
def sign_in() -> ResponseReturnValue:
    """Limited by sender and by the address tried, so that many machines cannot guess at one account."""
    form = LoginForm()
    if form.validate_on_submit():
        try:
            user = passwords.sign_in(context.session(), form.email.data or "", form.password.data or "", context.now())
        except passwords.SignInFailed:
            flash(_("The e-mail address and the password do not fit together. Please try again."), "bad")
        else:
            begin_session(user)
            return redirect(safe_next(form.next.data))
    return render_template("auth/login.html", form=form), 422


@bp.post("/logout")
@signed_in
def logout() -> ResponseReturnValue:
    language = session.get(LANGUAGE_KEY)
    logout_user()
    session.clear()
    session[LANGUAGE_KEY] = language
    flash(_("You are signed out."), "good")
    return redirect(url_for("home.landing"))


@bp.get("/session")
@public
def state() -> Response:
    """For scripts of a page that stayed open: is someone still signed in, and which form token is in force?"""
    answer = jsonify(
        signed_in=bool(current_user.is_authenticated),
        csrf_token=generate_csrf(),
        login_url=url_for("auth.login"),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
