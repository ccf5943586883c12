"""`flask speech`, `flask models` and `flask doctor`: what they print and how they end."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner

from tests.adapters import speech_material as material
from tests.fakes import ScriptedEncoder, ScriptedJudge, ScriptedRecognizer, ScriptedSynthesizer
from trainer.adapters.clock import SystemClock
from trainer.adapters.files import LocalFileStore
from trainer.adapters.queue import InProcessQueue
from trainer.cli import doctor as doctor_module
from trainer.cli.doctor import doctor
from trainer.cli.models import models
from trainer.cli.speech import speech
from trainer.config import Settings
from trainer.ports import Attachment, EngineUnavailable, Ports


class PlainPdf:
    """A renderer that only shows that it was asked."""

    broken = False

    def render(self, html: str, *, base_folder: str, attachments: tuple[Attachment, ...] = ()) -> bytes:
        if self.broken:
            raise EngineUnavailable("pdf", "Pango is not installed")
        return b"%PDF-1.7 " + html.encode()


@pytest.fixture
def ear() -> ScriptedRecognizer:
    return ScriptedRecognizer(text="good morning")


@pytest.fixture
def app(tmp_path: Path, ear: ScriptedRecognizer) -> Flask:
    app = Flask("commands")
    app.extensions["settings"] = Settings(instance=tmp_path, models=material.MODELS, testing=True)
    app.extensions["ports"] = Ports(
        recognizer=ear,
        synthesizer=ScriptedSynthesizer(),
        encoder=ScriptedEncoder(),
        judge=None,
        files=LocalFileStore(str(tmp_path / "files")),
        queue=InProcessQueue(app),
        mailer=None,  # type: ignore[arg-type]
        pdf=PlainPdf(),
        clock=SystemClock(),
    )
    for command in (speech, doctor, models):
        app.cli.add_command(command)
    return app


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner(mix_stderr=False)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "hello.wav"
    path.write_bytes(material.file_of(material.flite("Good morning."), rate=16_000, channels=2, kind="WAV"))
    return path


def test_each_file_becomes_one_json_line(runner: FlaskCliRunner, recording: Path) -> None:
    result = runner.invoke(args=["speech", "transcribe", str(recording), str(recording)])
    assert result.exit_code == 0
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert first == second
    assert first["file"] == str(recording)
    assert first["text"] == "good morning"
    assert [word["word"] for word in first["words"]] == ["good", "morning"]
    assert set(first["words"][0]) == {"word", "start", "end", "confidence"}
    assert {"confidence", "engine", "seconds"} <= set(first)


def test_a_real_engine_can_be_chosen(runner: FlaskCliRunner, recording: Path) -> None:
    result = runner.invoke(args=["speech", "transcribe", str(recording), "--engine", "whisper", "--lang", "en"])
    assert result.exit_code == 0
    assert "morning" in json.loads(result.stdout)["text"].lower()


def test_the_other_files_are_heard_when_one_is_broken(runner: FlaskCliRunner, recording: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"RIFF but not really")
    result = runner.invoke(args=["speech", "transcribe", str(broken), str(recording)])
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr.strip() == f"{broken}: the file is broken or is not audio (WAV and FLAC can be read)"


def test_an_engine_that_is_missing_ends_in_one(
    runner: FlaskCliRunner, recording: Path, ear: ScriptedRecognizer
) -> None:
    ear.unavailable = "the model is not installed"
    result = runner.invoke(args=["speech", "transcribe", str(recording)])
    assert result.exit_code == 1
    assert "the model is not installed" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["transcribe"],
        ["transcribe", "/no/such/file.wav"],
        ["transcribe", "setup.py", "--lang", "de"],
        ["transcribe", "setup.py", "--engine", "ouija"],
        ["say", "hello"],
        ["say", " ", "--out", "x.wav"],
        ["say", "hello", "--out", "x.wav", "--line", "fax"],
        ["say", "hello", "--out", "x.wav", "--voice", "robot"],
        ["say", "hello", "--out", "x.wav", "--engine", "parrot"],
        ["say", "hello", "--out", "x.wav", "--lang", "de"],
        ["say", "hello", "--out", "x.wav", "--noise", "rain"],
        ["say", "hello", "--out", "x.wav", "--quality", "bad"],
        ["say", "hello", "--out", "x.wav", "--timbre", "5"],
    ],
)
def test_wrong_use_ends_in_two_with_one_line(runner: FlaskCliRunner, arguments: list[str]) -> None:
    result = runner.invoke(args=["speech", *arguments])
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stdout == ""


def test_a_text_is_said_into_a_file(runner: FlaskCliRunner, tmp_path: Path) -> None:
    out = tmp_path / "line.wav"
    result = runner.invoke(args=["speech", "say", "Hello, it is £14.90.", "--out", str(out), "--engine", "flite"])
    assert result.exit_code == 0
    assert json.loads(result.stdout)["engine"].startswith("flite")
    assert out.read_bytes().startswith(b"RIFF")


def test_a_file_that_cannot_be_written_ends_in_one(runner: FlaskCliRunner, tmp_path: Path) -> None:
    result = runner.invoke(args=["speech", "say", "Hello.", "--out", str(tmp_path / "no" / "line.wav")])
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr


def test_say_puts_a_person_on_a_bad_line(runner: FlaskCliRunner, tmp_path: Path) -> None:
    said = {}
    for quality in ("good", "poor"):
        out = tmp_path / f"{quality}.wav"
        options = ["--noise", "street", "--quality", quality, "--timbre", "3", "--voice", "male", "--engine", "flite"]
        result = runner.invoke(args=["speech", "say", "Hello, it is £14.90.", "--out", str(out), *options])
        assert result.exit_code == 0, result.output
        assert "awb" in json.loads(result.stdout)["engine"]
        assert material.shape_of(out.read_bytes())[:3] == (1, 2, 8_000)
        said[quality] = out.read_bytes()
    assert said["good"] != said["poor"]


def test_installing_says_that_the_model_is_ready(runner: FlaskCliRunner) -> None:
    result = runner.invoke(args=["models", "install"])
    assert result.exit_code == 0
    assert "ready" in result.stdout


def test_the_doctor_tries_each_engine(runner: FlaskCliRunner) -> None:
    result = runner.invoke(args=["doctor"])
    assert result.exit_code == 0, result.output
    for part in ("voice flite (en)", "voice espeak (fr)", "recognition whisper (en)", "recognition whisper (fr)",
                 "recognition sphinx (en)", "sentence encoder", "PDF", "file store", "job queue"):  # fmt: skip
        (line,) = (line for line in result.stdout.splitlines() if line.startswith(part))
        assert "works" in line
    assert "InProcessQueue ran a job" in result.stdout
    assert re.search(r"^signing keys +off ", result.stdout, re.MULTILINE)
    assert re.search(r"^PUBLIC_URL +degraded .*for good", result.stdout, re.MULTILINE)
    assert re.search(r"^judge +off .*JUDGE_URL and JUDGE_MODEL are not set", result.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    ("judge", "shown"),
    [
        (
            ScriptedJudge({"offers_step": ("yes", "refund it today")}),
            r"works .*scripted judge is reachable and says yes",
        ),
        (ScriptedJudge(unavailable="it cannot be reached"), r"degraded .*it cannot be reached"),
    ],
    ids=["answers", "down"],
)
def test_the_doctor_asks_the_judge_where_one_is_set_up(app: Flask, judge: ScriptedJudge, shown: str) -> None:
    ports = replace(app.extensions["ports"], judge=judge)
    found = list(doctor_module.examine(Settings(recognizers=(), synthesizers=(), testing=True), ports))
    (line,) = (f"{f.state} {f.detail}" for f in found if f.part == "judge")
    assert re.match(shown, line)
    assert not any(f.required for f in found if f.part == "judge")


def test_the_doctor_ends_in_one_when_something_required_fails(
    runner: FlaskCliRunner, monkeypatch: pytest.MonkeyPatch, app: Flask
) -> None:
    monkeypatch.setattr(PlainPdf, "broken", True)
    monkeypatch.setattr(doctor_module, "_QUEUE_SECONDS", 0.05)
    monkeypatch.setattr(InProcessQueue, "enqueue", lambda *_, **__: None)
    result = runner.invoke(args=["doctor"])
    assert result.exit_code == 1
    assert "Pango is not installed" in result.stdout
    assert "no worker ran a job" in result.stdout
    assert result.stderr.strip() == "2 required parts do not work."


def test_the_doctor_shows_a_missing_model_as_degraded(runner: FlaskCliRunner, app: Flask, tmp_path: Path) -> None:
    app.extensions["settings"] = Settings(instance=tmp_path, models=tmp_path / "none", testing=True)
    result = runner.invoke(args=["doctor"])
    assert result.exit_code == 0, result.output
    (line,) = (line for line in result.stdout.splitlines() if line.startswith("recognition (fr)"))
    assert "degraded" in line
    assert "flask models install" in line
