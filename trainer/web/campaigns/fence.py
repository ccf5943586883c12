"""What a candidate's session reaches: their own call, its review where the campaign allows it, and nothing else.

The list names what is open, so that a page made later is closed to candidates until somebody opens it. Services check
besides that the call is the candidate's own.
"""

from __future__ import annotations

from flask import abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from trainer.domain.errors import NotFound
from trainer.services import candidates
from trainer.web import context
from trainer.web.campaigns import bp

OWN_CALL = frozenset(
    f"calls.{name}"
    for name in (
        "console", "claim", "state", "answer", "turn", "ahead", "happening", "wrap_up", "audio", "headset", "test_line",
        "tone", "busy",
    )
)  # fmt: skip
OWN_REVIEW = frozenset(f"review.{name}" for name in ("show", "ready", "correct"))
OTHERS = frozenset({"campaigns.my_call", "campaigns.go_on", "auth.logout"})
FRONT_DOORS = frozenset({"home.landing", "home.start", "auth.login"})
SAID_THANKS = "said_thanks"


@bp.before_app_request
def keep_candidates_to_their_call() -> ResponseReturnValue | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint == "static" or endpoint.endswith(".static"):
        return None
    if not current_user.is_authenticated or not current_user.is_candidate:
        return None
    if endpoint in OWN_CALL or endpoint in OTHERS:
        return None
    if endpoint in FRONT_DOORS:
        return redirect(url_for("campaigns.my_call"))
    if endpoint in OWN_REVIEW:
        return _review(endpoint)
    guard = getattr(current_app.view_functions[endpoint], "guard", ("unknown", ()))
    return None if guard[0] in {"public", "token"} else abort(403)


def _review(endpoint: str) -> ResponseReturnValue | None:
    """The console sends everyone to the review when a call is done; candidates are thanked first."""
    try:
        may_read = candidates.my_call(context.session(), context.actor()).may_read
    except NotFound:
        abort(403)
    if may_read and (session.get(SAID_THANKS) or endpoint != "review.show"):
        return None
    return redirect(url_for("campaigns.my_call")) if endpoint == "review.show" else abort(403)
