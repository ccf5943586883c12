"""How far people have come in learning: everybody in a table, and one person as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime
from flask_babel import gettext as _

from trainer.domain.strengths import WEAK_BELOW
from trainer.services import exams, learning_record, learning_report
from trainer.services.learning_report import Asked, LearnerLine, Whole
from trainer.services.spreadsheets import Cell
from trainer.web import context
from trainer.web.downloads import csv_download
from trainer.web.guards import requires
from trainer.web.kept_pages import kept_for_staff
from trainer.web.languages import in_language, page_language
from trainer.web.learn.drill_texts import drill_text
from trainer.web.learn.duties import lesson_title
from trainer.web.learn.id_texts import job_label
from trainer.web.reports import bp, learning_texts
from trainer.web.reports.drill_chart import drill_chart
from trainer.web.reports.tabs import TRAINERS, tabs
from trainer.web.requests import page_number


def _asked() -> Asked:
    search, cohort = request.args.get("search", "").strip()[:120], request.args.get("cohort", "")[:64]
    return learning_report.asked_for(context.session(), context.actor(), search, cohort)


def exam_title(slug: str) -> str:
    """In the page's language; an exam that is gone by its slug."""
    exam = exams.published(context.settings().courses).get(slug)
    return in_language(exam.title) if exam else slug


@bp.get("/learning")
@requires(*TRAINERS)
@kept_for_staff
def learning() -> ResponseReturnValue:
    session, actor, folder, asked = context.session(), context.actor(), context.settings().courses, _asked()
    page = page_number()
    lines, more = learning_report.list_learners(session, actor, folder, asked, context.now(), page)
    titles = {slug: exam_title(slug) for slug in {line.exam.exam for line in lines if line.exam}}
    return render_template(
        "reports/learning.html", lines=lines, more=more, page=page, asked=asked, tabs=tabs(), titles=titles,
        whole=learning_report.whole_of(folder), cohorts=learning_report.cohorts_of(session, actor),
    )  # fmt: skip


@bp.get("/learning.csv")
@requires(*TRAINERS)
def learning_export() -> Response:
    folder, asked = context.settings().courses, _asked()
    lines = learning_report.export_learners(context.session(), context.actor(), folder, asked, context.now())
    name = f"{_('Learning')} {asked.cohort.name}" if asked.cohort else _("Learning")
    return csv_download(name, _rows(lines, learning_report.whole_of(folder)))


def _rows(lines: Iterator[LearnerLine], whole: Whole) -> Iterator[list[Cell]]:
    yield [
        _("Name"), _("E-mail address"), _("Lessons read"), _("Lessons in all"), _("Courses passed"), _("Courses in all"),
        _("Last exam"), _("Exam, %"), _("Exam passed"), _("Drills passed"), _("Drills in all"), _("Cards due"),
        _("Last activity (UTC)"),
    ]  # fmt: skip
    for one in lines:
        exam: list[Cell] = [None, None, None]
        if one.exam:
            exam = [exam_title(one.exam.exam), one.exam.percent, _("yes") if one.exam.passed else _("no")]
        yield [
            one.person.name, one.person.email, one.lessons, whole.lessons, one.courses, whole.courses, *exam, one.drills,
            whole.drills, one.cards,
            format_datetime(one.last_at, "yyyy-MM-dd HH:mm", rebase=False) if one.last_at else None,
        ]  # fmt: skip


@bp.get("/learning/<person_id>")
@requires(*TRAINERS)
def learner(person_id: str) -> ResponseReturnValue:
    folder = context.settings().courses
    found = learning_record.open_record(context.session(), context.actor(), folder, person_id, context.now())
    return render_template(
        "reports/learner.html", found=found, language=page_language(), exam_title=exam_title, lesson_title=lesson_title,
        job_label=job_label, weak_below=WEAK_BELOW, drill_text=drill_text, figures_text=learning_texts.figures_text, drill_chart=drill_chart,
    )  # fmt: skip
