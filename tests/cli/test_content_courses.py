"""`flask content check` on courses: one line each, every mistake, and an exit code that a build can trust."""

from __future__ import annotations

import shutil
from pathlib import Path

from flask.testing import FlaskCliRunner

from trainer.config import ROOT

SAMPLES = ROOT / "tests" / "data" / "courses"
SLUG = "complaint-calls"


def test_course_is_told_whole_when_nothing_is_wrong(runner: FlaskCliRunner) -> None:
    for path in (SAMPLES / SLUG, SAMPLES / SLUG / "course.yaml"):
        result = runner.invoke(args=["content", "check", str(path)])
        assert result.exit_code == 0, result.output
        assert result.output.startswith(f"ok    courses/{SLUG} ")
        assert result.output.endswith(": en, fr; 3 lessons, 10 questions\n")


def test_every_mistake_of_a_course_is_told_when_there_are_some(runner: FlaskCliRunner, tmp_path: Path) -> None:
    folder = shutil.copytree(SAMPLES / SLUG, tmp_path / SLUG)
    text = (folder / "course.yaml").read_text(encoding="utf-8")
    (folder / "course.yaml").write_text(text.replace("[late-parcel]", "[lost-parcel]"), encoding="utf-8")
    (folder / "03-write-it-down.fr.md").unlink()
    result = runner.invoke(args=["content", "check", str(folder)])
    assert result.exit_code == 1
    assert f"{SLUG}/course.yaml:8: calls[0]: 'lost-parcel' is not known" in result.output
    assert f"{SLUG}/03-write-it-down.fr.md:1: is missing" in result.output
    assert result.output.endswith(f"WRONG courses/{SLUG}: 2 mistakes\n")
