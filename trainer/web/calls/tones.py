"""Sounds of the telephone for the page: `/calls/tones/<name>.wav?language=en`, kept by the browser."""

from __future__ import annotations

from flask import Response, abort, request

from trainer.services.tones import NAMES, RINGING, tone_wav
from trainer.web.calls import bp
from trainer.web.guards import signed_in
from trainer.web.sounds import wav_response

MONTH_S = 30 * 24 * 3600


@bp.get("/tones/<name>.wav")
@signed_in
def tone(name: str) -> Response:
    """One of `tones.NAMES`, as in Britain or, with `language=fr`, in France. Any other query only names a version."""
    if name not in NAMES:
        abort(404)
    language = request.args.get("language", "en")
    return wav_response(tone_wav(name, language if language in RINGING else "en"), keep_s=MONTH_S)
