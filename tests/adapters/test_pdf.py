"""What is in the file of a certificate beside the page. How designs look is in test_designs.py; what every renderer
promises in test_contract_pdf.py.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.conftest import PDF
from tests.factories.certificates import make_record
from trainer.config import ROOT
from trainer.content.designs import load_design
from trainer.ports import Attachment
from trainer.services.certificate_pages import certificate_html

DESIGN = ROOT / "certificates" / "classic"


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


def test_the_credential_is_attached(tmp_path):
    path = make_pdf(tmp_path / "c.pdf")
    assert "certificate.json" in run("pdfdetach", "-list", path)
    assert json.loads(PDF.attachments(path.read_bytes())["certificate.json"])["number"] == "2026-7KQ4-M2XD"


def test_the_fingerprint_survives_saving_again_and_not_a_changed_letter(tmp_path):
    path = make_pdf(tmp_path / "c.pdf")
    mark = PDF.fingerprint(path.read_bytes())
    run("qpdf", "--linearize", path, tmp_path / "again.pdf")
    assert PDF.fingerprint((tmp_path / "again.pdf").read_bytes()) == mark
    other = make_pdf(tmp_path / "d.pdf", holder="Zoé Ångström-O’Neil")
    assert PDF.fingerprint(other.read_bytes()) != mark
