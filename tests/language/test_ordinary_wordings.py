"""Wordings that people used in calls and that were once misunderstood."""

from __future__ import annotations

import pytest

from trainer.domain.understanding import Understanding
from trainer.language.understand import understand


def heard(language: str, text: str) -> Understanding:
    return understand(text, language=language, speaker="agent")


@pytest.mark.parametrize(
    ("language", "text", "kind", "value"),
    [
        ("en", "It takes a quarter of an hour.", "duration", "PT15M"),
        ("en", "Three quarters of an hour at most.", "duration", "PT45M"),
        ("en", "It takes an hour.", "duration", "PT1H"),
        ("fr", "C'est à midi quarante.", "time", "12:40"),
        ("fr", "Venez à midi moins le quart.", "time", "11:45"),
        ("fr", "On vous attend à midi.", "time", "12:00"),
    ],
)
def test_values_as_people_say_them(language: str, text: str, kind: str, value: str) -> None:
    assert [(e.type, e.value) for e in heard(language, text).entities] == [(kind, value)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "What does it look like?"),
        ("en", "It's nothing bad. I wanted to ask how you look after your savings at the moment."),
        ("fr", "Dites-moi où vous avez mal."),
    ],
)
def test_open_questions_without_the_usual_words(language: str, text: str) -> None:
    assert heard(language, text).question == "open"


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Do you have any questions?"), ("fr", "Des questions ?"), ("fr", "Vous avez des questions ?")],
)
def test_asking_for_questions_asks_for_anything_else(language: str, text: str) -> None:
    assert heard(language, text).has("anything_else")


def test_a_week_to_think_is_no_goodbye() -> None:
    assert not heard("en", "You go home with the information and have a week to think.").has("closing")
    assert heard("en", "Have a good week.").has("closing")
