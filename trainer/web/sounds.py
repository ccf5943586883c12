"""Sound for pages: a WAV file that the browser may keep, and of which it may ask for parts."""

from __future__ import annotations

from flask import Response, request

DAY_S = 24 * 3600
YEAR_S = 365 * DAY_S


def wav_response(wav: bytes, *, keep_s: int = DAY_S, immutable: bool = False) -> Response:
    """`keep_s`: seconds that the browser of this one person keeps it; `immutable`: it never changes, so it is not asked for again."""
    response = Response(wav, mimetype="audio/wav")
    response.headers["Cache-Control"] = f"private, max-age={keep_s}" + (", immutable" if immutable else "")
    response.add_etag()
    return response.make_conditional(request, accept_ranges=True, complete_length=len(wav))
