"""The page behind the QR code, and its files."""

from __future__ import annotations

from flask import Response, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from trainer.extensions import limiter
from trainer.services.certificate_checks import Checked, as_json, check_token
from trainer.services.certificate_files import document_of
from trainer.services.certificate_pages import seal_bars
from trainer.store.certificates import Certificate
from trainer.web import context
from trainer.web.career.texts import in_language
from trainer.web.certificates.files import badge_answer, json_answer, jwt_answer, pdf_answer
from trainer.web.errors import wants_json
from trainer.web.guards import by_token
from trainer.web.verify import bp
from trainer.web.verify.answers import answer_to


@bp.get("/v/<token>")
@limiter.limit("60/minute")
@by_token("certificate")
def show(token: str) -> ResponseReturnValue:
    now = context.now()
    checked = check_token(context.session(), token, now)
    status = 404 if checked.known is None else 200
    if wants_json():
        body = jsonify(as_json(checked, document_of(checked.known) if checked.known else None, now))
        return _fresh(body), status
    page = render_template(
        "verify/show.html", answer=answer_to(checked), checked=checked, record=checked.record, token=token, now=now,
        seal_bars=seal_bars, in_language=in_language,
    )  # fmt: skip
    return _fresh(Response(page)), status


def _fresh(answer: Response) -> Response:
    """Never kept on the way, so that a revocation shows at once; and out of search engines."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Vary"] = "Accept, Accept-Language, Cookie"
    answer.headers["X-Robots-Tag"] = "noindex"
    if request.headers.get("Origin"):  # other sites' scripts may ask too: all of this is public
        answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _known(token: str) -> Certificate:
    checked: Checked = check_token(context.session(), token, context.now())
    if checked.known is None:
        abort(404)
    return checked.known


@bp.get("/v/<token>/certificate.pdf")
@limiter.limit("20/minute")
@by_token("certificate")
def pdf(token: str) -> Response:
    return pdf_answer(_known(token))


@bp.get("/v/<token>/certificate.json")
@limiter.limit("60/minute")
@by_token("certificate")
def document(token: str) -> Response:
    return json_answer(_known(token))


@bp.get("/v/<token>/certificate.jwt")
@limiter.limit("60/minute")
@by_token("certificate")
def jwt(token: str) -> Response:
    return jwt_answer(_known(token))


@bp.get("/v/<token>/badge.<form>")
@limiter.limit("60/minute")
@by_token("certificate")
def badge(token: str, form: str) -> Response:
    """The credential for wallets: JSON with a Data Integrity proof, JWT, or a PNG or SVG picture that carries it."""
    return badge_answer(_known(token), form)
