"""Every command, used wrongly in every way that a person or a script does: an exit code, one clear line, no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask.testing import FlaskCliRunner
from sqlalchemy.orm import Session

from tests.factories.accounts import make_user
from trainer.cli import COMMANDS
from trainer.config import ROOT, Settings
from trainer.extensions import db
from trainer.store.accounts import Organisation
from trainer.store.scenario_versions import has_scenario_version

REPLY = {
    "id": "1", "lang": "en", "channel": "voice", "duty": "OUT3", "situation": "A sale.", "objection_type": "price",
    "customer": "It is too dear.", "reply": "I see.", "text": "Hello.",
}  # fmt: skip
FILES: dict[str, bytes] = {
    "empty": b"",
    "latin": "café\n".encode("latin-1"),
    "malformed": b'{"id": 1\n',
    "a-list": b"[1, 2]\n",
    "nul": b"a\0b\n",
    "ok": json.dumps(REPLY).encode(),
    "words": b"Good morning.\n",
    "bad.yaml": b"slug: bad\n",
    "broken.yaml": b"a: [\n",
    "empty.yaml": b"",
    "latin.yaml": "café: 1\n".encode("latin-1"),
}
UNREADABLE = "/proc/self/mem"
"""Opens, and fails to be read: for the administrator too, whom no mode of a file stops."""
FULL = "/dev/full"


@pytest.fixture
def runner(app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FlaskCliRunner:
    """Commands are typed in a folder with the files of `FILES`, a folder `dir` and a folder called `dir.yaml`."""
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    for name in ("dir", "dir.yaml"):
        (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path)
    return app.test_cli_runner(mix_stderr=False)


def type_(runner: FlaskCliRunner, command: str) -> Result:
    """An exception that nobody caught fails the test as itself."""
    return runner.invoke(args=command.split(), catch_exceptions=False)


def told(result: Result) -> list[str]:
    """The lines on stderr, without the note that tests have no trained head."""
    return [line for line in result.stderr.splitlines() if not line.startswith("no trained sentence encoder")]


CALL, ISSUE = "call run late-parcel --replies", "certificates issue --address https://x.example --decision"
BULK = "certificates bulk --address https://x.example"
WRONG_USE = [
    # (command, words of its one line on stderr)
    *[(f"{command} --wrong", "No such option: --wrong") for command in (
        "grade replies", "understand", "call run", "call list", "call show", "call regrade", "speech transcribe",
        "speech say", "doctor", "content check", "content publish", "content bank export", "content bank import", "demo load", "users add", "certificates issue",
        "certificates bulk", "certificates verify", "certificates revoke", "careers decide", "models install",
    )],
    *[(f"{group} nothing", "No such command") for group in (
        "grade", "call", "speech", "content", "content bank", "demo", "users", "certificates", "careers", "models",
    )],
    ("grade replies", "Missing option '--in'"),
    ("grade replies --in ok", "Missing option '--out'"),
    ("grade replies --in ok --out x --judge moon", "'moon' is not one of"),
    ("grade replies --in missing --out x", "missing: No such file"),
    ("grade replies --in dir --out x", "dir: Is a directory"),
    ("grade replies --in ok --out ok", "the same file"),
    ("understand", "--in FILE and --out FILE"),
    ("understand --in missing --out x", "missing: No such file"),
    ("understand --in dir --out x", "dir: Is a directory"),
    ("understand --in ok --out dir", "dir: Is a directory"),
    ("understand --in ok --out ok", "the same file"),
    ("call run", "Missing argument 'SCENARIO'"),
    ("call run late-parcel", "Missing option '--replies'"),
    ("call run late-parcel --replies", "requires an argument"),
    ("call run late-parcel more --replies words", "unexpected extra argument (more)"),
    (f"{CALL} missing", "missing: No such file"),
    (f"{CALL} dir", "dir: Is a directory"),
    (f"{CALL} latin", "latin: not a text in UTF-8"),
    (f"{CALL} malformed", "line 1: not JSON"),
    (f"{CALL} {UNREADABLE}", "Input/output error"),
    (f"{CALL} words --seed moon", "'moon' is not a valid integer"),
    (f"{CALL} words --lang de", "'de' is not one of"),
    (f"{CALL} words --form {{", "--form is not JSON"),
    (f"{CALL} words --out dir", "dir: Is a directory"),
    (f"{CALL} words --out {FULL}", "No space left"),
    ("call run missing --replies words", "no scenario 'missing'; there are"),
    ("call run missing.yaml --replies words", "missing.yaml: no such file"),
    ("call run dir.yaml --replies words", "dir.yaml: no such file"),
    ("call run bad.yaml --replies words", "bad.yaml:1: "),
    ("call run broken.yaml --replies words", "is not YAML"),
    ("call run empty.yaml --replies words", "is empty"),
    ("call run latin.yaml --replies words", "not UTF-8"),
    ("call show", "Missing argument 'ID'"),
    ("call show moon", "no such call"),
    ("call regrade moon", "no such call: moon"),
    ("call regrade --all moon", "not both"),
    ("call list more", "unexpected extra argument"),
    ("speech transcribe", "name at least one"),
    ("speech transcribe missing", "no file missing"),
    ("speech transcribe dir", "no file dir"),
    ("speech transcribe words --lang de", "must be en or fr"),
    ("speech transcribe words --engine moon", "must be one of"),
    ("speech say", "Missing argument 'TEXT'"),
    ("speech say Hello", "--out"),
    ("speech say Hello --out x --difficulty moon", "'moon' is not a valid integer"),
    ("doctor more", "unexpected extra argument"),
    ("content check missing", "no file or folder missing"),
    ("content check words", "no folder and no .yaml file"),
    ("content check dir", "dir holds no scenario"),
    ("content check bad.yaml --seeds 0", "not in the range"),
    ("users add", "Missing argument 'EMAIL'"),
    ("users add a@b.example", "Missing option '--organisation'"),
    ("users add a@b.example --organisation X --role king", "'king' is not one of"),
    ("users add a@b.example --organisation X --password-stdin", "needs --name"),
    ("certificates issue", "Missing option '--decision'"),
    ("certificates issue --decision moon", "nothing with this id"),
    (f"{ISSUE} moon --pdf dir", "'dir' is a directory"),
    ("certificates issue --decision moon --address http://[::1", "no address of a site"),
    ("certificates bulk", "Missing argument 'FILE'"),
    (f"{BULK} missing", "No such file"),
    (f"{BULK} dir", "Is a directory"),
    ("certificates verify", "Missing argument"),
    ("certificates verify missing", "missing: No such file"),
    ("certificates verify dir", "dir: Is a directory"),
    ("certificates verify http://", "no address of a page"),
    ("certificates verify http://[::1", "no address of a page"),
    ("certificates verify ok --issuer missing", "'missing' does not exist"),
    ("certificates verify ok --issuer empty", "no issuer document: it is not JSON"),
    ("certificates verify ok --issuer latin", "no issuer document: it is not JSON"),
    ("certificates verify ok --issuer ok", "no issuer document"),
    ("certificates revoke moon", "Missing option '--reason'"),
    ("certificates revoke moon --reason Because", "no certificate with this id"),
    ("careers decide", "Missing argument 'PERSON'"),
    ("careers decide zoe@example.org", "Missing argument 'CATEGORY'"),
    ("careers decide moon operator-3", "no such person"),
    ("careers decide zoe@example.org moon", "no such category"),
    ("careers decide zoe@example.org operator-3 more", "unexpected extra argument"),
]  # fmt: skip
FAILED = [
    # (command, words of its one line on stderr, or "" where the answer stands on stdout)
    ("grade replies --in latin --out x", "latin:1: not JSON"),
    ("grade replies --in malformed --out x", "malformed:1: not JSON"),
    ("grade replies --in a-list --out x", "an object is expected"),
    ("grade replies --in nul --out x", "not JSON"),
    (f"grade replies --in {UNREADABLE} --out x", "Input/output error"),
    (f"grade replies --in ok --out {FULL}", "No space left"),
    ("understand --in latin --out x", "latin:1: not JSON"),
    ("understand --in malformed --out x", "malformed:1: not JSON"),
    ("understand --in a-list --out x", "an object is expected"),
    ("understand --in nul --out x", "not JSON"),
    (f"understand --in {UNREADABLE} --out x", "Input/output error"),
    (f"understand --in ok --out {FULL}", "No space left"),
    ("speech transcribe empty", "empty: the file is empty"),
    ("speech transcribe words", "words: the file is broken or is not audio"),
    (f"speech transcribe {UNREADABLE}", "Input/output error"),
    (f"speech say Hello --out {FULL}", "No space left"),
    ("content check bad.yaml", ""),
    ("content check broken.yaml", ""),
    ("content check empty.yaml", ""),
    ("content check latin.yaml", ""),
    (f"{BULK} latin", ""),
    (f"{BULK} malformed", ""),
    (f"{BULK} a-list", ""),
    (f"{BULK} nul", ""),
    (f"{BULK} {UNREADABLE}", "Input/output error"),
    ("certificates verify empty", ""),
    ("certificates verify words", ""),
    ("certificates verify nul", ""),
    ("certificates verify http://127.0.0.1:9/v/x", "cannot be reached: Connection refused"),
    ("certificates verify http://127.0.0.1:9/v/x?\u00a0", "cannot be reached"),
    ("careers decide zoe@example.org operator-3", ""),
]
DONE = [
    "grade replies --in empty --out x",
    "understand --in empty --out x",
    f"{CALL} empty",
    f"{CALL} nul",
    f"{CALL} words --seed -5",
    f"{CALL} words --seed 99999999999999999999999999",
    f"{BULK} empty",
    "call list",
    "call regrade",
    "call regrade --all",
]


@pytest.fixture
def _zoe(session: Session, organisation: Organisation) -> None:
    make_user(session, organisation, ("learner",), email="zoe@example.org")


@pytest.mark.usefixtures("_zoe")
@pytest.mark.parametrize(("command", "words"), WRONG_USE)
def test_wrong_use_ends_in_two_with_one_line(runner: FlaskCliRunner, command: str, words: str) -> None:
    result = type_(runner, command)
    assert words in result.stderr
    assert (result.exit_code, result.stdout, len(told(result))) == (2, "", 1)


@pytest.mark.usefixtures("_zoe")
@pytest.mark.parametrize(("command", "words"), FAILED)
def test_what_cannot_be_done_ends_in_one(runner: FlaskCliRunner, command: str, words: str) -> None:
    result = type_(runner, command)
    assert words in result.stderr
    assert (result.exit_code, len(told(result))) == (1, 1 if words else 0)
    assert bool(result.stdout) is not bool(words)


@pytest.mark.parametrize("command", DONE)
def test_little_to_do_is_no_failure(runner: FlaskCliRunner, command: str) -> None:
    result = type_(runner, command)
    assert (result.exit_code, told(result)) == (0, [])


@pytest.mark.parametrize(
    "command",
    [
        "call list", "call show x", "call regrade", "careers decide a b", f"{ISSUE} x", f"{BULK} words",
        "certificates revoke x --reason Because", "users add a@b.example --organisation X", "demo load",
    ],
)  # fmt: skip
def test_missing_tables_are_one_line(runner: FlaskCliRunner, session: Session, command: str) -> None:
    session.rollback()
    db.drop_all()
    result = type_(runner, command)
    assert "`flask db upgrade`" in result.stderr
    assert (result.exit_code, result.stdout, len(told(result))) == (2, "", 1)


def test_database_that_is_none_is_one_line(runner: FlaskCliRunner, session: Session, tmp_path: Path) -> None:
    session.remove()  # type: ignore[attr-defined]
    db.engine.dispose()
    for name in ("trainer.sqlite-wal", "trainer.sqlite-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    (tmp_path / "trainer.sqlite").write_bytes(b"no database at all" * 500)
    result = type_(runner, "call list")
    assert (result.exit_code, result.stderr) == (1, "Error: the database does not answer: file is not a database\n")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("CPU_THREADS", "many", "CPU_THREADS is 'many'"), ("RECOGNIZERS", "moon", "'moon' is no speech recognizer")],
)
def test_setting_that_cannot_be_used_is_one_line(tmp_path: Path, name: str, value: str, words: str) -> None:
    """Before there is an application: as it is typed."""
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", "call", "list"],
        cwd=ROOT,
        env={**os.environ, "INSTANCE": str(tmp_path), name: value},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert words in done.stderr


def test_every_command_is_in_the_tables(app: Any) -> None:
    typed = {command.split()[0] for command, _ in WRONG_USE}
    assert typed == {app.cli.commands[name].name for name in app.cli.commands} - {"db", "limiter"}
    assert len(typed) == len(COMMANDS)


def test_a_certificate_number_among_rows_that_are_none(runner: FlaskCliRunner) -> None:
    row = json.loads(type_(runner, f"{BULK} malformed").stdout)
    assert (row["line"], row["error"]) == (1, "there is nothing with this id")


def test_publishing_keeps_each_version_once_and_nothing_that_is_wrong(
    runner: FlaskCliRunner, app: Any, session: Session, tmp_path: Path
) -> None:
    folder = tmp_path / "scenarios" / "complaints"
    folder.mkdir(parents=True)
    for name in ("companies", "manners", "menus"):
        (tmp_path / "scenarios" / name).symlink_to(ROOT / "scenarios" / name)
    text = (ROOT / "scenarios/complaints/late-parcel.yaml").read_text(encoding="utf-8")
    (folder / "late-parcel.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "courses").mkdir()
    app.extensions["settings"] = Settings(
        instance=tmp_path, scenarios=tmp_path / "scenarios", courses=tmp_path / "courses", testing=True
    )
    first, second = (type_(runner, "content publish --seeds 1").stdout.splitlines() for _ in range(2))
    assert (first[0][:5], first[1][:27]) == ("ok   ", "new   scenario late-parcel ")
    assert second[1] == first[1].replace("new  ", "known")
    assert has_scenario_version(session, "late-parcel", first[1].split()[-1])
    (folder / "late-parcel.yaml").write_text(text.replace("difficulty: 3", "difficulty: 9"), encoding="utf-8")
    result = type_(runner, "content publish --seeds 1")
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "new" not in result.stdout
