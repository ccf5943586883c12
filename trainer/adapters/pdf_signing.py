"""The organisation's own signature on certificates as PDF, by pyHanko: for houses that have a certificate of an authority.

PAdES baseline B, invisible, over the whole file. A reader shows who signed and whether a byte has changed since. The
credential inside and the public page prove the same without it.
"""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from trainer.ports import Attachment, EngineUnavailable, PdfRenderer

ENGINE = "pyhanko"
FIELD = "Organisation"


class SigningRenderer:
    """A `PdfRenderer` that signs what carries an attachment (certificates) and leaves other pages as they are."""

    def __init__(self, pages: PdfRenderer, key: Path, password: str) -> None:
        """`key` is a PKCS #12 file with the private key and the chain of certificates. Read at first use."""
        self._pages, self._key, self._password = pages, key, password
        self._signer: Any = None
        self._lock = threading.Lock()

    def render(self, html: str, *, base_folder: str, attachments: Sequence[Attachment] = ()) -> bytes:
        """As the pages' own. Raises EngineUnavailable besides where it cannot be signed: a house that signs hands out
        nothing unsigned."""
        pdf = self._pages.render(html, base_folder=base_folder, attachments=attachments)
        return self.sign(pdf) if attachments else pdf

    def attachments(self, pdf: bytes) -> dict[str, bytes]:
        return self._pages.attachments(pdf)

    def fingerprint(self, pdf: bytes) -> str:
        return self._pages.fingerprint(pdf)

    def sign(self, pdf: bytes) -> bytes:
        """The file with a signature added at its end. Raises EngineUnavailable."""
        signer = self._loaded()
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import signers
        from pyhanko.sign.fields import SigSeedSubFilter

        wanted = signers.PdfSignatureMetadata(
            field_name=FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, name=self._holder(signer)
        )
        signed = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), wanted, signer=signer)
        return bytes(signed.getbuffer())

    def _loaded(self) -> Any:
        with self._lock:
            if self._signer is None:
                self._signer = _load(self._key, self._password)
            return self._signer

    @staticmethod
    def _holder(signer: Any) -> str:
        return str(signer.signing_cert.subject.native.get("common_name", ""))


def _load(key: Path, password: str) -> Any:
    try:
        from pyhanko.sign.signers import SimpleSigner
    except ImportError as error:
        raise EngineUnavailable(ENGINE, f"install requirements-pdf-signing.txt: {error}") from error
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # it tells of a wrong password with a stack trace
    try:
        signer = SimpleSigner.load_pkcs12(str(key), passphrase=password.encode())
    except (OSError, ValueError) as error:
        raise EngineUnavailable(ENGINE, f"PDF_SIGNING_KEY {key} cannot be read: {error}") from error
    if signer is None:
        raise EngineUnavailable(ENGINE, f"PDF_SIGNING_KEY {key} is missing, no PKCS #12 file, or has another password")
    return signer
