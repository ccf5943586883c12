"""Dictation: the customer waits after each piece, follows signs, corrects what was read back, comes back after a digression."""

from __future__ import annotations

import pytest

from tests.factories.scenarios import case_of
from tests.factories.talks import Talk, with_topic
from trainer.domain.dialogue.pieces import is_right, is_wrong, pieces_of

DICTATED = {
    "en": tuple(f"{lead}0 7 7 0 0 / 9 0 0 / 1 4 2." for lead in ("", "It's ", "Sure, ", "Right. ", "My mobile's ")),
    "fr": tuple(f"{lead}06 39 / 98 66 / 76." for lead in ("", "C'est le ", "Alors, ", "Oui. ", "Mon portable, c'est ")),
}
OPENING = {"en": "Good morning, Brindle and Moss, Laura speaking, how can I help?", "fr": "Bonjour, Maison Cordelle, que puis-je faire pour vous ?"}  # fmt: skip
ASKS = {"en": "Which mobile number should we use?", "fr": "Quel est votre numéro de portable ?"}
PIECES = {"en": ("0 7 7 0 0", "9 0 0", "1 4 2"), "fr": ("06 39", "98 66", "76")}
LANGUAGES = ("en", "fr")


def dictating(language: str) -> Talk:
    """A call in which the first piece of a telephone number has just been said."""
    talk = Talk(with_topic(case_of("late-parcel", language), "phone", answers=DICTATED[language], in_pieces=True))
    talk.says(OPENING[language])
    line = talk.says(ASKS[language])
    assert PIECES[language][0] in line.text
    assert PIECES[language][1] not in line.text
    assert "phone" not in talk.state.topics_told
    return talk


@pytest.mark.parametrize(
    ("language", "sign"),
    [
        ("en", "Mm-hm."), ("en", "Yes."), ("en", "Okay, go on."), ("en", "07700."), ("en", "0 double 7 double 0, thank you."),
        ("en", "Zero seven seven zero zero, yes?"), ("en", "And then?"), ("en", "What's the rest?"), ("en", "I've got that, thanks."),
        ("fr", "Oui."), ("fr", "Mm-hm."), ("fr", "D'accord, allez-y."), ("fr", "Zéro six trente-neuf."), ("fr", "06 39, oui."),
        ("fr", "C'est noté, ensuite ?"), ("fr", "La suite ?"), ("fr", "Très bien, merci."),
    ],
)  # fmt: skip
def test_the_next_piece_follows_a_sign(language: str, sign: str) -> None:
    talk = dictating(language)
    line = talk.says(sign)
    assert PIECES[language][1] in line.text, talk.transcript()
    assert PIECES[language][2] not in line.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_topic_counts_as_told_with_its_last_piece_and_not_before(language: str) -> None:
    talk = dictating(language)
    talk.says({"en": "Yes.", "fr": "Oui."}[language])
    assert "phone" not in talk.state.topics_told
    last = talk.says({"en": "Mm-hm.", "fr": "Mm."}[language])
    assert PIECES[language][2] in last.text
    assert "phone" in talk.state.topics_told
    assert talk.state.dictating is None
    assert talk.folded() == talk.state


@pytest.mark.parametrize("seconds", [1.5, 2.0, 3.9, 4.0])
def test_a_short_silence_is_taken_for_writing_at_no_cost(seconds: float) -> None:
    talk = dictating("en")
    patience = talk.state.patience
    line = talk.waits(seconds)
    assert line is not None
    assert "9 0 0" in line.text
    assert talk.state.patience == patience


def test_a_long_silence_is_no_writing() -> None:
    talk = dictating("en")
    line = talk.waits(8.0)
    assert line is not None
    assert line.move == "complain_of_silence"


def test_nobody_goes_on_by_themselves_when_nothing_is_dictated() -> None:
    talk = Talk(case_of("late-parcel"))
    talk.says(OPENING["en"])
    assert talk.waits(2.0) is None


@pytest.mark.parametrize(
    ("language", "asks"), [("en", "Sorry, could you repeat that?"), ("fr", "Pardon, vous pouvez répéter ?")]
)
def test_only_the_last_piece_is_said_again_when_it_was_not_heard(language: str, asks: str) -> None:
    talk = dictating(language)
    talk.says({"en": "Yes.", "fr": "Oui."}[language])
    line = talk.says(asks)
    assert PIECES[language][1] in line.text, talk.transcript()
    assert PIECES[language][0] not in line.text
    assert PIECES[language][2] not in line.text
    assert PIECES[language][2] in talk.says({"en": "Thank you.", "fr": "Merci."}[language]).text


@pytest.mark.parametrize(
    ("language", "wrong", "right"),
    [("en", "Zero seven seven zero nine.", "07700."), ("fr", "Zéro six vingt-neuf ?", "Zéro six trente-neuf.")],
)
def test_a_piece_read_back_wrongly_is_put_right_before_it_goes_on(language: str, wrong: str, right: str) -> None:
    talk = dictating(language)
    line = talk.says(wrong)
    assert line.move == "correct", talk.transcript()
    assert PIECES[language][0] in line.text
    assert PIECES[language][1] not in line.text
    assert PIECES[language][1] in talk.says(right).text


@pytest.mark.parametrize(
    ("language", "other", "back"),
    [
        ("en", "Before that, what was in the parcel?", "Thanks. And the rest of the number?"),
        ("en", "Before that, what was in the parcel?", "I see, thank you."),
        ("fr", "Avant ça, qu'est-ce que vous aviez commandé ?", "D'accord, et la suite du numéro ?"),
    ],
)
def test_another_question_suspends_it_and_it_is_taken_up_again(language: str, other: str, back: str) -> None:
    talk = dictating(language)
    answer = talk.says(other)
    assert "topic:item" in answer.marks, talk.transcript()
    assert PIECES[language][1] not in answer.text
    assert talk.state.dictating is not None
    assert PIECES[language][1] in talk.says(back).text, talk.transcript()


def test_one_word_for_a_moment_does_not_bring_the_next_piece() -> None:
    talk = dictating("en")
    assert "9 0 0" not in talk.says("One moment please, I need a pen.").text
    assert "9 0 0" in talk.says("Okay, go on.").text


def test_what_is_asked_with_it_is_answered_first() -> None:
    talk = Talk(with_topic(case_of("late-parcel"), "phone", answers=DICTATED["en"], in_pieces=True))
    talk.says(OPENING["en"])
    line = talk.says("Could I have your mobile number and your name, please?")
    assert talk.case.persona.name.split()[-1] in line.text
    assert line.text.rstrip(".").endswith("0 7 7 0 0")


def test_pieces_are_what_stands_between_the_strokes() -> None:
    assert pieces_of("It's 0 7 7 / 9 0 0 / 1 4 2.") == ("It's 0 7 7...", "9 0 0...", "1 4 2.")
    assert pieces_of("At home.") == ("At home.",)


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [("900", True, False), ("07700 900", True, False), ("800", False, True), ("07700 800", False, True), ("at 9", False, False), ("", False, False)],
)  # fmt: skip
def test_figures_read_back_are_set_against_the_last_piece_and_the_whole(said: str, right: bool, wrong: bool) -> None:
    pieces = ("It's 0 7 7 0 0...", "9 0 0...")
    assert (is_right(pieces, said), is_wrong(pieces, said)) == (right, wrong)


def test_the_last_piece_is_put_right_too() -> None:
    talk = dictating("en")
    talk.says("Yes.")
    talk.says("Yes.")
    line = talk.says("One four three?")
    assert line.move == "correct", talk.transcript()
    assert "1 4 2" in line.text


def test_a_piece_after_a_sentence_begins_with_a_capital() -> None:
    answers = tuple(
        f"{lead}0 7 7 0 0 / then 9 0 0 / and 1 4 2." for lead in ("", "It's ", "Sure, ", "Right. ", "My mobile's ")
    )
    talk = Talk(with_topic(case_of("late-parcel"), "phone", answers=answers, in_pieces=True))
    talk.says(OPENING["en"])
    talk.says(ASKS["en"])
    assert talk.says("Yes.").text.startswith("then 9 0 0")
    talk.says("Before that, what was in the parcel?")
    assert "And 1 4 2" in talk.says("Okay, go on.").text
