"""The page behind the QR code, and its files."""

from __future__ import annotations

from flask import Response, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from trainer.extensions import csrf, limiter
from trainer.services.certificate_checks import Checked, check_token
from trainer.services.certificate_pages import seal_bars
from trainer.services.certificates import successor_of
from trainer.services.hidden_names import name_fits, without_name
from trainer.store.certificates import Certificate
from trainer.web import context
from trainer.web.api.certificates import answer_of
from trainer.web.certificates.files import badge_answer, json_answer, jwt_answer, pdf_answer
from trainer.web.errors import wants_json
from trainer.web.guards import by_token
from trainer.web.languages import in_language
from trainer.web.verify import bp
from trainer.web.verify.answers import answer_to


@bp.get("/v/<token>")
@limiter.limit("60/minute")
@by_token("certificate")
def show(token: str) -> ResponseReturnValue:
    now = context.now()
    checked = check_token(context.session(), token, now)
    status = 404 if checked.known is None else 200
    form = _badge_form()
    if form and checked.known is not None and not checked.is_name_hidden:
        return _fresh(badge_answer(checked.known, form))
    if wants_json():
        return _fresh(jsonify(answer_of(checked))), status
    return _fresh(Response(_page(token, checked))), status


def _page(token: str, checked: Checked, typed: str = "", fits: bool | None = None) -> str:
    """`fits` tells whether the name that was typed is the holder's; None before anybody asked."""
    record, hidden = checked.record, checked.is_name_hidden
    return render_template(
        "verify/show.html", answer=answer_to(checked), checked=checked, token=token, now=context.now(),
        record=without_name(record) if record and hidden else record, hidden=hidden, typed=typed, fits=fits,
        seal_bars=lambda _nameless: seal_bars(record) if record else [], in_language=in_language,
        successor=successor_of(context.session(), checked.known) if checked.known and checked.is_followed else None,
    )  # fmt: skip


@bp.post("/v/<token>")
@csrf.exempt  # it changes nothing and acts for nobody
@limiter.limit("10/minute")
@by_token("certificate")
def compare_name(token: str) -> ResponseReturnValue:
    """Is this typed name the holder's? The only answer about a name that its holder hides."""
    checked = check_token(context.session(), token, context.now())
    if checked.known is None:
        abort(404)
    typed = request.form.get("name", "").strip()[:200]
    fits = name_fits(checked.known, typed) if typed else None
    if wants_json():
        return _fresh(jsonify(name_fits=fits))
    return _fresh(Response(_page(token, checked, typed, fits)))


def _badge_form() -> str:
    """For programs that follow a credential's id, which is this address: the form that they ask for, else ""."""
    offered = ["text/html", "application/json", "application/vc", "application/vc+jwt"]
    wanted = request.accept_mimetypes.best_match(offered, default="text/html")
    return {"application/vc": "json", "application/vc+jwt": "jwt"}.get(str(wanted), "")


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
    if checked.known is None or checked.is_name_hidden:  # each of the files holds the name
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
