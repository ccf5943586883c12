"""Operators' acts by the trained head, on phrases that are in no bank; and that the head in the repository is the banks'."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from trainer.adapters.encoder import UniversalSentenceEncoder
from trainer.domain.understanding import TopicHint, Understanding
from trainer.language.folding import fold
from trainer.language.operator_head import HARM, LEARNED_RULE
from trainer.language.train_operator_head import LANGUAGES, OF_WEIGHT, read_acts_bank, read_banks
from trainer.language.understand import understand

ENCODER = UniversalSentenceEncoder()
DATA = Path(__file__).parents[1] / "data"


def turn(text: str, language: str, *context: str) -> Understanding:
    return understand(text, language=language, context=context, encode=ENCODER.encode)


@pytest.mark.parametrize(
    ("language", "text", "act"),
    [
        ("en", "Good morning, Millbrook Clinic", "self_identification"),
        ("en", "I can hear that you're scared.", "empathy"),
        ("en", "That must have been frightening.", "empathy"),
        ("fr", "Bonjour, Yann Pelletier, des Services de Montrel.", "self_identification"),
        ("en", "Harbour Energy, Lucy on the line.", "self_identification"),
        ("en", "I'm just going to speak to our nurse, it'll be quiet for about twenty seconds", "hold_notice"),
        ("fr", "Bonjour, Thomas de chez Filandre", "self_identification"),
        ("fr", "Clinique des Tilleuls, bonjour, ici Damien.", "self_identification"),
        ("fr", "C'est terrible, ce qui est arrivé à votre sœur.", "empathy"),
        ("fr", "Je reviens vers vous dans une minute.", "hold_notice"),
    ],
)
def test_an_act_is_heard_when_no_rule_knows_the_words(language: str, text: str, act: str) -> None:
    assert not understand(text, language=language).has(act)
    assert turn(text, language).has(act)


@pytest.mark.parametrize(
    ("language", "text", "not_this"),
    [
        ("en", "Of course, with pleasure.", "closing"),
        ("en", "Tomorrow, yes.", "closing"),
        ("en", "May I ask what happened with the others?", "anything_else"),
        ("en", "Would five be right, or six?", "read_back"),
        ("en", "The name of the road is Millbrook Lane.", "self_identification"),
        ("en", "The waiting time is about a minute at noon.", "hold_notice"),
        ("en", "The dog ran off and the neighbour found it.", "empathy"),
        ("en", "The nurse speaks to patients for about twenty minutes.", "hold_notice"),
        ("en", "It was quiet at the depot for a while.", "hold_notice"),
        ("fr", "Joël habite à Filandre.", "self_identification"),
        ("fr", "Avec plaisir.", "closing"),
        ("fr", "Damien habite aux Tilleuls.", "self_identification"),
        ("fr", "Le technicien revient vers midi.", "hold_notice"),
    ],
)
def test_an_act_is_not_heard_when_only_its_words_are_near(language: str, text: str, not_this: str) -> None:
    assert not turn(text, language).has(not_this)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_adds_no_harm_and_takes_no_act_away(language: str) -> None:
    for line in read_acts_bank(DATA / "acts" / f"{language}.txt", language):
        rules, both = understand(line.text, language=language), turn(line.text, language)
        learned = {a.act for a in both.acts if a.rule.endswith(LEARNED_RULE)}
        assert not learned & (HARM | OF_WEIGHT)
        assert both.promises == rules.promises
        assert {a for a in rules.acts if a.act in HARM} == {a for a in both.acts if a.act in HARM}


def test_a_promise_that_only_the_head_heard_is_no_promise_to_be_broken() -> None:
    heard = turn("Your driver is assigned tonight, and by nine you get a text with the first name.", "en")
    assert heard.has("promise")
    assert not heard.promises


@pytest.mark.parametrize("language", LANGUAGES)
def test_vectors_of_another_encoder_leave_it_to_the_rules(language: str) -> None:
    for line in read_acts_bank(DATA / "acts" / f"{language}.txt", language)[:60]:
        by_rules = understand(line.text, language=language)
        assert understand(line.text, language=language, encode=lambda t: [[0.5] * 8 for _ in t]).acts == by_rules.acts


def test_no_clause_is_encoded_twice_when_several_readers_need_it() -> None:
    """Three clauses and the topic's phrase."""
    asked: list[str] = []

    def encode(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        asked.extend(texts)
        return ENCODER.encode(texts)

    said = "That must have been frightening. I'll look at the gate for you, and what was the name of the street?"
    understand(said, language="en", topics=[TopicHint("street", ("what is your street",))], encode=encode)
    assert len(asked) == len(set(asked)) == 4


def test_banks_share_no_phrase_with_what_measures_the_head() -> None:
    lines = read_banks()
    assert len(lines) >= 5000
    known = {_bare(line.text) for line in lines}
    held_out = {_bare(line.text) for one in LANGUAGES for line in read_acts_bank(DATA / "acts" / f"{one}.txt", one)}
    marked = [json.loads(row) for row in (DATA / "marked_replies.jsonl").read_text(encoding="utf-8").splitlines()]
    assert not known & (held_out | {_bare(row["reply"]) for row in marked})


def _bare(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text).text).split())
