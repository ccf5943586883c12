"""Errors as people and programs see them: one status, one sentence, as a page or as JSON.

A capability explains its own error codes in `trainer/web/<capability>/messages.py` with a function `texts()` that gives
{code: translated sentence}.
"""

from __future__ import annotations

import logging
from importlib import import_module
from importlib.util import find_spec

from flask import Flask, current_app, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from trainer.domain.errors import TrainerError
from trainer.extensions import db, login
from trainer.ports import AudioRejected, EngineUnavailable, KeyRefused, StorageFull
from trainer.store import faults
from trainer.web.addresses import came_from
from trainer.web.error_texts import texts, title_of

log = logging.getLogger(__name__)


def wants_json() -> bool:
    """True for scripts and programs; a browser that shows a page asks for text/html by name."""
    if request.path.startswith("/api/") or request.is_json:
        return True
    accept = request.accept_mimetypes
    if accept["application/json"] > accept["text/html"]:
        return True
    return request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate"


def sentence(code: str, status: int = 400, **params: object) -> str:
    """The translated sentence of `code`; an unknown code gets the sentence of its status."""
    known = texts()
    if code not in known:
        known = _capability_texts()
    text = known.get(code) or title_of(status)[1]
    return text % params if "%(" in text else text


def _capability_texts() -> dict[str, str]:
    from trainer.web import CAPABILITIES

    found: dict[str, str] = {}
    for name in CAPABILITIES:
        package = import_module(f"trainer.web.{name}")
        if hasattr(package, "__path__") and find_spec(f"trainer.web.{name}.messages"):
            module = import_module(f"trainer.web.{name}.messages")
            found |= module.texts() if hasattr(module, "texts") else {}
    return found


def add_error(form: FlaskForm, error: TrainerError) -> None:
    """Put a service's refusal beside the field it speaks of, or above the form."""
    text = sentence(error.code, error.status, **error.params)
    field = getattr(form, str(error.params.get("field")), None)
    if field is None:
        form.form_errors.append(text)
    else:
        field.errors = [*field.errors, text]


def answer(status: int, code: str, message: str, **more: object) -> ResponseReturnValue:
    """The error as JSON or as a page, whichever this request asked for."""
    if wants_json():
        return jsonify(code=code, message=message, **more), status
    title, _default = title_of(status)
    return render_template("errors/error.html", status=status, title=title, message=message), status


def ask_to_sign_in() -> ResponseReturnValue:
    """Nobody is signed in (any more): scripts get 401 and the address, pages go there and come back afterwards."""
    back = request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} and not wants_json() else came_from()
    address = url_for("auth.login", next=back)
    if wants_json():
        message = sentence("error.signed_out")
        return jsonify(code="error.signed_out", message=message, login_url=address), 401
    return redirect(address)


def _trainer_error(error: TrainerError) -> ResponseReturnValue:
    db.session.rollback()
    more = {"field": error.params["field"]} if "field" in error.params else {}
    return answer(error.status, error.code, sentence(error.code, error.status, **error.params), **more)


def _csrf_error(error: CSRFError) -> ResponseReturnValue:
    """The form's token is not this session's. If the session itself ended, that is what the person has to hear."""
    view = current_app.view_functions.get(request.endpoint or "")
    guard = getattr(view, "guard", ("public", ()))
    if not current_user.is_authenticated and guard[0] not in {"public", "token"}:
        return ask_to_sign_in()
    return answer(400, "error.csrf", sentence("error.csrf"))


def _http_error(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    response = answer(status, f"error.http_{status}", title_of(status)[1])
    if error.get_response().headers.get("Retry-After") and isinstance(response, tuple):
        return response[0], status, {"Retry-After": error.get_response().headers["Retry-After"]}
    return response


def _port_error(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    if isinstance(error, StorageFull):
        return answer(507, "error.storage_full", sentence("error.storage_full"))
    if isinstance(error, AudioRejected):
        return answer(422, "error.audio_rejected", sentence("error.audio_rejected"))
    log.warning("an engine is not available: %s", error)
    return answer(503, "error.unavailable", sentence("error.unavailable"))


def _database_error(error: faults.OperationalError) -> ResponseReturnValue:
    """No room for another row, or no database for the moment: neither is the person's doing, and both pass."""
    db.session.rollback()
    kind = faults.kind_of(error)
    if kind == faults.UNPREPARED:
        return _unforeseen(error)
    log.error("the database is %s: %s", kind, error.orig)
    if kind == faults.FULL:
        return answer(507, "error.storage_full", sentence("error.storage_full"))
    _ask_nobody()
    return answer(503, "error.unavailable", sentence("error.unavailable"))


def _ask_nobody() -> None:
    """The answer names no person where the database cannot tell who asks; the browser says which language."""
    try:
        str(getattr(current_user, "language", ""))
    except faults.SQLAlchemyError:
        db.session.rollback()
        g._login_user = login.anonymous_user()


def _unforeseen(error: Exception) -> ResponseReturnValue:
    db.session.rollback()
    log.error("unforeseen error at %s %s", request.method, request.path, exc_info=error)
    return answer(500, "error.http_500", title_of(500)[1])


def register_errors(app: Flask) -> None:
    """Every error of a request becomes one of these answers."""
    app.register_error_handler(TrainerError, _trainer_error)
    app.register_error_handler(CSRFError, _csrf_error)
    for kind in (StorageFull, AudioRejected, EngineUnavailable, KeyRefused):
        app.register_error_handler(kind, _port_error)
    app.register_error_handler(faults.OperationalError, _database_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(500, _unforeseen)
    login.unauthorized_handler(ask_to_sign_in)
