"""The catalogue of scenarios that the lobby shows."""

from __future__ import annotations

from pathlib import Path

from tests.factories.scenarios import write_example
from trainer.services import scenarios


def test_a_scenario_that_is_still_being_written_does_not_close_the_lobby(tmp_path: Path) -> None:
    folder = write_example(tmp_path).parent.parent
    broken = folder / "service" / "half-written.yaml"
    broken.write_text("slug: half-written\ntitle: [", encoding="utf-8")
    assert list(scenarios.published(folder)) == ["moved-appointment"]
