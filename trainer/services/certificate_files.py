"""What is handed out of a certificate: JSON files, its PDF (made ahead, kept, made again when lost), badge pictures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.content.designs import load_design
from trainer.domain.errors import NotFound
from trainer.ports import Attachment, Ports, StorageFull
from trainer.services.certificate_designs import folder_of
from trainer.services.certificate_pages import certificate_html
from trainer.store import certificates as store
from trainer.store.certificates import Certificate, CertificatePaper

ATTACHED = "certificate.json"


def record_of(certificate: Certificate) -> dict[str, Any]:
    """What the certificate states, as it was issued."""
    return dict(json.loads(certificate.record))


def document_of(certificate: Certificate) -> dict[str, Any]:
    """The certificate as a file: record, Open Badges credential, and that credential signed once or in two ways."""
    record = record_of(certificate)
    credential = json.loads(certificate.credential)
    document = {"format": record["format"], "record": record, "credential": credential, "jwt": certificate.jwt}
    return document if certificate.proof is None else {**document, "proof": json.loads(certificate.proof)}


def proved_badge(certificate: Certificate) -> dict[str, Any]:
    """The Open Badges credential with its Data Integrity proof, as wallets take it. Raises NotFound for a certificate
    that was issued before there were such proofs."""
    if certificate.proof is None:
        raise NotFound
    return {**json.loads(certificate.credential), "proof": json.loads(certificate.proof)}


def badge_bytes(certificate: Certificate) -> bytes:
    """The same as a file."""
    return json.dumps(proved_badge(certificate), ensure_ascii=False, indent=2, sort_keys=True).encode("utf-8") + b"\n"


def document_bytes(certificate: Certificate) -> bytes:
    """The file that is downloaded and that every PDF carries: readable, and the same bytes each time."""
    text = json.dumps(document_of(certificate), ensure_ascii=False, indent=2, sort_keys=True)
    return text.encode("utf-8") + b"\n"


def pdf_key(certificate: Certificate, language: str) -> str:
    return f"certificates/{certificate.public_id}-{language}.pdf"


def pdf_of(session: Session, ports: Ports, certificate: Certificate, language: str, designs: Path) -> bytes:
    """The certificate on paper in one of the product's languages: as kept, or made again if the file is not there.

    Ends the transaction before it renders. Raises EngineUnavailable where no PDF can be made. A full disk is no error.
    """
    key = pdf_key(certificate, language)
    try:
        return ports.files.read(key)
    except FileNotFoundError:
        pass
    record, data = record_of(certificate), document_bytes(certificate)
    design = folder_of(session, certificate, designs)
    session.commit()  # rendering takes its time; nothing stays open meanwhile
    pdf = render_pdf(ports, record, language, design, data)
    _keep_fingerprint(session, certificate, language, ports.pdf.fingerprint(pdf))
    try:
        ports.files.write(key, pdf)
    except StorageFull:
        pass  # the paper is handed out all the same, and made again next time
    return pdf


def _keep_fingerprint(session: Session, certificate: Certificate, language: str, fingerprint: str) -> None:
    """Before anyone has the paper: what is not known here counts as another page."""
    if fingerprint in store.papers_of(session, certificate):
        return
    session.add(CertificatePaper(certificate_id=certificate.id, language=language, fingerprint=fingerprint))
    try:
        session.commit()
    except IntegrityError:  # another worker made the same paper at the same moment
        session.rollback()


def render_pdf(ports: Ports, record: Mapping[str, Any], language: str, design_folder: Path, document: bytes) -> bytes:
    """Page and attachment to a PDF, in memory."""
    html = certificate_html(load_design(design_folder), record, language)
    file = Attachment(ATTACHED, document, "application/json")
    return ports.pdf.render(html, base_folder=str(design_folder), attachments=[file])


def render_certificate(session: Session, ports: Ports, public_id: str, designs: Path) -> None:
    """Make the file in the certificate's own language ahead of its first reader. A certificate that is gone: nothing."""
    certificate = store.find_certificate(session, public_id, None)
    if certificate is not None:
        pdf_of(session, ports, certificate, certificate.language, designs)


def sweep_certificates(session: Session, ports: Ports) -> int:
    """Ask again for papers that were never made, found from rows; gives how many. One that was made and got lost is
    made again when somebody asks for it."""
    owed = store.certificates_without_paper(session)
    for certificate in owed:
        ports.queue.enqueue("render_certificate", certificate=certificate.public_id)
    return len(owed)
