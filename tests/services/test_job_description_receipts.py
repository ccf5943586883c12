"""Receipts read back with the programs other people use, and the archive of all of them."""

from __future__ import annotations

import io
import subprocess
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from tests.factories.accounts import NOW, make_organisation, make_user
from tests.factories.job_descriptions import amend, in_force, make_courses, sign
from tests.fakes_papers import MemoryFileStore, ScriptedPdf
from trainer.domain.errors import NotFound
from trainer.domain.job_description import read_text, text_hash
from trainer.jobs import run_job
from trainer.ports import EngineUnavailable, Ports
from trainer.services import job_description_people as people
from trainer.services import job_description_receipts as receipts
from trainer.services.job_description import Blanks, change_settings
from trainer.services.job_description_receipts import ATTACHED, proof_archive, proof_lines, receipt_pdf
from trainer.store.accounts import Organisation, User
from trainer.store.audit import AuditEntry
from trainer.store.job_descriptions import JobDescriptionSignature

CYRILLIC = "Олександра Щербак-Їжакевич"
LONG = ("Maria-Magdalena Anastasia " * 8)[:120].strip()


class NoPdf(ScriptedPdf):
    def render(self, html: str, **_: object) -> bytes:
        raise EngineUnavailable("weasyprint", "no Pango here")


@pytest.fixture
def courses(tmp_path: Path) -> Path:
    return make_courses(tmp_path)


@pytest.fixture
def quick(ports: Ports) -> Ports:
    """Without the real pages, which take their time."""
    return replace(ports, pdf=ScriptedPdf(), files=MemoryFileStore())


def words(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def squeezed(text: str) -> str:
    return "".join(text.split())


def read_archive(session: Session, ports: Ports, user: User, courses: Path) -> zipfile.ZipFile:
    lines = proof_lines(session, user.actor, courses, NOW)
    pieces = proof_archive(session, ports, user.actor, lines, [("signatures.csv", b"table")])
    return zipfile.ZipFile(io.BytesIO(b"".join(pieces)))


@pytest.mark.parametrize(("name", "language"), [("Zoé Ångström-O’Neill", "en"), (CYRILLIC, "fr"), (LONG, "en")])
def test_receipt_holds_the_name_the_time_the_hash_and_every_word(
    session: Session, ports: Ports, organisation: Organisation, courses: Path, name: str, language: str
) -> None:
    user = make_user(session, organisation, name=name)
    lead = make_user(session, organisation, ["supervisor"])
    law = "Code du travail <b>&amp;</b>, art. L1222-1.\n\nSecond paragraph."
    change_settings(session, lead.actor, courses, Blanks("Ада Байрон", {}, {language: law}), "", NOW)
    signature = sign(session, ports, user, courses, language=language)
    pdf = receipt_pdf(session, ports, signature)
    text = squeezed(words(pdf))
    assert squeezed(name) in text
    assert signature.text_hash in text
    assert "24November2026,09:00:00UTC" in text or "24novembre2026,09:00:00UTC" in text
    for clause in read_text(signature.text).clauses:
        first = clause.text.split("\n")[0].split()
        assert squeezed(clause.title)[:20] in text
        assert squeezed(" ".join(first[:5])) in text
    assert squeezed("Ада Байрон") in text
    attached = ports.pdf.attachments(pdf)[ATTACHED].decode()
    assert attached == signature.text
    assert text_hash(attached) == signature.text_hash


def test_typed_name_of_200_signs_stands_on_the_receipt(
    session: Session, ports: Ports, organisation: Organisation, courses: Path
) -> None:
    user = make_user(session, organisation, name="Œ" * 100)
    signature = sign(session, ports, user, courses, name="oe" * 100)
    assert len(signature.name) == 200
    assert "oe" * 100 in squeezed(words(receipt_pdf(session, ports, signature)))


def test_receipt_is_made_by_the_job_and_kept(
    session: Session, quick: Ports, organisation: Organisation, courses: Path, app: object
) -> None:
    signature = sign(session, quick, make_user(session, organisation), courses)
    app.extensions["ports"] = quick  # type: ignore[attr-defined]
    for _ in range(2):
        run_job("render_receipt", signature=signature.public_id)
    run_job("render_receipt", signature="nobody")
    assert isinstance(quick.pdf, ScriptedPdf)
    assert len(quick.pdf.rendered) == 1
    assert quick.files.exists(receipts.receipt_key(signature.public_id))


def test_receipt_of_an_older_version_keeps_its_text(
    session: Session, quick: Ports, organisation: Organisation, courses: Path
) -> None:
    user = make_user(session, organisation)
    signature = sign(session, quick, user, courses)
    amend(courses, "You take customers' orders", "You note customers' orders", version=2)
    sign(session, quick, user, courses)
    pdf = receipt_pdf(session, quick, signature)
    assert "You take customers’ orders" in quick.pdf.attachments(pdf)[ATTACHED].decode()


def test_receipt_is_for_the_signer_and_for_supervisors(
    session: Session, quick: Ports, organisation: Organisation, courses: Path
) -> None:
    user = make_user(session, organisation)
    signature = sign(session, quick, user, courses)
    own = receipts.find_receipt(session, user.actor, signature.public_id, NOW)
    assert own.id == signature.id
    assert not session.scalars(select(AuditEntry).where(AuditEntry.action == "job_description.receipt_opened")).all()
    for role in ("supervisor", "admin"):
        found = make_user(session, organisation, [role])
        assert receipts.find_receipt(session, found.actor, signature.public_id, NOW).id == signature.id
    assert (
        len(session.scalars(select(AuditEntry).where(AuditEntry.action == "job_description.receipt_opened")).all()) == 2
    )
    elsewhere = make_user(session, make_organisation(session), ["admin"])
    for stranger in (
        make_user(session, organisation, ["learner"]),
        make_user(session, organisation, ["hr"]),
        elsewhere,
    ):
        with pytest.raises(NotFound):
            receipts.find_receipt(session, stranger.actor, signature.public_id, NOW)


def test_archive_holds_every_receipt_and_names_who_has_not_signed(
    session: Session, quick: Ports, organisation: Organisation, courses: Path
) -> None:
    lead = make_user(session, organisation, ["supervisor"], name="Zelda")
    nora = make_user(session, organisation, name="=Nora /../ Haddad")
    gone = make_user(session, organisation, name="Gone", is_active=False)
    make_user(session, organisation, name="Candidate", is_candidate=True)
    stranger = make_user(session, make_organisation(session))
    for user in (nora, gone, stranger):
        sign(session, quick, user, courses)
    amend(courses, "Take orders", "Take the orders", version=2)
    sign(session, quick, nora, courses)
    lines = proof_lines(session, lead.actor, courses, NOW)
    assert [(line.name, line.signed.label if line.signed else None, line.in_force) for line in lines] == [
        ("=Nora /../ Haddad", "1.1", False), ("=Nora /../ Haddad", "2.1", True), ("Gone", "1.1", False), ("Zelda", None, False),
    ]  # fmt: skip
    archive = read_archive(session, quick, lead, courses)
    assert archive.testzip() is None
    assert archive.namelist() == [
        "signatures.csv", "receipts/0001-Nora-Haddad-1.1.pdf", "receipts/0002-Nora-Haddad-2.1.pdf", "receipts/0003-Gone-1.1.pdf",
    ]  # fmt: skip
    kept = {row.text for row in session.scalars(select(JobDescriptionSignature))}
    for name in archive.namelist()[1:]:
        assert quick.pdf.attachments(archive.read(name))[ATTACHED].decode() in kept


def test_archive_holds_the_text_where_no_pdf_can_be_made(
    session: Session, quick: Ports, organisation: Organisation, courses: Path
) -> None:
    user = make_user(session, organisation, name=CYRILLIC)
    signature = sign(session, quick, user, courses)
    text = signature.text
    archive = read_archive(session, replace(quick, pdf=NoPdf()), user, courses)
    assert archive.read("receipts/0001-Олександра-Щербак-Їжакевич-1.1.txt").decode() == text


def test_proof_of_a_thousand_people_is_made_piece_by_piece(
    session: Session, quick: Ports, organisation: Organisation, courses: Path
) -> None:
    lead = make_user(session, organisation, ["supervisor"], name="Zelda")
    edition = in_force(session, lead, courses)
    crowd = [
        User(
            organisation_id=organisation.id, name=f"Person {number:04}", email=f"p{number}@example.org", created_at=NOW
        )
        for number in range(1000)
    ]
    session.add_all(crowd)
    session.flush()
    session.add_all(
        JobDescriptionSignature(
            organisation_id=organisation.id, user_id=user.id, edition_id=edition.id, label=edition.label, language="en",
            name=user.name, account_name=user.name, organisation_name="", text=edition.texts["en"],
            text_hash=edition.hashes["en"], signed_at=NOW,
        )
        for user in crowd
    )  # fmt: skip
    session.commit()
    lines = proof_lines(session, lead.actor, courses, NOW)
    pieces = list(proof_archive(session, quick, lead.actor, lines, [("signatures.csv", b"")]))
    assert len(pieces) == 1002
    assert max(map(len, pieces[1:-1])) < 20_000
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert len(archive.namelist()) == 1001


@pytest.mark.parametrize("count", [3, 60])
def test_list_of_people_takes_the_same_queries_for_few_and_many(
    session: Session, quick: Ports, organisation: Organisation, courses: Path, count: int
) -> None:
    lead = make_user(session, organisation, ["supervisor"])
    for number in range(count):
        user = make_user(session, organisation, name=f"Person {number:03}")
        if number % 2:
            sign(session, quick, user, courses)
    actor = lead.actor
    asked: list[str] = []
    see = lambda *args: asked.append(args[2])  # noqa: E731  (a listener is taken off by its identity)
    event.listen(session.get_bind(), "before_cursor_execute", see)
    page = people.list_people(session, actor, courses, search="", signed=None, page=1, now=NOW)
    event.remove(session.get_bind(), "before_cursor_execute", see)
    assert len(asked) <= 9
    assert (page.total, page.signed) == (count + 1, count // 2)
    assert len(page.lines) == min(people.PAGE, count + 1)
    assert page.more == (count + 1 > people.PAGE)


def test_list_of_people_is_filtered_and_tells_older_versions(
    session: Session, quick: Ports, organisation: Organisation, courses: Path
) -> None:
    ada, bob, cleo = (make_user(session, organisation, name=name) for name in ("Ada", "Bob", "Cleo"))
    for user in (ada, bob):
        sign(session, quick, user, courses)
    amend(courses, "Take orders", "Take the orders", version=2)
    sign(session, quick, ada, courses, now=NOW + timedelta(days=1))

    def listed(**asked: object) -> list[tuple[str, str | None, bool]]:
        given = {"search": "", "signed": None, "page": 1, "now": NOW, **asked}
        page = people.list_people(session, cleo.actor, courses, **given)  # type: ignore[arg-type]
        return [(line.user.name, line.latest.label if line.latest else None, line.is_signed) for line in page.lines]

    assert listed() == [("Ada", "2.1", True), ("Bob", "1.1", False), ("Cleo", None, False)]
    assert listed(signed=True) == [("Ada", "2.1", True)]
    assert listed(signed=False, search="o") == [("Bob", "1.1", False), ("Cleo", None, False)]
    assert listed(page=2) == []
