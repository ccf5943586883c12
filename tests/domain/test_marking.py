"""A person's marking of a call: what is asked, the grade that follows, and when people take over a criterion."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.assessed_calls import make_grade
from trainer.domain.grading.marking import (
    AGREEMENT_FLOOR,
    FEWEST_CALLS,
    MEASURED,
    Difference,
    asked_ids,
    differences,
    far_apart,
    is_drawn,
    kept_answers,
    marked_by,
    people_decide,
)

answers = st.dictionaries(
    st.sampled_from(asked_ids(make_grade())), st.sampled_from(["yes", "no", "not_applicable"]), max_size=12
)


def test_what_is_measured_is_not_asked_and_every_error_is() -> None:
    asked = asked_ids(make_grade())
    assert not [name for name in asked if name.split(".")[0] in MEASURED]
    assert asked[-7:] == tuple(f"error:{number}" for number in range(1, 8))


@given(answers)
def test_only_answers_to_what_is_asked_are_kept(given: dict[str, str]) -> None:
    grade = make_grade()
    kept = kept_answers(grade, {**given, "opening.nothing": "yes", "needs.x": "perhaps", "error:9": "yes"})
    assert set(kept) <= set(asked_ids(grade))
    assert all(kept[name] == given[name] for name in kept if name in given)
    assert "not_applicable" not in {answer for name, answer in kept.items() if name.startswith("error:")}


@given(answers)
def test_the_machines_answers_never_reach_a_persons_mark(given: dict[str, str]) -> None:
    """Two machines that answered everything otherwise give the same mark for the same answers of a person."""
    kept = kept_answers(make_grade(), given)
    good, bad = make_grade(90, errors=[(1, True)]), make_grade(10, scores={"delivery": 90, "handling_time": 90})
    assert [one.score for one in marked_by(good, kept, 70).criteria if one.id not in MEASURED] == [
        one.score for one in marked_by(bad, kept, 70).criteria if one.id not in MEASURED
    ]
    assert bool(marked_by(good, kept, 70).errors) == any(
        name.startswith("error:") and answer == "yes" for name, answer in kept.items()
    )


def test_an_error_that_a_person_found_fails_the_call() -> None:
    grade = make_grade(80)
    everything = {name: "yes" for name in asked_ids(grade) if not name.startswith("error:")}
    assert marked_by(grade, everything, 70).passed
    assert not marked_by(grade, {**everything, "error:3": "yes"}, 70).passed


def test_what_the_machine_left_open_is_no_difference() -> None:
    grade = make_grade(80, undecided=["opening.greeting"])
    given = {"opening.greeting": "no", "closing.goodbye": "no", "error:1": "no", "error:2": "yes"}
    assert differences(grade, given) == (
        Difference("closing.goodbye", "yes", "no"),
        Difference("error:2", "no", "yes"),
    )


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [((80, True), (71, True), False), ((80, True), (70, True), True), ((71, True), (69, False), True)],
)
def test_marks_are_far_apart_by_ten_points_or_by_passing(
    one: tuple[int, bool], other: tuple[int, bool], apart: bool
) -> None:
    assert far_apart(make_grade(one[0], passed=one[1]), make_grade(other[0], passed=other[1])) is apart


def test_people_take_over_below_the_floor_and_give_back_above_it_with_enough_calls_only() -> None:
    low, high = AGREEMENT_FLOOR - 0.01, AGREEMENT_FLOOR
    assert people_decide(low, FEWEST_CALLS, did=False)
    assert not people_decide(high, FEWEST_CALLS, did=True)
    for did in (True, False):
        assert people_decide(low, FEWEST_CALLS - 1, did=did) is did
        assert people_decide(None, 500, did=did) is did


def test_about_one_call_in_ten_is_drawn_and_always_the_same_ones() -> None:
    ids = [f"call-{number:05}" for number in range(5000)]
    drawn = [one for one in ids if is_drawn(one)]
    assert 420 < len(drawn) < 580
    assert drawn == [one for one in ids if is_drawn(one)]
    assert not any(is_drawn(one, 0) for one in ids)
    assert all(is_drawn(one, 100) for one in ids)
