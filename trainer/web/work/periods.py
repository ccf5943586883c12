"""A period entered by hand, corrected, taken out."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _

from trainer.domain.errors import Conflict, Invalid
from trainer.domain.work_figures import INDICATORS, QUALITY, TASKS
from trainer.services import work_periods
from trainer.services.work_periods import PeriodPage
from trainer.web import context
from trainer.web.guards import requires
from trainer.web.work import bp
from trainer.web.work.forms import CorrectionForm, PeriodForm, WithdrawForm, people_choices
from trainer.web.work.messages import add_refusal
from trainer.web.work.texts import WORDS, figure_text

FIGURES = (TASKS, QUALITY, *INDICATORS)


@bp.get("/teams/<team_id>/periods/new")
@requires("supervisor")
def new_period(team_id: str) -> str:
    last = context.now().date().replace(day=1) - timedelta(days=1)
    form = PeriodForm(
        formdata=None,
        person=request.args.get("person", ""),
        since=last.replace(day=1).isoformat(),
        until=last.isoformat(),
    )
    return _entry_page(team_id, form)


def _entry_page(team_id: str, form: PeriodForm) -> str:
    page = work_periods.open_entry(context.session(), context.actor(), team_id)
    form.person.choices = people_choices(page.people)
    return render_template("work/enter.html", page=page, form=form, fields=form.indicator_fields(page.indicators))


@bp.post("/teams/<team_id>/periods/new")
@requires("supervisor")
def enter_period(team_id: str) -> ResponseReturnValue:
    form = PeriodForm()
    cells = form.cells(("since", "until", *FIGURES))
    try:
        row = work_periods.enter_period(
            context.session(), context.actor(), team_id, form.person.data or "", cells, context.now()
        )
    except Invalid as error:
        add_refusal(form, error)
        return _entry_page(team_id, form), 422
    flash(_("The period is recorded."), "good")
    return redirect(url_for("work.period", work_period_id=row.public_id), code=303)


@bp.get("/periods/<work_period_id>")
@requires("supervisor")
def period(work_period_id: str) -> str:
    return _period_page(_open(work_period_id))


def _open(work_period_id: str) -> PeriodPage:
    return work_periods.open_period(context.session(), context.actor(), work_period_id)


def _period_page(page: PeriodPage, form: CorrectionForm | None = None, taking: WithdrawForm | None = None) -> str:
    row = page.row
    if form is None:
        figures = {TASKS: row.tasks, QUALITY: row.quality, **row.values}
        form = CorrectionForm(formdata=None, **{name: _typed(value) for name, value in figures.items()})
    return render_template(
        "work/period.html", page=page, form=form, taking=taking or WithdrawForm(formdata=None),
        fields=form.indicator_fields(page.indicators), was=_was, **WORDS,
    )  # fmt: skip


def _typed(value: float | None) -> str:
    """As a person would type it: without marks between thousands, and with the decimal mark of the page's language."""
    return "" if value is None else str(format_decimal(value, "0.##"))


def _was(earlier: dict[str, object], name: str) -> str:
    """A figure as it was before a correction."""
    values = earlier.get("values")
    found = values.get(name) if isinstance(values, dict) and name in INDICATORS else earlier.get(name)
    return figure_text(name, float(found) if isinstance(found, int | float) else None)


@bp.post("/periods/<work_period_id>")
@requires("supervisor")
def correct_period(work_period_id: str) -> ResponseReturnValue:
    page, form = _open(work_period_id), CorrectionForm()
    try:
        work_periods.correct_period(
            context.session(),
            context.actor(),
            work_period_id,
            form.cells(FIGURES),
            form.reason.data or "",
            context.now(),
        )
    except (Invalid, Conflict) as error:
        add_refusal(form, error)
        return _period_page(page, form), 422
    flash(_("Corrected. The earlier figures are kept below."), "good")
    return redirect(url_for("work.period", work_period_id=work_period_id), code=303)


@bp.post("/periods/<work_period_id>/withdraw")
@requires("supervisor")
def withdraw_period(work_period_id: str) -> ResponseReturnValue:
    page, form = _open(work_period_id), WithdrawForm()
    try:
        work_periods.withdraw_period(
            context.session(), context.actor(), work_period_id, form.reason.data or "", context.now()
        )
    except (Invalid, Conflict) as error:
        add_refusal(form, error)
        return _period_page(page, taking=form), 422
    flash(_("The period is taken out and counts for nothing."), "good")
    return redirect(url_for("work.team", team_id=page.team.public_id), code=303)
