"""Certificates on paper, read back with the programs other people use: poppler, qpdf, zbar.

What every renderer promises is in test_contract_pdf.py.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pikepdf
import pytest

from tests.conftest import PDF
from tests.factories.certificates import make_record
from trainer.config import ROOT
from trainer.content.designs import load_design, read_samples
from trainer.ports import Attachment
from trainer.services.certificate_pages import certificate_html

DESIGN = ROOT / "certificates" / "classic"
LONGEST = ("Maria-Magdalena Anastasia " * 5)[:120].strip().ljust(120, "x")


def run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def make_pdf(path: Path, language: str = "en", **changes: object) -> Path:
    record = make_record(**changes).as_json()
    file = Attachment("certificate.json", json.dumps(record).encode(), "application/json")
    page = certificate_html(load_design(DESIGN), record, language)
    path.write_bytes(PDF.render(page, base_folder=str(DESIGN), attachments=[file]))
    return path


def words(path: Path) -> str:
    return " ".join(run("pdftotext", "-layout", path, "-").split())


@pytest.mark.parametrize(
    "name",
    [
        "Zoé Ångström-O’Neill", "Łukasz Żółć", "Олександра Щербак-Їжакевич", "Ευφροσύνη Παπαδημητρακοπούλου",
        "Þórður Guðmundsson", "D'Arcy \"Bob\" <b>&amp;</b>", LONGEST,
    ],
)  # fmt: skip
def test_the_name_is_read_back_as_it_was_written(tmp_path, name):
    path = make_pdf(tmp_path / "c.pdf", holder=name)
    assert "".join(name.split()) in "".join(words(path).split())
    assert "Pages: 1" in " ".join(run("pdfinfo", path).split())


@pytest.mark.parametrize("sample", read_samples(DESIGN), ids=lambda sample: sample.name)
def test_every_sample_of_the_design_stays_on_one_sound_page(tmp_path, sample):
    record = {**make_record().as_json(), **sample.changes}
    page = certificate_html(load_design(DESIGN), record, record["language"])
    path = tmp_path / "c.pdf"
    path.write_bytes(PDF.render(page, base_folder=str(DESIGN)))
    assert "Pages: 1" in " ".join(run("pdfinfo", path).split())
    assert record["number"] in words(path)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_file_is_sound_tagged_titled_and_embeds_its_fonts(tmp_path, language):
    path = make_pdf(tmp_path / "c.pdf", language)
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", path)
    info = run("pdfinfo", path)
    assert "Tagged:          yes" in info
    assert "Zoé Ångström-O’Neill" in info
    fonts = [line.split() for line in run("pdffonts", path).splitlines()[2:]]
    assert fonts
    assert all(row[-5] == "yes" for row in fonts)
    assert "H1" in run("pdfinfo", "-struct-text", path)
    with pikepdf.open(path) as document:
        told = [
            str(thing.Alt) for thing in document.objects if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        ]
        assert document.Root.Lang == language
    assert any("QR" in text for text in told)
    assert len(told) == 2


def test_the_credential_is_attached(tmp_path):
    path = make_pdf(tmp_path / "c.pdf")
    assert "certificate.json" in run("pdfdetach", "-list", path)
    assert json.loads(PDF.attachments(path.read_bytes())["certificate.json"])["number"] == "2026-7KQ4-M2XD"


def test_the_code_on_the_printed_page_is_the_verify_address(tmp_path):
    path = make_pdf(tmp_path / "c.pdf")
    run("pdftoppm", "-r", "110", "-png", "-singlefile", path, tmp_path / "page")
    scanned = run("zbarimg", "--quiet", "--raw", tmp_path / "page.png").strip()
    assert scanned == make_record().verify_url


def test_the_fingerprint_survives_saving_again_and_not_a_changed_letter(tmp_path):
    path = make_pdf(tmp_path / "c.pdf")
    mark = PDF.fingerprint(path.read_bytes())
    run("qpdf", "--linearize", path, tmp_path / "again.pdf")
    assert PDF.fingerprint((tmp_path / "again.pdf").read_bytes()) == mark
    other = make_pdf(tmp_path / "d.pdf", holder="Zoé Ångström-O’Neil")
    assert PDF.fingerprint(other.read_bytes()) != mark
