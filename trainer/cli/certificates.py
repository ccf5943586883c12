"""`flask certificates`: issue, check and revoke from the command line."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from trainer.cli.careers import fail, operator
from trainer.cli.certificate_keys import keys
from trainer.cli.certificates_preview import preview
from trainer.cli.fetching import Unreachable, fetch_json
from trainer.cli.one_line import reason_of
from trainer.domain.errors import NotFound, TrainerError
from trainer.ports import PortError
from trainer.services import certificate_checks as checks
from trainer.services import certificates as service
from trainer.services.certificate_checks import UNKNOWN, Checked, Issuer
from trainer.services.certificate_evidence import DIFFERS, check_evidence
from trainer.services.certificate_files import document_of, pdf_of
from trainer.services.certificate_making import Place
from trainer.services.certificate_remote import check_address, read_issuer
from trainer.store.certificates import Certificate
from trainer.web import context

SENTENCES = {
    "error.not_found": "there is nothing with this id",
    "career.already_held": "the person already holds a valid certificate of this category",
    "certificate.no_sound_design": "no design of certificates can be read; `flask doctor` names their faults",
    "certificate.not_granted": "this decision was not granted, so there is nothing to issue",
    "certificate.call_gone": "a call that counted has been erased since; decide again",
    "certificate.reason_length": "the reason must have 5 to 500 characters",
    "certificate.revoked_already": "this certificate is revoked already",
    "certificate.file_too_large": "the file is larger than 4 megabytes, so it cannot be a certificate made here",
}


@click.group("certificates")
def certificates() -> None:
    """Certificates of categories."""


certificates.add_command(keys)
certificates.add_command(preview)


def _place(address: str) -> Place:
    """Where the site is reached, as it is written into the certificate."""
    settings = context.settings()
    base = address.rstrip("/") or settings.public_url
    if not base:
        base = f"http://{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
    if not _is_address(base):
        fail(f"{base!r} is no address of a site, such as https://training.example.org")
    return Place(base, settings.certificates)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _tell_place(address: str, place: Place) -> None:
    """Nothing said where the site is, and a guess stands in what was issued: whoever did it should know."""
    if not address and not context.settings().public_url:
        click.echo(f"PUBLIC_URL is not set; the certificate is to be checked at {place.base_url}", err=True)


def _sentence(error: TrainerError) -> str:
    return SENTENCES.get(error.code, error.code)


def _issue(decision_id: str, place: Place) -> Certificate:
    """Raises TrainerError and PortError."""
    session = context.session()
    organisation_id = service.organisation_of_decision(session, decision_id)
    return service.issue_certificate(
        session, context.ports(), operator(organisation_id), decision_id, place, context.now()
    )


def _line(certificate: Certificate) -> dict[str, Any]:
    record = json.loads(certificate.record)
    return {
        "certificate": certificate.public_id,
        "number": certificate.number,
        "holder": certificate.holder,
        "category": certificate.category,
        "verify_url": record["verify_url"],
        "valid_until": record["valid_until"],
    }


@certificates.command("issue")
@click.option("--decision", required=True, help="Id of a granted decision, as `flask careers decide` prints it.")
@click.option("--address", default="", help="The site's public address; PUBLIC_URL if not given.")
@click.option("--pdf", type=click.Path(dir_okay=False, path_type=Path), help="Also write the PDF to this file.")
@with_appcontext
def issue(decision: str, address: str, pdf: Path | None) -> None:
    """Issue the certificate of a granted decision; a second time finds the first one. Prints it as JSON."""
    place = _place(address)
    try:
        certificate = _issue(decision, place)
        line = _line(certificate)
        if pdf is not None:
            pdf.write_bytes(
                pdf_of(context.session(), context.ports(), certificate, certificate.language, place.designs)
            )
    except TrainerError as error:
        context.session().rollback()
        fail(_sentence(error), 2 if isinstance(error, NotFound) else 1)
    except PortError as error:
        fail(str(error), 1)
    except OSError as error:
        fail(reason_of(error), 1)
    _tell_place(address, place)
    click.echo(json.dumps(line, ensure_ascii=False))


@certificates.command("bulk")
@click.argument("file", type=click.File(encoding="utf-8", errors="replace"))
@click.option("--address", default="", help="The site's public address; PUBLIC_URL if not given.")
@with_appcontext
def bulk(file: Iterable[str], address: str) -> None:
    """Issue for every decision in FILE, one id or {"decision": id} a line. Run again, it goes on where it stopped."""
    place, failed = _place(address), 0
    _tell_place(address, place)
    for place_in_file, row in enumerate(file, 1):
        if not row.strip():
            continue
        decision = _decision_in(row)
        try:
            line = {"line": place_in_file, "decision": decision, **_line(_issue(decision, place))}
        except (TrainerError, PortError) as error:
            context.session().rollback()
            failed += 1
            text = _sentence(error) if isinstance(error, TrainerError) else str(error)
            line = {"line": place_in_file, "decision": decision, "error": text}
        click.echo(json.dumps(line, ensure_ascii=False))
        if sys.stderr.isatty() and place_in_file % 10 == 0:
            click.echo(f"{place_in_file} lines", err=True)
    sys.exit(1 if failed else 0)


def _decision_in(row: str) -> str:
    try:
        document = json.loads(row)
    except ValueError:
        return row.strip()
    return str(document.get("decision", "")) if isinstance(document, dict) else row.strip()


@certificates.command("verify")
@click.argument("what", metavar="FILE|URL")
@click.option(
    "--issuer",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A saved issuer document, to check another site's file without a network (revocation stays unknown).",
)
@click.option("--with-evidence", is_flag=True, help="Also compare each counted call's log and grade with the store.")
@with_appcontext
def verify(what: str, issuer: Path | None, with_evidence: bool) -> None:
    """Check a certificate: a PDF, JSON, JWT, PNG or SVG file, or the address of its public page.

    Prints the answer as JSON. Exit code 0 when it is valid, 1 when it is anything else. With --with-evidence it tells
    of each counted call whether its log and grade agree, differ or are gone, and a difference counts as a failed check.
    """
    try:
        if what.partition(":")[0] in {"http", "https"}:
            checked, document = _verify_address(what)
        else:
            checked, document = _verify_file(Path(what), issuer)
    except TrainerError as error:
        fail(_sentence(error), 1)
    except PortError as error:
        fail(str(error), 1)
    except Unreachable as error:
        fail(str(error), 1)
    except OSError as error:
        fail(reason_of(error))
    answer, sound = checks.as_json(checked, document, context.now()), True
    if with_evidence:
        if checked.known is None:
            fail("only certificates that were issued here have their evidence here", 1)
        rows = check_evidence(context.session(), checked.known.organisation_id, json.loads(checked.known.record))
        answer["evidence"] = [row.as_json() for row in rows]
        sound = not any(DIFFERS in {row.events, row.grade} for row in rows)
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    sys.exit(0 if checked.is_valid and sound else 1)


def _verify_address(url: str) -> tuple[Checked, dict[str, Any] | None]:
    """An own certificate is answered from the database; anyone else's page is asked. Raises Unreachable."""
    if not _is_address(url):
        fail(f"{url!r} is no address of a page")
    token = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    try:
        checked = checks.check_token(context.session(), token, context.now())
    except OperationalError:  # no database on this machine: it can still ask the site
        checked = Checked(UNKNOWN)
    if checked.known is not None:
        return checked, document_of(checked.known)
    return check_address(context.ports(), url, fetch_json, context.now())


def _verify_file(path: Path, issuer: Path | None) -> tuple[Checked, dict[str, Any] | None]:
    data, other = path.read_bytes(), _issuer(issuer)
    try:
        checked = checks.check_file(context.session(), context.ports(), data, context.now(), other)
    except OperationalError:  # no database on this machine: signature and dates can be checked all the same
        checked = checks.check_file(None, context.ports(), data, context.now(), other)
    return checked, {"record": dict(checked.record)} if checked.record else None


def _issuer(issuer: Path | None) -> Issuer | None:
    if issuer is None:
        return None
    try:
        return read_issuer(context.ports(), json.loads(issuer.read_text(encoding="utf-8")))
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        fail(f"{issuer} is no issuer document: it is not JSON")
    except ValueError as error:
        fail(f"{issuer} is no issuer document: {error}")


@certificates.command("revoke")
@click.argument("certificate")
@click.option("--reason", required=True, help="Why; everyone who checks the certificate reads it.")
@with_appcontext
def revoke(certificate: str, reason: str) -> None:
    """Revoke CERTIFICATE, an id or the number printed on it. Whoever checks it from now on reads the reason."""
    session = context.session()
    found = service.find_by_id_or_number(session, certificate)
    if found is None:
        fail("there is no certificate with this id or number")
    number, actor = found.number, operator(found.organisation_id)
    try:
        fact = service.revoke_certificate(session, context.ports(), actor, found.public_id, reason, context.now())
    except TrainerError as error:
        session.rollback()
        fail(_sentence(error), 2 if error.status == 422 else 1)
    click.echo(
        json.dumps({"number": number, "revoked_at": fact.at.isoformat(), "reason": fact.reason}, ensure_ascii=False)
    )
