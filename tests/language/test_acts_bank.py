"""The phrase banks of acts are understood as they are marked: a rule that is changed for one phrase costs no other."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from trainer.adapters.encoder import UniversalSentenceEncoder
from trainer.language.train_operator_head import OperatorLine, read_acts_bank
from trainer.language.understand import understand
from trainer.ports import EncodeTexts

HELD_OUT = Path(__file__).parents[1] / "data" / "acts"
SEEN_FROM = 0.5
MOST_LOST = 0.005
"""What the trained head may cost on phrases that it was not trained on, and for which the rules were written."""


def scores(lines: list[OperatorLine], language: str, encode: EncodeTexts | None = None) -> dict[str, float]:
    """F1 of each act."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for line in lines:
        found = {
            a.act for a in understand(line.text, language=language, encode=encode).acts if a.confidence >= SEEN_FROM
        }
        right.update(found & line.acts)
        wrong.update(found ^ line.acts)
    return {act: 2 * right[act] / (2 * right[act] + wrong[act]) for act in right | wrong}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_acts_of_the_bank_are_found_when_the_phrases_are_read(language: str) -> None:
    found = scores(read_acts_bank(HELD_OUT / f"{language}.txt", language), language)
    weak = {act: round(f1, 2) for act, f1 in found.items() if f1 < 0.8 and act != "information"}
    assert not weak
    assert sum(found.values()) / len(found) >= 0.93


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_head_costs_nothing_when_the_rules_knew_the_phrases(language: str) -> None:
    lines = read_acts_bank(HELD_OUT / f"{language}.txt", language)
    rules = scores(lines, language)
    both = scores(lines, language, UniversalSentenceEncoder().encode)
    assert sum(both.values()) / len(both) >= sum(rules.values()) / len(rules) - MOST_LOST
