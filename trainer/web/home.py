"""The front door: the landing page for strangers, the start page for those who are signed in."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from trainer.services.job_description_signing import is_owed
from trainer.web import context
from trainer.web.guards import public, signed_in
from trainer.web.kept_pages import kept_for_person
from trainer.web.navigation import entries_for

bp = Blueprint("home", __name__)


@bp.get("/")
@public
def landing() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(url_for("home.start"))
    return render_template("home/landing.html")


@bp.get("/start")
@signed_in
@kept_for_person
def start() -> ResponseReturnValue:
    owed = is_owed(context.session(), context.actor(), context.settings().courses)
    return render_template("home/start.html", entries=entries_for(context.actor()), owed=owed)


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    return render_template("home/privacy.html")


@bp.get("/healthz")
@public
def health() -> ResponseReturnValue:
    """For load balancers: the process answers."""
    return {"status": "ok"}
