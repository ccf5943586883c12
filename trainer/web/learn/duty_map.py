"""The duty map: what teaches, drills, plays, checks, examines and gates each id of the job."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from trainer.domain.grading.call_rubric import IN_FORCE
from trainer.services import courses, exams, scenarios
from trainer.services.duty_map import map_of
from trainer.services.kept import Kept
from trainer.web import context
from trainer.web.guards import signed_in
from trainer.web.kept_pages import kept_for_person
from trainer.web.languages import in_language, page_language
from trainer.web.learn import bp
from trainer.web.learn.drill_texts import short_drill_text
from trainer.web.learn.id_texts import group_of, group_texts, id_text
from trainer.web.review.questions import criterion_names
from trainer.web.review.texts import error_texts

_made: Kept[tuple[object, ...], Markup] = Kept(8)
"""The tables by language and versions of the content: some eight hundred links are dearer than all else on the page."""


@bp.get("/duty-map")
@signed_in
@kept_for_person
def duty_map() -> ResponseReturnValue:
    settings = context.settings()
    known, asked = courses.published(settings.courses), exams.published(settings.courses)
    calls = scenarios.published(settings.scenarios)
    versions = (tuple(course.version for course in known.values()), tuple(exam.version for exam in asked.values()))
    key = (page_language(), versions, tuple(call.version for call in calls.values()), id_text("G1"))
    return render_template("learn/duty_map.html", tables=_made.or_make(key, _tables))


def _tables() -> Markup:
    settings = context.settings()
    rows = map_of(settings.courses, settings.scenarios)
    lessons = {
        (slug, lesson.slug): lesson.title
        for slug, course in courses.published(settings.courses).items()
        for lesson in course.edition(page_language()).lessons
    }
    groups = [(name, [row for row in rows if group_of(row.id) == letters]) for name, letters in group_texts()]
    made = render_template(
        "learn/_duty_tables.html", groups=groups, lessons=lessons, id_text=id_text, in_language=in_language,
        cards=scenarios.cards_by_slug(settings.scenarios, page_language()), exams=exams.published(settings.courses),
        check_text=_check_names().get, drill_text=short_drill_text, paper_text=paper_text,
    )  # fmt: skip
    return Markup(made)  # noqa: S704  (a template's own text, escaped when it was made)


def _check_names() -> dict[str, str]:
    return {**criterion_names(IN_FORCE), **{f"error:{number}": name for number, name, _about in error_texts()}}


def paper_text(reason: str) -> str:
    """Where an id is put to use that no call can play."""
    return {
        "signed": _("Not on a call: read and signed in the job description"),
        "rights": _("Not on a call: used on the page of rights"),
        "progress": _("Not on a call: seen in one’s own figures"),
        "figures": _("Not on a call: seen in the figures of one’s real work"),
        "menu": _("Not on a call: met in the voice menu and the queue before one"),
        "workplace": _("Not on a call: seen at the place of work"),
    }[reason]
