"""PDF files by WeasyPrint, made as PDF/A-3a; and what is attached to a PDF, read by pikepdf."""

from __future__ import annotations

import io
import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from trainer.adapters.pdf_fingerprint import fingerprint_of
from trainer.ports import Attachment, EngineUnavailable, PdfRejected, PortError

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

ENGINE = "weasyprint"
MAX_ATTACHMENT = 1024 * 1024
log = logging.getLogger(__name__)


class WeasyPrintRenderer:
    """`PdfRenderer` over one shared font configuration.

    Pango's font map is not safe for threads, so pages are laid out one at a time. WeasyPrint loads at first use: a
    machine without its libraries can do everything but certificates.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._fonts: FontConfiguration | None = None

    def render(self, html: str, *, base_folder: str, attachments: Sequence[Attachment] = ()) -> bytes:
        """See `PdfRenderer`. Raises EngineUnavailable, and PortError for an address out of the folder."""
        weasyprint = _weasyprint()
        fetcher = _folder_fetcher(Path(base_folder))
        moment = datetime.now(UTC)
        files = [
            weasyprint.Attachment(
                file_obj=io.BytesIO(file.data), name=file.name, description=file.name, relationship=file.relationship,
                created=moment, modified=moment,
            )
            for file in attachments
        ]  # fmt: skip
        with self._lock:
            if self._fonts is None:
                from weasyprint.text.fonts import FontConfiguration

                self._fonts = FontConfiguration()
            base_url = Path(base_folder).resolve().as_uri() + "/"
            page = weasyprint.HTML(string=html, base_url=base_url, url_fetcher=fetcher)
            pdf = page.write_pdf(
                font_config=self._fonts, pdf_variant="pdf/a-3a", attachments=files, custom_metadata=False
            )
        if fetcher.refused:
            raise PortError(ENGINE, f"the page asks for what it may not have: {', '.join(fetcher.refused)}")
        return bytes(pdf)

    def attachments(self, pdf: bytes) -> dict[str, bytes]:
        with _opened(pdf) as document:
            return {name: _content(document, name) for name in document.attachments}

    def fingerprint(self, pdf: bytes) -> str:
        with _opened(pdf) as document:
            return fingerprint_of(document)


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    """The PDF of a stranger, read with care: whatever is wrong with it becomes PdfRejected."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            yield document
    except pikepdf.PasswordError:
        raise PdfRejected(ENGINE, "the file is locked by a password") from None
    except (pikepdf.PikepdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError) as error:
        raise PdfRejected(ENGINE, "the file is not a PDF or is broken") from error


def _content(document: Any, name: str) -> bytes:
    file = document.attachments[name].get_file()
    if file.size is not None and file.size > MAX_ATTACHMENT:
        raise ValueError("an attachment is too large")
    return bytes(file.read_bytes())


def _weasyprint() -> Any:
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise EngineUnavailable(ENGINE, f"install the packages of packages.txt (Pango): {error}") from error
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    return weasyprint


def _folder_fetcher(folder: Path) -> Any:
    """A fetcher of addresses that reads data: addresses and files below `folder`; it notes what it refused."""
    from weasyprint.urls import URLFetcher

    inside = folder.resolve()

    class FolderFetcher(URLFetcher):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__(allowed_protocols={"data", "file"}, allow_redirects=False)
            self.refused: list[str] = []

        def fetch(self, url: str, headers: Any = None) -> Any:
            parts = urlsplit(url)
            local = parts.scheme == "file" and parts.netloc in ("", "localhost")
            if parts.scheme == "data" or (local and _is_inside(url2pathname(parts.path), inside)):
                return super().fetch(url, headers)
            self.refused.append(url[:200])
            raise ValueError(f"outside of the design's folder: {url[:200]}")

    return FolderFetcher()


def _is_inside(path: str, folder: Path) -> bool:
    """A real file below the folder, links followed."""
    real = Path(path).resolve()
    return real.is_file() and real.is_relative_to(folder)
