"""How questions work: the hardest first, and one question with how often each answer was chosen. Nobody is named."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.item_statistics import FEWEST
from trainer.services import courses, question_report
from trainer.services.question_report import REMARKS, QuestionLine
from trainer.services.spreadsheets import Cell
from trainer.web import context
from trainer.web.downloads import csv_download
from trainer.web.guards import requires
from trainer.web.languages import page_language
from trainer.web.learn.id_texts import job_label
from trainer.web.reports import bp, learning_texts
from trainer.web.reports.difficulty import number_cell
from trainer.web.reports.tabs import WRITERS, tabs
from trainer.web.reports.texts import share_text
from trainer.web.requests import page_number

SIZE = 30


def _filter() -> tuple[str, str]:
    """(course, remark) as asked for; an unknown remark asks for all."""
    remark = request.args.get("remark", "")
    return request.args.get("course", "")[:80], remark if remark in REMARKS else ""


def _lines(course: str, remark: str) -> list[QuestionLine]:
    folder = context.settings().courses
    return question_report.list_questions(
        context.session(), context.actor(), folder, page_language(), course=course, remark=remark
    )


@bp.get("/questions")
@requires(*WRITERS)
def questions() -> ResponseReturnValue:
    course, remark = _filter()
    page, lines = page_number(), _lines(course, remark)
    known = courses.published(context.settings().courses)
    names = [(slug, one.edition(page_language()).title) for slug, one in known.items()]
    return render_template(
        "reports/questions.html", lines=lines[(page - 1) * SIZE : page * SIZE], more=len(lines) > page * SIZE, page=page,
        course=course, remark=remark, remarks=REMARKS, courses=names, tabs=tabs(), texts=learning_texts,
        share_text=share_text, job_label=job_label, fewest=FEWEST,
    )  # fmt: skip


@bp.get("/questions.csv")
@requires(*WRITERS)
def questions_export() -> Response:
    return csv_download(_("Questions"), _rows(_lines(*_filter())))


def _rows(lines: list[QuestionLine]) -> Iterator[list[Cell]]:
    yield [
        _("Course"), _("Question"), _("Text"), _("Kind"), _("Duty"), _("Attempts"), _("Ease, 0 to 1"),
        _("Discrimination, -1 to 1"), _("Remarks"),
    ]  # fmt: skip
    for line in lines:
        asked, figures = line.question, line.figures
        about: list[Cell] = (
            [asked.text, learning_texts.kind_text(asked.kind), asked.duty] if asked else [None, None, None]
        )
        measured: list[Cell] = [None, None, None]
        if line.shown:
            remarks = ", ".join(learning_texts.remark_text(one)[1] for one in figures.remarks)
            measured = [number_cell(figures.ease, 3), number_cell(figures.discrimination, 3), remarks]
        yield [line.course, line.id, *about, figures.attempts, *measured]


@bp.get("/questions/<course>/<question>")
@requires(*WRITERS)
def question(course: str, question: str) -> ResponseReturnValue:
    folder = context.settings().courses
    report = question_report.report_question(
        context.session(), context.actor(), folder, page_language(), course, question
    )
    return render_template(
        "reports/question.html", report=report, texts=learning_texts, share_text=share_text, job_label=job_label,
        fewest=FEWEST,
    )  # fmt: skip
