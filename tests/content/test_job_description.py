"""The job description from its file: whole in both languages, and an author hears every mistake at once, with its place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from trainer.config import ROOT
from trainer.content.job_description import FILE, read_job_description
from trainer.content.problems import ContentError
from trainer.domain.job_description import SECTIONS

PUBLISHED = ROOT / "courses" / FILE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    return Path(shutil.copy(PUBLISHED, tmp_path / FILE))


def change(path: Path, old: str, new: str) -> int:
    """Replace the first `old`; the line where it stood."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def mistakes(path: Path) -> list[str]:
    with pytest.raises(ContentError) as error:
        read_job_description(path)
    return [str(problem) for problem in error.value.problems]


def test_published_document_has_every_id_once_in_both_languages() -> None:
    document = read_job_description(PUBLISHED)
    assert [(section.id, tuple(item.id for item in section.items)) for section in document.sections] == list(
        SECTIONS.items()
    )
    for item in (item for section in document.sections for item in section.items):
        assert set(item.titles) == set(item.texts) == {"en", "fr"}
        assert item.texts["en"] != item.texts["fr"]
    assert document.title_of("IN7", "fr") == "Transférer à un spécialiste"
    assert document.title_of("X9", "en") == "X9"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("version: 1", "version: one", "version: 'one' must be a whole number from 1 to 9999"),
        ("- id: K9", "- id: K8", "sections[1].items[8]: K8 is there twice"),
        ("- id: G2", "- id: K2", "sections[0].items[1]: 'K2' is not known"),
        ("- id: rights", "- id: right", "sections[4]: 'right' is not known; did you mean 'rights'?"),
        ("to {manager}", "to {boss}", "sections[0].items[1].text.en: 'boss' is not known"),
        ("to {manager}", "to {manager", "has a brace that belongs to no blank"),
        ("en: Negotiation techniques", "en: Negotiation", "title: en: 'Negotiation' has 1 words; 2 to 6 are right"),
        (", fr: Prendre les commandes", "", "sections[2].items[2].title: needs 'fr'"),
        (
            "title: {en: Take orders, fr: Prendre les commandes}",
            "title: Take orders",
            "needs a text for each of en, fr",
        ),
        ("en: First version.", "en: ''", "note.en: is empty: write a text"),
        ("en: First version.", "en: By {manager}.", "note.en: {manager} cannot stand here"),
        ("note:", "notes:", "is not known here; did you mean 'note'?"),
        ("  workplace:\n", "  workspace:\n", "needs 'workplace'"),
    ],
)
def test_mistake_is_told_with_its_line_and_field(file: Path, old: str, new: str, told: str) -> None:
    change(file, old, new)
    found = mistakes(file)
    assert [one for one in found if told in one], found
    assert all(one.startswith("documents/job-description.yaml:") for one in found)


def test_line_is_the_one_of_the_mistake(file: Path) -> None:
    line = change(file, "applies: {jurisdiction}.", "applies: {law}.")
    assert any(one.startswith(f"documents/job-description.yaml:{line}: ") for one in mistakes(file))


def test_order_and_gaps_are_told_together(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    text = text.replace("- id: E1", "- id: E9").replace("- id: provisions", "- id: x").replace("- id: F2", "- id: F3")
    file.write_text(text, encoding="utf-8")
    found = "\n".join(mistakes(file))
    for told in ("'E9' is not known", "E1 is missing", "'x' is not known", "the section 'provisions' is missing"):
        assert told in found


@pytest.mark.parametrize("content", ["", "- a\n- b\n", "version: [", "\x00", "sections: {a: b}"])
def test_file_that_is_no_document_is_told_and_breaks_nothing(file: Path, content: str) -> None:
    file.write_text(content, encoding="utf-8")
    assert mistakes(file)


def test_file_that_is_missing_is_told(tmp_path: Path) -> None:
    assert "cannot be read" in mistakes(tmp_path / FILE)[0]
