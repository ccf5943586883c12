"""`flask content new`: what it writes can be checked and played at once, for every company and in both directions."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from tests.factories.scenarios import SCENARIOS
from trainer.cli.content import content

COMPANIES = sorted(path.stem for path in (SCENARIOS / "companies").glob("*.yaml"))


@pytest.fixture
def scenarios(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """A folder of scenarios that holds only what scenarios share."""
    folder = tmp_path / "content" / "scenarios"
    for shared in ("companies", "manners", "menus"):
        shutil.copytree(SCENARIOS / shared, folder / shared)
    before = app.extensions["settings"]
    app.extensions["settings"] = replace(before, scenarios=folder)
    yield folder
    app.extensions["settings"] = before


@pytest.mark.parametrize("direction", ["inbound", "outbound"])
@pytest.mark.parametrize("company", COMPANIES)
def test_a_new_scenario_reads_and_plays_when_nothing_is_changed(
    runner: FlaskCliRunner, scenarios: Path, company: str, direction: str
) -> None:
    made = runner.invoke(content, ["new", "trial/my-call", "--company", company, "--direction", direction])
    assert made.exit_code == 0, made.output
    path = scenarios / "trial" / "my-call.yaml"
    assert made.output.strip() == str(path)
    checked = runner.invoke(content, ["check", str(path), "--seeds", "3"])
    assert checked.exit_code == 0, checked.output
    assert checked.output.startswith("ok    trial/my-call ")
    assert len(checked.output.splitlines()) == 1, "nothing beside it to be warned of"


def test_it_is_plainly_to_be_rewritten_and_says_what_belongs_where(runner: FlaskCliRunner, scenarios: Path) -> None:
    runner.invoke(content, ["new", "trial/my-call", "--company", COMPANIES[0]])
    text = (scenarios / "trial" / "my-call.yaml").read_text(encoding="utf-8")
    assert text.count("TO WRITE") == text.count("À ÉCRIRE") == 2
    assert "@" not in text
    top = [line for line in text.splitlines() if line[:1].isalpha()]
    assert not [line for line in top if "#" not in line], "every field is explained"


@pytest.mark.parametrize(
    ("place", "company", "said"),
    [
        ("trial/my-call", COMPANIES[0] + "x", f"did you mean {COMPANIES[0]!r}?"),
        ("trial/my-call", "../../etc/passwd", "no company"),
        ("my-call", COMPANIES[0], "write topic/slug"),
        ("../my-call", COMPANIES[0], "write topic/slug"),
        ("trial/deeper/my-call", COMPANIES[0], "write topic/slug"),
        ("trial/My Call", COMPANIES[0], "write topic/slug"),
        ("companies/my-call", COMPANIES[0], "choose another topic"),
    ],
)
def test_what_cannot_be_begun_is_told_in_one_line(
    runner: FlaskCliRunner, scenarios: Path, place: str, company: str, said: str
) -> None:
    result = runner.invoke(content, ["new", place, "--company", company])
    assert result.exit_code == 2
    (line,) = result.output.strip().splitlines()
    assert said in line
    assert not list(scenarios.rglob("my-call.yaml"))


@pytest.mark.parametrize("place", ["trial/my-call", "other/my-call"])
def test_a_scenario_is_not_overwritten_and_its_slug_not_taken_twice(
    runner: FlaskCliRunner, scenarios: Path, place: str
) -> None:
    path = scenarios / "trial" / "my-call.yaml"
    path.parent.mkdir()
    path.write_text("slug: my-call\n", encoding="utf-8")
    result = runner.invoke(content, ["new", place, "--company", COMPANIES[0]])
    assert result.exit_code == 2
    assert "trial/my-call.yaml exists already" in result.output
    assert path.read_text(encoding="utf-8") == "slug: my-call\n"


def test_a_company_that_cannot_be_read_is_named_with_its_mistake(runner: FlaskCliRunner, scenarios: Path) -> None:
    (scenarios / "companies" / "broken.yaml").write_text("slug: broken\nname: Broken\n", encoding="utf-8")
    result = runner.invoke(content, ["new", "trial/my-call", "--company", "broken"])
    assert result.exit_code == 2
    assert "mend the company first: scenarios/companies/broken.yaml:" in result.output
