"""The text that is signed: blanks, canonical form, hash, and what differs between two."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.config import ROOT
from trainer.content.job_description import FILE, read_job_description
from trainer.domain.job_description import (
    Clause,
    Part,
    Text,
    canonical_text,
    changed_items,
    fill,
    read_text,
    text_hash,
)
from trainer.domain.typed_names import folded_name, is_same_name

DOCUMENT = read_job_description(ROOT / "courses" / FILE)
BLANKS = {
    "organisation": "Brindle and Moss", "manager": "Ada Byron", "workplace": "Cork", "jurisdiction": "Irish law",
}  # fmt: skip


def text_of(language: str = "en", **blanks: str) -> str:
    return canonical_text(fill(DOCUMENT, language, BLANKS | blanks))


def test_blanks_are_filled_and_the_full_stop_stands_once() -> None:
    text = text_of(jurisdiction="The laws of Ireland.")
    assert "You report directly to Ada Byron, and" in text
    assert "Law that applies: The laws of Ireland.\n" in text
    assert "Place of work: Cork.\n" in text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_unfilled_blank_is_a_text_and_never_a_brace(language: str) -> None:
    text = canonical_text(fill(DOCUMENT, language, {"organisation": "Aubrac Contact"}))
    assert "{" not in text
    assert "}" not in text
    told = {
        "en": "Law that applies: to be named by Aubrac Contact.",
        "fr": "Droit applicable\u00a0: à préciser par Aubrac",
    }
    assert told[language] in text


def test_what_was_typed_into_a_blank_is_not_filled_again() -> None:
    assert "directly to {organisation} & {x}, and" in text_of(manager="{organisation} & {x}")


def test_french_elides_before_a_vowel() -> None:
    assert "directeur général d’Aubrac Contact" in text_of("fr", organisation="Aubrac Contact")
    assert "directeur général de Brindle and Moss" in text_of("fr")


def test_hash_is_stable_and_differs_by_any_letter() -> None:
    text = text_of()
    assert text_hash(text) == text_hash(text_of()) == hashlib.sha256(text.encode()).hexdigest()
    hashes = {text_hash(text)}
    for place in range(0, len(text), 37):
        hashes.add(text_hash(text[:place] + ("y" if text[place] == "x" else "x") + text[place + 1 :]))
    assert len(hashes) == 1 + len(range(0, len(text), 37))
    assert len({text_hash(text_of("fr")), text_hash(text_of(manager="Ada Byrom")), text_hash(text)}) == 3


lines = st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=30)
titles = lines.filter(lambda text: text.strip() == text and text)
clauses = st.builds(
    Clause, st.sampled_from(["G1", "IN8", "OUT6"]), titles, st.lists(lines, min_size=1, max_size=4).map("\n".join)
)
texts = st.builds(
    Text, titles, st.lists(st.builds(Part, titles, st.lists(clauses, max_size=3).map(tuple)), max_size=3).map(tuple)
)


@given(texts)
def test_canonical_text_is_read_back_as_it_was(text: Text) -> None:
    assert read_text(canonical_text(text)) == text


@given(texts, texts)
def test_two_texts_never_have_one_canonical_form(one: Text, other: Text) -> None:
    assert (one == other) == (canonical_text(one) == canonical_text(other))


def test_text_that_is_no_document_is_refused() -> None:
    with pytest.raises(ValueError, match="no line of a job description"):
        read_text("Title\nsomething else\n")


def test_changed_items_are_those_whose_words_differ() -> None:
    before, after = fill(DOCUMENT, "en", BLANKS), fill(DOCUMENT, "en", BLANKS | {"manager": "C. Babbage"})
    assert changed_items(before, after) == ("G2",)
    assert changed_items(before, before) == ()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("zoe  ANGSTROM-O'Neill ", "Zoé Ångström-O’Neill"),
        ("Lukasz Zolc", "Łukasz Żółć"),
        ("олександра щербак-їжакевич", "Олександра Щербак-Їжакевич"),
        ("Семен Семенов", "Семён Семёнов"),
        ("ευφροσυνη", "Ευφροσύνη"),
        ("STRASSE", "Straße"),
        ("Dupont\u00a0Jean", "Dupont Jean"),
        ("Jean‑Luc", "Jean-Luc"),
        ("e\u0301lise", "Élise"),
        ("محمد", "مُحَمَّد"),
        ("राम कुमार", "राम कुमार"),
        ("IŞIK", "Işık"),
        ("O´Neill", "O'Neill"),
    ],
)
def test_name_is_the_same_in_another_spelling(typed: str, name: str) -> None:
    assert is_same_name(typed, name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("", "Ada"),
        ("Ada", "Ada Byron"),
        ("Ada Byron Ada", "Ada Byron"),
        ("रम", "रिम"),
        ("\u0301", "\u0301"),
        ("Адa", "Ада"),
    ],
)
def test_name_of_somebody_else_is_another(typed: str, name: str) -> None:
    assert not is_same_name(typed, name)


@given(st.text(max_size=80))
def test_folding_a_name_twice_changes_nothing(name: str) -> None:
    assert folded_name(folded_name(name)) == folded_name(name)
