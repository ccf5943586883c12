"""`flask grade replies`: rows in, grades out, faults named."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from flask import Flask

from trainer.adapters.encoder import UniversalSentenceEncoder
from trainer.cli.grade import grade
from trainer.services.reply_grading import BadRow, check_row

ROW = {
    "id": "a1", "lang": "en", "channel": "inbound", "duty": "complaint", "situation": "Fee 15, refunded once a year.",
    "objection_type": "price", "customer": "Fifteen pounds? Robbery.", "reply": "I can refund it once. Shall I?",
}  # fmt: skip
FIELDS = {
    "id", "listen_acknowledge", "explore", "respond", "close", "conduct", "overall", "critical_error", "confidence",
    "undecided", "evidence",
}  # fmt: skip


@pytest.fixture(scope="module")
def runner():
    app = Flask("grading")
    app.extensions["ports"] = SimpleNamespace(encoder=UniversalSentenceEncoder(), judge=None)
    app.cli.add_command(grade)
    return app.test_cli_runner(mix_stderr=False)


def run(runner, tmp_path, lines, *more):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    result = runner.invoke(args=["grade", "replies", "--in", str(source), "--out", str(target), *more])
    written = target.read_text(encoding="utf-8").splitlines() if target.exists() else []
    return result, [json.loads(line) for line in written]


def test_rows_come_back_in_order_with_every_field(runner, tmp_path):
    result, rows = run(runner, tmp_path, [json.dumps(ROW | {"id": str(i)}) for i in range(70)])
    assert result.exit_code == 0, result.output
    assert [r["id"] for r in rows] == [str(i) for i in range(70)]
    assert set(rows[0]) == FIELDS
    assert set(rows[0]["evidence"][0]) == {"criterion", "quote", "rule"}


def test_same_file_gives_the_same_bytes(runner, tmp_path):
    lines = [json.dumps(ROW), json.dumps(ROW | {"id": "a2", "reply": "Calm down."})]
    run(runner, tmp_path, lines)
    first = (tmp_path / "out.jsonl").read_bytes()
    run(runner, tmp_path, lines)
    assert (tmp_path / "out.jsonl").read_bytes() == first


def test_bad_rows_are_named_and_the_others_graded(runner, tmp_path):
    bad = [json.dumps({k: v for k, v in ROW.items() if k != "reply"}), "{not json", json.dumps(ROW | {"lang": "de"})]
    result, rows = run(runner, tmp_path, [bad[0], json.dumps(ROW), bad[1], "", bad[2]])
    assert result.exit_code == 1
    assert [r["id"] for r in rows] == ["a1"]
    assert "in.jsonl:1: 'reply' is missing" in result.stderr
    assert "in.jsonl:3: not JSON" in result.stderr
    assert "in.jsonl:5: 'lang' is 'de'" in result.stderr


def test_judge_without_address_is_one_clear_line(runner, tmp_path):
    result, rows = run(runner, tmp_path, [json.dumps(ROW)], "--judge", "llm")
    assert result.exit_code == 2
    assert "JUDGE_URL" in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not rows


def test_same_file_in_and_out_is_refused_and_kept(runner, tmp_path):
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps(ROW), encoding="utf-8")
    result = runner.invoke(args=["grade", "replies", "--in", str(source), "--out", str(source)])
    assert result.exit_code == 2
    assert source.read_text(encoding="utf-8") == json.dumps(ROW)


def test_missing_file_is_wrong_use(runner, tmp_path):
    result = runner.invoke(args=["grade", "replies", "--in", "nowhere.jsonl", "--out", str(tmp_path / "out.jsonl")])
    assert result.exit_code == 2


@pytest.mark.parametrize("data", [[], "text", None, ROW | {"reply": 5}, ROW | {"reply": None}, ROW | {"situation": {}}])
def test_row_is_refused_when_it_is_not_as_promised(data):
    with pytest.raises(BadRow):
        check_row(data)
