"""Certificates by their token, and files by their own proof. All of it is public, and the same as the verify page says."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from trainer.domain.errors import TooLarge
from trainer.extensions import csrf, limiter
from trainer.services.certificate_checks import Checked, as_json, check_file, check_token
from trainer.services.certificate_files import document_of
from trainer.services.certificate_reading import MAX_FILE
from trainer.services.certificates import successor_of
from trainer.services.hidden_names import name_fits
from trainer.web import context
from trainer.web.addresses import public_address
from trainer.web.api import bp
from trainer.web.guards import by_token, public

NO_TOKEN = {"code": "error.not_found", "message": "no certificate has this token"}


def answer_of(checked: Checked) -> dict[str, Any]:
    """What both the verify page's JSON and this interface answer about a token."""
    known, session = checked.known, context.session()
    hidden = checked.is_name_hidden
    successor = successor_of(session, known) if known is not None and checked.is_followed else None
    document = document_of(known) if known is not None and not hidden else None
    return {
        **as_json(checked, document, context.now()),
        "name_hidden": hidden,
        "successor": public_address("verify.show", token=successor.token) if successor else None,
    }


@bp.get("/certificates/<token>")
@limiter.limit("60/minute")
@by_token("certificate")
def certificate(token: str) -> ResponseReturnValue:
    checked = check_token(context.session(), token, context.now())
    if checked.known is None:
        return _open(jsonify({**answer_of(checked), **NO_TOKEN})), 404
    return _open(jsonify(answer_of(checked)))


@bp.post("/certificates/<token>/name")
@csrf.exempt  # it changes nothing and acts for nobody
@limiter.limit("10/minute")
@by_token("certificate")
def name(token: str) -> ResponseReturnValue:
    """Is {"name": ...} the holder's? The only answer about a name that its holder hides."""
    checked = check_token(context.session(), token, context.now())
    if checked.known is None:
        return _open(jsonify(NO_TOKEN)), 404
    given = request.get_json(silent=True)
    typed = given.get("name") if isinstance(given, dict) else None
    if not isinstance(typed, str) or not typed.strip():
        return _open(jsonify(code="error.invalid", message='send {"name": "..."} as JSON')), 422
    return _open(jsonify(name_fits=name_fits(checked.known, typed.strip()[:200])))


@bp.post("/certificates/check")
@csrf.exempt  # it changes nothing and acts for nobody
@limiter.limit("20/minute")
@public
def check() -> ResponseReturnValue:
    """A certificate file as the request's body: PDF, JSON, JWT, PNG or SVG."""
    data = request.stream.read(MAX_FILE + 1)
    if not data:
        return _open(jsonify(code="error.invalid", message="send the file as the body of the request")), 422
    now = context.now()
    try:
        checked = check_file(context.session(), context.ports(), data, now)
    except TooLarge:
        return _open(jsonify(code="error.too_large", message=f"at most {MAX_FILE} bytes")), 413
    return _open(jsonify(as_json(checked, {"record": checked.record} if checked.record else None, now)))


def _open(answer: Response) -> Response:
    """Any site's script may ask, and nobody keeps the answer: a revocation shows at once."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = "no-store"
    return answer
