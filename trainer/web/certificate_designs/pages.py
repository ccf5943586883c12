"""The designs with their pictures, a try of each as PDF, and the choice."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import StringField

from trainer.content.designs import PREVIEW
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.services import certificate_designs, design_checks
from trainer.services.certificate_making import LANGUAGES
from trainer.web import context
from trainer.web.certificate_designs import bp
from trainer.web.errors import add_error
from trainer.web.forms import PageForm
from trainer.web.guards import requires
from trainer.web.languages import page_language

GATES = (4, 8, 12)
"""How many conditions a try can show."""


class ChoiceForm(PageForm):
    design = StringField()


@bp.get("/")
@requires("supervisor")
def index() -> str:
    return _page(ChoiceForm())


@bp.post("/")
@requires("supervisor")
def choose() -> ResponseReturnValue:
    form = ChoiceForm()
    form.validate()  # for the token; services check the value
    designs = context.settings().certificates
    try:
        certificate_designs.choose_design(
            context.session(), context.actor(), form.design.data or "", designs, context.now()
        )
    except (Invalid, Conflict) as error:
        add_error(form, error)
        return _page(form), error.status
    flash(_("Saved. From now on certificates are issued with this design; those issued before keep theirs."), "good")
    return redirect(url_for("certificate_designs.index"), code=303)


def _page(form: ChoiceForm) -> str:
    designs = context.settings().certificates
    choice = certificate_designs.choice_of(context.session(), context.actor())
    found = design_checks.offers(designs)
    return render_template(
        "certificate_designs/index.html",
        offers=found,
        pictures={offer.slug for offer in found if (designs / offer.slug / PREVIEW).is_file()},
        choice=choice,
        chosen=choice.slug if choice else certificate_designs.FIRST,
        form=form,
        language=page_language(),
        counts=GATES,
    )


@bp.get("/<design>/try-<language>.pdf")
@requires("supervisor")
def trial(design: str, language: str) -> Response:
    """The design with made-up data, to look at: nothing is issued. `?gates=8` for so many conditions."""
    offer = design_checks.find_offer(context.settings().certificates, design)
    if language not in LANGUAGES:
        raise NotFound
    wanted = request.args.get("gates", "4")
    gates = int(wanted) if wanted in {str(count) for count in GATES} else GATES[0]
    context.session().commit()  # rendering takes its time; nothing stays open meanwhile
    data = design_checks.preview_pdf(context.ports(), offer, language, gates=gates)
    answer = Response(data, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{offer.slug}-{language}.pdf"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@bp.get("/<design>/preview.png")
@requires("supervisor")
def picture(design: str) -> Response:
    path = context.settings().certificates / design_checks.find_offer(context.settings().certificates, design).slug
    if not (path / PREVIEW).is_file():
        raise NotFound
    answer = Response((path / PREVIEW).read_bytes(), mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
