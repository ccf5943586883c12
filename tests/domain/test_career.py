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
    CoursePassed,
    DrillPassed,
    ExamPassed,
    Held,
    Record,
    Signed,
    Verdict,
    WorkDone,
)
from trainer.domain.gates import decide, judge_gate
from trainer.domain.ladder import Category, Gate, Ladder

START = datetime(2026, 11, 1, 9, tzinfo=UTC)
NOW = START + timedelta(days=60)
TEXT = {"en": "x", "fr": "x"}
GATES = (
    Gate("course", "course", 1, TEXT, courses=("complaint-calls",)),
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
    return decide(LADDER, OPERATOR, record, NOW)


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
    assert not decide(LADDER, LADDER.categories[0], FULL, NOW).granted


def test_an_unknown_kind_of_gate_is_refused():
    with pytest.raises(ValueError, match="no such kind"):
        judge_gate(Gate("x", "luck", 1, TEXT), OPERATOR, FULL, NOW)


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


def judged(gate: Gate, record: Record, margin: int = 0):
    return judge_gate(gate, OPERATOR, record, NOW, margin)


def test_signature_exam_and_drill_are_there_or_missing():
    gates = (
        Gate("s", "signature", 1, TEXT),
        Gate("e", "exam", 1, TEXT, exam="basics"),
        Gate("d", "drill", 1, TEXT, drill="diction"),
    )
    empty = [judged(gate, Record()) for gate in gates]
    assert [(one.figure, one.passed, one.remarks[0].code) for one in empty] == [
        (0, False, "signature_missing"),
        (0, False, "exam_missing"),
        (0, False, "drill_missing"),
    ]
    record = Record(
        signed=Signed("sig", START),
        exams=(ExamPassed("basics", START, "ex-2", 80), ExamPassed("other", START, "ex-1", 99)),
        drills=(DrillPassed("diction", START, "dr-1"),),
    )
    assert [judged(gate, record).records for gate in gates] == [("sig",), ("ex-2",), ("dr-1",)]


def test_several_courses_are_counted_and_the_missing_ones_named():
    gate = Gate("c", "course", 2, TEXT, courses=("one", "two"))
    result = judged(gate, Record(courses=(CoursePassed("two", START, "q2"),)))
    assert (result.figure, result.passed, result.records) == (1, False, ("q2",))
    assert dict(result.remarks[0].params) == {"course": "one"}


def test_typing_asks_for_the_fastest_passed_drill():
    gate = Gate("t", "typing", 30, TEXT)
    slow, fast = DrillPassed("typing", START, "t1", 28.4), DrillPassed("typing", START, "t2", 31.9)
    assert judged(gate, Record()).remarks[0].code == "typing_missing"
    assert judged(gate, Record(drills=(slow,))).remarks[0].code == "typing_slow"
    assert judged(gate, Record(drills=(slow, fast))).records == ("t2",)


def test_calls_have_to_cover_the_duties_and_be_hard_enough():
    gate = Gate("s", "scenarios", 2, TEXT, duties=("IN4",), difficulty=2)
    order = replace(call("a", "order", 1), duties=("IN3",), difficulty=2)
    easy = replace(call("b", "easy", 2), duties=("IN4",), difficulty=1)
    more = replace(call("c", "more", 3), duties=("IN3",), difficulty=3)
    result = judged(gate, Record(calls=(order, easy, more)))
    assert (result.figure, result.passed) == (1, False)
    assert [(one.code, dict(one.params)) for one in result.remarks] == [("duty_missing", {"duty": "IN4"})]
    complaint = replace(call("d", "complaint", 4), duties=("IN4", "IN5"), difficulty=2)
    assert judged(gate, Record(calls=(order, complaint))).passed


def test_another_form_of_a_scenario_counts_where_enough_scenarios_do():
    forms = [replace(call(f"r{n}", "parcel", n), form=f"name={n}") for n in range(3)]
    gate = Gate("s", "scenarios", 3, TEXT, scenarios=2)
    assert judged(gate, Record(calls=tuple(forms))).figure == 2
    assert judged(gate, Record(calls=(*forms[:2], call("o", "order", 5)))).passed
    again = replace(forms[0], record="again")
    assert not judged(gate, Record(calls=(forms[0], again, call("o", "order", 5)))).passed


def test_short_by_no_more_than_the_graders_error_asks_for_one_more_call():
    gates = (Gate("s", "scenarios", 2, TEXT), Gate("c", "course", 1, TEXT, courses=("complaint-calls",)))
    category = Category("operator-3", 1, TEXT, TEXT, gates, 24)
    ladder = Ladder("l", (LADDER.categories[0], category), margin=5)
    passed, near = call("a", "parcel", 1), replace(call("b", "order", 2), passed=False, overall=66)

    def outcome(*calls: CallTaken, courses=FULL.courses) -> str:
        return decide(ladder, category, Record(courses=courses, calls=calls), NOW).outcome

    assert outcome(passed, near) == "one_more_call"
    assert outcome(passed, replace(near, overall=64)) == "refused"
    assert outcome(passed, replace(near, errors=(3,))) == "refused"
    assert outcome(passed, replace(near, success=False)) == "refused"
    assert outcome(passed, near, courses=()) == "refused"
    assert outcome(passed, near, call("c", "third", 3)) == "granted"
    assert outcome(passed) == "refused"


def test_the_measured_error_takes_the_place_of_the_ladders_own():
    category = Category("operator-3", 1, TEXT, TEXT, (Gate("s", "scenarios", 1, TEXT),), 24)
    near = replace(call("b", "order", 2), passed=False, overall=62)

    def outcome(measured: int | None, own: int = 5) -> str:
        ladder = Ladder("l", (LADDER.categories[0], category), margin=own)
        return decide(ladder, category, Record(calls=(near,), margin=measured), NOW).outcome

    assert near.mark - near.overall == 8
    assert outcome(None) == "refused"
    assert outcome(7) == "refused"
    assert outcome(8) == "one_more_call"
    assert outcome(3, own=9) == "refused"
    assert outcome(8, own=0) == "refused", "a ladder without a margin asks for no more calls"
    assert Ladder("l", (), margin=5).margin_of(70) == 30


def test_delivery_is_the_median_of_the_last_calls_it_was_measured_in():
    gate = Gate("d", "delivery", 20, TEXT, measure="longest_silence_s", last=3, at_most=True)
    calls = tuple(
        replace(call(f"r{n}", f"s{n}", n), figures={"longest_silence_s": s}) for n, s in enumerate((90, 5, 18, 30))
    )
    assert judged(gate, Record(calls=calls)).figure == 18
    assert judged(gate, Record(calls=calls)).passed
    short = judged(gate, Record(calls=calls[:2]))
    assert (short.figure, short.passed, short.remarks[0].code) == (None, False, "unmeasured")


def test_real_work_counts_only_where_records_cover_the_months():
    quality = Gate("q", "work", 85, TEXT, criterion="E2", months=6)
    complaints = Gate("k", "work", 1, TEXT, criterion="E5", months=6, at_most=True)
    good = WorkDone(6, {"E2": 91.5, "E5": 1}, 6, ("w1", "w2"))
    assert [judged(gate, Record(work=(good,))).passed for gate in (quality, complaints)] == [True, True]
    thin = replace(good, covered=4)
    assert judged(complaints, Record(work=(thin,))).remarks[0].code == "work_missing"
    assert judged(quality, Record()).figure is None
    assert not judged(complaints, Record(work=(replace(good, figures={"E5": 2}),))).passed


def test_months_in_a_category_are_counted_from_its_first_day():
    gate = Gate("h", "held", 2, TEXT, category="operator-3")
    assert judged(gate, Record(held=(Held("c1", "operator-3", START),))).figure == 2
    assert (
        judged(gate, Record(held=(Held("c1", "operator-3", NOW - timedelta(days=59)),))).remarks[0].code == "held_short"
    )
    assert judged(gate, Record()).remarks[0].code == "not_held"


def test_two_attestations_are_of_two_people():
    gate = Gate("a", "attestation", 2, TEXT)
    first = Attested("a1", "operator-3", "Sam", START, "1")
    assert judged(gate, Record(attestations=(first, replace(first, record="a2")))).figure == 1
    assert judged(gate, Record(attestations=(first, replace(first, record="a2", who="2")))).passed


def test_renewal_counts_only_what_was_done_since_the_certificate():
    renewal = (Gate("s", "scenarios", 1, TEXT), Gate("sig", "signature", 1, TEXT))
    category = replace(OPERATOR, renewal=renewal, renewal_months=3)
    record = replace(FULL, signed=Signed("sig", START))

    def renewed(at: datetime) -> Verdict:
        return decide(LADDER, category, record, NOW, renewed_since=at)

    assert renewed(START).granted
    assert renewed(START).is_renewal
    assert not renewed(START + timedelta(days=30)).granted
