"""The whole way on real parts, by commands alone: a spoken call is recognized, understood and graded; a person with the
gates is decided over and certified; the paper is checked, revoked, and told apart from a forged one.

Nothing here is scripted: flite speaks for the operator, the recognizer hears it, and everything stands in a database that
`flask db upgrade` made. Commands run in this process, so that the model is loaded once, and in processes of their own
where that is the point.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskCliRunner

from tests.e2e.microphone import silence, spoken, write_microphone
from tests.factories.careers import go_by_short_ladder
from trainer.app import create_app
from trainer.config import ROOT, Settings
from trainer.domain.dialogue.operators import Model
from trainer.extensions import db
from trainer.ports import Ports
from trainer.services import category_decisions, demo_learning, demo_story
from trainer.store.accounts import User, find_user_by_email

pytestmark = pytest.mark.slow

SCENARIO = "scenarios/complaints/late-parcel.yaml"
ADDRESS = "https://training.example.org"
CATEGORY = "operator-3"
SPOKEN = (
    "Good morning, Brindle and Moss, this is Tom speaking. How can I help you?",
    "I am so sorry about the two days of waiting. May I have your name, the order number and your postcode, please?",
    "Thank you, Grace. Your parcel is at our Eastmere depot since Monday, because the label was torn. "
    "That is our mistake. When do you need it by, and what is it for?",
    "I understand, it has to be there before the trip. We will deliver it on Friday the sixteenth of October, "
    "between eight and six. Would that suit you?",
    "You are right, you paid for express and did not get it. I am refunding the five pounds fifteen to your card "
    "within five working days. Is that all right for you?",
    "The driver sends a text the evening before. Which mobile number should we use?",
    "So that is Friday the sixteenth of October at home, and five pounds fifteen back on your card. "
    "Is there anything else I can do for you?",
    "Thank you for your patience, and I hope he has a lovely trip. Goodbye.",
)
FORM = '{"today": "2026-10-14", "customer": "1", "depot": "Eastmere", "fee": "5.15"}'
"""The case that those words are right for, whatever a seed would draw."""
RECORD = {
    "reference": "BD71516", "reason": "label", "needed_by": "17/10/2026", "delivery_day": "16/10/2026",
    "phone": "07700 900150", "refund": "5.15",
}  # fmt: skip
WRITTEN = {"wrap_up": {"fields": RECORD, "disposition": "redelivery_agreed", "notes": "Friday 16 October."}}


def flask(instance: Path, *words: str, hash_seed: str = "0") -> subprocess.CompletedProcess[bytes]:
    """A command in a process of its own, as it is typed in the product's folder."""
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        cwd=ROOT,
        env={**os.environ, "INSTANCE": str(instance), "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        timeout=120,
    )


@dataclass
class Machine:
    """An installation with a database of its own and real engines."""

    app: Flask
    instance: Path
    runner: FlaskCliRunner

    def type(self, *words: str, secret: str = "") -> Result:
        return self.runner.invoke(args=words, env={"USER_PASSWORD": secret}, catch_exceptions=False)

    def json(self, *words: str, code: int = 0) -> Any:
        result = self.type(*words)
        assert (result.exit_code, result.stderr) == (code, ""), result.output
        return json.loads(result.stdout)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    instance = tmp_path_factory.mktemp("instance")
    made = flask(instance, "db", "upgrade")
    assert made.returncode == 0, made.stderr.decode()
    app = create_app(Settings(instance=instance, secret_key="for tests only", testing=True))
    with app.app_context():
        yield Machine(app, instance, app.test_cli_runner(mix_stderr=False))
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of what the operator says; a file of replies names recordings beside itself."""
    folder = tmp_path_factory.mktemp("said")
    for number, sentence in enumerate(SPOKEN, start=1):
        write_microphone(folder / f"{number}.wav", [silence(0.3), spoken(sentence), silence(0.3)])
    return folder


def said_aloud(folder: Path, name: str, turns: int) -> Path:
    rows: list[Any] = [{"audio": f"{number}.wav"} for number in range(1, turns + 1)]
    rows.insert(2, {"screen": {"action": "open", "field": "customer"}})
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in [*rows, WRITTEN]), encoding="utf-8")
    return path


def test_spoken_call_is_heard_understood_and_graded(machine: Machine, recordings: Path) -> None:
    replies = said_aloud(recordings, "whole.jsonl", len(SPOKEN))
    call = machine.json("call", "run", SCENARIO, "--replies", str(replies), "--form", FORM)
    heard = [event["data"] for event in call["events"] if event["type"] == "operator_utterance"]
    assert [one["source"] for one in heard] == ["spoken"] * len(SPOKEN)
    assert all("whisper" in one["engine"] and one["words"] and 0 < one["confidence"] <= 1 for one in heard)
    assert "brindle and moss" in heard[0]["text"].lower()
    assert "sorry" in heard[1]["text"]
    assert (call["scenario"], call["outcome"], call["events"][-1]["type"]) == (
        "late-parcel",
        "resolved",
        "wrap_up_saved",
    )
    grade = call["grade"]
    assert (grade["passed"], grade["errors"], grade["outcome"]) == (True, [], "resolved")
    assert grade["overall"] >= 80
    assert {criterion["id"] for criterion in grade["criteria"]} >= {"objections"}


def test_same_command_gives_the_same_bytes(machine: Machine, recordings: Path, tmp_path: Path) -> None:
    """Typed or spoken, in this process or another one with other hashes."""
    typed = tmp_path / "typed.jsonl"
    typed.write_text("\n".join([*SPOKEN, json.dumps(WRITTEN)]) + "\n", encoding="utf-8")
    for replies in (typed, said_aloud(recordings, "begun.jsonl", 2)):
        words = ("call", "run", SCENARIO, "--replies", str(replies), "--seed", "0")
        here, elsewhere = machine.type(*words), flask(machine.instance, *words, hash_seed="7")
        assert (here.exit_code, elsewhere.returncode) == (0, 0), elsewhere.stderr.decode()
        assert here.stdout_bytes == elsewhere.stdout


@pytest.fixture(scope="module")
def learner(machine: Machine) -> User:
    """Somebody with every gate of the short ladder's category: a course, assessed calls, a supervisor's word."""
    for name, role in (("Ada Stone", "learner"), ("Max Bell", "supervisor")):
        words = ["--name", name, "--role", role, "--organisation", "Centre"]
        email = f"{name.split()[0].lower()}@example.org"
        assert machine.type("users", "add", email, *words, secret="call-me-tomorrow").exit_code == 0
    ports: Ports = machine.app.extensions["ports"]
    settings: Settings = machine.app.extensions["settings"]
    ada, boss = (find_user_by_email(db.session, f"{name}@example.org") for name in ("ada", "max"))  # type: ignore[arg-type]
    assert ada is not None
    assert boss is not None
    session: Any = db.session
    now = datetime.now(UTC)
    go_by_short_ladder(session, ada.organisation)  # the whole ladder is climbed in tests/e2e/test_whole_way.py
    demo_learning.pass_course(session, ada.actor, settings.courses, now - timedelta(days=3))
    for slug in ("late-parcel", "new-home-internet"):
        at = now - timedelta(days=2)
        demo_story.play_call(session, ports, ada.actor, settings.scenarios, slug, "assessed", Model(), at)
    missing = machine.json("careers", "decide", "ada@example.org", CATEGORY, code=1)["missing"]
    assert [gate["gate"] for gate in missing] == ["attestation"]
    category_decisions.attest(
        session, boss.actor, ada.public_id, CATEGORY, "I sat beside her for two shifts.", datetime.now(UTC)
    )
    return ada


def test_decision_certificate_check_and_revocation(machine: Machine, learner: User, tmp_path: Path) -> None:
    decision = machine.json("careers", "decide", "ada@example.org", CATEGORY)
    assert (decision["granted"], decision["missing"]) == (True, [])
    pdf = tmp_path / "certificate.pdf"
    issue = ("certificates", "issue", "--decision", decision["decision"], "--address", ADDRESS)
    issued = machine.json(*issue, "--pdf", str(pdf))
    assert issued["holder"] == learner.name == "Ada Stone"
    assert issued["verify_url"].startswith(f"{ADDRESS}/v/")
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert machine.json(*issue) == issued, "a second time finds the first one"

    elsewhere = flask(machine.instance, "certificates", "verify", str(pdf))
    assert (elsewhere.returncode, json.loads(elsewhere.stdout)["status"]) == (0, "valid")
    assert machine.json("certificates", "verify", issued["verify_url"])["status"] == "valid"

    for name, content, status in false_papers(machine, pdf):
        (tmp_path / name).write_bytes(content)
        answer = machine.json("certificates", "verify", str(tmp_path / name), code=1)
        assert (name, answer["status"], answer["valid"]) == (name, status, False)
        assert answer["problems"]

    reason = "The calls were taken by somebody else."
    assert machine.json("certificates", "revoke", issued["number"], "--reason", reason)["reason"] == reason
    for what in (str(pdf), issued["verify_url"]):
        answer = machine.json("certificates", "verify", what, code=1)
        assert (answer["status"], answer["valid"], answer["reason"]) == ("revoked", False, reason)
    again = machine.type("certificates", "revoke", issued["number"], "--reason", reason)
    assert (again.exit_code, again.stderr) == (1, "Error: this certificate is revoked already\n")


def false_papers(machine: Machine, pdf: Path) -> Iterator[tuple[str, bytes, str]]:
    """(name, content, what the check says) of files that somebody could hand in instead of the certificate."""
    ports: Ports = machine.app.extensions["ports"]
    document = ports.pdf.attachments(pdf.read_bytes())["certificate.json"]
    yield "another-name.json", document.replace(b"Ada Stone", b"Eve Stone"), "not_genuine"
    yield "half.pdf", pdf.read_bytes()[: pdf.stat().st_size // 2], "unreadable"
    yield "letter.pdf", ports.pdf.render("<p>Ada Stone, operator</p>", base_folder=str(pdf.parent)), "unreadable"
    yield "notes.txt", b"Ada Stone, operator of category 3", "unreadable"
