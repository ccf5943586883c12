"""What must hold for any turn at all, whoever says it and however a recognizer writes it."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trainer.domain.understanding import CUSTOMER_MOVES, OPERATOR_ACTS, QUESTION_KINDS
from trainer.language import VERSION, FactHint, TopicHint, read_situation, understand

WORDS = st.sampled_from(
    [
        "hello",
        "je",
        "vous",
        "we'll",
        "deliver",
        "it",
        "on",
        "thursday",
        "for",
        "fifteen",
        "euros",
        "a",
        "month",
        "l'abonnement",
        ",",
        ".",
        "?",
        "!",
        "demain",
        "14",
        "h",
        "30",
        "j'ai",
        "arobase",
        "point",
        "fr",
        "zero",
        "six",
        "trente-neuf",
        "oh",
        "double",
        "seven",
        "sorry",
        "désolée",
        "İ",
        "ß",
        "ﬁ",
        "œ",
        "don't",
        "can't",
        "what",
        "qu'est-ce",
        "que",
    ]
)
ANY = st.text(st.characters(exclude_categories=()), max_size=300)  # halves of characters too
TEXTS = st.one_of(st.text(max_size=300), ANY, st.lists(WORDS, max_size=40).map(" ".join))
FACTS = (FactHint("fee", "money", "11.00", ("month", "mois")), FactHint("day", "date", "2026-03-12", ("deliver",)))
TOPICS = (TopicHint("name", ("your name", "votre nom")),)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    text=TEXTS, language=st.sampled_from(["en", "fr", "fr-CA", "xx"]), speaker=st.sampled_from(["agent", "customer"])
)
def test_understanding_any_text_never_raises_and_quotes_what_was_said(text: str, language: str, speaker: str) -> None:
    found = understand(
        text, language=language, speaker=speaker, context=("customer: hello", "nonsense"), facts=FACTS, topics=TOPICS
    )
    for one in (*found.acts, *found.claims, *found.promises):
        assert text[one.start : one.end] == one.quote
    for entity in found.entities:
        assert text[entity.start : entity.end] == entity.text
        assert entity.value
    assert all(hit.quote in text for hit in found.topics)
    assert all(a.act in OPERATOR_ACTS and 0 < a.confidence <= 1 for a in found.acts)
    assert found.question in QUESTION_KINDS
    assert (found.move in CUSTOMER_MOVES) == (speaker == "customer")
    assert 0 <= found.confidence <= 1


@settings(max_examples=50, deadline=None)
@given(text=TEXTS, language=st.sampled_from(["en", "fr"]))
def test_reading_a_situation_never_raises(text: str, language: str) -> None:
    facts = read_situation(text, language)
    assert len({f.id for f in facts}) == len(facts)


@pytest.mark.parametrize("word", ["and ", "a, ", "je vous ", "fifteen ", "1 2 ", "? ", "euh ", "ab at cd dot "])
def test_understanding_ten_thousand_words_takes_bounded_time(word: str) -> None:
    started = time.monotonic()
    understand(word * 10_000, language="en")
    understand(word * 10_000, language="fr")
    assert time.monotonic() - started < 20  # a guard against growth beyond the text's length, not a measurement


def test_confidence_never_exceeds_the_recognizers() -> None:
    found = understand("Good morning, how can I help you?", language="en", recognition_confidence=0.3)
    assert found.confidence <= 0.3
    assert found.version == VERSION


def test_understanding_is_the_same_each_time() -> None:
    text = "so we can do thursday or friday it is fifteen euros a month does that work for you"
    assert understand(text, language="en") == understand(text, language="en")
