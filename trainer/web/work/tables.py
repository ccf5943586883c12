"""A team's figures as tables: the template, all of them, and taking one in with a preview and a way back."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage

from trainer.domain.errors import Conflict, Invalid
from trainer.services import work_imports, work_teams
from trainer.services.spreadsheets import decode_table
from trainer.services.work_imports import MOST_SIGNS
from trainer.web import context
from trainer.web.downloads import csv_download
from trainer.web.guards import requires
from trainer.web.languages import page_language
from trainer.web.work import bp
from trainer.web.work.forms import TableForm
from trainer.web.work.messages import add_refusal, error_sentence, field_text, mistake_sentence
from trainer.web.work.texts import WORDS


@bp.get("/teams/<team_id>/template.csv")
@requires("supervisor")
def template(team_id: str) -> Response:
    team = work_teams.find_team(context.session(), context.actor(), team_id)
    rows = work_imports.template_rows(
        context.session(), context.actor(), team_id, page_language(), context.now().date()
    )
    return csv_download(f"{team.name} {_('template')}", rows)


@bp.get("/teams/<team_id>/figures.csv")
@requires("supervisor")
def export(team_id: str) -> Response:
    team = work_teams.find_team(context.session(), context.actor(), team_id)
    rows = work_imports.export_rows(context.session(), context.actor(), team_id, page_language(), context.now())
    return csv_download(team.name, rows)


@bp.get("/teams/<team_id>/import")
@requires("supervisor")
def table(team_id: str) -> str:
    return _form_page(team_id, TableForm(formdata=None))


def _form_page(team_id: str, form: TableForm) -> str:
    team = work_teams.find_team(context.session(), context.actor(), team_id)
    return render_template("work/table.html", team=team, form=form)


@bp.post("/teams/<team_id>/import")
@requires("supervisor")
def preview(team_id: str) -> ResponseReturnValue:
    """Show what the table would bring. Nothing is kept: the page carries the text on."""
    form = TableForm()
    team = work_teams.find_team(context.session(), context.actor(), team_id)
    try:
        form.text.data = text = _sent(form)
        found = work_imports.preview_figures(context.session(), context.actor(), team_id, text, context.now())
    except Invalid as error:
        add_refusal(form, error)
        if len(form.text.data or "") > MOST_SIGNS:
            form.text.data = ""  # a file of that length helps nobody in a field
        return _form_page(team_id, form), 422
    body = render_template(
        "work/preview.html", team=team, form=form, found=found, mistake_sentence=mistake_sentence, field_text=field_text, **WORDS
    )  # fmt: skip
    return body, 422 if found.mistakes else 200


def _sent(form: TableForm) -> str:
    """The file if there is one, else the pasted text. Raises Invalid."""
    file = form.file.data
    if isinstance(file, FileStorage) and file.filename:
        try:
            return decode_table(file.read())
        finally:
            file.close()
    return form.text.data or ""


@bp.post("/teams/<team_id>/import/take")
@requires("supervisor")
def take(team_id: str) -> ResponseReturnValue:
    form = TableForm()
    try:
        text = form.text.data or ""
        taken = work_imports.take_figures(context.session(), context.actor(), team_id, text, context.now())
    except Invalid as error:
        add_refusal(form, error)
        return _form_page(team_id, form), 422
    flash(ngettext("%(num)d period is taken in.", "%(num)d periods are taken in.", taken.added), "good")
    return redirect(url_for("work.team", team_id=team_id, _anchor="imports"), code=303)


@bp.post("/teams/<team_id>/imports/<figures_import_id>/undo")
@requires("supervisor")
def undo(team_id: str, figures_import_id: str) -> ResponseReturnValue:
    try:
        taken = work_imports.undo_import(context.session(), context.actor(), team_id, figures_import_id, context.now())
    except Conflict as error:
        flash(error_sentence(error), "warn")
    else:
        flash(
            ngettext("%(num)d period is taken out again.", "%(num)d periods are taken out again.", taken.added), "good"
        )
    return redirect(url_for("work.team", team_id=team_id, _anchor="imports"), code=303)
