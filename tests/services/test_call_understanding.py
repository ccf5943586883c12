"""A turn in another language, as the recognizer or its words tell: not understood once, and short common words always."""

from __future__ import annotations

from tests.factories.scenarios import case_of
from tests.golden.calls.play import ports_with_encoder
from trainer.services.call_understanding import NOT_UNDERSTOOD, understand_turn


def test_a_turn_that_the_recognizer_hears_in_another_language_is_not_understood() -> None:
    said = {"text": "Bonjour, que puis-je faire pour vous ?", "confidence": 0.9, "detected_language": "fr"}
    turn = understand_turn(ports_with_encoder(), case_of("late-parcel"), (), said)
    assert turn.confidence <= NOT_UNDERSTOOD
    assert [remark.kind for remark in turn.remarks] == ["other_language"]


def test_words_that_both_languages_share_are_understood_whatever_was_detected() -> None:
    for text in ("Okay.", "Okay, parking.", "Email."):
        said = {"text": text, "confidence": 0.9, "detected_language": "de"}
        assert understand_turn(ports_with_encoder(), case_of("late-parcel"), (), said).confidence > NOT_UNDERSTOOD
