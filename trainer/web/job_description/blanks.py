"""What the organisation fills into the job description."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.errors import Conflict, Invalid
from trainer.services import job_description
from trainer.web import context
from trainer.web.errors import add_error
from trainer.web.guards import requires
from trainer.web.job_description import bp
from trainer.web.job_description.forms import BlanksForm


@bp.get("/settings")
@requires("supervisor")
def settings() -> str:
    known = job_description.blanks_of(context.session(), context.actor().organisation_id)
    form = BlanksForm(
        manager=known.manager,
        **{f"workplace_{language}": text for language, text in known.workplace.items()},
        **{f"jurisdiction_{language}": text for language, text in known.jurisdiction.items()},
    )
    return render_template("job_description/settings.html", form=form)


@bp.post("/settings")
@requires("supervisor")
def change_settings() -> ResponseReturnValue:
    form = BlanksForm()
    form.validate()  # for the token; services check the values
    try:
        made = job_description.change_settings(
            context.session(), context.actor(), context.settings().courses, form.as_blanks(), form.note.data or "",
            context.now(),
        )  # fmt: skip
    except (Invalid, Conflict) as error:
        add_error(form, error)
        return render_template("job_description/settings.html", form=form), error.status
    if made:
        flash(_("Version %(version)s is in force. Everybody is asked to sign it.", version=made.label), "good")
    else:
        flash(_("Saved. The text is the same as before, so nobody has to sign again."), "good")
    return redirect(url_for("job_description.show"), code=303)
