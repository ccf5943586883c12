"""What was not heard is said again in other words; what was told is spelled; a question taken for another is put right."""

from __future__ import annotations

import re

import pytest

from tests.factories.scenarios import all_scenarios, case_of
from tests.factories.talks import Talk, with_topic
from trainer.domain.dialogue.wording import pool_of

OPENING = {
    "en": "Good morning, Brindle and Moss, Laura speaking, how can I help?",
    "fr": "Bonjour, Maison Cordelle, que puis-je faire pour vous ?",
}
NOT_HEARD = [
    ("en", "Sorry, could you repeat that?"), ("en", "Pardon?"), ("en", "Sorry?"), ("en", "I didn't catch that, sorry."),
    ("en", "What did you say?"), ("en", "You're breaking up, say that again please."), ("fr", "Pardon ?"),
    ("fr", "Je n'ai pas compris."), ("fr", "Vous pouvez répéter, s'il vous plaît ?"), ("fr", "Excusez-moi, j'ai mal entendu."),
    ("fr", "Comment ?"),
]  # fmt: skip


def opened(language: str) -> Talk:
    talk = Talk(case_of("late-parcel", language))
    talk.says(OPENING[language])
    return talk


@pytest.mark.parametrize(("language", "asks"), NOT_HEARD)
def test_the_last_point_is_said_again_in_other_words(language: str, asks: str) -> None:
    talk = opened(language)
    before = talk.state
    pools = {pool_of(wording)[0] for wording in before.last_line}
    line = talk.says(asks)
    again = {pool_of(wording)[0] for wording in line.line.split("+")}
    assert again & pools, talk.transcript()
    assert not set(line.line.split("+")) & before.used
    assert before.last_customer_line not in line.text
    assert (talk.state.patience, talk.state.trust, talk.state.idle) == (before.patience, before.trust, before.idle)


def test_the_second_time_it_is_shorter_and_the_third_time_costs_patience() -> None:
    talk = opened("en")
    first = talk.says("Sorry, could you repeat that?")
    patience = talk.state.patience
    second = talk.says("Pardon?")
    assert len(second.text) < len(first.text)
    assert talk.state.patience == patience
    talk.says("Sorry, what was that?")
    assert talk.state.patience == patience - 1
    assert len(set(talk.lines())) == len(talk.lines())


def test_patience_with_it_is_new_for_another_point() -> None:
    talk = opened("en")
    talk.says("Pardon?")
    talk.says("Pardon?")
    talk.says("I'm sorry about the delay. What is in the parcel?")
    patience = talk.state.patience
    talk.says("Pardon?")
    assert talk.state.patience == patience


@pytest.mark.parametrize(
    ("language", "asks"),
    [
        ("en", "Could you repeat your order number, please?"),
        ("fr", "Vous pouvez me répéter votre numéro de commande ?"),
    ],
)
def test_asking_for_a_datum_again_gets_the_datum(language: str, asks: str) -> None:
    talk = opened(language)
    line = talk.says(asks)
    assert "topic:reference" in line.marks, talk.transcript()
    assert line.text != talk.says(asks).text
    assert talk.state.repeats == 0


def test_a_number_that_was_told_is_told_again() -> None:
    talk = opened("en")
    talk.says("Which mobile number should we use?")
    line = talk.says("Sorry, I didn't catch that.")
    digits = re.sub(r"\D", "", line.text)
    assert digits == talk.case.variables["customer.phone"], talk.transcript()


def test_who_says_that_the_customer_did_not_get_something_is_not_asking_again() -> None:
    talk = opened("en")
    line = talk.says("You paid for express and didn't get it, and I'm sorry about that.")
    assert "repeated" not in line.marks


@pytest.mark.parametrize(
    ("language", "asks"),
    [("en", "Could you spell your surname for me, please?"), ("en", "How do you spell that?"), ("fr", "Comment ça s'écrit ?"), ("fr", "Vous pouvez épeler votre nom ?")],
)  # fmt: skip
def test_a_name_that_was_told_is_spelled(language: str, asks: str) -> None:
    talk = opened(language)
    talk.says({"en": "What's your name?", "fr": "C'est à quel nom ?"}[language])
    line = talk.says(asks)
    surname = talk.case.persona.name.split()[-1]
    assert ", ".join(surname.upper()) in line.text, talk.transcript()


def test_what_was_never_told_is_not_spelled() -> None:
    talk = Talk(case_of("new-home-internet"))
    talk.says("Good morning, Larkfield, Sam speaking. How can I help?")
    line = talk.says("Could you spell your e-mail for me?")
    assert "spells" not in line.line


def test_an_address_of_mail_is_spelled_letter_by_letter() -> None:
    talk = Talk(case_of("new-home-internet"))
    talk.says("Good morning, Larkfield, Sam speaking. How can I help?")
    talk.says("What's your e-mail address?")
    line = talk.says("Could you spell the e-mail for me, please?")
    mail = talk.case.variables["customer.email"]
    letters = re.sub(r"[^a-z]", "", mail.split("@")[0])
    assert ", ".join(letters[1:]) in line.text.lower() or letters in re.sub(r"[^a-z]", "", line.text.lower()), line.text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_question_taken_for_another_is_answered_when_it_is_put_again(language: str) -> None:
    wrong = {"en": "A delivery? On Saturday, I told you.", "fr": "La livraison ? Samedi, je vous l'ai dit."}[language]
    talk = Talk(with_topic(case_of("late-parcel", language), "phone", mistaken=(wrong, wrong + " No?", wrong + " So?")))
    talk.says(OPENING[language])
    asks = {"en": "Which mobile number should we use?", "fr": "Quel est votre numéro de portable ?"}[language]
    before = talk.state
    first = talk.says(asks)
    assert first.text.startswith(wrong)
    assert "phone" not in talk.state.topics_told
    assert (talk.state.patience, talk.state.idle) == (before.patience, 0)
    again = {
        "en": "No, I mean a number we can text you on?",
        "fr": "Non, je voulais dire, on peut vous joindre comment ?",
    }
    assert "topic:phone" in talk.says(again[language]).marks, talk.transcript()
    assert talk.state.marks["mistaken:phone"] == 1


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("slug", sorted(all_scenarios()))
def test_every_point_of_every_scenario_can_be_said_again(slug: str, language: str) -> None:
    """The first words, and the answer to each topic, are never repeated word for word, and never lost."""
    if language not in all_scenarios()[slug].languages:
        pytest.skip("in one language only")
    case = case_of(slug, language)
    asks = {"en": "Sorry, could you repeat that?", "fr": "Pardon, vous pouvez répéter ?"}[language]
    greets = {"en": "Good morning, my name is Sam.", "fr": "Bonjour, je m'appelle Sam."}[language]
    for topic in [t for t in case.topics if not t.only_if and not t.mistaken]:
        talk = Talk(case)
        talk.says(greets)
        told = talk.says(f"{topic.phrases[0].capitalize()}?")
        if f"topic:{topic.id}" not in told.marks or told.ends:
            continue
        line = talk.says(asks)
        assert "repeated" in line.marks, talk.transcript()
        assert any(pool_of(w)[0] == f"topic.{topic.id}" for w in line.line.split("+")), talk.transcript()
        assert len(set(talk.lines())) == len(talk.lines())


@pytest.mark.parametrize(
    ("language", "asks", "wrong"),
    [("en", "Which mobile number should we use?", "So that's 07700 900 999, is that right?"), ("fr", "Quel est votre numéro de portable ?", "Donc 06 39 98 12 12, c'est bien ça ?")],
)  # fmt: skip
def test_quite_another_number_is_not_confirmed(language: str, asks: str, wrong: str) -> None:
    talk = opened(language)
    talk.says(asks)
    line = talk.says(wrong)
    assert line.move == "correct", talk.transcript()
    assert talk.case.variables["customer.phone"][-2:] in line.text.replace(" ", "").replace(",", "")


def test_a_name_spelled_back_wrongly_is_put_right() -> None:
    talk = Talk(case_of("new-home-internet"))
    talk.says("Good morning, Larkfield, Sam speaking. How can I help?")
    talk.says("What's your full name?")
    surname = talk.case.persona.name.split()[-1]
    wrong = ", ".join(surname[:-1].upper() + ("Z" if surname[-1].upper() != "Z" else "X"))
    line = talk.says(f"So that's {wrong}, is that right?")
    assert line.move == "correct", talk.transcript()


def test_a_number_that_runs_on_into_the_address_is_right() -> None:
    talk = Talk(case_of("new-home-internet"))
    talk.says("Good morning, Larkfield, Sam speaking. How can I help?")
    talk.says("What's your full name and a phone number, please?")
    digits = " ".join(talk.case.variables["customer.phone"])
    line = talk.says(f"Let me read that back: {digits}, 15 Cooper's Row. Is that correct?")
    assert line.move != "correct", talk.transcript()
