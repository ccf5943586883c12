"""Pages of calibration: the sessions, a new one, and one of them before and after all have handed in."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from trainer.domain.errors import Conflict, Invalid, NotAllowed
from trainer.services import calibration as service
from trainer.services.marks import MARKERS
from trainer.web.calibration import bp, messages
from trainer.web.context import actor, now, session
from trainer.web.errors import sentence
from trainer.web.forms import PageForm
from trainer.web.guards import requires
from trainer.web.reports import agreement_texts
from trainer.web.review.messages import decided_text
from trainer.web.review.questions import Wording
from trainer.web.review.texts import answer_text


class SessionForm(PageForm):
    title = StringField(
        _l("Title"), [InputRequired(_l("Please fill this in.")), Length(max=120)],
        description=_l("For example “Complaints, November”."),
    )  # fmt: skip


class ClosingForm(PageForm):
    agreed = TextAreaField(_l("What you agreed on"), [Length(max=20_000)], render_kw={"rows": 4})


@bp.get("/")
@requires(*MARKERS)
def index() -> str:
    return render_template("calibration/index.html", lines=service.list_sessions(session(), actor()))


@bp.route("/new", methods=["GET", "POST"])
@requires(*MARKERS)
def new() -> str | Response:
    form = SessionForm()
    chosen = {name: request.form.getlist(name) for name in ("calls", "people")}
    if form.validate_on_submit():
        try:
            held = service.open_session(session(), actor(), title=form.title.data or "", now=now(), **chosen)
        except Invalid as error:
            flash(sentence(error.code, error.status, **error.params), "warn")
        else:
            flash(_("The session is open. Each of its people finds it here, and marks the calls blind."), "good")
            return redirect(url_for("calibration.show", calibration_session_id=held.public_id), code=303)
    calls, people = service.choices(session(), actor())
    picked = {*chosen["calls"], *chosen["people"]} or {user.public_id for user in people if user.id == actor().user_id}
    return render_template("calibration/new.html", form=form, calls=calls, people=people, picked=picked)


@bp.get("/<calibration_session_id>")
@requires(*MARKERS)
def show(calibration_session_id: str) -> str:
    found = service.open_calibration(session(), actor(), calibration_session_id, now())
    wordings = [Wording(one.compared.grade.rubric_version) if one.compared else None for one in found.calls]
    return render_template(
        "calibration/show.html",
        found=found,
        me=actor().user_id,
        names=[
            wording.name_in(one.compared.grade) if wording and one.compared else None
            for wording, one in zip(wordings, found.calls, strict=True)
        ],
        form=ClosingForm(agreed=found.held.agreed),
        state_text=messages.state_text,
        word=lambda answer, check: (
            "–" if not answer else answer_text(answer)[1] if answer == "undecided" else decided_text(answer, check)
        ),
        figures=agreement_texts,
    )


@bp.post("/<calibration_session_id>/close")
@requires(*MARKERS)
def close(calibration_session_id: str) -> Response:
    form = ClosingForm()
    if form.validate_on_submit():
        try:
            service.close_session(session(), actor(), calibration_session_id, form.agreed.data or "", now())
        except (Invalid, Conflict, NotAllowed) as error:
            flash(sentence(error.code, error.status, **error.params), "warn")
        else:
            flash(_("Kept. Everybody in the session sees the comparison."), "good")
    return redirect(url_for("calibration.show", calibration_session_id=calibration_session_id), code=303)
