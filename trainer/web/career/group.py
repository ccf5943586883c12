"""For supervisors: a whole cohort decided and certified at once, with its progress."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.errors import Invalid
from trainer.services import group_decisions
from trainer.services.ladders import ladder_of
from trainer.web import context
from trainer.web.auth.forms import ConfirmForm
from trainer.web.career import bp
from trainer.web.certificates.place import place
from trainer.web.errors import add_error, sentence
from trainer.web.guards import requires
from trainer.web.languages import in_language
from trainer.web.requests import page_number


@bp.get("/categories/group")
@requires("supervisor")
def choose_group() -> ResponseReturnValue:
    return _choice(ConfirmForm())


def _choice(form: ConfirmForm) -> str:
    session, actor, now = context.session(), context.actor(), context.now()
    cohort = request.values.get("cohort", "")[:40]
    return render_template(
        "career/group_choose.html", form=form, cohort=cohort, cohorts=group_decisions.cohorts_of(session, actor),
        choices=group_decisions.choices_of(session, actor, cohort, now), groups=group_decisions.list_groups(session, actor),
        in_language=in_language,
    )  # fmt: skip


@bp.post("/categories/group")
@requires("supervisor")
def order_group() -> ResponseReturnValue:
    form = ConfirmForm()
    if not form.validate_on_submit():
        return _choice(form), 422
    chosen = [
        (person, category) for person, _sign, category in (one.partition(":") for one in request.form.getlist("chosen"))
    ]
    try:
        group = group_decisions.order(
            context.session(), context.ports(), context.actor(), chosen, place(), context.now()
        )
    except Invalid as error:
        add_error(form, error)
        return _choice(form), 422
    return redirect(url_for("career.group", group_decision_id=group.public_id), code=303)


@bp.get("/categories/group/<group_decision_id>")
@requires("supervisor")
def group(group_decision_id: str) -> ResponseReturnValue:
    session, actor = context.session(), context.actor()
    progress = group_decisions.progress_of(session, actor, group_decision_id)
    page = page_number()
    lines, more = group_decisions.lines_of(session, progress.group, page)
    ladder = ladder_of(session, actor.organisation_id)
    titles = {category.id: in_language(category.title) for category in ladder.categories}
    return render_template(
        "career/group.html", progress=progress, lines=lines, more=more, page=page, titles=titles, reason=sentence,
        confirm=ConfirmForm(),
    )  # fmt: skip


@bp.post("/categories/group/<group_decision_id>/again")
@requires("supervisor")
def group_again(group_decision_id: str) -> ResponseReturnValue:
    group_decisions.order_failed_again(context.session(), context.ports(), context.actor(), group_decision_id)
    flash(_("What failed is tried again."), "info")
    return redirect(url_for("career.group", group_decision_id=group_decision_id), code=303)


@bp.get("/categories/group/<group_decision_id>/certificates.zip")
@requires("supervisor")
def group_papers(group_decision_id: str) -> Response:
    """Every certificate of the group on paper, sent as it is made."""
    pieces = group_decisions.papers(
        context.session(),
        context.ports(),
        context.actor(),
        group_decision_id,
        context.settings().certificates,
        context.now(),
    )
    answer = Response(stream_with_context(pieces), mimetype="application/zip")
    answer.headers["Content-Disposition"] = 'attachment; filename="certificates.zip"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
