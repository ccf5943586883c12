"""The grades of whole calls are locked: a change is a diff that a person reads (see update.py)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.golden.calls.play import folders, play, ports_with_encoder, summary

PASSES = {"good", "plain", "held-well", "spoken", "wrong-fee", "careless"}
FAILS_FOR = {
    "rude": 1, "script": 2, "false-promise": 3, "disclosing": 4, "pressing": 5, "silent": 6, "hold": 6, "hung-up": 6,
    "record-errors": 7,
}  # fmt: skip


def kind(folder: Path) -> str:
    """ "rude" of "rude-en" and of "order-rude-en"."""
    name = folder.name.rsplit("-", 1)[0]
    return next((k for k in sorted({*PASSES, *FAILS_FOR, "lazy"}, key=len, reverse=True) if name.endswith(k)), name)


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_call_is_graded_as_expected(folder: Path) -> None:
    run = play(folder, ports_with_encoder())
    now = json.loads(json.dumps(summary(run)))
    assert now == json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    decided = {error.number for error in run.grade.errors if error.decided}
    if kind(folder) in PASSES:
        assert run.grade.passed
        assert not decided
    else:
        assert not run.grade.passed
        assert FAILS_FOR.get(kind(folder), 0) in decided | {0}


def test_call_is_graded_the_same_twice() -> None:
    folder = next(f for f in folders() if f.name == "good-en")
    first, second = (json.dumps(play(folder, ports_with_encoder()).as_json()) for _ in range(2))
    assert first == second
