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
        told = [line for line in result.output.splitlines() if line.startswith(f"ok    courses/{SLUG} ")]
        assert [line.partition(": ")[2] for line in told] == ["en, fr; 3 lessons, 10 questions"]


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


def test_job_description_is_checked_with_the_courses_and_by_its_own_name(
    runner: FlaskCliRunner, tmp_path: Path
) -> None:
    file = ROOT / "courses" / "documents" / "job-description.yaml"
    for path in (SAMPLES, file.parent, file):
        result = runner.invoke(args=["content", "check", str(path)])
        assert result.exit_code == 0, result.output
        assert result.output.endswith("ok    documents/job-description.yaml 1: en, fr; 54 items\n")
    wrong = tmp_path / "job-description.yaml"
    wrong.write_text(file.read_text(encoding="utf-8").replace("- id: K9", "- id: K8"), encoding="utf-8")
    result = runner.invoke(args=["content", "check", str(wrong)])
    assert result.exit_code == 1
    assert ": K8 is there twice" in result.output
    assert "K9 is missing" in result.output
    assert result.output.endswith("WRONG documents/job-description.yaml: 2 mistakes\n")
