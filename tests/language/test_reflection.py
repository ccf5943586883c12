"""Whether a turn takes up what the customer said, on pairs that were labelled by hand (tests/data/reflections.jsonl).

Precision first: what counts as a reflection has to be one. Some real ones are missed, and stay listed as such.
"""

from __future__ import annotations

import json

import pytest

from tests.golden.calls.play import ports_with_encoder
from trainer.config import ROOT
from trainer.language.understand import understand

ROWS = [json.loads(line) for line in (ROOT / "tests/data/reflections.jsonl").read_text(encoding="utf-8").splitlines()]
MISSED = 11
"""Of 24 true ones, in both languages together."""


@pytest.fixture(scope="module")
def found() -> list[bool]:
    encoder = ports_with_encoder().encoder
    assert encoder is not None
    return [
        understand(
            row["reply"], language=row["language"], context=[f"customer: {row['customer']}"], encode=encoder.encode
        ).reflection
        for row in ROWS
    ]


def test_what_counts_as_a_reflection_is_one(found: list[bool]) -> None:
    wrong = [row["reply"] for row, got in zip(ROWS, found, strict=True) if got and not row["reflects"]]
    assert wrong == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_reflections_are_found_in_both_languages(found: list[bool], language: str) -> None:
    rows = [got for row, got in zip(ROWS, found, strict=True) if row["reflects"] and row["language"] == language]
    assert len(rows) == 12
    assert sum(rows) >= 5


def test_no_more_are_missed_than_are_known(found: list[bool]) -> None:
    assert sum(row["reflects"] and not got for row, got in zip(ROWS, found, strict=True)) <= MISSED
