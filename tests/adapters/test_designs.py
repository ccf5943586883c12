"""Every design of certificates/ on paper, in both languages, with names that are hard to set.

Read back with the programs other people use: poppler, qpdf, zbar. A design that is added is tested like the others.
What is compared of a name: its letters in their logical order, composed (NFC), without spaces (`papers.letters`).
"""

from __future__ import annotations

import json
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from tests.adapters.papers import MM, letters, misplaced, qr_box, read_back, run, scanned
from tests.conftest import PDF
from trainer.config import ROOT
from trainer.content.design_samples import read_samples, sample_record
from trainer.content.designs import load_design
from trainer.domain.name_widths import is_right_to_left
from trainer.ports import Attachment
from trainer.services.certificate_pages import certificate_html, page_values

DESIGNS = sorted(path.parent.name for path in (ROOT / "certificates").glob("*/design.yaml"))
MARGIN = 13.5
"""Millimetres from the edge in which no design prints text."""
LONG = "Maria-Magdalena Konstantinopoulou-Wolfeschlegelsteinhausen de la Fuente y Álvarez-Ångström von Hohenstein-Waldburg III"
NAMES = (
    "Li",
    LONG.ljust(120, "I"),
    "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewi",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "Олександра Щербак-Їжакевич",
    "Ευφροσύνη Παπαδημητρακοπούλου",
    "محمد عبد الرحمن بن خالد الهاشمي",
    "שרה בת־אל כהן",
    "欧阳娜娜",
    "Zoë 🦊 Fox 👩🏽\u200d🚀",
    "Ze\u0301 N\u0303guye\u0302\u0303n Th\u0323i\u0323 O\u0308z",
    "D’Arcy O'Neill-d’Été <b>&amp;</b>",
    "María de los Ángeles García-Lorca y Pérez de Guzmán",
    "Þórður Łukasz Żółć Guðmundsson",
)
ORGANISATIONS = (
    "Parcelo Customer Care",
    "Caisse interrégionale de prévoyance et d’assistance téléphonique des collectivités d’outre-mer et de la métropole",
    "Центр обслуговування",
)
CATEGORIES = (
    {"en": "Operator category 3", "fr": "Opérateur de catégorie 3"},
    {
        "en": "Senior specialist for complaints, contracts and claims of businesses",
        "fr": "Spécialiste principal des réclamations, contrats et sinistres d’entreprises",
    },
)
AGREEMENTS = (None, {"opening": 0.91, "needs": 0.58, "accuracy": 0.77}, {"opening": 0.9, "needs": None, "record": None})
JURISDICTION = ("Issued under the labour law of Ireland; it is not a licence and gives no right to employment. " * 5)[
    :400
]


def make_pdf(path: Path, design: str, language: str, record: dict[str, object]) -> Path:
    folder = ROOT / "certificates" / design
    file = Attachment("certificate.json", json.dumps(record).encode(), "application/json")
    page = certificate_html(load_design(folder), record, language)
    path.write_bytes(PDF.render(page, base_folder=str(folder), attachments=[file]))
    return path


def cases() -> list[tuple[str, str, int]]:
    """Each design with each name; the languages take turns, so that each name is set in both and each design too."""
    return [
        (design, ("en", "fr")[(place + number) % 2], number)
        for place, design in enumerate(DESIGNS)
        for number in range(len(NAMES))
    ]


@pytest.mark.parametrize(("design", "language", "number"), cases())
def test_every_name_is_read_back_and_touches_nothing(tmp_path, design, language, number):
    record = sample_record(
        holder=NAMES[number],
        gates=(4, 8, 12, 12)[number % 4],
        organisation=ORGANISATIONS[number % 3],
        category=CATEGORIES[(number // 2) % 2],
        agreement=AGREEMENTS[number % 3],
        jurisdiction=JURISDICTION if number % 2 else "",
        attested_by=["Sam Okafor"] if number % 4 < 3 else [LONG, "Sam Okafor"],
        decision={"id": "d", "at": "2026-11-24T09:00:00Z", "by": "Amara Diallo" if number % 3 else LONG},
        valid_until=None if number % 5 == 4 else "2028-11-24T09:00:00Z",
    )
    path = make_pdf(tmp_path / "c.pdf", design, language, record)
    text = {way: read_back(path, right_to_left=way) for way in (False, True)}
    for wanted in printed(record, language):
        assert letters(wanted) in text[is_right_to_left(wanted)], wanted
    assert misplaced(path, MARGIN) == []


def printed(record: dict[str, object], language: str) -> list[str]:
    """All that has to stand on every certificate."""
    values = page_values(record, language)
    texts = [
        values[key]
        for key in (
            "holder", "category", "about", "organisation", "issued", "valid_until", "attested_by", "decided_by",
            "number", "verify_short", "jurisdiction", "agreement",
        )
    ]  # fmt: skip
    return texts + values["alignments"] + [gate["title"] for gate in values["gates"]]


@pytest.mark.parametrize("design", DESIGNS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_file_is_sound_for_print_archive_and_screen_readers(tmp_path, design, language):
    record = sample_record(gates=12, jurisdiction=JURISDICTION, holder="Zoé 欧 محمد Ω", agreement=AGREEMENTS[1])
    path = make_pdf(tmp_path / "c.pdf", design, language, record)
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", path)
    info = " ".join(run("pdfinfo", path).split())
    assert "Tagged: yes" in info
    assert "Pages: 1 " in info
    assert record["holder"] in info
    tree = run("pdfinfo", "-struct-text", path)
    assert "H1" in tree
    assert "Zoé" in tree
    assert "certificate.json" in run("pdfdetach", "-list", path)
    fonts = [line.split() for line in run("pdffonts", path).splitlines()[2:]]
    assert {(row[-5], row[-3]) for row in fonts} == {("yes", "yes")}, "embedded, and mapped to letters"
    assert scanned(path) == record["verify_url"]
    with pdfplumber.open(path) as document:
        left, top, right, bottom = qr_box(document.pages[0])
        assert min(right - left, bottom - top) >= 22 * MM
    with pikepdf.open(path) as document:
        things = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary)]
        figures = [thing for thing in things if thing.get("/S") == "/Figure"]
        assert document.Root.Lang == language
        assert b"pdfaid" in document.Root.Metadata.read_bytes()
        assert len(figures) == 2
        assert all(len(str(figure.Alt)) > 20 for figure in figures)


@pytest.mark.parametrize("design", DESIGNS)
def test_figures_and_thresholds_of_all_conditions_stand_beside_their_titles(tmp_path, design):
    record = sample_record(gates=12)
    for place, gate in enumerate(record["gates"]):
        gate["figure"], gate["threshold"] = 300 + place, 200 + place
    text = read_back(make_pdf(tmp_path / "c.pdf", design, "en", record))
    for gate in record["gates"]:
        assert str(gate["figure"]) in text
        assert str(gate["threshold"]) in text


@pytest.mark.parametrize("design", DESIGNS)
def test_samples_of_the_design_stay_on_one_page(tmp_path, design):
    for sample in read_samples(ROOT / "certificates" / design):
        path = make_pdf(tmp_path / "c.pdf", design, str(sample.record["language"]), dict(sample.record))
        assert misplaced(path, MARGIN) == [], sample.name


def test_what_is_misplaced_is_seen(tmp_path):
    page = """<html lang=en><title>x</title><style>@page { size: 100mm 100mm; margin: 0 } p { position: absolute; margin: 0 }
    div { position: absolute; left: 60mm; top: 60mm; width: 30mm; height: 30mm; background: #fff }</style><div></div>
    <p style="left: 30mm; top: 30mm">one</p><p style="left: 33mm; top: 31mm">two</p>
    <p style="left: 8mm; top: 50mm">edge</p><p style="left: 70mm; top: 70mm">code</p></html>"""
    path = tmp_path / "c.pdf"
    path.write_bytes(PDF.render(page, base_folder=str(tmp_path)))
    found = misplaced(path, MARGIN)
    assert found == ["'edge' leaves the frame", "'one' touches 'two'", "'code' stands on the code"]
