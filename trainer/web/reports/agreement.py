"""How far the machine and people agree, criterion by criterion and check by check."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, render_template
from flask_babel import gettext as _

from trainer.domain.grading.marking import AGREEMENT_FLOOR, FEWEST_CALLS, SECOND_MARKING_PERCENT
from trainer.services import agreement as service
from trainer.services.agreement import AgreementReport
from trainer.services.coefficients import Agreement
from trainer.services.marks import MARKERS
from trainer.services.spreadsheets import Cell
from trainer.web import context
from trainer.web.downloads import csv_download
from trainer.web.guards import requires
from trainer.web.reports import agreement_texts, bp


@bp.get("/agreement")
@requires(*MARKERS)
def agreement() -> str:
    return render_template(
        "reports/agreement.html",
        report=service.agreement_report(context.session(), context.actor()),
        figures=agreement_texts,
        floor=AGREEMENT_FLOOR,
        fewest=FEWEST_CALLS,
        percent=SECOND_MARKING_PERCENT,
        most=service.MOST_CALLS,
    )


@bp.get("/agreement.csv")
@requires(*MARKERS)
def agreement_export() -> Response:
    return csv_download(_("Agreement"), _rows(service.agreement_report(context.session(), context.actor())))


def _rows(report: AgreementReport) -> Iterator[list[Cell]]:
    yield [
        _("Criterion or check"), _("Between"), _("Calls"), _("Answers"), _("Same answer"), "kappa", _("from"), _("to"),
        "AC1", _("from"), _("to"), "alpha", _("from"), _("to"),
    ]  # fmt: skip
    criteria = [row for line in report.criteria for row in (line, *report.checks.get(line.name, ()))]
    for line in (report.passed, *criteria, *report.errors):
        for between, found in ((_("machine and people"), line.machine), (_("people"), line.people)):
            if found:
                yield [line.name, between, *_figures(found)]


def _figures(found: Agreement) -> list[Cell]:
    cells: list[Cell] = [found.calls, found.answers, round(found.same, 3)]
    for one in (found.kappa, found.ac1, found.alpha):
        cells += [None if figure is None else round(figure, 3) for figure in (one.value, one.low, one.high)]
    return cells
