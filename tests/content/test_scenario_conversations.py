"""Conversations as people would lead them, not in the words of the model lines: the customer has to keep up."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.factories.scenarios import case_of
from trainer.domain.dialogue import CallState, fact_hints, topic_hints
from trainer.domain.dialogue.operators import Played, Turn, play
from trainer.domain.forms import fill_text
from trainer.domain.scenario import Case
from trainer.domain.understanding import Understanding
from trainer.language.understand import understand

PARCEL_EN = """
Hello, Brindle and Moss, you're speaking to Tom, what can I do for you today?
Oh no, I'm sorry about that. Can I take your name and order number please?
Brilliant, thank you. Okay so I can see your parcel is stuck at the depot because the label got damaged, that's why nobody could deliver it.
I completely get why you're upset. Can I ask what's in the parcel, is it something urgent?
Oh I see, so it's really important you get it before then. Let me see what I can do.
The earliest I can get it to you is {today+2d|weekday}. Would that work?
Of course, you shouldn't pay for that. I'll put the {fee|price} express fee back on your card.
What's the best mobile number for you?
Lovely. So {today+2d|weekday} between 8 and 6 and you'll get a text the night before. Anything else I can help with?
Thanks for your patience, have a lovely day, bye bye.
"""
PARCEL_FR = """
Maison Cordelle, bonjour, Karim à l'appareil, que puis-je faire pour vous ?
Ah mince, je suis désolé. Est-ce que je peux avoir votre nom et votre numéro de commande ?
Merci madame. Alors je regarde... le colis est resté bloqué à l'agence, l'étiquette était abîmée.
Je comprends que ce soit énervant. Il y a une urgence particulière avec ce colis ?
D'accord, donc il vous le faut absolument avant son départ. Je peux vous le faire livrer {today+2d|weekday}, ça irait ?
Bien sûr, on vous rembourse les frais d'express, {fee|price}.
Vous pouvez me donner un numéro de portable pour le livreur ?
Parfait. Donc livraison {today+2d|weekday} entre 8h et 18h, et remboursement de {fee|price} sous cinq jours. Avez-vous d'autres questions ?
Merci à vous, bonne journée, au revoir.
"""
ORDER_EN = """
Good morning, thank you for calling Larkfield, my name's Priya, how may I help?
Sure, I can help with that. Can you tell me a bit about what you'll be using it for?
Okay, so a stable line with good upload is what you need. And do you know how long you'll be living there?
Right, so you might have to leave after six months. In that case I'd go for Swift Open. There's no contract and you just give us a month's notice.
It's {tariff.open|money} a month, everything included.
No, it's only {tariff.setup|money} and it's a one-off payment.
When would be best for the engineer?
I've got {today+9d|date}, 8 to 10 in the morning, how does that sound?
Great. What's your full name please?
And a phone number?
And the address you're moving to?
Okay got it, {home.slip} {home.street}.
No problem, I've changed that to {home.number}. And an email address so I can send you the confirmation?
Okay so let me just check I've got everything. {customer.name}, {home.number} {home.street}, {customer.phone|phone_written}, and {customer.email}.
So you're all booked in for {today+9d|weekday}. Is there anything else I can help you with?
Thank you for choosing Larkfield, have a great day. Bye!
"""
ORDER_FR = """
Filandre bonjour, Sophie à votre service.
D'accord. Alors dites-moi, qu'est-ce que vous faites comme usage d'internet, streaming, télétravail ?
Très bien. Et vous savez combien de temps vous allez rester dans ce logement ?
Ah donc vous ne savez pas après les six mois. Dans ce cas je vous conseille Vive Libre, c'est sans engagement, vous pouvez partir avec un mois de préavis.
Elle est à {tariff.open|price} par mois.
Non non, la mise en service c'est {tariff.setup|money}, à payer une seule fois.
Vous seriez disponible quand pour le technicien ?
Je peux vous proposer {today+9d|date} entre 8 heures et 10 heures, ça vous va ?
Parfait. Je vais prendre vos coordonnées. Votre nom et prénom ?
Un numéro de téléphone ?
L'adresse du nouveau logement avec le code postal s'il vous plaît ?
C'est noté, {home.slip} {home.street}.
Je corrige, donc {home.number} {home.street}. Et votre adresse e-mail ?
Donc je récapitule : {customer.name}, {home.number} {home.street}, {customer.phone|phone_written}, {customer.email}. C'est correct ?
Parfait, vous recevrez la confirmation par mail. Vous avez d'autres questions ?
Merci de votre appel, bonne journée, au revoir !
"""
SALE_EN = """
Hi there, it's Mark from Harrow Espresso. I'm calling about the warranty on your coffee machine.
I totally understand. I'll be really quick, two minutes, I promise.
How are you finding the machine so far?
Right. Your warranty ends on {day.start|date}. We have a care plan for {tariff.plan|money} a month.
I hear you, nobody likes another bill. What makes you hesitate?
"""
SALE_WON_EN = """
I see, so somebody really has to come. With the plan a technician comes within 24 hours.
It would start on {day.start|date}. Shall I set it up for you?
Great, what's the best email for the contract?
So that's {customer.email|email}, right?
Thank you so much for your time. Have a great day, bye.
"""
SALE_NO_EN = """
Of course, thank you for being so open with me. I'll take you off our list.
Thanks for your time, all the best. Goodbye.
"""
SALE_FR = """
Bonjour madame, Marc de la société Percolis, je vous appelle au sujet de la garantie de votre machine.
Je comprends, je serai bref. Je peux vous poser une question ?
Vous en êtes contente, de la machine ?
Très bien. Votre garantie s'arrête {day.start|date}, et nous avons un contrat d'entretien à {tariff.plan|money} par mois.
Je comprends, ça fait une charge en plus. Qu'est-ce qui vous fait hésiter ?
"""
SALE_WON_FR = """
Avec nous, un technicien passe sous 24 heures, et sinon on vous prête une machine.
Le contrat commencerait {day.start|date}, ça vous conviendrait ?
Parfait. À quelle adresse mail je vous envoie le contrat ?
Donc {customer.email|email}, c'est bien ça ?
Merci beaucoup madame, bonne journée, au revoir.
"""
SALE_NO_FR = """
Je comprends tout à fait, merci de votre franchise. Je vous retire de la liste.
Merci de m'avoir accordé ce moment. Bonne journée, au revoir.
"""
TALKS = [
    ("late-parcel", "en", PARCEL_EN, {}, "resolved"),
    ("late-parcel", "fr", PARCEL_FR, {}, "resolved"),
    ("new-home-internet", "en", ORDER_EN, {}, "order_placed"),
    ("new-home-internet", "fr", ORDER_FR, {}, "order_placed"),
    ("care-plan-call", "en", SALE_EN + SALE_WON_EN, {"behind": "0"}, "order_placed"),
    ("care-plan-call", "en", SALE_EN + SALE_NO_EN, {"behind": "2"}, "refused_politely"),
    ("care-plan-call", "fr", SALE_FR + SALE_WON_FR, {"behind": "1"}, "order_placed"),
    ("care-plan-call", "fr", SALE_FR + SALE_NO_FR, {"behind": "3"}, "refused_politely"),
]


def talk(case: Case, script: str) -> Played:
    """The call of an operator who says the lines of `script`, whatever they hear."""
    lines = [
        fill_text(line, case.variables, case.language, case.company.currency) for line in script.split("\n") if line
    ]

    def operator(case: Case, state: CallState, turn: int) -> Turn | None:
        return Turn(lines[turn]) if turn < len(lines) else None

    def by_rules(text: str, case: Case, state: CallState, said: Sequence[str]) -> Understanding:
        facts, topics = fact_hints(case, state), topic_hints(case)
        return understand(text, language=case.language, context=tuple(said)[-4:], facts=facts, topics=topics)

    return play(case, operator, by_rules)


@pytest.mark.parametrize(
    ("slug", "language", "script", "form", "outcome"), TALKS, ids=[f"{t[0]}-{t[1]}-{t[4]}" for t in TALKS]
)
def test_a_good_call_in_other_words_ends_well(
    slug: str, language: str, script: str, form: dict[str, str], outcome: str
) -> None:
    for seed in range(3):
        played = talk(case_of(slug, language, seed, **form), script)
        assert (played.outcome, played.success) == (outcome, True), played.transcript()


def test_the_sale_is_lost_when_the_operator_goes_on_after_a_clear_no() -> None:
    case = case_of("care-plan-call", "en", 1, behind="2")
    played = talk(case, SALE_EN + "But a technician comes within 24 hours, and we lend you a machine.")
    assert played.outcome == "customer_hung_up", played.transcript()
    assert "pressed:price" in played.state.marks


def test_the_wrong_offer_is_not_agreed_to_when_the_customer_may_have_to_leave() -> None:
    script = "\n".join(
        [*ORDER_EN.strip().split("\n")[:3], "Then take Swift for two years, it is {tariff.swift|money} a month."]
    )
    played = talk(case_of("new-home-internet", "en", 1), script)
    assert "offer" not in played.state.goals_met, played.transcript()
    assert played.state.objections_open == ("tied_in",), played.transcript()
