"""The list of cohorts, one cohort, and its table as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime
from flask_babel import gettext as _

from trainer.domain.errors import Invalid
from trainer.services import cohorts
from trainer.services.cohorts import CohortPage
from trainer.services.spreadsheets import Cell
from trainer.web import context
from trainer.web.auth.forms import ConfirmForm
from trainer.web.cohorts import bp
from trainer.web.cohorts.forms import CohortForm, RosterForm
from trainer.web.downloads import csv_download
from trainer.web.errors import add_error
from trainer.web.guards import requires


@bp.get("/")
@requires("teacher")
def index() -> ResponseReturnValue:
    return render_template("cohorts/index.html", rows=cohorts.list_cohorts(context.session(), context.actor()))


@bp.get("/new")
@requires("teacher")
def new() -> ResponseReturnValue:
    return render_template("cohorts/new.html", form=CohortForm())


@bp.post("/new")
@requires("teacher")
def create() -> ResponseReturnValue:
    form = CohortForm()
    if form.validate_on_submit():
        try:
            cohort = cohorts.create_cohort(context.session(), context.actor(), form.name.data or "", context.now())
        except Invalid as error:
            add_error(form, error)
        else:
            flash(_("The cohort is made. Now add its people."), "good")
            return redirect(url_for("cohorts.show", cohort_id=cohort.public_id))
    return render_template("cohorts/new.html", form=form), 422


@bp.get("/<cohort_id>")
@requires("teacher")
def show(cohort_id: str) -> ResponseReturnValue:
    page = cohorts.open_cohort(context.session(), context.actor(), cohort_id)
    return render_template(
        "cohorts/show.html", page=page, form=RosterForm(), confirm=ConfirmForm(), batch=cohorts.BATCH
    )


@bp.get("/<cohort_id>/progress.csv")
@requires("teacher")
def export(cohort_id: str) -> Response:
    cohorts.note_export(context.session(), context.actor(), cohort_id, context.now())
    page = cohorts.open_cohort(context.session(), context.actor(), cohort_id)
    return csv_download(page.cohort.name, _table(page))


def _table(page: CohortPage) -> Iterator[list[Cell]]:
    yield [
        _("Name"), _("E-mail address"), _("Has an account"), _("Lessons read"), _("Best quiz score, %"),
        _("Practice calls"), _("Assessed calls"),
        _("Assessed calls passed"), _("Latest mark, 0 to 100"), _("Latest call passed"), _("Mark given by"),
        _("Last activity (UTC)"),
    ]  # fmt: skip
    yes, no = _("yes"), _("no")
    for one in page.learners:
        mark: list[Cell] = [None, None, None]
        if one.latest:
            by = _("a person") if one.latest.by_person else _("the machine")
            mark = [one.latest.overall, yes if one.latest.passed else no, by]
        yield [
            one.name, one.email, yes if one.joined else no, one.learning.lessons, one.learning.quiz,
            one.calls.practised, one.calls.assessed, one.calls.passed, *mark,
            format_datetime(one.last_at, "yyyy-MM-dd HH:mm", rebase=False) if one.last_at else None,
        ]  # fmt: skip
