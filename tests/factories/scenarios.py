"""Scenario files for tests: the example of docs/scenario-format.md, laid out on disk, whole or with a mistake in it."""

from __future__ import annotations

import re
import shutil
from functools import lru_cache
from pathlib import Path

from trainer.config import ROOT
from trainer.content.scenarios import load_scenario, load_scenarios
from trainer.domain.forms import open_case
from trainer.domain.scenario import Case, Scenario

SCENARIOS = ROOT / "scenarios"
DOCUMENT = ROOT / "docs" / "scenario-format.md"
BLOCK = re.compile(r"<!-- (scenarios/\S+) -->\n```yaml\n(.*?)```", re.DOTALL)
EXAMPLE = "scenarios/service/moved-appointment.yaml"
COMPANY = "scenarios/companies/corner-optics.yaml"


def documented() -> dict[str, str]:
    """Path -> text of each file that the document shows whole."""
    return dict(BLOCK.findall(DOCUMENT.read_text(encoding="utf-8")))


def write_example(folder: Path, replaced: dict[str, tuple[str, str]] | None = None) -> Path:
    """The example below `folder`, each `replaced` file with a text put in another's place once. Gives the scenario."""
    for name, text in documented().items():
        old, new = (replaced or {}).get(name, ("", ""))
        assert not old or old in text, f"{old!r} is not in {name}"
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    shutil.copytree(SCENARIOS / "manners", folder / "scenarios" / "manners", dirs_exist_ok=True)
    return folder / EXAMPLE


@lru_cache(maxsize=1)
def all_scenarios() -> dict[str, Scenario]:
    """The scenarios of the repository by slug."""
    return {scenario.slug: scenario for scenario in load_scenarios(SCENARIOS)}


def case_of(slug: str, language: str = "en", seed: int = 0, **overrides: str) -> Case:
    return open_case(all_scenarios()[slug], language, seed, overrides)


def load_example(folder: Path) -> Scenario:
    return load_scenario(write_example(folder))
