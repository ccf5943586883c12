"""The page's language: the person's own, else the one chosen in this browser, else what the browser asks for."""

from __future__ import annotations

from flask import Blueprint, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms.fields.choices import SelectChoice

from trainer.services import passwords
from trainer.web import context
from trainer.web.addresses import safe_next
from trainer.web.guards import public

LANGUAGES = {"en": "English", "fr": "Français"}
KEY = "language"

bp = Blueprint("languages", __name__)


def language_choices() -> list[SelectChoice]:
    """For a form's list: each language by its own name."""
    return [SelectChoice(code, name) for code, name in LANGUAGES.items()]


def choose_language() -> str:
    """One of `LANGUAGES`, for Flask-Babel."""
    own = getattr(current_user, "language", None)
    chosen = own or session.get(KEY)
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(LANGUAGES, "en") or "en"


@bp.post("/language")
@public
def switch() -> ResponseReturnValue:
    """Remember the language: in this browser, and with the account of a signed-in person."""
    wanted = request.form.get("language", "")
    if wanted in LANGUAGES:
        session[KEY] = wanted
        if current_user.is_authenticated and current_user.language != wanted:
            passwords.set_language(context.session(), context.actor(), wanted)
    return redirect(safe_next(request.form.get("next")))
