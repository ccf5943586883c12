"""What the credentials of an issuer point at: its keys, its status lists, the pictures of its badges. For programs."""

from __future__ import annotations

import hashlib

from flask import Response, jsonify, request

from trainer.extensions import limiter
from trainer.services.badge_pictures import achievement_picture
from trainer.services.certificate_keys import issuer_document
from trainer.services.certificates import find_issuer
from trainer.services.status_lists import status_file
from trainer.web import context
from trainer.web.certificates.files import PICTURES
from trainer.web.certificates.place import place
from trainer.web.guards import public
from trainer.web.verify import bp

STATUS_AGE = 30
"""Seconds that a status list may be kept on the way: a revocation shows within a minute."""


@bp.get("/issuer/<organisation_id>")
@limiter.limit("60/minute")
@public
def issuer(organisation_id: str) -> Response:
    """The issuer document that credentials name: the public keys, in use and retired."""
    organisation = find_issuer(context.session(), organisation_id)
    document = issuer_document(context.session(), context.ports(), place().issuer(organisation), organisation.name)
    return _kept(jsonify(document), 300)


@bp.get("/issuer/<organisation_id>/status/<int:number>")
@limiter.limit("120/minute")
@public
def status_list(organisation_id: str, number: int) -> Response:
    """Which credentials are withdrawn: JSON with a Data Integrity proof, or a VC-JWT for who asks for one."""
    wanted = request.accept_mimetypes.best_match(["application/vc", "application/vc+jwt"], default="application/vc")
    form = "jwt" if wanted == "application/vc+jwt" else "json"
    data = status_file(context.session(), context.ports(), organisation_id, number, form, context.now())
    answer = Response(data, mimetype=wanted)
    answer.headers["Vary"] = "Accept"
    return _kept(answer, STATUS_AGE)


@bp.get("/issuer/<organisation_id>/badge/<ladder>/<language>/<category>.<form>")
@limiter.limit("60/minute")
@public
def picture(organisation_id: str, ladder: str, language: str, category: str, form: str) -> Response:
    """The picture of a category's badge, the same for all who hold it."""
    organisation = find_issuer(context.session(), organisation_id)
    data = achievement_picture(context.session(), ladder, category, organisation, language, form)
    return _kept(Response(data, mimetype=PICTURES[form]), 86_400)


def _kept(answer: Response, seconds: int) -> Response:
    """Public, and the same for everybody: no cookie, any site may read it, and caches may keep it."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = f"public, max-age={seconds}"
    answer.set_etag(hashlib.sha256(answer.get_data()).hexdigest()[:32])
    return answer.make_conditional(request)
