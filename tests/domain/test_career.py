"""The decision over a category: what each gate counts, and the reasons it gives."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.career import (
    Attested,
    CallTaken,
    Category,
    CoursePassed,
    Gate,
    Ladder,
    Record,
    Verdict,
    decide,
    judge_gate,
)

START = datetime(2026, 11, 1, 9, tzinfo=UTC)
TEXT = {"en": "x", "fr": "x"}
GATES = (
    Gate("course", "course", 1, TEXT, "complaint-calls"),
    Gate("scenarios", "scenarios", 2, TEXT),
    Gate("clean", "clean_calls", 2, TEXT),
    Gate("attestation", "attestation", 1, TEXT),
)
OPERATOR = Category("operator-3", 1, TEXT, TEXT, GATES, 24)
LADDER = Ladder("l1", (Category("trainee", 0, TEXT, TEXT), OPERATOR))


def call(record: str, scenario: str, day: int, *, passed: bool = True, errors: tuple[int, ...] = ()) -> CallTaken:
    return CallTaken(record, scenario, scenario.title(), START + timedelta(days=day), 80, passed, errors)


FULL = Record(
    courses=(CoursePassed("complaint-calls", START, "course-1"),),
    calls=(call("a", "parcel", 1), call("b", "order", 2)),
    attestations=(Attested("att-1", "operator-3", "Sam", START + timedelta(days=3)),),
)


def verdict(record: Record) -> Verdict:
    return decide(LADDER, OPERATOR, record)


def gate(record: Record, gate_id: str):
    return next(result for result in verdict(record).gates if result.gate.id == gate_id)


def codes(record: Record, gate_id: str) -> list[str]:
    return [remark.code for remark in gate(record, gate_id).remarks]


def test_category_is_granted_when_every_gate_is_passed():
    result = verdict(FULL)
    assert result.granted
    assert [(g.gate.id, g.figure, g.records) for g in result.gates] == [
        ("course", 1, ("course-1",)),
        ("scenarios", 2, ("a", "b")),
        ("clean", 2, ("a", "b")),
        ("attestation", 1, ("att-1",)),
    ]


def test_every_gate_says_what_is_missing_when_nothing_was_done():
    result = verdict(Record())
    assert not result.granted
    assert [[remark.code for remark in g.remarks] for g in result.gates] == [
        ["course_missing"],
        ["scenarios_missing"],
        ["calls_missing"],
        ["attestation_missing"],
    ]


def test_another_course_does_not_count():
    record = replace(FULL, courses=(CoursePassed("sales", START, "course-2"),))
    assert not gate(record, "course").passed


def test_the_same_scenario_twice_counts_once_and_the_best_call_stands_for_it():
    better = replace(call("c", "parcel", 3), overall=95)
    record = replace(FULL, calls=(call("a", "parcel", 1), better))
    assert gate(record, "scenarios").figure == 1
    assert gate(record, "scenarios").records == ("c",)
    assert dict(gate(record, "scenarios").remarks[0].params) == {"count": 1}


def test_an_error_in_the_latest_call_stops_and_an_older_one_does_not():
    bad = call("z", "parcel", 9, passed=False, errors=(1, 4))
    assert gate(replace(FULL, calls=(*FULL.calls, bad)), "clean").figure == 0
    assert codes(replace(FULL, calls=(*FULL.calls, bad)), "clean") == ["call_with_error"]
    early = replace(bad, at=START)
    assert gate(replace(FULL, calls=(*FULL.calls, early)), "clean").passed


def test_a_call_that_is_still_being_graded_leaves_the_clean_gate_open():
    pending = replace(call("p", "order", 9, passed=False), graded=False)
    record = replace(FULL, calls=(*FULL.calls, pending))
    assert not gate(record, "clean").passed
    assert codes(record, "clean") == ["call_ungraded"]


def test_a_possible_error_that_waits_for_a_person_is_noted_and_does_not_count_against_anyone():
    record = replace(FULL, calls=(FULL.calls[0], replace(FULL.calls[1], waiting=True)))
    assert verdict(record).granted
    assert codes(record, "clean") == ["error_waiting"]


def test_an_attestation_for_another_category_does_not_count():
    record = replace(FULL, attestations=(replace(FULL.attestations[0], category="operator-2"),))
    assert not gate(record, "attestation").passed
    assert verdict(record).lacks_only("attestation")


def test_a_category_without_gates_is_never_granted():
    assert not decide(LADDER, LADDER.categories[0], FULL).granted


def test_an_unknown_kind_of_gate_is_refused():
    with pytest.raises(ValueError, match="no such kind"):
        judge_gate(Gate("x", "luck", 1, TEXT), OPERATOR, FULL)


CALLS = st.lists(
    st.builds(
        CallTaken,
        record=st.uuids().map(str),
        scenario=st.sampled_from(["a", "b", "c"]),
        title=st.just("t"),
        at=st.integers(0, 50).map(lambda n: START + timedelta(hours=n)),
        overall=st.integers(0, 100),
        passed=st.booleans(),
        errors=st.sampled_from([(), (), (1,), (3, 5)]),
    ),
    max_size=8,
    unique_by=lambda c: c.record,
)


@given(CALLS, st.integers(0, 1000))
def test_the_order_of_the_evidence_changes_nothing(calls: list[CallTaken], seed: int):
    shuffled = list(calls)
    Random(seed).shuffle(shuffled)
    assert verdict(Record(calls=tuple(calls))) == verdict(Record(calls=tuple(shuffled)))


@given(CALLS)
def test_a_gate_passes_exactly_when_its_figure_reaches_the_threshold(calls: list[CallTaken]):
    for result in verdict(replace(FULL, calls=tuple(calls))).gates:
        assert result.passed == (result.figure >= result.gate.threshold)
        assert result.passed or any(r.code != "error_waiting" for r in result.remarks)


@given(CALLS)
def test_one_more_clean_pass_on_a_new_scenario_never_lowers_a_figure(calls: list[CallTaken]):
    before = verdict(Record(calls=tuple(calls)))
    after = verdict(Record(calls=(*calls, call("new", "new", 400))))
    for old, new in zip(before.gates, after.gates, strict=True):
        assert new.figure >= old.figure or old.gate.kind == "clean_calls"
        assert old.gate.kind != "clean_calls" or new.figure >= 1
