"""Taking a roster in: preview, then add; undo; links for those without an account."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from trainer.domain.errors import Invalid
from trainer.extensions import limiter
from trainer.services import accounts, cohorts
from trainer.services.spreadsheets import decode_table
from trainer.web import context
from trainer.web.addresses import public_address
from trainer.web.auth import mails
from trainer.web.auth.forms import ConfirmForm
from trainer.web.cohorts import bp
from trainer.web.cohorts.forms import RosterForm
from trainer.web.cohorts.messages import field_text, mistake_sentence, state_text
from trainer.web.errors import add_error
from trainer.web.guards import requires
from trainer.web.languages import page_language


def roster_text(form: RosterForm) -> str:
    """What was sent: the file if there is one, else the pasted text. Raises Invalid."""
    file = form.file.data
    if isinstance(file, FileStorage) and file.filename:
        return decode_table(file.read())
    return form.text.data or ""


@bp.post("/<cohort_id>/roster")
@requires("teacher")
def preview(cohort_id: str) -> ResponseReturnValue:
    """Show what the roster would do. Nothing is kept: the page carries the text on."""
    form = RosterForm()
    if form.validate_on_submit():
        try:
            form.text.data = roster_text(form)
            return _preview_page(cohort_id, form), 200
        except Invalid as error:
            add_error(form, error)
    page = cohorts.open_cohort(context.session(), context.actor(), cohort_id)
    body = render_template("cohorts/show.html", page=page, form=form, confirm=ConfirmForm(), batch=cohorts.BATCH)
    return body, 422


def _preview_page(cohort_id: str, form: RosterForm) -> str:
    found = cohorts.preview_roster(context.session(), context.actor(), cohort_id, form.text.data or "")
    return render_template(
        "cohorts/preview.html",
        cohort=cohorts.find_cohort(context.session(), context.actor(), cohort_id),
        found=found,
        form=form,
        mistake_sentence=mistake_sentence,
        field_text=field_text,
        state_text=state_text,
    )


@bp.post("/<cohort_id>/roster/add")
@requires("teacher")
def add(cohort_id: str) -> ResponseReturnValue:
    form = RosterForm()
    if form.validate_on_submit():
        try:
            text = form.text.data or ""
            taken = cohorts.take_roster(context.session(), context.actor(), cohort_id, text, context.now())
        except Invalid as error:
            add_error(form, error)
        else:
            flash(ngettext("%(num)d person is added.", "%(num)d people are added.", taken.added), "good")
            return redirect(url_for("cohorts.show", cohort_id=cohort_id))
    page = cohorts.open_cohort(context.session(), context.actor(), cohort_id)
    body = render_template("cohorts/show.html", page=page, form=form, confirm=ConfirmForm(), batch=cohorts.BATCH)
    return body, 422


@bp.post("/<cohort_id>/rosters/<import_id>/undo")
@requires("teacher")
def undo(cohort_id: str, import_id: str) -> ResponseReturnValue:
    taken = cohorts.undo_roster(context.session(), context.actor(), cohort_id, import_id, context.now())
    flash(ngettext("%(num)d person is taken out again.", "%(num)d people are taken out again.", taken.added), "good")
    return redirect(url_for("cohorts.show", cohort_id=cohort_id))


@bp.post("/<cohort_id>/learners/<seat_id>/remove")
@requires("teacher")
def remove(cohort_id: str, seat_id: str) -> ResponseReturnValue:
    seat = cohorts.remove_seat(context.session(), context.actor(), cohort_id, seat_id, context.now())
    flash(_("%(name)s is no longer in this cohort. The account and its work stay.", name=seat.name), "good")
    return redirect(url_for("cohorts.show", cohort_id=cohort_id))


@bp.post("/<cohort_id>/links")
@requires("teacher")
@limiter.limit("30/hour")
def links(cohort_id: str) -> ResponseReturnValue:
    """Shown once, on the answer to this request; mails are sent where a mail server is set up."""
    made = cohorts.make_links(context.session(), context.actor(), cohort_id, page_language(), context.now())
    sent = 0
    for one in made if context.settings().mail_url else ():
        if not mails.send_invitation(one.invitation, one.token, current_user.name):
            break  # a mail server that refuses one mail is not asked fifty times
        sent += 1
    return render_template(
        "cohorts/links.html",
        cohort=cohorts.find_cohort(context.session(), context.actor(), cohort_id),
        made=[(one.name, one.invitation.email, public_address("auth.join", token=one.token)) for one in made],
        sent=sent,
        days=accounts.INVITATION_LIFE.days,
    )
