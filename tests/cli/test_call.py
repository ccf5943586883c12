"""`flask call`: whole calls from a file of replies, and stored calls looked at and graded again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask.testing import FlaskCliRunner
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from tests.factories.accounts import make_user
from tests.fakes import ScriptedRecognizer
from trainer.adapters.speech.audio import wav_bytes
from trainer.config import Settings
from trainer.content.scenarios import load_scenario
from trainer.domain.events import make_event
from trainer.domain.grading.as_json import grade_as_json, grade_from_json
from trainer.extensions import db
from trainer.ports import PCM_RATE, Ports
from trainer.services.scenarios import keep_version
from trainer.store.accounts import Organisation
from trainer.store.calls import FINISHED, Call, CallGradeRow, add_call, append_events

SCENARIO = "late-parcel"
HELLO = "Good morning, Brindle and Moss, this is Tom, how can I help you?"
SORRY = "I am sorry about the two days. May I have your name and the order number, please?"
WRITTEN = {"wrap_up": {"fields": {"reference": "PB1"}, "disposition": "not_solved", "notes": "Cut off."}}


@pytest.fixture
def replies(tmp_path: Path) -> Path:
    return tmp_path / "replies.jsonl"


def play(runner: FlaskCliRunner, replies: Path, *steps: Any, more: tuple[str, ...] = ()) -> Result:
    lines = [step if isinstance(step, str) else json.dumps(step) for step in steps]
    replies.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return runner.invoke(args=["call", "run", SCENARIO, "--replies", str(replies), *more])


def refused(result: Result) -> str:
    """Wrong use: exit 2 and one line."""
    assert result.exit_code == 2, result.output
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""
    return result.stderr


@pytest.fixture
def runner(app: Any) -> FlaskCliRunner:
    return app.test_cli_runner(mix_stderr=False)


def test_call_is_played_and_graded_as_one_document(runner: FlaskCliRunner, replies: Path) -> None:
    result = play(runner, replies, HELLO, {"text": SORRY}, WRITTEN, more=("--seed", "7", "--lang", "en"))
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    assert set(document) == {"scenario", "version", "seed", "events", "outcome", "grade"}
    assert (document["scenario"], document["seed"], document["outcome"]) == (SCENARIO, 7, "operator_hung_up")
    assert [e["seq"] for e in document["events"]] == list(range(1, len(document["events"]) + 1))
    assert [e["at_ms"] for e in document["events"]] == sorted(e["at_ms"] for e in document["events"])
    for event in document["events"]:
        make_event(event["seq"], event["at_ms"], event["type"], **event["data"])
    assert grade_as_json(grade_from_json(document["grade"])) == document["grade"]


def test_same_replies_give_the_same_bytes_and_another_seed_another_form(runner: FlaskCliRunner, replies: Path) -> None:
    first, second = (play(runner, replies, HELLO, SORRY).stdout_bytes for _ in range(2))
    assert first == second
    forms = {
        json.dumps(json.loads(play(runner, replies, HELLO, more=("--seed", str(n))).stdout)["events"][0])
        for n in range(6)
    }
    assert len(forms) > 1


def test_form_sets_values_by_hand_and_out_writes_a_file(runner: FlaskCliRunner, replies: Path, tmp_path: Path) -> None:
    out = tmp_path / "call.json"
    more = ("--form", '{"fee": "5.50", "customer": "2"}', "--out", str(out), "--lang", "fr")
    result = play(runner, replies, "Bonjour.", more=more)
    assert (result.exit_code, result.stdout) == (0, "")
    form = json.loads(out.read_text(encoding="utf-8"))["events"][0]["data"]["form"]
    assert (form["fee"], form["customer.first"]) == ("5.50", "Claire")


def test_every_kind_of_step_leaves_its_event(runner: FlaskCliRunner, replies: Path) -> None:
    steps = (
        HELLO, {"screen": {"action": "open", "field": "customer"}}, {"screen": {"field": "phone", "value": "07700 900115"}},
        {"key": "5"}, {"silence": 5}, SORRY, {"hold": {"seconds": 9}},
        {"text": "thank you", "spoken": True, "confidence": 0.8, "interrupts": True},
        {"transfer": {"to": "delivery", "briefing": "Late parcel."}}, WRITTEN,
    )  # fmt: skip
    result = play(runner, replies, *steps)
    assert result.exit_code == 0, result.stderr
    types = {e["type"] for e in json.loads(result.stdout)["events"]}
    assert types >= {
        "call_started", "customer_line", "operator_utterance", "screen_action", "key_press", "hold_started",
        "hold_ended", "silence", "transfer", "call_ended", "wrap_up_saved",
    }  # fmt: skip


def test_steps_after_the_end_are_told_and_change_nothing(runner: FlaskCliRunner, replies: Path) -> None:
    result = play(runner, replies, HELLO, {"hang_up": True}, "Still there?", WRITTEN)
    assert result.exit_code == 0
    assert "before line 3: 1 step" in result.stderr
    events = json.loads(result.stdout)["events"]
    assert sum(e["type"] == "operator_utterance" for e in events) == 1
    assert events[-1]["type"] == "wrap_up_saved"


def test_recording_is_recognized_without_the_engines_time(
    runner: FlaskCliRunner, replies: Path, ports: Ports, tmp_path: Path
) -> None:
    assert isinstance(ports.recognizer, ScriptedRecognizer)
    ports.recognizer.text = HELLO
    (tmp_path / "one.wav").write_bytes(wav_bytes(b"\x10\x20" * PCM_RATE * 3, PCM_RATE))
    (tmp_path / "quiet.wav").write_bytes(wav_bytes(bytes(2 * PCM_RATE * 5), PCM_RATE))
    result = play(runner, replies, {"audio": "one.wav"}, {"audio": "quiet.wav"})
    assert result.exit_code == 0, result.stderr
    events = json.loads(result.stdout)["events"]
    said = next(e["data"] for e in events if e["type"] == "operator_utterance")
    assert (said["text"], said["source"], said["ended_ms"] - said["started_ms"]) == (HELLO, "spoken", 3000)
    assert [e["data"]["seconds"] for e in events if e["type"] == "silence"] == [4.0]


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ("{not json", "line 1: not JSON"),
        ('{"say": "Hello"}', "line 1: one of text, audio"),
        ('{"text": "Hello", "audio": "a.wav"}', "line 1: one of text, audio"),
        ('{"text": 5}', "line 1: some text"),
        ('{"text": "Hello", "loud": true}', "'loud' means nothing"),
        ('{"silence": -1}', "seconds from 0"),
        ('{"silence": true}', "seconds from 0"),
        ('{"hold": "long"}', "seconds from 0"),
        ('{"key": "55"}', "a key is one of"),
        ('{"hang_up": false}', '"hang_up": true'),
        ('{"screen": {"action": "paint", "field": "phone"}}', "the action is 'paint'"),
        ('{"screen": {"value": "x"}}', "'field' is missing"),
        ('{"screen": {"field": "colour", "value": "x"}}', "no field 'colour'"),
        ('{"screen": {"field": "delivery_day", "value": "next Tuesday"}}', "'delivery_day' is no date"),
        ('{"transfer": "moon"}', "no place 'moon'"),
        ('{"wrap_up": {"disposition": "great"}}', "no code 'great'"),
        ('{"wrap_up": {"fields": {"reason": "weather"}}}', "values to choose from"),
        ('{"audio": "missing.wav"}', "line 1: missing.wav: No such file"),
        ('{"audio": "replies.jsonl"}', "broken or no WAV"),
        ("word " * 1001, "at most 1000 words"),
    ],
)  # fmt: skip
def test_step_that_cannot_be_done_is_one_line(runner: FlaskCliRunner, replies: Path, step: str, reason: str) -> None:
    assert reason in refused(play(runner, replies, step))


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (("--form", "{"), "--form is not JSON"),
        (("--form", "[1]"), "--form has to be an object"),
        (("--form", '{"moon": "1"}'), "no variable 'moon'"),
        (("--form", '{"customer": "99"}'), "rows 0 to"),
        (("--form", '{"fee": "much"}'), "--form"),
        (("--out", "/nowhere/at/all.json"), "No such file"),
    ],
)
def test_wrong_option_is_one_line(runner: FlaskCliRunner, replies: Path, more: tuple[str, ...], reason: str) -> None:
    assert reason in refused(play(runner, replies, HELLO, more=more))


def test_missing_scenario_or_file_is_one_line(runner: FlaskCliRunner, replies: Path, tmp_path: Path) -> None:
    assert "no scenario 'moon'; there are" in refused(runner.invoke(args=["call", "run", "moon", "--replies", "x"]))
    assert "No such file" in refused(runner.invoke(args=["call", "run", SCENARIO, "--replies", str(tmp_path / "x")]))
    replies.write_bytes(b"caf\xe9\n")
    assert "UTF-8" in refused(runner.invoke(args=["call", "run", SCENARIO, "--replies", str(replies)]))
    bad = tmp_path / "bad.yaml"
    bad.write_text("slug: bad\n", encoding="utf-8")
    assert "bad.yaml:" in refused(runner.invoke(args=["call", "run", str(bad), "--replies", str(replies)]))


@pytest.fixture
def stored(runner: FlaskCliRunner, replies: Path, session: Session, organisation: Organisation, ports: Ports) -> str:
    """The id of a finished call in the database, not graded yet."""
    document = json.loads(play(runner, replies, HELLO, SORRY, WRITTEN).stdout)
    scenario = load_scenario(next(Settings().scenarios.glob(f"*/{SCENARIO}.yaml")))
    keep_version(session, scenario)
    user, now = make_user(session, organisation, ("learner",)), ports.clock.now()
    call = add_call(session, Call(
        organisation_id=organisation.id, user_id=user.id, scenario=SCENARIO, version=scenario.version, seed=0,
        language="en", mode="practice", state=FINISHED, outcome=document["outcome"], started_at=now, ended_at=now,
        touched_at=now,
    ))  # fmt: skip
    append_events(session, call, [make_event(e["seq"], e["at_ms"], e["type"], **e["data"]) for e in document["events"]])
    session.commit()
    return call.public_id


def rows_of(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_stored_call_is_listed_shown_and_graded_once(runner: FlaskCliRunner, stored: str) -> None:
    assert rows_of(runner.invoke(args=["call", "list"]))[0]["overall"] is None
    [first] = rows_of(runner.invoke(args=["call", "regrade"]))
    assert (first["call"], first["graded"], first["changed"]) == (stored, True, True)
    assert rows_of(runner.invoke(args=["call", "regrade"])) == []
    assert [row["changed"] for row in rows_of(runner.invoke(args=["call", "regrade", "--all"]))] == [False]
    assert [row["changed"] for row in rows_of(runner.invoke(args=["call", "regrade", stored]))] == [False]
    [row] = rows_of(runner.invoke(args=["call", "list"]))
    assert (row["call"], row["overall"]) == (stored, first["overall"])
    shown = json.loads(runner.invoke(args=["call", "show", stored]).stdout)
    assert shown["grade"]["overall"] == first["overall"]
    assert shown["events"][0]["type"] == "call_started"


def test_a_preview_tells_what_a_regrade_would_change_and_writes_nothing(
    runner: FlaskCliRunner, session: Session, stored: str
) -> None:
    [first] = rows_of(runner.invoke(args=["call", "regrade", "--preview"]))
    assert (first["before"], first["mark"]["before"]) == (None, None)
    assert rows_of(runner.invoke(args=["call", "list"]))[0]["overall"] is None
    [made] = rows_of(runner.invoke(args=["call", "regrade"]))
    [same] = rows_of(runner.invoke(args=["call", "regrade", "--all", "--preview"]))
    assert same["before"] == same["after"] == {"overall": made["overall"], "passed": made["passed"]}
    assert same["checks"] == []
    row = session.scalars(select(CallGradeRow)).one()
    altered = dict(row.grade)
    altered["criteria"][0]["checks"][0]["answer"] = "undecided"
    row.grade, row.overall = altered, 1
    flag_modified(row, "grade")
    session.commit()
    [changed] = rows_of(runner.invoke(args=["call", "regrade", "--all", "--preview"]))
    first_check = altered["criteria"][0]["checks"][0]["id"]
    assert [one["before"] for one in changed["checks"] if one["check"] == first_check] == ["undecided"]
    assert rows_of(runner.invoke(args=["call", "list"]))[0]["overall"] == 1


def test_stored_grade_is_the_one_of_the_simulated_call(runner: FlaskCliRunner, replies: Path, stored: str) -> None:
    runner.invoke(args=["call", "regrade"])
    shown = json.loads(runner.invoke(args=["call", "show", stored]).stdout)
    played = json.loads(play(runner, replies, HELLO, SORRY, WRITTEN).stdout)
    assert shown["grade"] == played["grade"]
    assert shown["events"] == played["events"]


def test_unknown_call_and_contrary_options_are_one_line(runner: FlaskCliRunner, stored: str) -> None:
    assert "no such call" in refused(runner.invoke(args=["call", "show", "moon"]))
    assert "no such call: moon" in refused(runner.invoke(args=["call", "regrade", "moon"]))
    assert "not both" in refused(runner.invoke(args=["call", "regrade", stored, "--all"]))


def test_stored_calls_without_a_database_are_one_line(runner: FlaskCliRunner, session: Session) -> None:
    session.rollback()
    db.drop_all()
    assert "flask db upgrade" in refused(runner.invoke(args=["call", "list"]))
