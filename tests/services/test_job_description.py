"""Editions of the job description and signatures under them: what makes a new one, who is asked again, what is kept."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.conftest import Outbox
from tests.factories.accounts import NOW, make_organisation, make_user
from tests.factories.job_descriptions import amend, in_force, make_courses, sign
from trainer.content.job_description import FILE
from trainer.content.problems import ContentError
from trainer.domain.errors import Conflict, Invalid, NotFound
from trainer.domain.job_description import text_hash
from trainer.ports import Ports
from trainer.services import job_description, publishing
from trainer.services import job_description_signing as signing
from trainer.services.job_description import Blanks, change_settings
from trainer.store.accounts import Organisation, User
from trainer.store.audit import AuditEntry
from trainer.store.job_descriptions import JobDescriptionEdition, JobDescriptionSignature, JobDescriptionVersion

LATER = NOW + timedelta(days=30)


@pytest.fixture
def courses(tmp_path: Path) -> Path:
    return make_courses(tmp_path)


@pytest.fixture
def nora(session: Session, organisation: Organisation) -> User:
    return make_user(session, organisation, name="Nora Haddad")


@pytest.fixture
def lead(session: Session, organisation: Organisation) -> User:
    return make_user(session, organisation, ["supervisor"])


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_edition_is_made_once_and_stays(session: Session, nora: User, courses: Path) -> None:
    first = in_force(session, nora, courses)
    assert in_force(session, nora, courses, LATER).id == first.id
    assert (first.label, first.number, first.made_at) == ("1.1", 1, NOW)
    assert first.hashes == {language: text_hash(text) for language, text in first.texts.items()}
    assert count(session, JobDescriptionVersion) == 1


def test_signature_keeps_what_was_signed(session: Session, ports: Ports, nora: User, courses: Path) -> None:
    signature = sign(session, ports, nora, courses, name="  nora   HADDAD ", language="fr")
    edition = in_force(session, nora, courses)
    assert (signature.name, signature.account_name, signature.language) == ("nora HADDAD", "Nora Haddad", "fr")
    assert signature.text == edition.texts["fr"]
    assert signature.text_hash == text_hash(signature.text)
    assert (signature.label, signature.signed_at) == ("1.1", NOW)
    assert not signing.is_owed(session, nora.actor, courses)
    outbox = ports.queue
    assert isinstance(outbox, Outbox)
    assert outbox.jobs == [("render_receipt", {"signature": signature.public_id})]


def test_signing_twice_changes_nothing(session: Session, ports: Ports, nora: User, courses: Path) -> None:
    first = sign(session, ports, nora, courses)
    assert sign(session, ports, nora, courses, language="fr", now=LATER).id == first.id
    assert (count(session, JobDescriptionSignature), first.signed_at) == (1, NOW)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "job_description.no_name"), ("   ", "job_description.no_name"), ("Théo", "job_description.other_name"),
        ("x" * 201, "job_description.long_name"), ("Nora", "job_description.other_name"),
    ],
)  # fmt: skip
def test_name_that_is_not_the_accounts_is_refused(
    session: Session, ports: Ports, nora: User, courses: Path, name: str, code: str
) -> None:
    edition = in_force(session, nora, courses)
    with pytest.raises(Invalid) as error:
        signing.sign(
            session, ports.queue, nora.actor, courses, edition_id=edition.public_id, language="en", name=name,
            has_read=True, now=NOW,
        )  # fmt: skip
    assert (error.value.code, error.value.params["field"]) == (code, "name")
    assert count(session, JobDescriptionSignature) == 0


def test_box_has_to_be_ticked(session: Session, ports: Ports, nora: User, courses: Path) -> None:
    edition = in_force(session, nora, courses)
    with pytest.raises(Invalid) as error:
        signing.sign(
            session, ports.queue, nora.actor, courses, edition_id=edition.public_id, language="en", name=nora.name,
            has_read=False, now=NOW,
        )  # fmt: skip
    assert error.value.params["field"] == "has_read"


@pytest.mark.parametrize(
    ("account", "typed"),
    [
        ("Олександра Щербак-Їжакевич", "олександра щербак-їжакевич"),
        ("é" * 100, "e\N{COMBINING ACUTE ACCENT}" * 100),
        ("Ł" * 120, "l" * 120),
        ("محمد بن سلمان", "محمد  بن سلمان"),
        ("李小龙", "李小龙"),
    ],
)
def test_name_of_any_script_and_length_signs(
    session: Session, ports: Ports, organisation: Organisation, courses: Path, account: str, typed: str
) -> None:
    signature = sign(session, ports, make_user(session, organisation, name=account), courses, name=typed)
    assert signature.account_name == account


def test_new_version_asks_again_and_names_what_changed(
    session: Session, ports: Ports, nora: User, courses: Path
) -> None:
    first = sign(session, ports, nora, courses)
    kept = first.text
    amend(courses, "Take orders", "Take and confirm orders", version=2, note="Orders are confirmed aloud.")
    assert signing.is_owed(session, nora.actor, courses)
    owed = in_force(session, nora, courses, LATER)
    assert (owed.label, owed.reason, owed.note["en"]) == ("2.1", "content", "Orders are confirmed aloud.")
    reading = signing.read(session, nora.actor, courses, "en", LATER)
    assert reading.signature is None
    assert reading.difference is not None
    assert {item: was.title for item, was in reading.difference.items.items() if was} == {"IN3": "Take orders"}
    second = sign(session, ports, nora, courses, now=LATER)
    assert (first.text, second.text == kept) == (kept, False)
    history = signing.read(session, nora.actor, courses, "en", LATER).history
    assert [one.label for one in history] == ["2.1", "1.1"]


def test_text_changed_without_a_new_number_is_a_new_edition_all_the_same(
    session: Session, ports: Ports, nora: User, courses: Path
) -> None:
    sign(session, ports, nora, courses)
    path = courses / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("Take orders", "Take the orders"), encoding="utf-8")
    assert signing.is_owed(session, nora.actor, courses)
    assert in_force(session, nora, courses, LATER).label == "1.2"
    with pytest.raises(ContentError, match="in use with another text: raise the number"):
        publishing.publish(session, courses.parent / "none", courses)


def test_publishing_keeps_the_version_once(session: Session, courses: Path) -> None:
    rows = [publishing.publish(session, courses.parent / "none", courses) for _ in range(2)]
    assert [[(row.kind, row.version, row.new) for row in kept] for kept in rows] == [
        [("document", "1", True)], [("document", "1", False)],
    ]  # fmt: skip


def test_blank_makes_an_edition_with_a_note_and_what_was_signed_stays(
    session: Session, ports: Ports, nora: User, lead: User, courses: Path
) -> None:
    signature = sign(session, ports, nora, courses)
    kept = signature.text
    blanks = Blanks(" Ada \r\n Byron ", {"en": "Cork"}, {"en": "Line one.\r\n\r\nLine two", "fr": "Le Code du travail"})
    made = change_settings(session, lead.actor, courses, blanks, "We moved.", LATER)
    assert made is not None
    assert (made.label, made.note, made.by_name) == ("1.2", {"en": "We moved.", "fr": "We moved."}, lead.name)
    assert set(made.changed) == {"manager", "workplace", "jurisdiction"}
    assert "report directly to Ada Byron," in made.texts["en"]
    assert "Law that applies: Line one.\n    \n    Line two.\n" in made.texts["en"]
    assert "Droit applicable\u00a0: Le Code du travail." in made.texts["fr"]
    reading = signing.read(session, nora.actor, courses, "en", LATER)
    assert reading.difference is not None
    assert list(reading.difference.items) == ["G1", "G2", "L1"]
    assert (signature.text, text_hash(signature.text)) == (kept, signature.text_hash)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "job_description.settings_changed")).one()
    assert entry.details["edition"] == "1.2"


def test_saving_the_same_blanks_asks_nobody(session: Session, lead: User, courses: Path) -> None:
    blanks = Blanks("Ada Byron", {}, {"en": "x" * 40_000})
    assert change_settings(session, lead.actor, courses, blanks, "", NOW) is not None
    assert change_settings(session, lead.actor, courses, blanks, "", LATER) is None
    assert count(session, JobDescriptionEdition) == 2


def test_blank_that_is_too_long_is_refused_by_its_field(session: Session, lead: User, courses: Path) -> None:
    with pytest.raises(Invalid) as error:
        change_settings(session, lead.actor, courses, Blanks("", {}, {"fr": "x" * 50_001}), "", NOW)
    assert error.value.params["field"] == "jurisdiction_fr"


def test_older_version_cannot_be_signed(session: Session, ports: Ports, nora: User, lead: User, courses: Path) -> None:
    shown = in_force(session, nora, courses)
    change_settings(session, lead.actor, courses, Blanks("Ada Byron"), "", LATER)
    with pytest.raises(Conflict, match=r"job_description\.changed"):
        signing.sign(
            session, ports.queue, nora.actor, courses, edition_id=shown.public_id, language="en", name=nora.name,
            has_read=True, now=LATER,
        )  # fmt: skip
    assert count(session, JobDescriptionSignature) == 0
    changed = signing.changed_since(session, nora.actor, shown.public_id, courses, "en", LATER)
    assert changed is not None
    assert list(changed.items) == ["G2"]


def test_another_organisation_has_editions_and_blanks_of_its_own(
    session: Session, ports: Ports, nora: User, lead: User, courses: Path
) -> None:
    other = make_user(session, make_organisation(session, name="Elsewhere"), ["supervisor"])
    change_settings(session, lead.actor, courses, Blanks("Ada Byron"), "", NOW)
    theirs = in_force(session, other, courses)
    assert "Ada Byron" not in theirs.texts["en"]
    assert "Elsewhere" in theirs.texts["en"]
    with pytest.raises(NotFound):
        signing.sign(
            session, ports.queue, nora.actor, courses, edition_id=theirs.public_id, language="en", name=nora.name,
            has_read=True, now=NOW,
        )  # fmt: skip


def test_document_that_an_author_broke_leaves_the_last_edition_in_force(
    session: Session, nora: User, lead: User, courses: Path, tmp_path: Path
) -> None:
    edition = in_force(session, nora, courses)
    (courses / FILE).write_text("version: [", encoding="utf-8")
    assert in_force(session, nora, courses, LATER).id == edition.id
    with pytest.raises(Conflict):
        change_settings(session, lead.actor, courses, Blanks("Ada Byron"), "", LATER)
    nowhere = make_user(session, make_organisation(session))
    with pytest.raises(NotFound):
        in_force(session, nowhere, courses)
    assert not signing.is_owed(session, nowhere.actor, courses)


def test_short_names_of_ids_are_there_for_every_page(courses: Path) -> None:
    assert job_description.published(courses).title_of("R5", "fr") == "Signaler les défauts"
