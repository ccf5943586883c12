"""The grades of whole calls are locked: a change is a diff that a person reads (see update.py)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.golden.calls.play import folders, play, ports_with_encoder, summary
from trainer.domain.grade import Evidence
from trainer.services.calls_review import transcript
from trainer.services.simulation import SimulatedRun

PASSES = {"good", "plain", "held-well", "spoken", "wrong-fee", "careless", *(LOSES := {
    "transposed": {"record.field:flight": "transposed", "record.field:phone": "transposed"},
    "wrong-fields": {"record.field:often": "other_field", "record.field:time": "other_field"},
    "long-hold": {"hold_transfer.length": ""},
    "inside-words": {"clarity.pieces": "", "clarity.plain": ""},
    "unasked": {"clarity.understood": ""},
})}  # fmt: skip
"""`LOSES`: calls that pass and lose points for one reason: the checks that say no, and the mistake in the record."""
FAILS_FOR = {
    "rude": 1, "script": 2, "parrot": 2, "talking-over": 2, "false-promise": 3, "wrong-price": 3, "misheard": 3,
    "disclosing": 4, "pressing": 5, "silent": 6, "silence": 6, "hold": 6, "cold": 6, "hung-up": 6, "record-errors": 7,
    "unrecorded": 7,
}  # fmt: skip


def kind(folder: Path) -> str:
    """ "rude" of "rude-en" and of "order-rude-en"."""
    name = folder.name.rsplit("-", 1)[0]
    return next((k for k in sorted({*PASSES, *FAILS_FOR, "lazy"}, key=len, reverse=True) if name.endswith(k)), name)


def losses_without_place(run: SimulatedRun) -> list[str]:
    """Checks and errors that cost something and show no line of the transcript, or no rule."""
    lines = {turn.seq for turn in transcript(run.events)}
    lost: list[tuple[str, tuple[Evidence, ...]]] = [
        (check.id, check.evidence)
        for one in run.grade.criteria
        for check in one.checks
        if check.answer in ("yes", "no") and check.earned < 1
    ]
    lost += [(f"error:{one.number}", one.evidence) for one in run.grade.errors]
    return [name for name, evidence in lost if not any(e.seq in lines and e.rule for e in evidence)]


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: folder.name)
def test_call_is_graded_as_expected(folder: Path) -> None:
    run = play(folder, ports_with_encoder())
    now = json.loads(json.dumps(summary(run)))
    assert now == json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    assert losses_without_place(run) == []
    decided = {error.number for error in run.grade.errors if error.decided}
    if kind(folder) in PASSES:
        assert run.grade.passed
        assert not decided
    else:
        assert not run.grade.passed
        assert FAILS_FOR.get(kind(folder), 0) in decided | {0}


@pytest.mark.parametrize("folder", [f for f in folders() if kind(f) in LOSES], ids=lambda folder: folder.name)
def test_call_that_passes_loses_points_for_its_own_reason(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    for wanted, mistake in LOSES[kind(folder)].items():
        (answer,) = {a for check, a in expected["checks"].items() if check == wanted or check.startswith(f"{wanted}:")}
        assert answer.startswith("no")
        if mistake:
            assert expected["record"][wanted.rpartition(":")[2]] == mistake


ONE_REASON = ("handover", "invitation", "neighbour", "website", "leaving", "ride", "suitcase", "nurse", "dinner", "stranger",
              "callback")  # fmt: skip
"""Calls whose bad ones are the good one with a single thing changed."""


@pytest.mark.parametrize(
    "folder", [f for f in folders() if f.name.startswith(ONE_REASON)], ids=lambda folder: folder.name
)
def test_call_with_one_thing_changed_fails_for_nothing_else(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    decided = {int(error[0]) for error in expected["errors"] if error[2:].startswith("decided")}
    assert decided <= {FAILS_FOR.get(kind(folder), 0)}


def test_call_is_graded_the_same_twice() -> None:
    folder = next(f for f in folders() if f.name == "good-en")
    first, second = (json.dumps(play(folder, ports_with_encoder()).as_json()) for _ in range(2))
    assert first == second
