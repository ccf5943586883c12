"""Checking a file, or an address typed from paper."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, StringField
from wtforms.validators import Length

from trainer.domain.errors import TooLarge
from trainer.extensions import csrf, limiter
from trainer.services.certificate_checks import as_json, check_file
from trainer.services.certificate_pages import seal_bars
from trainer.services.certificate_reading import MAX_FILE
from trainer.web import context
from trainer.web.errors import sentence, wants_json
from trainer.web.guards import public
from trainer.web.languages import in_language
from trainer.web.verify import bp
from trainer.web.verify.answers import answer_to, problem_sentence


class AddressForm(Form):
    address = StringField(
        _l("Address under the QR code"), [Length(max=500)],
        description=_l("Such as example.org/v/… ; the last part is enough."),
        render_kw={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"},
    )  # fmt: skip


@bp.get("/verify")
@limiter.limit("60/minute")
@public
def index() -> ResponseReturnValue:
    typed = request.args.get("address", "").strip()
    token = urlsplit(typed).path.rstrip("/").rpartition("/")[2][:80]
    if token:
        return redirect(url_for("verify.show", token=token))
    return render_template("verify/index.html", form=AddressForm(), error="")


@bp.post("/verify")
@csrf.exempt  # it changes nothing and acts for nobody, so that programs can send files too
@limiter.limit("20/minute")
@public
def check() -> ResponseReturnValue:
    upload = request.files.get("file")
    data = upload.stream.read(MAX_FILE + 1) if upload is not None else b""
    if not data:
        return _again(_("Choose a file first: the certificate as PDF, JSON, JWT, PNG or SVG."), 422)
    now = context.now()
    try:
        checked = check_file(context.session(), context.ports(), data, now)
    except TooLarge as error:
        return _again(sentence(error.code, error.status), error.status)
    if wants_json():
        return jsonify(as_json(checked, {"record": checked.record} if checked.record else None, now))
    return render_template(
        "verify/file.html", answer=answer_to(checked, from_file=True), checked=checked, record=checked.record, now=now,
        name=(upload.filename or "") if upload else "", problems=[problem_sentence(p) for p in checked.problems],
        token=checked.known.token if checked.known else "", seal_bars=seal_bars, in_language=in_language,
    )  # fmt: skip


def _again(error: str, status: int) -> ResponseReturnValue:
    if wants_json():
        return jsonify(code="error.invalid", message=error), status
    return render_template("verify/index.html", form=AddressForm(), error=error), status
