"""Customers' moves by the trained head, on turns that are in no bank; and that the head in the repository is the banks'."""

from __future__ import annotations

import pytest

from trainer.adapters.encoder import UniversalSentenceEncoder
from trainer.language.train_customer_head import LANGUAGES, read_customer_bank
from trainer.language.understand import understand

ENCODER = UniversalSentenceEncoder()


def move(text: str, language: str, *context: str) -> str | None:
    return understand(text, language=language, speaker="customer", context=context, encode=ENCODER.encode).move


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "My cousin pays half of that with the lot down the road.", "objection"),
        ("en", "You lot rang three times this week and I've had enough of it.", "objection"),
        ("en", "I never give my details to people who ring me up.", "objection"),
        ("en", "That'd be lovely, put me down for it.", "accept"),
        ("en", "Does the engineer bring his own ladder?", "question"),
        ("en", "and how long does the guarantee last then", "question"),
        ("en", "It's flat two, the blue door next to the bakery.", "other"),
        ("fr", "Mon beau-frère paie moitié moins chez le concurrent.", "objection"),
        ("fr", "Je donne jamais mes coordonnées à quelqu'un qui m'appelle.", "objection"),
        ("fr", "Ça marche, inscrivez-moi pour jeudi.", "accept"),
        ("fr", "Le technicien apporte son échelle ?", "question"),
        ("fr", "et la garantie elle dure combien de temps", "question"),
        ("fr", "C'est l'appartement deux, la porte bleue à côté de la boulangerie.", "other"),
    ],
)
def test_moves_are_told_without_keywords(language: str, text: str, wanted: str) -> None:
    assert move(text, language) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_banks_can_be_read_and_say_nothing_twice(language: str) -> None:
    turns = read_customer_bank(language)
    assert len(turns) >= 800
    said = [(turn.text.lower(), turn.before) for turn in turns]
    assert len(set(said)) == len(said)


def test_vectors_of_another_encoder_leave_it_to_the_rules() -> None:
    by_rules = understand("Too expensive for me.", language="en", speaker="customer")
    other = understand(
        "Too expensive for me.", language="en", speaker="customer", encode=lambda t: [[0.5] * 8 for _ in t]
    )
    assert other.move == by_rules.move == "objection"
