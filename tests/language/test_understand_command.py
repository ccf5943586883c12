"""`flask understand`: rows in, rows out, and what a bad row or a wrong call gives."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask

GOOD = [
    {"id": "a", "text": "Good morning, how can I help you?", "context": [], "lang": "en", "speaker": "agent"},
    {"id": 2, "text": "c'est trop cher pour moi", "context": ["agent: C'est 14,90 par mois."], "lang": "fr", "speaker": "customer"},
    {"id": "c", "text": "", "lang": "en"},
    {"id": "d", "text": "\ud800 bonjour", "lang": "fr-FR", "speaker": "agent"},
]  # fmt: skip


def run(app: Flask, source: Path, target: Path) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["understand", "--in", str(source), "--out", str(target)])
    return result.exit_code, result.output


def test_rows_are_understood_in_order(app: Flask, tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("\n".join(map(json.dumps, GOOD)) + "\n", encoding="utf-8")
    code, errors = run(app, source, target)
    rows = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert (code, errors) == (0, "")
    assert [row["id"] for row in rows] == ["a", 2, "c", "d"]
    assert set(rows[0]) == {"id", "primary", "acts", "question", "reflection", "move", "entities"}
    assert {"act", "quote", "confidence"} == set(rows[0]["acts"][0])
    assert (rows[0]["question"], rows[0]["move"]) == ("open", None)
    assert rows[1]["move"] == "objection"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{nope", "not JSON"),
        ("[1]", "an object is expected"),
        ('{"id": "x", "lang": "en"}', "'text' is missing"),
        ('{"id": "x", "text": 5, "lang": "en"}', "'text' has to be text"),
        ('{"id": "x", "text": "a", "lang": "de"}', "en or fr is right"),
        ('{"id": "x", "text": "a", "lang": "en", "speaker": "dog"}', "agent or customer is right"),
        ('{"id": "x", "text": "a", "lang": "en", "context": "hello"}', "list of texts"),
        ('{"id": ' + "9" * 5000 + ', "text": "a", "lang": "en"}', "not JSON"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_done(app: Flask, tmp_path: Path, line: str, reason: str) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(f"{json.dumps(GOOD[0])}\n{line}\n\n{json.dumps(GOOD[2])}\n", encoding="utf-8")
    code, errors = run(app, source, target)
    assert code == 1
    assert errors.startswith("in.jsonl:2: ")
    assert reason in errors
    assert errors.count("\n") == 1
    assert len(target.read_text(encoding="utf-8").splitlines()) == 2


def test_wrong_use_says_one_line_and_exits_2(app: Flask, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    assert run(app, source, tmp_path / "out.jsonl")[0] == 2
    source.write_text("", encoding="utf-8")
    assert run(app, source, source)[0] == 2
    assert run(app, source, tmp_path / "no" / "out.jsonl")[0] == 2
    result = app.test_cli_runner().invoke(args=["understand"])
    assert (result.exit_code, result.output.count("\n")) == (2, 1)
