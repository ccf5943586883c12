"""A learner's own career, and decisions about it."""

from __future__ import annotations

import json

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.errors import Invalid
from trainer.services import careers, category_decisions, printed_names
from trainer.services.decision_appeals import appeal_view
from trainer.services.ladders import ladder_at
from trainer.web import context
from trainer.web.career import bp
from trainer.web.career.forms import AnswerForm, AppealForm, NameForm
from trainer.web.career.texts import condition_of, gate_views, outcome_text, standing_text
from trainer.web.errors import add_error
from trainer.web.guards import requires, signed_in
from trainer.web.kept_pages import kept_for_person
from trainer.web.languages import in_language
from trainer.web.learn.texts import content_version


@bp.get("/career/")
@requires("learner")
@kept_for_person
def mine() -> ResponseReturnValue:
    return _page(NameForm())


@bp.post("/career/name")
@requires("learner")
def rename() -> ResponseReturnValue:
    form = NameForm()
    if form.validate_on_submit():
        try:
            printed_names.set_printed_name(context.session(), context.actor(), form.name.data or "", context.now())
        except Invalid as error:
            add_error(form, error)
        else:
            return redirect(url_for("career.mine", _anchor="name"))
    return _page(form), 422


def _page(form: NameForm) -> str:
    session = context.session()
    career = careers.career_of(session, context.actor(), None, context.now())
    decisions, words = category_decisions.history_of(session, career.person)
    if not form.is_submitted():
        form.name.data = printed_names.name_to_print(session, career.person)
    rows = category_decisions.gate_rows(career.verdict) if career.verdict else []
    renewal = gate_views(category_decisions.gate_rows(career.renewal.verdict), own=True) if career.renewal else []
    later = [one for one in career.ladder.categories if career.next and one.rank > career.next.rank and one.gates]
    return render_template(
        "career/mine.html", career=career, gates=lambda: gate_views(rows, own=True), gate_count=len(rows),
        gates_key=(content_version(), json.dumps(rows, default=str)), renewal=renewal, later=later, decisions=decisions, words=words,
        form=form, in_language=in_language, standing_text=standing_text, outcome_text=outcome_text,
        condition_of=condition_of, now=context.now(),
    )  # fmt: skip


@bp.get("/career/decisions/<decision_id>")
@signed_in
def decision(decision_id: str) -> ResponseReturnValue:
    return decision_page(decision_id)


def decision_page(
    decision_id: str, appeal_form: AppealForm | None = None, answer_form: AnswerForm | None = None
) -> str:
    """A decision with its reasons and the appeal against it; a form as it came back with a mistake."""
    found, person = category_decisions.open_decision(context.session(), context.actor(), decision_id)
    own = person.id == context.actor().user_id
    category = ladder_at(context.session(), found.organisation_id, found.ladder).find(found.category)
    title = in_language(category.title) if category else _("Category")
    return render_template(
        "career/decision.html", decision=found, person=person, own=own, title=title, outcome_text=outcome_text,
        gates=gate_views(found.gates, own=own), made_again=category_decisions.made_again(context.session(), found),
        view=appeal_view(context.session(), context.actor(), found, context.now()),
        appeal_form=appeal_form or AppealForm(formdata=None), answer_form=answer_form or AnswerForm(formdata=None),
    )  # fmt: skip
