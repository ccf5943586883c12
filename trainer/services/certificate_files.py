"""What is handed out of a certificate: its JSON file, its PDF (made ahead, kept, made again when lost), the issuer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from trainer.content.designs import load_design
from trainer.ports import Attachment, CredentialSigner, KeyRefused, Ports, StorageFull
from trainer.services.certificate_designs import folder_of
from trainer.services.certificate_pages import certificate_html
from trainer.store import certificates as store
from trainer.store.certificates import Certificate, CertificatePaper

ATTACHED = "certificate.json"


def signer_of(ports: Ports) -> CredentialSigner:
    if ports.signer is None:
        raise KeyRefused("signing key", "none is configured")
    return ports.signer


def record_of(certificate: Certificate) -> dict[str, Any]:
    """What the certificate states, as it was issued."""
    return dict(json.loads(certificate.record))


def document_of(certificate: Certificate) -> dict[str, Any]:
    """The certificate as a file: record, Open Badges credential, and that credential signed."""
    record = record_of(certificate)
    credential = json.loads(certificate.credential)
    return {"format": record["format"], "record": record, "credential": credential, "jwt": certificate.jwt}


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


def issuer_document(ports: Ports, issuer: str, name: str) -> dict[str, Any]:
    """Who signs: the keys, present and retired, under which certificates of `issuer` verify."""
    methods = [
        {
            "id": f"{issuer}#{key.multibase}",
            "type": "Multikey",
            "controller": issuer,
            "publicKeyMultibase": key.multibase,
        }
        for key in signer_of(ports).public_keys()
    ]
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://www.w3.org/ns/cid/v1",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": issuer,
        "type": ["Profile"],
        "name": name,
        "url": issuer.partition("/issuer")[0] + "/",
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }
