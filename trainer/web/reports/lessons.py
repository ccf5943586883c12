"""What people say of lessons: how clear each was, and their comments."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from trainer.services import lesson_feedback
from trainer.web import context
from trainer.web.guards import requires
from trainer.web.languages import page_language
from trainer.web.learn.texts import clarity_text
from trainer.web.reports import bp
from trainer.web.reports.tabs import WRITERS, tabs
from trainer.web.requests import page_number


@bp.get("/lessons")
@requires(*WRITERS)
def lessons() -> ResponseReturnValue:
    session, actor, folder = context.session(), context.actor(), context.settings().courses
    page, place = page_number(), lesson_feedback.place_of(request.args.get("lesson", "")[:200])
    lines = lesson_feedback.list_lessons(session, actor, folder, page_language())
    comments, more = lesson_feedback.list_comments(session, actor, folder, page_language(), place, page)
    chosen = next((line for line in lines if (line.course, line.lesson) == place), None)
    return render_template(
        "reports/lessons.html", lines=lines, comments=comments, more=more, page=page, place=place, chosen=chosen,
        tabs=tabs(), clarity_text=clarity_text,
    )  # fmt: skip
