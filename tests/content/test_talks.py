"""Calls that people led in their own words, turn by turn, knowing only what an operator's screen shows.

Each file of tests/data/talks is one good call: scenario, language, seed and form, then the replies and the write-up. All
of them ended well and deserve to pass. They were written by people who had not read the scenarios; what they showed
was mended since, so a new set of talks is the honest measure and this one only keeps what was won.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.golden.calls.play import FIXED, ports_with_encoder, scenario_named
from trainer.domain.forms import open_case
from trainer.services.simulation import run_call
from trainer.services.simulation_steps import read_steps

TALKS = sorted((Path(__file__).parents[1] / "data" / "talks").glob("*.jsonl"))
GOOD_ENDS = {"resolved", "order_placed", "refused_politely"}


@pytest.mark.parametrize("path", TALKS, ids=lambda path: path.stem)
def test_a_good_call_in_a_persons_own_words_ends_well_and_passes(path: Path) -> None:
    first, *replies = path.read_text(encoding="utf-8").splitlines()
    about = json.loads(first)
    scenario = replace(scenario_named(about["scenario"]), version=FIXED)
    case = open_case(scenario, about["lang"], about["seed"], about["form"])
    run = run_call(ports_with_encoder(), case, read_steps(iter(replies)), path.parent)
    said = "\n".join(f"{e.type[:2]} {e.data['text']}" for e in run.events if "text" in e.data)
    assert run.outcome in GOOD_ENDS, said
    assert [error for error in run.grade.errors if error.decided] == [], said
    assert run.grade.passed
    assert run.grade.overall >= 80


def test_talks_cover_every_scenario_in_both_languages() -> None:
    covered = {(json.loads(p.read_text(encoding="utf-8").splitlines()[0])["scenario"], p.stem[:2]) for p in TALKS}
    assert len(covered) == 6
