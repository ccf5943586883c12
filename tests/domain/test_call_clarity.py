"""Clarity in service calls: each check answered yes, no, undecided or not at all, fairly in English and in French."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories.cases import CallScript, check_of, claim, make_graded_case
from trainer.domain.grade import SERVICE_CRITERIA, Advice, CallGrade
from trainer.domain.grading.advice import advise
from trainer.domain.grading.call_clarity import asks_whether_clear, inside_words_in
from trainer.domain.grading.call_reading import read_call
from trainer.domain.scenario import ModelLine

TOLD = {
    "en": "The card costs 25 pounds and takes ten working days.",
    "fr": "La carte coûte 25 euros, il faut dix jours.",
}
LONG = {
    "en": "The card costs 25 pounds and it is sent to you by post within ten working days, but before that you have to "
    "come to the desk with a proof of identity, a proof of your address that is not older than three months, and two "
    "photographs, which have to be new as well, and then we take your finger print and you sign the form and pay by "
    "card or in cash as you like.",
    "fr": "La carte coûte 25 euros et on vous l'envoie par la poste sous dix jours ouvrés, mais avant il faut passer au "
    "guichet avec une pièce d'identité, un justificatif de domicile de moins de trois mois, et deux photos, récentes "
    "elles aussi, et là on prend vos empreintes, vous signez le formulaire et vous réglez par carte ou en espèces, "
    "comme vous voulez, et puis c'est fini.",
}
each_language = pytest.mark.parametrize("language", ["en", "fr"])


def service_call(language: str = "en", **changes: object) -> CallScript:
    """A call of a customer who only wants to know something, up to the first question."""
    case = make_graded_case(
        objections=(), language=language, identity_needed=False, inside_words=("PRC", "counter slip")
    )
    call = CallScript(replace(case, **changes))  # type: ignore[arg-type]
    call.customer("Hello?", move="greet")
    call.says("Good morning, Parcelo, this is Kim.", "greeting", "self_identification")
    call.customer("What does the card cost?", "opened")
    return call


def explains(call: CallScript, text: str, *acts: str, **how: object) -> None:
    call.says(text, "information", *acts, claims=[claim("25", "fee", True, "25.00")], **how)  # type: ignore[arg-type]
    call.customer("I see.")


def graded(call: CallScript) -> CallGrade:
    return call.end().grade()


def answer(grade: CallGrade, check: str) -> str:
    return check_of(grade, f"clarity.{check}").answer


def test_a_service_call_has_clarity_in_the_place_of_objections() -> None:
    call = service_call()
    explains(call, TOLD["en"])
    grade = graded(call)
    assert tuple(one.id for one in grade.criteria) == SERVICE_CRITERIA
    assert grade.rubric_version == "service-1"  # no reply to an objection was graded


def test_nothing_is_asked_of_clarity_when_nothing_was_explained() -> None:
    call = service_call()
    call.says("Mm-hm.")
    grade = graded(call)
    assert {check.answer for one in grade.criteria if one.id == "clarity" for check in one.checks} == {"not_applicable"}


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("en", "Do you have everything you need?"), ("en", "Is that clear so far?"), ("en", "Does that make sense?"),
        ("en", "Have you got everything you need?"), ("en", "Shall I go over it again?"), ("en", "Any other questions?"),
        ("en", "Did you get all that?"), ("en", "Does that answer your question?"),
        ("fr", "Est-ce que c'est clair pour vous ?"), ("fr", "Vous avez tout ce qu'il vous faut ?"),
        ("fr", "Vous avez pu tout noter ?"), ("fr", "Voulez-vous que je répète quelque chose ?"),
        ("fr", "Avez-vous d'autres questions ?"), ("fr", "Ça répond à votre question ?"), ("fr", "Tout est clair ?"),
    ],
)  # fmt: skip
def test_whoever_asks_whether_it_is_clear_was_understood(language: str, asked: str) -> None:
    call = service_call(language)
    explains(call, TOLD[language])
    call.says(asked, question="closed")
    assert answer(graded(call), "understood") == "yes"


@pytest.mark.parametrize(
    "said",
    [
        "Good morning, how can I help you?", "What is your name?", "I have some questions for you.",
        "It is a clear day.", "Bonjour, que puis-je faire pour vous ?", "Je vais vous poser des questions.",
        "Vous habitez où ?", "Je vous écoute.", "Je répète le tout, c'est bien ça ?", "Any question you dislike you may leave out, shall we?",
        "I can write it down, shall we?", "Je vous rappelle, vous avez toute la journée ?",
    ],
)  # fmt: skip
def test_other_words_do_not_ask_whether_it_is_clear(said: str) -> None:
    assert not asks_whether_clear(said)


def test_agreement_that_was_asked_for_is_enough_when_something_was_told() -> None:
    call = service_call()
    explains(call, TOLD["en"], "acceptance_check", question="closed")
    assert answer(graded(call), "understood") == "yes"


@each_language
def test_not_asking_is_a_no_and_shows_the_last_explanation(language: str) -> None:
    call = service_call(language)
    explains(call, TOLD[language])
    check = check_of(graded(call), "clarity.understood")
    assert check.answer == "no"
    assert check.evidence[0].quote == TOLD[language]


def test_not_asking_is_undecided_when_words_were_hard_to_hear() -> None:
    call = service_call()
    explains(call, TOLD["en"], spoken=True)
    call.says("Haf you thing need", spoken=True, recognized=0.4)
    assert answer(graded(call), "understood") == "undecided"


def test_whoever_was_hung_up_on_had_no_chance_to_ask() -> None:
    call = service_call()
    explains(call, TOLD["en"])
    assert answer(call.end("customer_hung_up").grade(), "understood") == "not_applicable"


@each_language
def test_short_explanations_are_told_in_pieces(language: str) -> None:
    call = service_call(language)
    explains(call, TOLD[language])
    check = check_of(graded(call), "clarity.pieces")
    assert (check.answer, check.params["most"]) == ("yes", "60")


@each_language
def test_one_long_explanation_of_two_earns_half(language: str) -> None:
    call = service_call(language)
    explains(call, TOLD[language])
    explains(call, LONG[language])
    check = check_of(graded(call), "clarity.pieces")
    assert (check.answer, check.share) == ("no", 0.5)
    assert int(check.params["words"]) == len(LONG[language].split()) > 60


def test_a_long_turn_is_undecided_when_it_was_hard_to_hear() -> None:
    call = service_call()
    explains(call, LONG["en"], spoken=True, recognized=0.4)
    assert answer(graded(call), "pieces") == "undecided"


def test_reading_back_is_no_explanation_however_long_it_takes() -> None:
    call = service_call()
    explains(call, LONG["en"], "read_back")
    assert answer(graded(call), "pieces") == "not_applicable"


@pytest.mark.parametrize(
    "said",
    [
        "One moment, I'm just looking that up.", "Let me check that for you.", "I'll note that down.",
        "Un instant, je regarde.", "Je vérifie tout de suite.", "Laissez-moi le temps de l'inscrire.", "Je note.",
    ],
)  # fmt: skip
def test_a_silence_is_announced_when_the_operator_says_what_they_do(said: str) -> None:
    call = service_call()
    call.says(said, spoken=True)
    call.customer("Fine.")
    call.says("It is ready.", spoken=True, after_s=6)
    assert answer(graded(call), "signposted") == "yes"


@pytest.mark.parametrize("said", ["I see.", "I get that.", "I'll see to it.", "Je vous entends.", "Je comprends."])
def test_other_words_announce_no_silence(said: str) -> None:
    call = service_call()
    call.says(said, spoken=True)
    call.customer("Fine.")
    call.says("It is ready.", spoken=True, after_s=6)
    assert answer(graded(call), "signposted") == "no"


def test_a_silence_without_a_word_is_a_no_and_one_of_two_earns_half() -> None:
    call = service_call()
    call.says("Your name, please?", spoken=True)
    call.customer("Ana Diaz.")
    call.says("Let me look.", spoken=True, after_s=6)
    assert answer(graded(call), "signposted") == "no"
    call = service_call()
    call.says("Your name, please?", spoken=True)
    call.customer("Ana Diaz.")
    call.says("Let me look.", spoken=True, after_s=6)
    call.customer("Fine.")
    call.says("There it is.", spoken=True, after_s=6)
    check = check_of(graded(call), "clarity.signposted")
    assert (check.answer, check.share) == ("no", 0.5)


def test_a_silence_is_undecided_when_the_words_before_it_were_hard_to_hear() -> None:
    call = service_call()
    call.says("Leh me lug.", spoken=True, recognized=0.4)
    call.customer("Fine.")
    call.says("There it is.", spoken=True, after_s=6)
    assert answer(graded(call), "signposted") == "undecided"


def test_a_search_on_the_screen_is_a_wait_too() -> None:
    call = service_call()
    call.says("Your name, please?")
    call.add("screen_action", turn_id="search-01", action="search", field="", value="Diaz")
    assert answer(graded(call), "signposted") == "no"


def test_typing_takes_its_time_without_being_asked_why() -> None:
    call = service_call()
    call.says("Your name, please?")
    call.customer("Ana Diaz.")
    call.says("Thank you.", after_s=20)
    assert answer(graded(call), "signposted") == "not_applicable"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Bring the counter slips and 25 pounds."), ("en", "You need a PRC for 25 pounds."),
        ("en", "You need a p r c for 25 pounds."), ("fr", "Il vous faut un PRC et 25 euros."),
        ("fr", "Apportez le counter slip et 25 euros."),
    ],
)  # fmt: skip
def test_words_of_the_house_are_a_no_and_are_shown(language: str, said: str) -> None:
    call = service_call(language)
    explains(call, said)
    check = check_of(graded(call), "clarity.plain")
    assert check.answer == "no"
    assert check.params["words"] in ("PRC", "counter slip")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "You need a PRC, that's the paper with your address."), ("en", "The paper with your address, what we call a PRC."),
        ("fr", "Il vous faut le PRC, c'est-à-dire le papier avec l'adresse."), ("fr", "Le papier qu'on appelle le PRC."),
    ],
)  # fmt: skip
def test_words_of_the_house_are_fine_when_they_are_explained(language: str, said: str) -> None:
    call = service_call(language)
    explains(call, said)
    assert answer(graded(call), "plain") == "yes"


def test_words_of_the_house_are_fine_when_the_customer_said_them_before() -> None:
    call = service_call()
    call.says("Yes?", question="open")
    call.customer("Do I need a PRC?")
    explains(call, "You need a PRC, yes.")
    assert answer(graded(call), "plain") == "yes"


def test_words_of_the_house_are_undecided_when_they_were_hard_to_hear() -> None:
    call = service_call()
    explains(call, "You need a PRC.", spoken=True, recognized=0.4)
    assert answer(graded(call), "plain") == "undecided"


def test_plain_words_are_not_asked_for_when_the_scenario_names_no_inside_words() -> None:
    call = service_call(inside_words=())
    explains(call, TOLD["en"])
    assert answer(graded(call), "plain") == "not_applicable"


def test_inside_words_are_found_in_any_case_and_number_and_nowhere_inside_others() -> None:
    assert inside_words_in("Two Counter-Slips!", ("counter slip",)) == ["counter slip"]
    assert inside_words_in("The parcel", ("arc",)) == []
    assert inside_words_in("la fiche liaison", ("Fiche Liaison", "PRC")) == ["Fiche Liaison"]


def advice_on(call: CallScript) -> Advice | None:
    """What is advised where nothing but clarity was lost."""
    events = call.end().events
    clarity = next(one for one in call.grade().criteria if one.id == "clarity")
    return advise(read_call(events, call.case, call.understandings), [clarity], ())


def test_advice_on_words_of_the_house_shows_the_fact_as_it_is_best_told() -> None:
    call = service_call()
    explains(call, "It's in the PRC table, 4.50.", "acceptance_check")
    advice = advice_on(call)
    assert advice is not None
    assert (advice.check, advice.could_say) == ("clarity.plain", "Redelivery costs 4 euros 50.")


def test_advice_on_asking_shows_the_models_own_question() -> None:
    asks = ModelLine("goal:redelivery", "It costs 4 euros 50. Is that clear?")
    call = service_call(model=(ModelLine("opening", "Good morning."), asks))
    explains(call, TOLD["en"])
    advice = advice_on(call)
    assert advice is not None
    assert (advice.check, advice.could_say) == ("clarity.understood", asks.text)


def test_rudeness_in_a_service_call_is_worked_on_under_a_criterion_that_it_has() -> None:
    call = service_call()
    call.says("You must be stupid.", "rude:0.95")
    grade = graded(call)
    assert grade.advice is not None
    assert grade.advice.criterion in {one.id for one in grade.criteria}
