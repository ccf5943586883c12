"""Answers in one's own words, with the real encoder, on every text question of the courses: good ones are right, wrong ones
never; what is between, or turned round, goes to a person."""

from __future__ import annotations

from fractions import Fraction

import pytest

from trainer.adapters.encoder import UniversalSentenceEncoder
from trainer.config import ROOT
from trainer.content.courses import load_courses
from trainer.domain.questions import Idea, Question
from trainer.language.short_answer import judge_short_answer, says

ENCODER = UniversalSentenceEncoder()
WHERE = Question(
    "where", "text", "IN3", "01", 1, "Ask where it goes.", feedback=".",
    references=("Where should we deliver it?", "What is the delivery address, please?", "And where does it go?"),
    ideas=(Idea("asks for the place", ("where", "address", "which street")),),
)  # fmt: skip


def judged(question: Question, text: str) -> Fraction | None:
    return judge_short_answer(question, text, ENCODER.encode)


@pytest.fixture(scope="module")
def asks() -> dict[str, Question]:
    """Every text question of the courses, by course, id and language."""
    return {
        f"{course.slug}.{question.id}.{language}": question
        for course in load_courses(ROOT / "courses")
        for language in ("en", "fr")
        for question in course.edition(language).questions
        if question.kind == "text"
    }


def test_every_reference_is_right(asks: dict[str, Question]) -> None:
    wrong = [(name, text) for name, one in asks.items() for text in one.references if judged(one, text) != 1]
    assert len(asks) > 20
    assert not wrong


def test_talk_beside_the_point_is_never_right(asks: dict[str, Question]) -> None:
    aside = ("Thank you for calling, have a nice day.", "Merci de votre appel, bonne journée.", "Lorem ipsum dolor.")
    assert not [(name, text) for name, one in asks.items() for text in aside if judged(one, text) == 1]


def test_what_is_between_goes_to_a_person() -> None:
    assert judged(WHERE, "Which address shall the driver go to?") == 1
    assert judged(WHERE, "Have a nice day.") == 0
    assert judged(WHERE, "where address street") != 0
    assert judged(WHERE, "I don't ask where it goes.") is None
    assert judge_short_answer(WHERE, "Where does it go?", None) is None


@pytest.mark.parametrize(
    ("phrase", "text", "said"),
    [
        ("late", "It is two days late.", True),
        ("call back", "I will call you back.", True),
        ("delivered", "When will it be delivering?", True),
        ("14 days", "within 15 days", False),
        ("late", "plate", False),
        ("", "anything", False),
    ],
)
def test_phrase_is_said_whatever_its_endings_but_figures_have_to_be_right(phrase: str, text: str, said: bool) -> None:
    assert says(Idea("x", (phrase,)), text) is said
