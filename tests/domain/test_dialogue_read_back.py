"""What is read back of an e-mail address, and who is asked for everything but keeps something back."""

from __future__ import annotations

import pytest

from tests.factories.scenarios import case_of
from tests.factories.talks import Talk

OPENING = {"en": "Good morning, Larkfield, Nadia speaking, how can I help?", "fr": "Filandre bonjour, Nadia à l'appareil, que puis-je faire pour vous ?"}  # fmt: skip
ASKS = {"en": "What is your e-mail address, please?", "fr": "Quelle est votre adresse mail, s'il vous plaît ?"}
BACK = {"en": "So that is {} at the front, is that right?", "fr": "Donc {}, au début, c'est bien ça ?"}


def told(language: str) -> tuple[Talk, str]:
    """A call in which the customer has spelled their e-mail address, and the name before its @."""
    talk = Talk(case_of("website-order-stuck", language))
    talk.says(OPENING[language])
    talk.says(ASKS[language])
    if "email" not in talk.state.topics_told:
        talk.says(ASKS[language])
    assert "email" in talk.state.topics_told, talk.transcript()
    address = next(field.truth for field in talk.case.form if field.id == "email")
    return talk, address.partition("@")[0]


def spoken(name: str, language: str) -> str:
    return name.replace(".", " dot " if language == "en" else " point ")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_letter_missing_from_the_name_read_back_is_put_right(language: str) -> None:
    talk, name = told(language)
    line = talk.says(BACK[language].format(spoken(name[:-2] + name[-1], language)))
    assert "correct" in line.move, talk.transcript()
    assert "corrected:email" in line.marks


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_name_read_back_rightly_is_not_corrected(language: str) -> None:
    talk, name = told(language)
    line = talk.says(BACK[language].format(spoken(name, language)))
    assert "corrected:email" not in line.marks, talk.transcript()


@pytest.mark.parametrize(
    ("language", "opening", "asks"),
    [
        ("en", "Good evening, this is Elena from Fenmarket Bank, I'm calling about your card.", "I need to check your identity first, please."),
        ("fr", "Bonsoir, Elena de la Banque Valdour, je vous appelle au sujet de votre carte.", "Je dois d'abord vérifier qui vous êtes, s'il vous plaît."),
    ],
)  # fmt: skip
def test_who_distrusts_the_call_keeps_back_what_they_would_keep_back_when_asked_for_it_alone(
    language: str, opening: str, asks: str
) -> None:
    talk = Talk(case_of("odd-payment", language))
    talk.says(opening)
    talk.says(asks)
    assert "postcode" not in talk.state.topics_told, talk.transcript()
    assert not talk.state.identified
