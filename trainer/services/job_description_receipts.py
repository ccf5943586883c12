"""The receipt of a signature: a PDF with the name, the time, the hash and every word that was signed; and all receipts
of an organisation in one archive, as proof.

A receipt follows from its row alone, is made after the signature by a job, kept in the file store, and made again when
the file is not there. It carries the signed text as a file, of which the hash on the paper is the SHA-256.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import chain
from pathlib import Path

from babel.dates import format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from sqlalchemy.orm import Session

from trainer.domain.errors import NotFound
from trainer.domain.job_description import read_text
from trainer.domain.roles import Actor
from trainer.ports import Attachment, PortError, Ports, StorageFull
from trainer.services.archives import plain_name, zip_pieces
from trainer.services.job_description import edition_in_force
from trainer.store import job_descriptions as store
from trainer.store.accounts import Organisation
from trainer.store.audit import record
from trainer.store.job_descriptions import JobDescriptionSignature, Signed

log = logging.getLogger(__name__)
FOLDER = Path(__file__).resolve().parent.parent / "receipts"
ATTACHED = "job-description.txt"
MAY_DOWNLOAD = ("supervisor", "admin")
MAY_SEE = ("supervisor", "trainer", "hr", "admin")
TEXTS = {
    "en": {
        "title": "Signed job description",
        "signed": "Read and signed by",
        "account": "Name of the account",
        "organisation": "Organisation",
        "version": "Version",
        "time": "Signed on",
        "hash": "SHA-256 of the text that was signed",
        "about": "The text follows in full. The file job-description.txt inside this PDF holds it letter by letter: "
        "its SHA-256 is the one above, and changes with any letter.",
    },
    "fr": {
        "title": "Description de poste signée",
        "signed": "Lue et signée par",
        "account": "Nom du compte",
        "organisation": "Organisation",
        "version": "Version",
        "time": "Signée le",
        "hash": "SHA-256 du texte signé",
        "about": "Le texte intégral suit. Le fichier job-description.txt joint à ce PDF le contient à la lettre près\u00a0: "
        "son SHA-256 est celui qui figure ci-dessus, et change avec la moindre lettre.",
    },
}


def find_receipt(session: Session, actor: Actor, public_id: str, now: datetime) -> JobDescriptionSignature:
    """The signature whose receipt the actor may have: their own; supervisors and administrators any, which is noted in
    the audit log. Raises NotFound."""
    found = store.find_signature(session, actor.organisation_id, public_id)
    if found is None or (found.user_id != actor.user_id and not actor.is_any(*MAY_DOWNLOAD)):
        raise NotFound("job_description.no_receipt")
    if found.user_id != actor.user_id:
        record(session, actor, "job_description.receipt_opened", found, now, {"edition": found.label})
        session.commit()
    return found


def receipt_key(public_id: str) -> str:
    return f"job-descriptions/{public_id}.pdf"


def receipt_pdf(session: Session, ports: Ports, signature: JobDescriptionSignature) -> bytes:
    """The PDF as kept, or made again. Ends the transaction before it renders. Raises EngineUnavailable where no PDF can
    be made. A full disk is no error."""
    key = receipt_key(signature.public_id)
    try:
        return ports.files.read(key)
    except FileNotFoundError:
        pass
    html, text = receipt_html(signature), signature.text.encode("utf-8")
    session.commit()  # rendering takes its time; nothing stays open meanwhile
    pdf = ports.pdf.render(html, base_folder=str(FOLDER), attachments=[Attachment(ATTACHED, text, "text/plain")])
    try:
        ports.files.write(key, pdf)
    except StorageFull:
        pass  # the receipt is handed out all the same, and made again next time
    return pdf


def render_receipt(session: Session, ports: Ports, public_id: str, organisation_id: int | None = None) -> None:
    """Make the file ahead of its first reader. A signature that is gone: nothing."""
    signature = store.find_signature(session, organisation_id, public_id)
    if signature is not None:
        receipt_pdf(session, ports, signature)


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=FileSystemLoader(FOLDER),
    )
    return environment.get_template("receipt.html")


def receipt_html(signature: JobDescriptionSignature) -> str:
    language = signature.language
    time = format_datetime(signature.signed_at, "d MMMM y, HH:mm:ss 'UTC'", locale=language)
    text = read_text(signature.text)
    return _template().render(s=signature, text=text, t=TEXTS[language], time=time, language=language)


@dataclass(frozen=True, slots=True)
class ProofLine:
    """A row of the proof: a person, whether their account is open, and one signature of theirs with its file inside the
    archive; None where they have not signed what is in force. `in_force`: it is of the edition in force."""

    name: str
    email: str
    is_active: bool
    signed: Signed | None
    in_force: bool = False
    file: str = ""


def proof_lines(session: Session, actor: Actor, courses: Path, now: datetime) -> list[ProofLine]:
    """Everybody by name, each with all signatures, the oldest first, and a row of their own where what is in force is not
    signed. The number of queries does not grow with the people."""
    edition = edition_in_force(session, actor.organisation_id, courses, now)
    theirs: dict[int, list[Signed]] = {}
    for one in store.all_signed(session, actor.organisation_id):
        theirs.setdefault(one.user_id, []).append(one)
    lines: list[ProofLine] = []
    number = 0
    for user_id, name, email, is_active in store.everybody(session, actor.organisation_id):
        own = theirs.get(user_id, [])
        for one in own:
            number += 1
            file = _file_name(number, name, one)
            lines.append(ProofLine(name, email or "", is_active, one, one.edition_id == edition.id, file))
        if is_active and not any(one.edition_id == edition.id for one in own):
            lines.append(ProofLine(name, email or "", is_active, None))
    return lines


def _file_name(number: int, name: str, signed: Signed) -> str:
    return f"receipts/{number:04}-{plain_name(name)}-{signed.label}.pdf"


def note_export(session: Session, actor: Actor, lines: Iterable[ProofLine], now: datetime) -> None:
    """Write the export into the audit log, before its first byte leaves."""
    organisation = session.get(Organisation, actor.organisation_id)
    assert organisation is not None  # the actor belongs to it
    count = sum(line.signed is not None for line in lines)
    record(session, actor, "job_description.exported", organisation, now, {"signatures": count})
    session.commit()


def proof_archive(
    session: Session, ports: Ports, actor: Actor, lines: Iterable[ProofLine], tables: Iterable[tuple[str, bytes]]
) -> Iterator[bytes]:
    """A ZIP file piece by piece: `tables` as (name, content), then each receipt; nothing but one receipt is in memory.

    Where no PDF can be made, the signed text stands in its place under the same name with .txt.
    """
    return zip_pieces(chain(tables, _receipts(session, ports, actor, lines)))


def _receipts(session: Session, ports: Ports, actor: Actor, lines: Iterable[ProofLine]) -> Iterator[tuple[str, bytes]]:
    for line in lines:
        if line.signed is None:
            continue
        signature = store.find_signature(session, actor.organisation_id, line.signed.public_id)
        if signature is None:
            continue
        text = signature.text
        try:
            entry = line.file, receipt_pdf(session, ports, signature)
        except PortError as error:
            log.warning("no receipt for the proof: %s", error)
            entry = line.file.removesuffix(".pdf") + ".txt", text.encode("utf-8")
        session.commit()  # no connection waits for a slow reader
        yield entry
