"""A certificate's files as answers, for the holder and for whoever checks."""

from __future__ import annotations

from flask import Response, abort, request

from trainer.services import certificate_files
from trainer.services.badge_pictures import baked_badge
from trainer.services.certificate_making import LANGUAGES
from trainer.store.certificates import Certificate
from trainer.web import context
from trainer.web.languages import page_language

PICTURES = {"png": "image/png", "svg": "image/svg+xml"}


def pdf_answer(certificate: Certificate) -> Response:
    """The PDF in the language asked for (`?language=fr`), else in the page's."""
    language = request.args.get("language") or page_language()
    if language not in LANGUAGES:
        abort(404)
    name = f"certificate-{certificate.number}-{language}.pdf"
    designs = context.settings().certificates
    data = certificate_files.pdf_of(context.session(), context.ports(), certificate, language, designs)
    return _download(data, "application/pdf", name)


def json_answer(certificate: Certificate) -> Response:
    data = certificate_files.document_bytes(certificate)
    return _download(data, "application/json", f"certificate-{certificate.number}.json")


def badge_answer(certificate: Certificate, form: str) -> Response:
    """The Open Badges credential for wallets and backpacks: "json" with its proof, "jwt", or a picture that carries it."""
    if form == "jwt":
        return jwt_answer(certificate)
    name = f"badge-{certificate.number}.{form}"
    if form == "json":
        return _download(certificate_files.badge_bytes(certificate), "application/vc", name)
    if form not in PICTURES:
        abort(404)
    return _download(baked_badge(certificate, form), PICTURES[form], name)


def jwt_answer(certificate: Certificate) -> Response:
    """The signed Open Badges credential alone, as wallets take it."""
    return _download(certificate.jwt.encode("ascii"), "application/vc+jwt", f"certificate-{certificate.number}.jwt")


def _download(data: bytes, mime: str, name: str) -> Response:
    answer = Response(data, mimetype=mime)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
