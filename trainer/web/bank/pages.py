"""Taking questions out, and checking a file that is to come in. Nothing is written into a course from here."""

from __future__ import annotations

import io

from flask import Response, abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from trainer.domain.courses import Course
from trainer.domain.errors import Invalid, NotFound, TooLarge
from trainer.services import question_bank as service
from trainer.services.courses import find_course, published
from trainer.services.question_bank import ImportReport, SourceFile
from trainer.web import context
from trainer.web.bank import bp
from trainer.web.bank.forms import BankForm, CarriedForm, packed, sent_files, unpacked
from trainer.web.bank.messages import finding_sentence
from trainer.web.errors import add_error
from trainer.web.guards import requires
from trainer.web.languages import LANGUAGES, page_language

MOST_SHOWN = 200
"""Mistakes of one report; whoever has more mends these first."""


@bp.get("/")
@requires("author", "trainer")
def index() -> ResponseReturnValue:
    asked = request.args.get("course", "")
    return _page(
        _form(BankForm(formdata=None, course=asked if asked in _courses() else None, language=page_language()))
    )


@bp.get("/<slug>/gift/<language>")
@requires("author", "trainer")
def gift(slug: str, language: str) -> Response:
    if language not in LANGUAGES:
        abort(404)
    return _export(slug, "gift", language, f"{slug}.{language}.gift", "text/plain")


@bp.get("/<slug>/csv")
@requires("author", "trainer")
def table(slug: str) -> Response:
    return _export(slug, "csv", page_language(), f"{slug}.csv", "text/csv")


@bp.post("/check")
@requires("author", "trainer")
def check() -> ResponseReturnValue:
    """Show what an import would do; the page carries the files on."""
    form = _form(BankForm())
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        files = sent_files(form)
        report = _report(form.course.data, form.language.data, files)
    except (Invalid, TooLarge) as error:
        add_error(form, error)
        return _page(form), error.status
    carried = CarriedForm(formdata=None, course=form.course.data, language=form.language.data, files=packed(files))
    body = render_template(
        "bank/report.html",
        course=_courses()[form.course.data].edition(page_language()), slug=form.course.data, report=report, files=files, form=form,
        carried=carried, said=finding_sentence, most=MOST_SHOWN, place_of_file=f"courses/{form.course.data}/questions/{report.name}",
    )  # fmt: skip
    return body, 200 if report.is_good else 422


@bp.post("/file")
@requires("author", "trainer")
def file() -> ResponseReturnValue:
    """The YAML of files that were checked; they are checked once more."""
    carried = CarriedForm()
    form = _form(BankForm(formdata=None, course=carried.course.data, language=carried.language.data))
    try:
        if not carried.validate_on_submit() or carried.language.data not in LANGUAGES:
            raise Invalid("bank.no_file", field="file")
        report = _report(carried.course.data or "", carried.language.data, unpacked(carried.files.data or ""))
        if not report.is_good:
            raise Invalid("bank.nothing", field="file")
    except (Invalid, TooLarge) as error:
        add_error(form, error)
        return _page(form), error.status
    return _download(report.yaml, report.name, "application/yaml")


def _courses() -> dict[str, Course]:
    return dict(published(context.settings().courses))


def _form(form: BankForm) -> BankForm:
    language = page_language()
    form.course.choices = [(slug, course.edition(language).title) for slug, course in _courses().items()]
    return form


def _page(form: BankForm) -> str:
    courses = [(course, course.edition(page_language())) for course in _courses().values()]
    lesson = courses[0][0].lesson_slugs[0] if courses else ""
    sample = f"// [id:say-back] [tag:duty:IN4] [tag:lesson:{lesson}] [tag:difficulty:2]"
    return render_template("bank/index.html", courses=courses, form=form, sample=sample)


def _report(slug: str, language: str, files: list[SourceFile]) -> ImportReport:
    folder = context.settings().courses / slug
    if slug not in _courses():
        raise NotFound("learn.no_course")
    name = service.free_name(folder, service.file_name(files[0].name))
    return service.check_import(folder, *files, language=language, name=name)


def _export(slug: str, form: str, language: str, name: str, mimetype: str) -> Response:
    course = find_course(context.settings().courses, slug)
    found = service.export_bank(course, form, language)
    service.note_export(context.session(), context.actor(), slug, form, context.now())
    return _download(found.text, name, mimetype)


def _download(text: str, name: str, mimetype: str) -> Response:
    response = send_file(io.BytesIO(text.encode()), mimetype=mimetype, as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
