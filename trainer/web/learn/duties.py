"""My strengths by duty: what the learner read on each duty of the job, and what their answers on it earned."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from trainer.domain.strengths import WEAK_BELOW
from trainer.services import courses, learning_record
from trainer.web import context
from trainer.web.guards import signed_in
from trainer.web.kept_pages import kept_for_person
from trainer.web.languages import page_language
from trainer.web.learn import bp
from trainer.web.learn.id_texts import job_label


@bp.get("/duties")
@signed_in
@kept_for_person
def duties() -> ResponseReturnValue:
    folder = context.settings().courses
    found = learning_record.duties_of(context.session(), context.actor(), folder)
    return render_template(
        "learn/duties.html", duties=found, lesson_title=lesson_title, job_label=job_label, weak_below=WEAK_BELOW
    )


def lesson_title(course: str, lesson: str) -> str:
    """In the page's language; a lesson that is gone by its slug."""
    known = courses.published(context.settings().courses).get(course)
    found = known.edition(page_language()).lesson(lesson) if known else None
    return found.title if found else lesson
