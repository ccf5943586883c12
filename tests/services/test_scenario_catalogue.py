"""The catalogue of scenarios that the lobby shows."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from tests.factories.scenarios import write_example
from trainer.services import scenarios


def test_a_scenario_that_is_still_being_written_does_not_close_the_lobby(tmp_path: Path) -> None:
    folder = write_example(tmp_path).parent.parent
    broken = folder / "service" / "half-written.yaml"
    broken.write_text("slug: half-written\ntitle: [", encoding="utf-8")
    assert list(scenarios.published(folder)) == ["moved-appointment"]


def test_many_who_ask_at_once_read_the_files_once_and_nobody_waits_for_an_edit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_example(tmp_path).parent.parent
    begun, may_end, read = threading.Event(), threading.Event(), scenarios.read_scenarios
    times: list[int] = []

    def slowly(place: Path) -> Any:
        times.append(1)
        begun.set()
        assert may_end.wait(10)
        return read(place)

    monkeypatch.setattr(scenarios, "read_scenarios", slowly)
    found: list[Any] = []
    askers = [threading.Thread(target=lambda: found.append(scenarios.published(folder))) for _ in range(8)]
    for asker in askers:
        asker.start()
    assert begun.wait(10)
    may_end.set()
    for asker in askers:
        asker.join(10)
    assert len(times) == 1
    assert all(one is found[0] for one in found)
    assert len(found) == 8
    begun.clear()
    may_end.clear()
    (folder / "service" / "another.yaml").write_text("slug: another", encoding="utf-8")
    author = threading.Thread(target=lambda: found.append(scenarios.published(folder)))
    author.start()
    assert begun.wait(10)
    assert scenarios.published(folder) is found[0], "the one before, at once, while the new one is read"
    may_end.set()
    author.join(10)
    assert scenarios.published(folder) is found[-1]
    assert found[-1] is not found[0]
    assert len(times) == 2
