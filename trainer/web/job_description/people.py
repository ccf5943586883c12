"""Who has signed which version, and the proof to take away."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, render_template, request, stream_with_context
from flask_babel import format_datetime
from flask_babel import gettext as _

from trainer.services import job_description_people, job_description_receipts
from trainer.services.job_description_receipts import MAY_DOWNLOAD, ProofLine
from trainer.services.spreadsheets import Cell, csv_text
from trainer.web import context
from trainer.web.guards import requires
from trainer.web.job_description import bp
from trainer.web.languages import page_language
from trainer.web.requests import page_number

STATES = {"signed": True, "open": False}


@bp.get("/people")
@requires("supervisor", "trainer", "hr")
def people() -> str:
    search, state = request.args.get("search", "").strip()[:120], request.args.get("state", "")
    page = job_description_people.list_people(
        context.session(), context.actor(), context.settings().courses, search=search, signed=STATES.get(state),
        page=page_number(), now=context.now(),
    )  # fmt: skip
    return render_template(
        "job_description/people.html",
        page=page,
        number=page_number(),
        search=search,
        state=state if state in STATES else "",
    )


@bp.get("/people/<person_id>")
@requires("supervisor", "trainer", "hr")
def person(person_id: str) -> str:
    user, edition, signatures = job_description_people.signatures_of(
        context.session(), context.actor(), person_id, context.settings().courses, context.now()
    )
    may_download = context.actor().is_any(*MAY_DOWNLOAD) or user.id == context.actor().user_id
    return render_template(
        "job_description/person.html", user=user, edition=edition, signatures=signatures, may_download=may_download
    )


@bp.get("/people/proof.zip")
@requires("supervisor", "trainer", "hr")
def proof() -> Response:
    """A table of everybody and every receipt, sent as it is made: a thousand receipts need neither memory nor a wait."""
    session, actor, now = context.session(), context.actor(), context.now()
    lines = job_description_receipts.proof_lines(session, actor, context.settings().courses, now)
    job_description_receipts.note_export(session, actor, lines, now)
    delimiter = ";" if page_language() == "fr" else ","
    table = csv_text(_table(lines), delimiter).encode()
    pieces = job_description_receipts.proof_archive(session, context.ports(), actor, lines, [("signatures.csv", table)])
    answer = Response(stream_with_context(pieces), mimetype="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="job-description-proof-{now:%Y-%m-%d}.zip"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _table(lines: list[ProofLine]) -> Iterator[list[Cell]]:
    yield [
        _("Name"), _("E-mail address"), _("Account is open"), _("Signed"), _("Version in force"), _("Version"),
        _("Signed on (UTC)"), _("Name as typed"), _("Language"), _("SHA-256 of the text that was signed"), _("Receipt"),
    ]  # fmt: skip
    yes, no = _("yes"), _("no")
    for line in lines:
        row: list[Cell] = [line.name, line.email, yes if line.is_active else no]
        if line.signed is None:
            yield [*row, no, yes, None, None, None, None, None, None]
            continue
        one = line.signed
        at = format_datetime(one.signed_at, "yyyy-MM-dd HH:mm:ss", rebase=False)
        yield [*row, yes, yes if line.in_force else no, one.label, at, one.name, one.language, one.text_hash, line.file]
