"""Choosing a call: what a wish lets through, and the learner's own best result on the card."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from tests.factories.accounts import NOW, make_user
from tests.factories.assessed_calls import make_call, make_grade
from trainer.services.lobby import Wish, choices, facets, fits
from trainer.services.scenarios import ScenarioCard
from trainer.store.accounts import Organisation

CARD = ScenarioCard(
    slug="late-parcel", topic="complaints", title="Le colis égaré", brief="Un retard.", company="Cordelle",
    sector="vente", direction="inbound", duties=("IN4", "IN5"), difficulty=3, minutes=6, category=3, language="fr",
    languages=("en", "fr"),
)  # fmt: skip


@pytest.mark.parametrize(
    "wish",
    [
        Wish(), Wish(company="Cordelle"), Wish(direction="inbound"), Wish(duty="IN5"), Wish(difficulty="3"),
        Wish(words="egare RETARD"), Wish(words="cordelle colis", duty="IN4"),
    ],
)  # fmt: skip
def test_a_card_fits(wish: Wish) -> None:
    assert fits(CARD, wish)


@pytest.mark.parametrize(
    "wish",
    [
        Wish(company="Other"), Wish(direction="outbound"), Wish(duty="OUT1"), Wish(difficulty="1"), Wish(difficulty="x"),
        Wish(words="colis banque"),
    ],
)  # fmt: skip
def test_a_card_does_not_fit(wish: Wish) -> None:
    assert not fits(CARD, wish)


def test_the_best_of_the_learners_own_calls_is_on_the_card(session: Session, organisation: Organisation) -> None:
    ana, ben = (make_user(session, organisation, ("learner",)) for _ in range(2))
    for mark, passed in ((40, False), (81, True), (66, False)):
        make_call(session, ana, NOW, grade=make_grade(mark, passed=passed))
    scenario = make_call(session, ben, NOW, grade=make_grade(99)).scenario
    [choice] = choices(session, ana.actor, [replace(CARD, slug=scenario)], Wish())
    assert choice.best is not None
    assert (choice.best.overall, choice.best.passed, choice.best.calls) == (81, True, 3)
    [other] = choices(session, ana.actor, [replace(CARD, slug="never-taken")], Wish())
    assert other.best is None


def test_facets_are_what_occurs() -> None:
    found = facets([CARD, replace(CARD, company="Aube", duties=("OUT3",))])
    assert found.companies == ("Aube", "Cordelle")
    assert found.duties == ("IN4", "IN5", "OUT3")
