"""The phrase banks of acts are understood as they are marked: a rule that is changed for one phrase costs no other."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.language.acts_bank import BANKS, BankLine, read_bank
from trainer.language.understand import understand

SEEN_FROM = 0.5


def scores(lines: list[BankLine], language: str) -> dict[str, float]:
    """F1 of each act."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for line in lines:
        found = {a.act for a in understand(line.text, language=language).acts if a.confidence >= SEEN_FROM}
        right.update(found & line.acts)
        wrong.update(found ^ line.acts)
    return {act: 2 * right[act] / (2 * right[act] + wrong[act]) for act in right | wrong}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_acts_of_the_bank_are_found_when_the_phrases_are_read(language: str) -> None:
    found = scores(read_bank(BANKS / f"{language}.txt", language), language)
    weak = {act: round(f1, 2) for act, f1 in found.items() if f1 < 0.8 and act != "information"}
    assert not weak
    assert sum(found.values()) / len(found) >= 0.93
