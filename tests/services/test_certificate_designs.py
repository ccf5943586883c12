"""Choosing a design, what is wrong with one, and certificates that keep the version they were issued with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.factories.accounts import NOW
from tests.factories.careers import granted_decision, issued_certificate, make_team
from trainer.config import ROOT
from trainer.content.design_samples import sample_record
from trainer.content.designs import load_design
from trainer.domain.errors import Conflict, Invalid, NotAllowed
from trainer.services import certificate_designs as service
from trainer.services import certificates
from trainer.services.certificate_checks import check_file
from trainer.services.certificate_files import pdf_key, pdf_of, record_of
from trainer.services.certificate_making import Place
from trainer.services.certificate_pages import agreement_text, day
from trainer.services.design_checks import find_offer, offers
from trainer.store.audit import list_entries


@pytest.fixture
def team(session):
    return make_team(session)


@pytest.fixture
def place(tmp_path) -> Place:
    """Designs for this test to change."""
    shutil.copytree(ROOT / "certificates", tmp_path / "certificates")
    return Place("https://trainer.example", tmp_path / "certificates")


def change(place: Place, file: str, old: str, new: str) -> None:
    path = place.designs / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_every_design_that_comes_along_can_be_chosen():
    found = offers(ROOT / "certificates")
    assert [(offer.slug, offer.faults) for offer in found] == [("academy", ()), ("classic", ()), ("modern", ())]


def test_certificates_are_issued_with_the_first_design_until_one_is_chosen(session, ports, team, place, monkeypatch):
    certificate = issued_certificate(session, ports, team, monkeypatch, place=place)
    assert (certificate.design, record_of(certificate)["design"]["id"]) == ("classic", "classic")


def test_the_chosen_design_is_issued_with_and_the_choice_is_in_the_log(session, ports, team, place, monkeypatch):
    service.choose_design(session, team.supervisor.actor, "modern", place.designs, NOW)
    service.choose_design(session, team.supervisor.actor, "academy", place.designs, NOW)
    certificate = issued_certificate(session, ports, team, monkeypatch, place=place)
    assert certificate.design == "academy"
    assert record_of(certificate)["design"] == {"id": "academy", "version": "1"}
    actions = [(entry.action, entry.details) for entry in list_entries(session, team.organisation.id)]
    assert ("certificate.design_chosen", {"from": "modern", "to": "academy", "version": "1"}) in actions
    assert service.choice_of(session, team.stranger.actor) is None


def test_choosing_needs_the_role_and_a_sound_design(session, team, place):
    with pytest.raises(NotAllowed):
        service.choose_design(session, team.learner.actor, "modern", place.designs, NOW)
    for name in ("nothing", "", "../certificates/modern", "MODERN", "x" * 200):
        with pytest.raises(Invalid):
            service.choose_design(session, team.supervisor.actor, name, place.designs, NOW)
    change(place, "modern/certificate.html", "{{ c.number }}", "{{ c.nummber }}")
    with pytest.raises(Conflict):
        service.choose_design(session, team.supervisor.actor, "modern", place.designs, NOW)
    assert service.choice_of(session, team.supervisor.actor) is None


@pytest.mark.parametrize("harm", ["broken", "gone", "changed"])
@pytest.mark.parametrize("chosen", [True, False])
def test_a_harmed_folder_neither_stops_issuing_nor_changes_what_was_chosen(
    session, ports, team, place, monkeypatch, harm, chosen
):
    if chosen:
        service.choose_design(session, team.supervisor.actor, "classic", place.designs, NOW)
    first = service.design_to_issue(session, team.organisation.id, place.designs)
    digest, version = first.digest, first.version
    session.commit()
    if harm == "broken":
        (place.designs / "classic" / "design.yaml").write_text("slug: [", encoding="utf-8")
    elif harm == "gone":
        shutil.rmtree(place.designs / "classic")
    else:
        change(place, "classic/design.yaml", f'version: "{version}"', 'version: "99"')
    certificate = issued_certificate(session, ports, team, monkeypatch, place=place)
    follows = harm == "changed" and not chosen
    assert (certificate.design_digest == digest) is not follows
    assert record_of(certificate)["design"]["version"] == ("99" if follows else version)
    assert pdf_of(session, ports, certificate, "en", place.designs).startswith(b"%PDF-")


def test_without_any_good_version_issuing_says_so_and_the_decision_waits(session, ports, team, place, monkeypatch):
    decision = granted_decision(session, team, monkeypatch)
    shutil.rmtree(place.designs / "classic")
    with pytest.raises(Conflict, match="no_sound_design"):
        certificates.issue_certificate(session, ports, team.supervisor.actor, decision.public_id, place, NOW)


def test_a_lost_paper_is_made_again_with_the_version_it_was_issued_with(session, ports, team, place, monkeypatch):
    certificate = issued_certificate(session, ports, team, monkeypatch, place=place)
    first = ports.pdf.fingerprint(pdf_of(session, ports, certificate, "en", place.designs))
    change(place, "classic/design.yaml", "certifies that", "testifies that")
    ports.files.delete(pdf_key(certificate, "en"))
    again = pdf_of(session, ports, certificate, "en", place.designs)
    assert ports.pdf.fingerprint(again) == first
    assert check_file(session, ports, again, NOW).state == "valid"


def test_pictures_and_samples_are_no_part_of_a_version(place):
    before = load_design(place.designs / "modern").digest
    (place.designs / "modern" / "preview.png").write_bytes(b"another")
    (place.designs / "modern" / "sample.yaml").write_text("- {name: a, changes: {}}", encoding="utf-8")
    assert load_design(place.designs / "modern").digest == before
    change(place, "modern/style.css", "20mm", "21mm")
    assert load_design(place.designs / "modern").digest != before


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("design.yaml", "slug: modern", "slug: moderne", "design.yaml:2: 'slug' is 'moderne'"),
        ("design.yaml", 'version: "1"', "version: 1.0", "design.yaml:2: 'version' is 1.0"),
        ("design.yaml", "title:", "titel:", "unknown key 'titel'"),
        ("design.yaml", "certifies: {en: certifies that, fr: certifie que}", "certifies: {en: x}", "'fr' is missing"),
        ("design.yaml", "texts:", "texts: [", "not YAML"),
        ("certificate.html", "{{ t.certifies }}", "{{ t.certify }}", "certificate.html:"),
        ("certificate.html", "{% endfor %}", "", "certificate.html:"),
        ("certificate.html", "{{ c.agreement }}", "", "never prints c.agreement"),
        ("certificate.html", "{{ gate.title }}", "", "never prints c.gates"),
        ("certificate.html", "style.css", "../classic/style.css", "classic/style.css"),
        ("certificate.html", "style.css", "stile.css", "asks for stile.css"),
        ("certificate.html", "voice(c.voice, 210, 36)", "voice(c.voice, 'wide', 36)", "certificate.html:1"),
        ("style.css", "background: #ffffff", "background: url(https://example.org/a.png)", "style.css:2: asks for"),
        ("sample.yaml", "gates: 8", "gates: 80", "a whole number from 1 to 12"),
        ("sample.yaml", "language: fr", "language: de", "known: en, fr"),
        ("sample.yaml", "changes: {}", "change: {}", "unknown key 'change'"),
        ("sample.yaml", "attested_by: []", "decision: {}", "is no record"),
    ],
)
def test_faults_are_told_by_file_and_line(place, file, old, new, fault):
    change(place, f"modern/{file}", old, new)
    offer = find_offer(place.designs, "modern")
    assert offer.design is None
    assert any(fault in text for text in offer.faults), offer.faults
    assert all(
        text.split(":")[0] in {"design.yaml", "certificate.html", "style.css", "sample.yaml"} for text in offer.faults
    )
    assert all(text.split(":")[1].isdigit() for text in offer.faults)


@pytest.mark.parametrize("name", ["design.yaml", "certificate.html", "style.css", "sample.yaml"])
def test_a_file_that_is_missing_or_no_text_is_named(place, name):
    path = place.designs / "modern" / name
    path.write_bytes(b"\xff\xfe\x00bad")
    assert find_offer(place.designs, "modern").faults or name == "style.css"
    path.unlink()
    assert any(name in fault for fault in find_offer(place.designs, "modern").faults)


def test_the_agreement_is_told_plainly():
    assert "has been measured yet" in agreement_text(None, "en")
    assert "has been measured yet" in agreement_text({"opening": None}, "en")
    text = agreement_text({"opening": 0.914, "needs": 0.6, "accuracy": None, "record": None}, "en")
    assert (
        "weakest 0.60 on “Finding the need”, up to 0.91; 2 criteria measured. On 2 more it has not been measured."
        in text
    )
    french = agreement_text({"opening": 0.914, "needs": -0.1}, "fr")
    assert "au plus bas -0,10 pour «\u00a0Découverte du besoin\u00a0», jusqu’à 0,91" in french
    assert "0.70 on “Opening”, the one criterion measured" in agreement_text({"opening": 0.7}, "en")
    assert "0.70 on each of 2 criteria" in agreement_text({"opening": 0.7, "needs": 0.701}, "en")
    assert "nobody-knows" in agreement_text({"nobody-knows": 0.7}, "fr")


def test_the_first_of_a_month_is_written_as_french_does():
    assert day("2026-12-01T09:00:00Z", "fr") == "1er décembre 2026"
    assert day("2026-12-11T09:00:00Z", "fr") == "11 décembre 2026"
    assert day("2026-12-01T09:00:00Z", "en") == "1 December 2026"


def test_samples_may_change_the_record(place):
    assert Path(place.designs).is_dir()
    record = sample_record(gates=12, category={"en": "A", "fr": "B"})
    assert (len(record["gates"]), record["category"]["title"]["fr"]) == (12, "B")
