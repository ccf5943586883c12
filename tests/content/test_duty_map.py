"""The duty map of what this installation ships has no empty cell, and names only what there is."""

from __future__ import annotations

import pytest

from trainer.config import ROOT
from trainer.content.call_rubric import call_rubric
from trainer.domain.courses import DRILLS as KINDS
from trainer.domain.duty_map import COLUMNS, DRILLS, EVERY_CALL, ON_PAPER, Row, duty_map
from trainer.domain.grading.call_rubric import IN_FORCE
from trainer.domain.job import TEACHABLE
from trainer.services.duty_map import map_of
from trainer.services.scenarios import published


@pytest.fixture(scope="module")
def rows() -> tuple[Row, ...]:
    return map_of(ROOT / "courses", ROOT / "scenarios")


def test_no_cell_is_empty(rows: tuple[Row, ...]) -> None:
    assert [row.id for row in rows] == list(TEACHABLE)
    assert {row.id: row.empty for row in rows if row.empty} == {}


def test_calls_and_checks_of_the_map_exist(rows: tuple[Row, ...]) -> None:
    slugs = {*published(ROOT / "scenarios"), EVERY_CALL}
    criteria = {c.id for version in IN_FORCE for c in call_rubric(version).criteria}
    errors = {f"error:{number}" for number in range(1, 8)}
    for row in rows:
        assert set(row.calls) <= slugs
        assert set(row.checks) <= criteria | errors, row.id
        assert set(DRILLS.get(row.id, ())) <= set(KINDS)


def test_duties_on_calls_are_played_on_calls_of_their_own(rows: tuple[Row, ...]) -> None:
    """A duty or an objection is not covered by "every call", nor by paper."""
    for row in rows:
        if row.id.startswith(("IN", "OUT")) or row.id.islower():
            assert row.calls
            assert row.calls != (EVERY_CALL,)
            assert row.id not in ON_PAPER


def test_map_without_content_is_empty_in_every_column() -> None:
    bare = {row.id: row.empty for row in duty_map([], [], [], [])}
    assert bare["IN4"] == tuple(column for column in COLUMNS if column != "checks")
    assert "calls" not in bare["G1"]
