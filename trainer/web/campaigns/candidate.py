"""The candidate's pages: the door with its consent, getting ready, thanks."""

from __future__ import annotations

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from trainer.content.call_rubric import rubric_of
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.scenario import Case
from trainer.extensions import limiter
from trainer.services import campaigns, candidates
from trainer.services.candidates import Consent, Door, MyCall
from trainer.web import context
from trainer.web.auth.identity import begin_session
from trainer.web.calls.lobby import TEST_LINES
from trainer.web.campaigns import bp
from trainer.web.campaigns.fence import SAID_THANKS
from trainer.web.campaigns.forms import ConsentForm
from trainer.web.errors import add_error
from trainer.web.guards import by_token, signed_in
from trainer.web.languages import LANGUAGES, page_language
from trainer.web.review.questions import open_gaps
from trainer.web.review.texts import error_texts


def _mine() -> MyCall | None:
    """The call of whoever is signed in here, if they are a candidate."""
    if not current_user.is_authenticated or not current_user.is_candidate:
        return None
    try:
        return candidates.my_call(context.session(), context.actor())
    except NotFound:
        return None


@bp.get("/assessment/<token>")
@by_token("assessment")
@limiter.limit("60/minute")
def door(token: str) -> ResponseReturnValue:
    """Whoever began in this browser goes on there; a used link opens nothing anywhere else."""
    mine = _mine()
    if mine and candidates.is_own_link(mine, token):
        return redirect(url_for("campaigns.my_call"))
    found = candidates.open_door(context.session(), token, context.now())
    if found.used:
        raise Conflict("candidate.link_used")
    return _door_page(found, ConsentForm(name=found.candidacy.name if found.candidacy else ""))


def _rubric(case: Case) -> list[tuple[str, int, list[str]]]:
    """Title, weight and questions of every criterion of this call, in the page's language; what the call fills in later
    is an ellipsis."""
    language = page_language()
    return [
        (one.title[language], one.weight, [open_gaps(check.question[language]) for check in one.checks])
        for one in rubric_of(case).criteria
    ]


def _door_page(found: Door, form: ConsentForm) -> str:
    return render_template(
        "campaigns/door.html",
        door=found,
        form=form,
        last_day=campaigns.last_day(found.campaign),
        rubric=_rubric(found.case),
        error_texts=error_texts(),
        language_names=LANGUAGES,
    )


@bp.post("/assessment/<token>")
@by_token("assessment")
@limiter.limit("20/minute")
def begin(token: str) -> ResponseReturnValue:
    found, form = candidates.open_door(context.session(), token, context.now()), ConsentForm()
    if found.goes_on or form.validate_on_submit():
        consent = Consent(
            name=form.name.data or "",
            email=form.email.data or "",
            language=page_language(),
            assessment=bool(form.assessment.data),
            recording=bool(form.recording.data),
        )
        try:
            user = candidates.begin(context.session(), context.ports(), token, consent, context.now())
        except Invalid as error:
            add_error(form, error)
        else:
            begin_session(user)
            return redirect(url_for("campaigns.my_call"))
    return _door_page(found, form), 422


@bp.get("/assessment")
@signed_in
def my_call() -> ResponseReturnValue:
    """Getting ready, going on, or thanks: whichever it is time for."""
    if not current_user.is_candidate:
        return redirect(url_for("home.start"))
    mine = candidates.my_call(context.session(), context.actor())
    if mine.is_done:
        session[SAID_THANKS] = True
        return render_template("campaigns/thanks.html", mine=mine)
    return render_template(
        "campaigns/ready.html", mine=mine, test_lines=TEST_LINES, language_names=LANGUAGES, company=mine.case.company
    )


@bp.get("/assessment/call")
@signed_in
def go_on() -> ResponseReturnValue:
    """To the console of the candidate's own call."""
    if not current_user.is_candidate:
        return redirect(url_for("home.start"))
    mine = candidates.my_call(context.session(), context.actor())
    return redirect(url_for("calls.console", call_id=mine.call.public_id))
