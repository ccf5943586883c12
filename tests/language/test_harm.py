"""Kind sentences that hold the words of unkind ones: a false alarm costs a learner a call."""

from __future__ import annotations

import pytest

from trainer.language.understand import understand

HARMFUL = ("rude", "blame", "pressure", "disclosure")

KIND = [
    ("en", "I'll take you off the list, so we don't call you again."),
    ("en", "I'll make sure nobody calls you again."),
    ("en", "Nobody will bother you again."),
    ("en", "It was lovely to hear from you again."),
    ("en", "I understand, most people get lost in it."),
    ("en", "Don't worry, I won't hang up."),
    ("en", "I'm not going to hang up on you."),
    ("en", "What are you afraid of?"),
    ("en", "I see. What is it you're worried about, what are you afraid of?"),
    ("fr", "De quoi avez-vous peur, au fond ?"),
    ("fr", "Mais dites-moi, de quoi avez-vous peur ?"),
    ("fr", "Je comprends, c'est pénible de tout redire."),
    ("fr", "Je ne peux pas encore vous dire s'il y est."),
    ("fr", "Je ne vais pas encore vous faire attendre."),
    ("fr", "Merci encore vous avez été très patient."),
    ("fr", "Je ferme la demande et je vous souhaite une bonne journée."),
    ("fr", "Vous pouvez fermer la fenêtre, puis fermez la porte."),
]
UNKIND = [
    ("en", "Oh, you again?", "rude"),
    ("en", "What do you want now?", "rude"),
    ("en", "Get lost.", "rude"),
    ("en", "I won't hang up until you say yes.", "pressure"),
    ("en", "Oh come on, what are you afraid of?", "pressure"),
    ("fr", "Allons, de quoi avez-vous peur ?", "pressure"),
    ("fr", "Encore vous ?", "rude"),
    ("fr", "Ferme-la !", "rude"),
    ("fr", "Fermez-la et écoutez.", "rude"),
    ("fr", "Qu'est-ce que vous voulez encore ?", "rude"),
]


@pytest.mark.parametrize(("language", "text"), KIND)
def test_a_kind_sentence_does_no_harm(language: str, text: str) -> None:
    understood = understand(text, language=language, speaker="agent")
    assert not [(act.act, act.quote) for act in understood.acts if act.act in HARMFUL]


@pytest.mark.parametrize(("language", "text", "act"), UNKIND)
def test_an_unkind_one_still_does(language: str, text: str, act: str) -> None:
    assert understand(text, language=language, speaker="agent").has(act, floor=0.9)
