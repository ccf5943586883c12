"""A course, and its lessons."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from trainer.domain.courses import Course
from trainer.services import courses, learning, scenarios
from trainer.services.learning import Progress
from trainer.services.scenarios import ScenarioCard
from trainer.web import context
from trainer.web.auth.forms import ConfirmForm
from trainer.web.calls.messages import duty_text
from trainer.web.guards import signed_in
from trainer.web.learn import bp
from trainer.web.learn.texts import block_title, page_language, verdict_text


def progress_in(slug: str) -> Progress:
    return learning.progress_in(context.session(), context.actor(), context.settings().courses, slug)


def cards_of(course: Course) -> dict[str, ScenarioCard]:
    """The calls that a course names, as far as they are published."""
    known = scenarios.cards_by_slug(context.settings().scenarios, page_language())
    lessons = [lesson for edition in course.editions.values() for lesson in edition.lessons]
    named = dict.fromkeys([*course.calls, *(block.call for lesson in lessons for block in lesson.blocks)])
    return {slug: known[slug] for slug in named if slug in known}


@bp.get("/courses/<slug>")
@signed_in
def course(slug: str) -> ResponseReturnValue:
    progress = progress_in(slug)
    return render_template(
        "learn/course.html", progress=progress, course=progress.course, edition=progress.course.edition(page_language()),
        cards=cards_of(progress.course), form=ConfirmForm(), duty_text=duty_text,
    )  # fmt: skip


@bp.get("/courses/<slug>/<lesson>")
@signed_in
def lesson(slug: str, lesson: str) -> ResponseReturnValue:
    progress = progress_in(slug)
    found = courses.find_lesson(progress.course, lesson, page_language())
    slugs = progress.course.lesson_slugs
    return render_template(
        "learn/lesson.html", progress=progress, course=progress.course, edition=progress.course.edition(page_language()),
        lesson=found, number=slugs.index(lesson) + 1, before=slugs[slugs.index(lesson) - 1] if lesson != slugs[0] else "",
        cards=cards_of(progress.course), form=ConfirmForm(), block_title=block_title, verdict_text=verdict_text,
    )  # fmt: skip


@bp.post("/courses/<slug>/<lesson>/read")
@signed_in
def mark_read(slug: str, lesson: str) -> ResponseReturnValue:
    """Said by the learner; goes on to the lesson after it, after the last one to the quiz."""
    found = courses.find_course(context.settings().courses, slug)
    learning.read_lesson(context.session(), context.actor(), found, lesson, context.now())
    later = found.lesson_slugs[found.lesson_slugs.index(lesson) + 1 :]
    if later:
        return redirect(url_for("learn.lesson", slug=slug, lesson=later[0]), code=303)
    return redirect(url_for("learn.course", slug=slug, _anchor="quiz"), code=303)
