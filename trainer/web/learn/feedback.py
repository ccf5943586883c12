"""A learner's word on a lesson."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.errors import Invalid
from trainer.services import courses, lesson_feedback
from trainer.web import context
from trainer.web.errors import add_error
from trainer.web.guards import signed_in
from trainer.web.languages import page_language
from trainer.web.learn import bp
from trainer.web.learn.forms import FeedbackForm
from trainer.web.learn.lessons import lesson_page


@bp.post("/courses/<slug>/<lesson>/feedback")
@signed_in
def give_feedback(slug: str, lesson: str) -> ResponseReturnValue:
    course = courses.find_course(context.settings().courses, slug)
    courses.find_lesson(course, lesson, page_language())
    form = FeedbackForm()
    if form.validate_on_submit():
        try:
            lesson_feedback.give_feedback(
                context.session(), context.actor(), course, lesson, form.clarity.data, form.comment.data or "", context.now()
            )  # fmt: skip
        except Invalid as error:
            add_error(form, error)
        else:
            flash(_("Thank you: your word on this lesson is kept. You can change it whenever you like."), "good")
            return redirect(url_for("learn.lesson", slug=slug, lesson=lesson, _anchor="feedback"), code=303)
    return lesson_page(slug, lesson, feedback=form), 422
