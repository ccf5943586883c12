"""The organisation's own signature on a PDF, read back by poppler's pdfsig: another implementation."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.conftest import PDF
from tests.factories.accounts import NOW
from tests.factories.careers import PLACE, issued_certificate, make_team
from tests.factories.signing_keys import NAME, PASSWORD, make_signing_key
from trainer.adapters.pdf_signing import SigningRenderer
from trainer.app import build_ports
from trainer.config import load_settings
from trainer.ports import Attachment, EngineUnavailable, Ports
from trainer.services.certificate_checks import check_file
from trainer.services.certificate_files import pdf_of

PAGE = "<!doctype html><html lang='en'><head><title>Trial</title></head><body><p>Zoé passed.</p></body></html>"
FILE = Attachment("certificate.json", b'{"holder": "Zoe"}', "application/json")


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_signing_key(tmp_path_factory.mktemp("signing") / "organisation.p12")


@pytest.fixture
def signing(key: Path) -> SigningRenderer:
    return SigningRenderer(PDF, key, PASSWORD)


def pdfsig(folder: Path, pdf: bytes) -> str:
    path = folder / "signed.pdf"
    path.write_bytes(pdf)
    told = subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False)
    return told.stdout


def test_another_program_finds_the_signature_valid_and_whole(signing: SigningRenderer, tmp_path: Path) -> None:
    pdf = signing.render(PAGE, base_folder=str(tmp_path), attachments=[FILE])
    told = pdfsig(tmp_path, pdf)
    assert "Signature is Valid." in told
    assert f"Signer Certificate Common Name: {NAME}" in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told
    assert signing.attachments(pdf) == {FILE.name: FILE.data}
    subprocess.run(["qpdf", "--check", str(tmp_path / "signed.pdf")], check=True, capture_output=True)
    text = subprocess.run(["pdftotext", str(tmp_path / "signed.pdf"), "-"], check=True, capture_output=True, text=True)
    assert "Zoé passed." in text.stdout


def test_a_changed_byte_breaks_it(signing: SigningRenderer, tmp_path: Path) -> None:
    pdf = signing.render(PAGE, base_folder=str(tmp_path), attachments=[FILE])
    assert b"/Title" in pdf
    assert "Signature is Valid." not in pdfsig(tmp_path, pdf.replace(b"/Title", b"/Titel", 1))


def test_pages_that_certify_nothing_stay_unsigned(signing: SigningRenderer, tmp_path: Path) -> None:
    assert "does not contain any signatures" in pdfsig(tmp_path, signing.render(PAGE, base_folder=str(tmp_path)))


@pytest.mark.parametrize(("file", "password"), [("missing.p12", PASSWORD), ("key", "another"), ("nonsense", "")])
def test_what_cannot_sign_says_so_and_hands_out_nothing(key: Path, tmp_path: Path, file: str, password: str) -> None:
    (tmp_path / "nonsense").write_text("no key")
    shutil.copy(key, tmp_path / "key")
    signing = SigningRenderer(PDF, tmp_path / file, password)
    with pytest.raises(EngineUnavailable, match="PDF_SIGNING_KEY"):
        signing.render(PAGE, base_folder=str(tmp_path), attachments=[FILE])


def test_a_certificate_is_signed_and_checked_as_any_other(
    session: Session, ports: Ports, signing: SigningRenderer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ports = replace(ports, pdf=signing)
    certificate = issued_certificate(session, ports, make_team(session), monkeypatch)
    pdf = pdf_of(session, ports, certificate, "en", PLACE.designs)
    assert "Signature is Valid." in pdfsig(tmp_path, pdf)
    assert check_file(session, ports, pdf, NOW).is_valid


def test_the_setting_chooses_it(key: Path) -> None:
    chosen = build_ports(load_settings({"PDF_SIGNING_KEY": str(key), "PDF_SIGNING_PASSWORD": PASSWORD})).pdf
    assert isinstance(chosen, SigningRenderer)
    assert not isinstance(build_ports(load_settings({})).pdf, SigningRenderer)
