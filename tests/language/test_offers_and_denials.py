"""What a turn states about the facts of a case, in wordings that authors and players used: offers put as questions, the old
value beside the new one, and denials that belong to another clause."""

from __future__ import annotations

import pytest

from trainer.domain.understanding import Claim, FactHint
from trainer.language.understand import understand

SAID = 0.5
"""From this confidence on a value counts as said."""
VISIT = FactHint("visit", "date", "2026-10-20", ("visit", "engineer", "rendez-vous", "technicien"))
AT = FactHint("at", "time", "14:15", ("time", "heure"))
PRICE = FactHint("price", "money", "27.15", ("price", "cost", "prix", "coûte"))
KEPT = FactHint("kept", "policy", "yes", ("anonymous", "anonymes"))
FREE = FactHint("free", "policy", "yes", ("free", "gratuit"))
SAME = FactHint("same", "policy", "yes", ("the price stays the same", "le prix reste le même"))
PAUSED = FactHint("paused", "policy", "yes", ("suspended", "suspendue"))


def claims(language: str, text: str, *facts: FactHint) -> list[Claim]:
    found = understand(text, language=language, speaker="agent", facts=facts).claims
    return [claim for claim in found if claim.fact and claim.confidence >= SAID]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "How about next Tuesday, the twentieth of October?"),
        ("en", "Could you do Tuesday the twentieth of October?"),
        ("en", "What about Tuesday the twentieth of October, in the morning?"),
        ("en", "Would you be free on the twentieth of October?"),
        ("en", "Shall we say the twentieth of October?"),
        ("en", "So I'll put you down for the twentieth of October?"),
        ("fr", "On dit mardi vingt octobre, le matin ?"),
        ("fr", "Disons mardi vingt octobre ?"),
        ("fr", "Et le mardi vingt octobre, ça vous irait ?"),
        ("fr", "Je vous réserve le vingt octobre ?"),
        ("fr", "Vous seriez libre le vingt octobre ?"),
        ("fr", "Est-ce que le vingt octobre vous conviendrait ?"),
    ],
)
def test_an_offer_put_as_a_question_states_its_day(language: str, text: str) -> None:
    assert [(claim.fact, claim.true) for claim in claims(language, text, VISIT)] == [("visit", True)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Did you call us on the twentieth of October?"),
        ("en", "Was that on the twentieth of October?"),
        ("en", "Which day would you like, is the twentieth of October taken?"),
        ("fr", "Vous nous avez appelés le vingt octobre ?"),
        ("fr", "C'était bien le vingt octobre ?"),
    ],
)
def test_a_question_about_what_was_states_nothing(language: str, text: str) -> None:
    assert claims(language, text, VISIT) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "How about the twenty-second of October?"),
        ("en", "Would you be free on the twenty-second of October?"),
        ("fr", "On dit jeudi vingt-deux octobre ?"),
    ],
)
def test_another_day_put_as_a_question_is_no_false_statement(language: str, text: str) -> None:
    assert claims(language, text, VISIT) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It'll cost twenty-seven pounds fifteen instead of twenty-four pounds fifty."),
        ("en", "Instead of twenty-four pounds fifty it will cost you twenty-seven pounds fifteen."),
        ("fr", "Le prix passe à vingt-sept euros quinze au lieu de vingt-quatre euros cinquante."),
        ("fr", "Au lieu de vingt-quatre euros cinquante, le prix sera de vingt-sept euros quinze."),
    ],
)
def test_the_old_price_beside_the_new_one_is_no_claim(language: str, text: str) -> None:
    assert [(claim.fact, claim.true) for claim in claims(language, text, PRICE)] == [("price", True)]


@pytest.mark.parametrize(
    ("language", "text", "fact", "true"),
    [
        ("en", "The answers are anonymous, no driver sees your name.", KEPT, True),
        ("en", "The answers are not anonymous, I'm afraid.", KEPT, False),
        ("en", "No, the answers are anonymous.", KEPT, True),
        ("en", "It's free, without any commitment.", FREE, True),
        ("en", "There's no rush, the price stays the same.", SAME, True),
        ("en", "It's suspended, not cancelled.", PAUSED, True),
        ("en", "Don't think that it's suspended.", PAUSED, False),
        ("fr", "Les réponses sont anonymes, aucun chauffeur ne voit votre nom.", KEPT, True),
        ("fr", "Les réponses ne sont pas anonymes.", KEPT, False),
        ("fr", "C'est gratuit et sans engagement.", FREE, True),
        ("fr", "C'est gratuit, sans engagement.", FREE, True),
        ("fr", "Ce n'est pas gratuit.", FREE, False),
        ("fr", "Rien ne presse, le prix reste le même.", SAME, True),
        ("fr", "Elle est suspendue, pas résiliée.", PAUSED, True),
    ],
)  # fmt: skip
def test_a_denial_denies_its_own_clause_alone(language: str, text: str, fact: FactHint, true: bool) -> None:
    assert [(claim.fact, claim.true) for claim in claims(language, text, fact)] == [(fact.id, true)]


def test_a_free_thing_that_is_said_to_be_free_of_charge_is_not_denied() -> None:
    swap = FactHint("swap", "policy", "yes", ("exchange",))
    assert [c.true for c in claims("en", "The exchange is free of charge.", swap)] == [True]
