"""`flask content bank`: out as GIFT and CSV, and in again only where nothing is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskCliRunner

from tests.factories.courses import course_of_all_kinds
from trainer.config import ROOT
from trainer.services.question_bank import MOST_BYTES

DATA = ROOT / "tests" / "data"
BANK = "content bank"
NEW = (
    "// [id:{id}] [tag:duty:IN3] [tag:lesson:01-all-of-it] [tag:difficulty:3]\n"
    "What now? {{\n=Ask#Right.\n~Wait a little#No.\n~Leave at once#No.\n}}\n\n"
)


@pytest.fixture
def course(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """A copy of the course of all kinds, the only one there is."""
    with course_of_all_kinds(app, tmp_path) as folder:
        yield folder


@pytest.fixture
def runner(app: Flask, course: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FlaskCliRunner:
    """Commands are typed in a folder with files of questions."""
    (tmp_path / "new.gift").write_text(NEW.format(id="new-one"), encoding="utf-8")
    (tmp_path / "nouveau.gift").write_text(NEW.format(id="new-one"), encoding="utf-8")
    (tmp_path / "taken.gift").write_text(NEW.format(id="belongs"), encoding="utf-8")
    (tmp_path / "empty.gift").write_bytes(b"")
    (tmp_path / "binary.gift").write_bytes(bytes(range(256)) * 10)
    (tmp_path / "huge.gift").write_bytes(b"x" * (MOST_BYTES + 1))
    (tmp_path / "dir").mkdir()
    monkeypatch.chdir(tmp_path)
    return app.test_cli_runner(mix_stderr=False)


def type_(runner: FlaskCliRunner, command: str) -> Result:
    return runner.invoke(args=f"content bank {command}".split(), catch_exceptions=False)


def bank(course: Path) -> list[str]:
    return sorted(path.name for path in (course / "questions").iterdir())


def test_questions_go_out_and_what_cannot_is_named(runner: FlaskCliRunner, tmp_path: Path) -> None:
    done = type_(runner, "export every-kind --format gift --language fr --out fr.gift")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "left out: hear-it: The kind “record” does not fit" in done.stderr
    assert "Quarante pains" in (tmp_path / "fr.gift").read_text(encoding="utf-8")
    printed = type_(runner, "export every-kind --format csv")
    assert printed.stdout_bytes.startswith(b"\xef\xbb\xbfid,kind,")


def test_questions_come_in_and_the_course_passes_its_check(runner: FlaskCliRunner, course: Path) -> None:
    done = type_(runner, "import new.gift --other nouveau.gift --course every-kind")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"ok    {course / 'questions' / 'new.yaml'}: 1 question\n"
    assert bank(course) == ["01-all-of-it.yaml", "new.yaml"]
    checked = runner.invoke(args=["content", "check", str(course)])
    assert "11 questions" in checked.stdout, checked.stdout


def test_an_existing_file_stays_without_force(runner: FlaskCliRunner, course: Path) -> None:
    there = course / "questions" / "new.yaml"
    type_(runner, "import new.gift --other nouveau.gift --course every-kind")
    before = there.read_bytes()
    again = type_(runner, "import new.gift --other nouveau.gift --course every-kind")
    assert (again.exit_code, again.stdout, again.stderr.count("\n")) == (2, "", 1)
    assert "exists already; --force" in again.stderr
    assert there.read_bytes() == before
    forced = type_(runner, "import new.gift --other nouveau.gift --course every-kind --force")
    assert forced.exit_code == 0, forced.stdout
    assert bank(course) == ["01-all-of-it.yaml", "new.yaml"]


def test_a_whole_bank_is_taken_out_edited_and_put_back(runner: FlaskCliRunner, course: Path, tmp_path: Path) -> None:
    """--force says that what the file holds now does not count, so its ids are free."""
    (course / "questions" / "extra.yaml").write_text("[]\n", encoding="utf-8")
    type_(runner, "export every-kind --format csv --out all.csv")
    rows = (tmp_path / "all.csv").read_text(encoding="utf-8-sig").splitlines()
    (tmp_path / "one.csv").write_text("\n".join([rows[0], rows[1].replace("plain-rolls", "rolls")]), encoding="utf-8")
    done = type_(runner, "import one.csv --course every-kind --out courses/every-kind/questions/extra.yaml --force")
    assert done.exit_code == 0, done.stdout
    assert "id: rolls" in (course / "questions" / "extra.yaml").read_text(encoding="utf-8")


def test_every_mistake_is_a_line_and_nothing_is_written(runner: FlaskCliRunner, course: Path) -> None:
    done = type_(runner, f"import {DATA / 'bank' / 'mistakes.csv'} --course every-kind")
    lines = done.stdout.splitlines()
    assert (done.exit_code, len(lines)) == (1, 15)
    assert any(
        line.endswith("mistakes.csv:3: Bad Id: duty: There is no duty “IN33”. Did you mean IN3?") for line in lines
    )
    assert lines[-1].endswith("14 mistakes; nothing was written")
    assert bank(course) == ["01-all-of-it.yaml"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("import new.gift --course every-kind", "Français is missing"),
        ("import new.gift --course every-kind --language fr", "English is missing"),
        ("import taken.gift --other taken.gift --course every-kind", "has a question belongs already"),
        ("import new.gift --other taken.gift --course every-kind", "The question new-one is not in the file"),
    ],
)
def test_a_failed_check_ends_in_one(runner: FlaskCliRunner, course: Path, command: str, words: str) -> None:
    done = type_(runner, command)
    assert words in done.stdout
    assert (done.exit_code, bank(course)) == (1, ["01-all-of-it.yaml"])


@pytest.mark.parametrize(("name", "words"), [("empty", "is empty"), ("binary", "is no text"), ("huge", "at most 1 MB")])
def test_a_file_that_cannot_be_read_ends_in_one_with_one_line(
    runner: FlaskCliRunner, course: Path, name: str, words: str
) -> None:
    done = type_(runner, f"import {name}.gift --course every-kind")
    assert words in done.stderr
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert bank(course) == ["01-all-of-it.yaml"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("export every-kind", "Missing option '--format'"),
        ("export every-kind --format xml", "'xml' is not one of"),
        ("export every-kinds --format csv", "did you mean 'every-kind'?"),
        ("export every-kind --format csv --language de", "'de' is not one of"),
        ("export every-kind --format csv --out dir", "Is a directory"),
        ("export every-kind --format csv --out dir/none/x", "No such file"),
        ("import missing.gift --course every-kind", "missing.gift: No such file"),
        ("import dir --course every-kind", "dir: Is a directory"),
        ("import new.gift", "Missing option '--course'"),
        ("import new.gift --course moon", "there is no course 'moon'"),
        ("import new.gift --course every-kind --out dir", "dir: Is a directory"),
        ("import new.gift --course every-kind --out empty.gift", "exists already"),
        ("import new.gift --course every-kind --format csv --other nouveau.gift", "--other is for GIFT"),
        ("import new.gift --other nouveau.gift --course every-kind --out none/x.yaml", "No such file"),
    ],
)
def test_wrong_use_ends_in_two_with_one_line(runner: FlaskCliRunner, command: str, words: str) -> None:
    result = type_(runner, command)
    assert words in result.stderr
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
