"""My path: where the learner stands, and the one thing to do now."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from trainer.services import assignments, cards, drills, scenarios
from trainer.services.job_description_signing import is_owed
from trainer.services.learning_path import way_of
from trainer.web import context
from trainer.web.career.texts import figure_of
from trainer.web.guards import signed_in
from trainer.web.kept_pages import kept_for_person
from trainer.web.languages import in_language, page_language
from trainer.web.learn import bp
from trainer.web.learn.texts import advice_of, condition_text, content_version, step_link
from trainer.web.review.questions import objection_text
from trainer.web.review.texts import reply_criterion_text


@bp.get("/")
@signed_in
@kept_for_person
def my_path() -> ResponseReturnValue:
    settings = context.settings()
    way = way_of(
        context.session(), context.actor(), settings.courses, settings.scenarios, page_language(), context.now()
    )
    known = scenarios.cards_by_slug(settings.scenarios, page_language())
    left = assignments.left_for(context.session(), context.actor())
    return render_template(
        "learn/path.html", way=way, advice=advice_of(way), in_language=in_language, step_link=step_link, figure_of=figure_of,
        assigned=[(one, known[one.scenario]) for one in left if one.scenario in known], language=page_language(),
        drill=drills.suggest(context.session(), context.ports(), context.actor()),
        owed=way.ready is None and is_owed(context.session(), context.actor(), settings.courses), condition_text=condition_text,
        version=content_version(),
        steps=tuple((one.kind, one.state, one.figure, one.threshold, one.name) for one in way.steps),
        cards=tuple((one.read_count, one.passed is None, one.open is None, one.best) for one in way.courses),
        deck=cards.deck_of(context.session(), context.actor(), context.now()),
        reply_criterion_text=reply_criterion_text, objection_text=objection_text,
    )  # fmt: skip
