"""Wordings of whole calls that were once taken for something else: each cost an operator what they had not done."""

from __future__ import annotations

import pytest

from trainer.domain.understanding import Claim, FactHint, Understanding
from trainer.language.reply import ReplyRow
from trainer.language.understand import understand
from trainer.services.reply_grading import ReplyGrader


def heard(text: str, language: str, *facts: FactHint, context: tuple[str, ...] = ()) -> Understanding:
    return understand(text, language=language, speaker="agent", facts=facts, context=context)


def said_of(fact: FactHint, text: str, language: str, context: tuple[str, ...] = ()) -> list[Claim]:
    claims = heard(text, language, fact, context=context).claims
    return [c for c in claims if c.fact == fact.id and c.confidence >= 0.5]


TERM = FactHint("term", "duration", "P2Y", ("term", "years", "saver", "locked"))
CAR = FactHint("at_the_door", "time", "04:50", ("car", "pick you up"))
CREDIT = {
    "en": FactHint("credit", "money", "6.00", ("credit", "account")),
    "fr": FactHint("credit", "money", "6.00", ("avoir", "crédit")),
}
RESULTS = FactHint("results_by_phone", "policy", "no", ("résultats par téléphone",))


@pytest.mark.parametrize("rate", ["three point four per cent a year", "3.4% a year", "3.4 percent a year"])
def test_rate_a_year_is_no_length_of_time(rate: str) -> None:
    assert not said_of(TERM, f"The saver pays {rate}.", "en")


@pytest.mark.parametrize(
    "text",
    [
        "By nine you get a text with the first name and the car.",
        "You get a text with the first name and the car by nine.",
        "We'll send you a message with the driver and the car before nine.",
    ],
)
def test_hour_of_a_message_is_not_that_of_what_it_tells(text: str) -> None:
    assert not [c for c in said_of(CAR, text, "en") if c.true is False]


def test_hour_of_the_car_itself_is_still_read() -> None:
    assert [c.true for c in said_of(CAR, "The car is at your door at nine.", "en")] == [False]


def test_value_the_customer_named_two_turns_ago_is_taken_up() -> None:
    length = FactHint("length", "duration", "PT4M", ("takes", "minutes"))
    context = ("customer: The last one took forty minutes.", "agent: What happened?", "customer: They asked my salary.")
    assert not said_of(length, "Forty minutes of that, no wonder.", "en", context)


@pytest.mark.parametrize(
    ("language", "asked", "answer"),
    [
        ("en", "customer: Ten pounds credit, is that it?", "Yes, ten pounds credit."),
        ("fr", "customer: Dix euros d'avoir, c'est ça ?", "Oui, c'est ça, dix euros d'avoir."),
    ],
)
def test_value_misheard_and_confirmed_is_false(language: str, asked: str, answer: str) -> None:
    assert [c.true for c in said_of(CREDIT[language], answer, language, (asked,))] == [False]


def test_nobody_gives_denies_what_is_given() -> None:
    claims = said_of(RESULTS, "Ici, personne ne donne de résultats par téléphone : le médecin les explique.", "fr")
    assert [c.value for c in claims] == ["no"]


def test_question_word_stays_with_its_verb() -> None:
    assert len(heard("Only if you wish to: which stop do you get on at?", "en").acts) == 1


@pytest.mark.parametrize(
    "text", ["Je vous mets un instant en attente.", "Je vous mets juste une petite minute en attente, d'accord ?"]
)
def test_hold_is_announced_with_its_length_in_the_middle(text: str) -> None:
    assert heard(text, "fr").has("hold_notice")


def test_postcode_is_no_secret_code() -> None:
    situation = "Banque : on ne demande jamais le code secret ni le numéro de carte. Un entretien est gratuit."
    grader = ReplyGrader(None)
    row = ReplyRow("Il me faut votre nom et votre code postal.", "C'est compliqué.", situation, "fr", "price")
    assert grader.grade(row).critical_error != "false_information"
    secret = ReplyRow("Il me faut votre nom et votre code secret.", "C'est compliqué.", situation, "fr", "price")
    assert grader.grade(secret).critical_error == "false_information"
