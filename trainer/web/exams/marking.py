"""What people mark of exams: answers in somebody's own words of which the machine is not sure."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from trainer.language.short_answer import says
from trainer.services import exam_answers
from trainer.web import context
from trainer.web.exams import bp
from trainer.web.forms import PageForm
from trainer.web.guards import requires
from trainer.web.languages import page_language

MARKERS = ("trainer", "supervisor", "teacher")


class AnswerForm(PageForm):
    """A person's word on one answer."""

    percent = RadioField(coerce=int, validators=[InputRequired()])
    remark = TextAreaField(validators=[Length(max=1000)])

    def __init__(self) -> None:
        super().__init__()
        self.percent.label.text = _("The answer is")
        self.percent.choices = [(100, _("right")), (50, _("half right")), (0, _("not right"))]
        self.remark.label.text = _("A word to the learner (if you like)")


@bp.get("/answers")
@requires(*MARKERS)
def answers() -> ResponseReturnValue:
    """What waits, the oldest first."""
    found = exam_answers.waiting(context.session(), context.actor(), page_language())
    return render_template("exams/answers.html", found=found, form=AnswerForm(), says=says)


@bp.post("/answers/<exam_answer_id>")
@requires(*MARKERS)
def decide(exam_answer_id: str) -> ResponseReturnValue:
    form = AnswerForm()
    if not form.validate_on_submit():
        found = exam_answers.waiting(context.session(), context.actor(), page_language())
        return render_template("exams/answers.html", found=found, form=form, wrong=exam_answer_id, says=says), 422
    exam_answers.decide(
        context.session(), context.actor(), exam_answer_id, form.percent.data, form.remark.data or "", context.now()
    )
    flash(_("Kept. The result of that paper was worked out anew."), "success")
    return redirect(url_for("exams.answers"), code=303)
