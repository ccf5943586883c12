"""How hard scenarios and their forms are, measured by the calls that people took. Nobody's own call is shown."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.difficulty import FEWEST_MARKS, FEWEST_PEOPLE
from trainer.services import difficulty as service
from trainer.services.difficulty import MODES, MOST_ATTEMPTS, ScenarioLine, ScenarioReport
from trainer.services.spreadsheets import Cell
from trainer.web import context
from trainer.web.calls.lobby import LANGUAGE_NAMES
from trainer.web.calls.messages import difficulty_text
from trainer.web.downloads import csv_download
from trainer.web.guards import requires
from trainer.web.languages import page_language
from trainer.web.reports import bp, texts

READERS = ("trainer", "supervisor", "author")


def _mode() -> str:
    asked = request.args.get("mode", "")
    return asked if asked in MODES else next(iter(MODES))


def _lines() -> list[ScenarioLine]:
    return service.list_difficulties(context.session(), context.actor(), context.settings().scenarios, _mode())


def _report(slug: str, language: str) -> ScenarioReport:
    folder = context.settings().scenarios
    return service.report_scenario(context.session(), context.actor(), folder, slug, language, _mode())


def _page(template: str, **given: object) -> str:
    shared = {"texts": texts, "modes": MODES, "mode": _mode(), "language_names": LANGUAGE_NAMES}
    limits = {"most": MOST_ATTEMPTS, "fewest_people": FEWEST_PEOPLE, "fewest_marks": FEWEST_MARKS}
    return render_template(template, difficulty_text=difficulty_text, **shared, **limits, **given)


@bp.get("/difficulty")
@requires(*READERS)
def difficulty() -> ResponseReturnValue:
    return _page("reports/difficulty.html", lines=_lines())


@bp.get("/difficulty.csv")
@requires(*READERS)
def difficulty_export() -> Response:
    return csv_download(f"{_('Difficulty')} {texts.mode_text(_mode())}", _rows(_lines()))


@bp.get("/difficulty/<slug>/<language>")
@requires(*READERS)
def scenario(slug: str, language: str) -> ResponseReturnValue:
    return _page("reports/scenario.html", report=_report(slug, language))


@bp.get("/difficulty/<slug>/<language>.csv")
@requires(*READERS)
def scenario_export(slug: str, language: str) -> Response:
    return csv_download(f"{slug} {language} {texts.mode_text(_mode())}", _form_rows(_report(slug, language)))


def _rows(lines: list[ScenarioLine]) -> Iterator[list[Cell]]:
    yield [
        _("Scenario"), _("Language"), _("Stated difficulty"), _("Attempts"), _("People"), _("Share passed"), _("Mean mark"),
        _("Standard deviation"), _("Mean handle time, seconds"), _("Forms that differ"),
    ]  # fmt: skip
    for line in lines:
        figures = line.figures
        yield [
            line.title, line.language, line.stated, figures.attempts, figures.people, number_cell(figures.passed, 3), number_cell(figures.mark),
            number_cell(figures.spread), number_cell(figures.handle_s), len(line.differing) if figures.shown else None,
        ]  # fmt: skip


def _form_rows(report: ScenarioReport) -> Iterator[list[Cell]]:
    yield [
        _("Variable"), _("Value"), _("Attempts"), _("Mean mark"), _("Against the others"), _("Corrected p-value"), _("Finding"),
    ]  # fmt: skip
    for value in report.forms:
        yield [
            value.variable, value.value, value.attempts, number_cell(value.mark), number_cell(value.points), number_cell(value.p, 4),
            texts.verdict_text(value)[1],
        ]  # fmt: skip


def number_cell(figure: float | None, digits: int = 1) -> Cell:
    """A number as the reader's spreadsheet takes it for one: French ones write a comma."""
    if figure is None:
        return None
    rounded = round(figure, digits)
    return str(rounded).replace(".", ",") if page_language() == "fr" else rounded
