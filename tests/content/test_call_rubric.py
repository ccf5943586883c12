"""The rubric for calls: complete, in both languages, and wrong files told with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.content.call_rubric import call_rubric, read_call_rubric
from trainer.content.rubrics import FOLDER, RubricError
from trainer.domain.grading.call_rubric import CHECKS

TEXT = (FOLDER / "call-1.yaml").read_text(encoding="utf-8")


def test_rubric_asks_every_check_that_can_be_answered() -> None:
    asked = {check.id for one in call_rubric().criteria for check in one.checks}
    assert asked == {f"{criterion}.{name}" for criterion, names in CHECKS.items() for name in names}


def test_weights_add_up_to_a_hundred_and_keep_the_fields_shares() -> None:
    weights = {one.id: one.weight for one in call_rubric().criteria}
    assert sum(weights.values()) == 100
    assert 15 <= weights["identification"] + weights["record"] <= 25
    assert 25 <= weights["needs"] + weights["accuracy"] + weights["solution"] <= 35
    communication = ("opening", "closing", "hold_transfer", "delivery", "handling_time")
    assert 20 <= sum(weights[name] for name in communication) <= 30


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("weight: 6\n", "weight: 7\n", "add up to"),
        ("opening.greeting,", "opening.smile,", "opening.smile"),
        ("  pass_mark: 70 ", "  pass_marc: 70 ", "pass_marc"),
        ("fr: Ouverture", "fr: ''", "'fr' is empty"),
        ("  - id: needs", "  - id: wants", "criteria have to be"),
        ("opening.greeting, weight: 2", "opening.greeting, weight: yes", "weight"),
        ("version: call-1", "version: call-2", "file's own name"),
        ("opening.reason,", "opening.greeting,", "stands twice"),
        ("criteria:\n", "criteria: [\n", "not YAML"),
    ],
)
def test_wrong_file_is_told_with_its_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in TEXT
    path = tmp_path / "call-1.yaml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RubricError, match=r"call-1\.yaml:\d+: ") as caught:
        read_call_rubric(path)
    assert told in str(caught.value)


def test_unknown_version_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        call_rubric("call-0")
