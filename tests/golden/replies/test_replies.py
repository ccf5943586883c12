"""The grades of all marked replies are locked: a change is a diff that a person reads (see update.py)."""

from __future__ import annotations

import json

import pytest

from bench.agreement import qwk
from tests.golden.replies.update import EXPECTED, graded, rows


@pytest.fixture(scope="module")
def grades():
    return list(graded())


def test_grades_are_as_expected(grades):
    expected = [json.loads(line) for line in EXPECTED.read_text(encoding="utf-8").splitlines()]
    changed = [f"{now['id']}: {was} -> {now}" for was, now in zip(expected, grades, strict=True) if was != now]
    assert not changed, "\n".join(changed)


def test_grades_agree_with_people(grades):
    """Held-out replies: the head has never seen them."""
    marks = [sum(m["overall"] for m in row["marks"]) / 2 for row in rows()]
    assert qwk([g["overall"] for g in grades], marks, 100) >= 0.85


def test_critical_errors_are_precise(grades):
    pairs = [
        (g["critical_error"], {m["critical_error"] for m in r["marks"]}) for g, r in zip(grades, rows(), strict=True)
    ]
    claimed = [(error, people) for error, people in pairs if error]
    assert sum(error in people for error, people in claimed) / len(claimed) >= 0.9


def test_test_set_was_not_trained_on():
    from trainer.language.train_reply_head import BANKS, read_rows

    trained = {r["reply"] for r in read_rows(BANKS / "marked_training.jsonl")}
    situations = {r["situation"] for r in read_rows(BANKS / "marked_training.jsonl")}
    assert not trained & {r["reply"] for r in rows()}
    assert not situations & {r["situation"] for r in rows()}
