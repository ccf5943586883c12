"""Reading the job description, hearing it, signing it, and the receipt."""

from __future__ import annotations

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.job_description import read_text
from trainer.services import job_description, job_description_receipts
from trainer.services import job_description_signing as signing
from trainer.services.job_description_signing import Difference
from trainer.services.read_aloud import passages_of, read_aloud
from trainer.web import context
from trainer.web.errors import add_error, sentence
from trainer.web.guards import signed_in
from trainer.web.job_description import bp
from trainer.web.job_description.forms import SignForm
from trainer.web.job_description.messages import note_text
from trainer.web.kept_pages import kept_for_person
from trainer.web.languages import page_language
from trainer.web.sounds import wav_response


@bp.get("/")
@signed_in
@kept_for_person
def show() -> ResponseReturnValue:
    return _page(SignForm())


def _page(form: SignForm, difference: Difference | None = None, language: str = "") -> str:
    """The page with the form as it is, of the edition in force; `difference` where somebody had another on their screen."""
    courses = context.settings().courses
    reading = signing.read(context.session(), context.actor(), courses, language or page_language(), context.now())
    form.edition.data, form.language.data = reading.edition.public_id, reading.language
    return render_template(
        "job_description/show.html", reading=reading, difference=difference or reading.difference, form=form,
        note_text=note_text, is_staff=context.actor().is_any(*job_description_receipts.MAY_SEE),
        may_fill_in=context.actor().is_any("supervisor"),
    )  # fmt: skip


@bp.post("/sign")
@signed_in
def sign() -> ResponseReturnValue:
    form, courses = SignForm(), context.settings().courses
    edition_id, language = form.edition.data or "", form.language.data or ""
    try:
        signing.sign(
            context.session(), context.ports().queue, context.actor(), courses, edition_id=edition_id,
            language=language, name=form.name.data or "", has_read=bool(form.has_read.data), now=context.now(),
        )  # fmt: skip
    except Invalid as error:
        add_error(form, error)
        return _page(form), error.status
    except Conflict as error:
        form.form_errors.append(sentence(error.code, error.status))
        form.has_read.data = False  # what was read is not what would be signed
        shown = signing.changed_since(
            context.session(), context.actor(), edition_id, courses, page_language(), context.now()
        )
        return _page(form, shown), error.status
    flash(_("Signed. Your receipt is below; you can download it whenever you like."), "good")
    return redirect(url_for("job_description.show"), code=303)


@bp.get("/aloud/<job_description_edition_id>/<language>/<int:number>.wav")
@signed_in
def aloud(job_description_edition_id: str, language: str, number: int) -> Response:
    """Section `number` (from 1) of an edition, spoken; kept by the browser, since an edition never changes."""
    edition = job_description.find_edition(context.session(), context.actor(), job_description_edition_id)
    if language not in edition.texts:
        raise NotFound
    parts = read_text(edition.texts[language]).parts
    if not 1 <= number <= len(parts):
        raise NotFound
    context.session().commit()  # a voice takes its time; nothing stays open meanwhile
    wav = read_aloud(context.ports(), passages_of(parts[number - 1], language), language)
    if wav is None:
        abort(503)
    return wav_response(wav)


@bp.get("/receipts/<job_description_signature_id>.pdf")
@signed_in
def receipt(job_description_signature_id: str) -> Response:
    signature = job_description_receipts.find_receipt(
        context.session(), context.actor(), job_description_signature_id, context.now()
    )
    name = f"job-description-{signature.label}-{signature.public_id}.pdf"
    answer = Response(
        job_description_receipts.receipt_pdf(context.session(), context.ports(), signature), mimetype="application/pdf"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
