"""Scenarios tried with the real understanding: what `flask content check` finds, and what it prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from flask.testing import FlaskCliRunner

from tests.factories.scenarios import EXAMPLE, all_scenarios, write_example
from trainer.cli.content import content
from trainer.content.scenarios import load_scenario
from trainer.content.trials import Trial, problems_of, try_scenario
from trainer.domain.dialogue import CallState, fact_hints, topic_hints
from trainer.domain.dialogue.operators import play
from trainer.domain.forms import open_case
from trainer.domain.scenario import Case
from trainer.domain.understanding import Understanding
from trainer.language.understand import understand


def by_rules(text: str, case: Case, state: CallState, said: Sequence[str]) -> Understanding:
    facts, topics = fact_hints(case, state), topic_hints(case)
    return understand(text, language=case.language, context=tuple(said)[-4:], facts=facts, topics=topics)


@pytest.mark.parametrize("slug", sorted(all_scenarios()))
def test_a_scenario_plays_as_wanted_when_understood_for_real(slug: str) -> None:
    scenario = all_scenarios()[slug]
    for trial in try_scenario(scenario, by_rules, range(2)):
        assert not problems_of(scenario, trial), trial.played.transcript()
        assert trial.as_wanted


def test_the_example_of_the_document_plays_as_wanted(tmp_path: Path) -> None:
    scenario = load_scenario(write_example(tmp_path))
    for trial in try_scenario(scenario, by_rules, range(3)):
        assert not problems_of(scenario, trial), trial.played.transcript()


def test_a_model_line_that_says_something_untrue_is_told(tmp_path: Path) -> None:
    path = write_example(tmp_path, {EXAMPLE: ("When would suit you?", "An eye test is thirty-five pounds.")})
    scenario = load_scenario(path)
    found = [str(p) for trial in try_scenario(scenario, by_rules, range(1)) for p in problems_of(scenario, trial)]
    assert any("untrue about 'test_price'" in line for line in found), found


def test_an_operator_who_gets_stuck_is_told(tmp_path: Path) -> None:
    scenario = load_scenario(write_example(tmp_path))
    case = open_case(scenario, "en", 0)
    played = play(case, lambda case, state, turn: None, by_rules)
    (problem,) = problems_of(scenario, Trial("en", 0, "model", played))
    assert "must succeed, but ended as operator_hung_up" in problem.message
    assert "goals not met: new_day" in problem.message


def test_the_check_prints_a_line_a_scenario_and_ends_well(runner: FlaskCliRunner, tmp_path: Path) -> None:
    path = write_example(tmp_path)
    result = runner.invoke(content, ["check", str(path), "--seeds", "1"])
    assert result.exit_code == 0, result.output
    (line,) = result.output.strip().splitlines()
    assert line.startswith("ok    service/moved-appointment ")
    assert line.endswith("en; 6 calls; ends well as resolved")


def test_the_check_tells_every_mistake_and_ends_with_one(runner: FlaskCliRunner, tmp_path: Path) -> None:
    path = write_example(tmp_path, {EXAMPLE: ("difficulty: 1", "difficulty: nine")})
    result = runner.invoke(content, ["check", str(path.parent)])
    assert result.exit_code == 1
    assert f"{EXAMPLE}:8: difficulty: 'nine' must be a whole number from 1 to 5" in result.output
    assert "WRONG service/moved-appointment: 1 mistake" in result.output


def test_a_scenario_that_cannot_be_won_fails_the_check(runner: FlaskCliRunner, tmp_path: Path) -> None:
    path = write_example(tmp_path, {EXAMPLE: ('after: ["settled:waits"]', 'after: ["firm_no:waits"]')})
    result = runner.invoke(content, ["check", str(path), "--seeds", "1"])
    assert result.exit_code == 1
    assert "model operator: must succeed" in result.output


@pytest.mark.parametrize("path", ["no/such/place", "README.md"])
def test_the_check_refuses_a_path_that_holds_no_scenario(runner: FlaskCliRunner, path: str) -> None:
    result = runner.invoke(content, ["check", path])
    assert result.exit_code == 2


def test_the_check_refuses_an_empty_folder(runner: FlaskCliRunner, tmp_path: Path) -> None:
    assert runner.invoke(content, ["check", str(tmp_path)]).exit_code == 2


def test_a_shared_file_stands_for_the_scenarios_beside_it(runner: FlaskCliRunner, tmp_path: Path) -> None:
    write_example(tmp_path)
    company = tmp_path / "scenarios" / "companies" / "corner-optics.yaml"
    result = runner.invoke(content, ["check", str(company), "--seeds", "1"])
    assert "service/moved-appointment" in result.output
