"""Candidates side by side, and one criterion with its evidence."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.services import comparisons
from trainer.services.comparisons import Comparison
from trainer.services.spreadsheets import Cell
from trainer.web import context
from trainer.web.campaigns import bp
from trainer.web.cohorts.messages import ending_text
from trainer.web.downloads import csv_download
from trainer.web.guards import requires
from trainer.web.review import texts
from trainer.web.review.questions import Wording, criterion_title


def _table(campaign_id: str) -> Comparison:
    return comparisons.compare(
        context.session(),
        context.actor(),
        campaign_id,
        context.now(),
        order=request.args.get("sort", "name"),
        descending=request.args.get("order") == "desc",
    )


@bp.get("/campaigns/<campaign_id>/compare")
@requires("hr")
def compare(campaign_id: str) -> ResponseReturnValue:
    return render_template(
        "campaigns/compare.html",
        table=_table(campaign_id),
        criterion_title=criterion_title,
        error_names={number: name for number, name, _what in texts.error_texts()},
        ending_text=ending_text,
    )


@bp.get("/campaigns/<campaign_id>/compare.csv")
@requires("hr")
def export(campaign_id: str) -> Response:
    comparisons.note_export(context.session(), context.actor(), campaign_id, context.now())
    table = _table(campaign_id)
    return csv_download(table.campaign.title, _rows(table))


def _rows(table: Comparison) -> Iterator[list[Cell]]:
    yield [
        _("Name"), _("E-mail address"), _("Mark, 0 to 100"), _("Passed"), _("Mark given by"), _("Machine's mark"),
        *(criterion_title(one) for one in table.criteria),
        _("Fundamental errors"), _("Possible errors, to be decided by a person"),
        _("Checks to be decided by a person"), _("How it ended"),
    ]  # fmt: skip
    names = {number: name for number, name, _what in texts.error_texts()}
    for line in table.lines:
        yield [
            line.candidacy.name, line.candidacy.email, line.mark.overall, _("yes") if line.mark.passed else _("no"),
            _("a person") if line.mark.is_human else _("the machine"), line.mark.machine,
            *(line.cells[one].score for one in table.criteria),
            ", ".join(names[number] for number in line.errors),
            ", ".join(names[number] for number in line.errors_waiting),
            line.undecided, ending_text(line.call.outcome),
        ]  # fmt: skip


@bp.get("/campaigns/<campaign_id>/compare/<criterion>")
@requires("hr")
def evidence(campaign_id: str, criterion: str) -> ResponseReturnValue:
    campaign, found = comparisons.compare_criterion(context.session(), context.actor(), campaign_id, criterion)
    return render_template(
        "campaigns/evidence.html",
        campaign=campaign,
        criterion=criterion,
        criterion_title=criterion_title,
        rows=[(one, Wording(one.grade.rubric_version)) for one in found],
        answer_text=texts.answer_text,
    )
