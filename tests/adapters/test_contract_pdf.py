"""What every renderer of PDF files promises. How certificates look is in test_pdf.py."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from tests.conftest import PDF
from tests.factories.signing_keys import PASSWORD, make_signing_key
from tests.fakes_papers import ScriptedPdf
from trainer.adapters.pdf import WeasyPrintRenderer
from trainer.adapters.pdf_signing import SigningRenderer
from trainer.ports import Attachment, PdfRejected, PdfRenderer, PortError

PORT = PdfRenderer
ADAPTERS = (WeasyPrintRenderer, SigningRenderer, ScriptedPdf)
PAGE = "<!doctype html><html lang=en><head><title>Trial</title>{head}</head><body><p>{words}</p></body></html>"
WORDS = "Zoé Ångström (first) &amp; Sons"
FILES = [Attachment("certificate.json", b'{"a":1}', "application/json"), Attachment("note.txt", b"", "text/plain")]


@pytest.fixture(params=ADAPTERS)
def renderer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> PdfRenderer:
    if request.param is SigningRenderer:
        return SigningRenderer(PDF, make_signing_key(tmp_path_factory.mktemp("signing") / "key.p12"), PASSWORD)
    return PDF if request.param is WeasyPrintRenderer else ScriptedPdf()


@pytest.fixture
def render(renderer: PdfRenderer, tmp_path: Path) -> Callable[..., bytes]:
    def rendered(words: str = WORDS, head: str = "", attachments: tuple[Attachment, ...] = ()) -> bytes:
        page = PAGE.format(words=words, head=head)
        return renderer.render(page, base_folder=str(tmp_path), attachments=attachments)

    return rendered


def saved_again(pdf: bytes, **options: object) -> bytes:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(made, **options)
    return made.getvalue()


def test_the_words_of_the_page_can_be_read_back(render: Callable[..., bytes]) -> None:
    pdf = render()
    assert pdf.startswith(b"%PDF-")
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        (page,) = document.pages
        assert "".join((page.extract_text() or "").split()) == "ZoéÅngström(first)&Sons"


def test_attached_files_come_back_by_name(renderer: PdfRenderer, render: Callable[..., bytes]) -> None:
    assert renderer.attachments(render(attachments=FILES)) == {file.name: file.data for file in FILES}
    assert renderer.attachments(render()) == {}


def test_the_fingerprint_survives_saving_again_and_not_a_changed_letter(
    renderer: PdfRenderer, render: Callable[..., bytes]
) -> None:
    pdf = render(attachments=FILES)
    mark = renderer.fingerprint(pdf)
    assert int(mark, 16) >= 0
    assert renderer.fingerprint(saved_again(pdf, linearize=True)) == mark
    assert renderer.fingerprint(render(WORDS.replace("é", "e"))) != mark


def test_the_page_reads_files_of_its_folder(render: Callable[..., bytes], tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("p { color: black }")
    assert render(head='<link rel="stylesheet" href="style.css">').startswith(b"%PDF-")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "https://example.org/x.png", "../x.png", "//example.org/x"])
def test_the_page_reads_nothing_outside_of_its_folder(
    render: Callable[..., bytes], address: str, tmp_path: Path
) -> None:
    (tmp_path.parent / "x.png").write_bytes(b"another's")
    with pytest.raises(PortError):
        render(f'Hello<img src="{address}" alt="x">')


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"no pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj"])
def test_what_is_no_pdf_is_refused(renderer: PdfRenderer, data: bytes) -> None:
    for use in (renderer.attachments, renderer.fingerprint):
        with pytest.raises(PdfRejected):
            use(data)


def test_a_locked_pdf_is_told_apart(renderer: PdfRenderer, render: Callable[..., bytes]) -> None:
    locked = saved_again(render(), encryption=pikepdf.Encryption(owner="secret", user="secret"))
    for use in (renderer.attachments, renderer.fingerprint):
        with pytest.raises(PdfRejected, match="password"):
            use(locked)
