"""Drills: what is practised, which wording comes next, and when it is done."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.factories.calls import make_case
from tests.factories.cases import make_graded_case
from tests.factories.drills import objection_grade
from tests.factories.scenarios import all_scenarios, case_of
from trainer.domain.drill import (
    GOOD_FROM,
    GOOD_REPLIES,
    SITTING,
    Attempt,
    facts_for,
    model_answer,
    sitting_began,
    stand,
    to_practise,
    weak_spots,
    wordings_of,
)
from trainer.domain.scenario import ModelLine

WEIGHTS = {"listen_acknowledge": 20, "explore": 10, "respond": 35, "close": 15, "conduct": 20}
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
attempts = st.builds(
    Attempt,
    reply=st.sampled_from(["Yes.", "yes. ", "I am sorry.", "It comes on Friday.", "Does that suit you?"]),
    level=st.integers(0, 4),
    critical_error=st.sampled_from([None, None, "rude"]),
)


@given(st.lists(attempts), st.integers(1, 12))
def test_drill_goes_forward_and_ends_with_two_good_replies_in_words_of_their_own(
    told: list[Attempt], wordings: int
) -> None:
    good = 0
    for number in range(len(told) + 1):
        at = stand(told[:number], wordings)
        assert good <= at.good <= min(number, GOOD_REPLIES)
        assert 0 <= at.wording < wordings
        assert at.done == (at.good == GOOD_REPLIES)
        good = at.good
    different = {one.reply.casefold().strip(" .!?") for one in told if one.is_good}
    assert stand(told, wordings).done == (len(different) >= GOOD_REPLIES)


@given(st.lists(attempts, min_size=1), st.integers(2, 12))
def test_the_line_is_another_one_after_each_reply(told: list[Attempt], wordings: int) -> None:
    assert stand(told, wordings).wording != stand(told[:-1], wordings).wording


@given(st.lists(attempts))
def test_what_is_weak_or_has_a_critical_error_never_counts(told: list[Attempt]) -> None:
    spoiled = [replace(one, level=min(one.level, GOOD_FROM - 1)) for one in told]
    rude = [replace(one, level=4, critical_error="rude") for one in told]
    assert stand(spoiled, 5).good == stand(rude, 5).good == 0


def test_the_same_words_twice_count_once() -> None:
    at = stand([Attempt("It comes on Friday.", 4), Attempt("it comes,  on friday!", 4)], 10)
    assert (at.good, at.repeated, at.done) == (1, True, False)
    assert stand([*[Attempt("It comes on Friday.", 4)] * 2, Attempt("On Friday.", 3)], 10).done


def test_the_model_answer_said_after_does_not_count() -> None:
    at = stand([Attempt("It comes on Friday.", 4)], 10, model="It comes, on Friday!")
    assert (at.good, at.repeated) == (0, True)
    assert (
        stand([Attempt("It comes on Friday.", 4), Attempt("On Friday.", 3)], 10, model="It comes on Friday.").good == 1
    )


def test_weakest_is_the_criterion_that_is_lowest_over_the_call_and_its_lowest_reply() -> None:
    told = (objection_grade(4, close=2, respond=0), objection_grade(8, close=0), objection_grade(10, close=1))
    first, second, *_ = weak_spots(told, WEIGHTS)
    assert (first.criterion, first.seq, first.level) == ("close", 8, 0)
    assert (second.criterion, second.seq, second.level) == ("close", 10, 1)


def test_of_equal_criteria_the_one_of_more_weight_comes_first() -> None:
    assert weak_spots([objection_grade(explore=1, respond=1)], WEIGHTS)[0].criterion == "respond"


def test_undecided_levels_are_not_practised_and_perfect_replies_need_nothing() -> None:
    unsure = objection_grade(undecided=("respond",), respond=0, close=2)
    assert weak_spots([unsure], WEIGHTS)[0].criterion == "close"
    assert "respond" not in {spot.criterion for spot in weak_spots([unsure], WEIGHTS)}
    assert weak_spots([objection_grade(**dict.fromkeys(WEIGHTS, 4))], WEIGHTS) == ()
    assert weak_spots([], WEIGHTS) == ()


def test_what_could_never_be_recognized_is_passed_over() -> None:
    case = make_case()
    spots = weak_spots([objection_grade(close=0, respond=1)], WEIGHTS)
    spot = to_practise(spots, case.objections, lambda criterion, _objection: criterion != "close")
    assert spot is not None
    assert spot.criterion == "respond"
    assert to_practise(spots, case.objections, lambda *_: False) is None


def test_a_criterion_is_practised_on_another_objection_of_the_case_before_what_was_good_already() -> None:
    other = replace(make_case().objections[0], id="price", type="price")
    spots = weak_spots([objection_grade(close=0)], WEIGHTS)
    spot = to_practise(spots, [*make_case().objections, other], lambda name, one: (name, one) != ("close", "late"))
    assert spot is not None
    assert (spot.criterion, spot.objection, spot.type, spot.level) == ("close", "price", "price", 0)


def test_wordings_come_from_the_scenario_and_begin_with_those_not_heard() -> None:
    (objection,) = make_case().objections
    told = wordings_of(objection, [f"Hello. {objection.lines[1]}"])
    assert set(told) == {*objection.lines, *objection.insists}
    assert told[0] not in objection.lines[1]
    assert told[-1] in f"Hello. {objection.lines[1]}"


def test_model_answer_is_the_scenarios_own_else_the_facts_that_settle_it() -> None:
    case = make_graded_case()
    assert model_answer(case, case.objections[0]) == ("Three days is a long wait, I am sorry. It comes on the 26th.",)
    bare = replace(case, model=(ModelLine("opening", "Hello."),))
    assert model_answer(bare, bare.objections[0])[0] == "We deliver again on 26 November."


def test_facts_begin_with_those_that_settle_it_and_leave_out_what_may_never_be_told() -> None:
    case = make_graded_case()
    told = facts_for(case, case.objections[0])
    assert told[0] == "We deliver again on 26 November."
    assert not any("margin" in one for one in told)


def test_every_objection_of_the_library_can_be_practised() -> None:
    cases = [case_of(slug, language) for slug, one in all_scenarios().items() for language in one.languages]
    for case in cases:
        for objection in case.objections:
            told = wordings_of(objection, objection.lines[:1])
            assert len(told) >= 5, (case.scenario, objection.id)
            assert model_answer(case, objection), (case.scenario, objection.id)
            assert not any("{" in line for line in (*told, *model_answer(case, objection)))


def test_a_sitting_begins_anew_after_a_long_pause() -> None:
    minute = timedelta(minutes=1)
    assert sitting_began(NOW, [NOW + minute, NOW + 4 * minute], NOW + 6 * minute) == NOW
    later = NOW + SITTING + 2 * minute
    assert sitting_began(NOW, [NOW + minute, later], later + minute) == later
    assert sitting_began(NOW, [], NOW + timedelta(days=1)) == NOW + timedelta(days=1)
