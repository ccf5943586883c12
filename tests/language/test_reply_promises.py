"""What a reply gives away against its situation: gifts, sums, money back, the whole for a part, and what is named otherwise."""

from __future__ import annotations

import pytest

from trainer.language.reply_parts import foreign_share
from trainer.language.reply_promises import invented_gift, invented_help, invented_sum, whole_instead
from trainer.language.reply_truth import another_figure, turned_round

SHOP = "Bellwood Frames: reframing 60, collected free of charge, ready within 6 working days, payable in 2 instalments."
ATELIER = "Cadres Bellebois : encadrement 60 €, enlèvement gratuit, prêt sous 6 jours, payable en 2 fois sans frais, sans acompte."


@pytest.mark.parametrize(
    ("reply", "situation", "language", "sure"),
    [
        ("And you get a free mirror.", SHOP, "en", 0.5),
        ("The reframing is free for you.", SHOP, "en", 0.65),
        ("Collecting it is free of charge.", SHOP, "en", 0.0),
        ("That is free of charge.", SHOP, "en", 0.0),
        ("The mirror isn't free.", SHOP, "en", 0.0),
        ("Le miroir est offert.", ATELIER, "fr", 0.5),
        ("L'enlèvement est gratuit.", ATELIER, "fr", 0.0),
        ("Je vous offre un miroir.", ATELIER, "fr", 0.5),
    ],
)
def test_gift_is_known_when_the_situation_gives_it(reply: str, situation: str, language: str, sure: float) -> None:
    assert invented_gift(reply, situation, language)[1] == sure


def test_sum_is_invented_when_nobody_named_it() -> None:
    assert invented_sum("I'll credit you ninety pounds.", SHOP, "en")
    assert not invented_sum("You get sixty pounds back.", SHOP, "en")
    assert invented_sum("Je vous rembourse deux cents euros.", ATELIER, "fr")
    assert not invented_sum("Vous voulez dire que je vous rembourse deux cents euros ?", ATELIER, "fr")


def test_money_back_is_invented_when_the_situation_rules_it_out() -> None:
    assert invented_help("I'm giving you your money back.", "A sale item can't be refunded; it can be swapped.", "en")
    assert not invented_help("It can't be refunded, sorry.", "A sale item can't be refunded; it can be swapped.", "en")
    assert invented_help("Je vous rembourse ça.", "Article soldé non remboursable, échange possible.", "fr")


def test_whole_is_invented_when_a_part_is_given() -> None:
    assert whole_instead("Nous vous remboursons en entier.", "La moitié du prix est remboursée.", "fr")
    assert not whole_instead("We refund half of it.", "Half the price is refunded.", "en")


def test_days_and_instalments_differ_from_the_situation() -> None:
    assert another_figure("It's ready within three working days.", SHOP, "", "en")
    assert not another_figure("It's ready within six working days.", SHOP, "", "en")
    assert another_figure("Vous payez en quatre fois.", ATELIER, "", "fr")
    assert not another_figure("Vous payez en deux fois.", ATELIER, "", "fr")


def test_what_is_lacked_is_not_there_after_all() -> None:
    assert turned_round("Ce n'est pas sans acompte.", ATELIER, "fr")
    assert not turned_round("C'est sans acompte.", ATELIER, "fr")


def test_third_language_is_told_from_both() -> None:
    assert foreign_share("Ich kann Ihnen das Geld nicht zurückgeben.") > 0.3
    assert (
        foreign_share("I can't give that back, but I'll call you.")
        == foreign_share("Je ne peux pas vous le rendre.")
        == 0
    )
