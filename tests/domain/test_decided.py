"""People's decisions put into a machine's grade."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.factories.assessed_calls import make_grade
from trainer.domain.grade import CALL_CRITERIA
from trainer.domain.grading.decided import DECISIONS, Decision, answer_in, with_decisions

PASS = 70.0
CHECKS = ["opening.greeting", "closing.goodbye", *(f"{c}.x" for c in CALL_CRITERIA if c not in ("opening", "closing"))]


def decisions(**answers: str) -> dict[str, Decision]:
    return {name: Decision(name, answer, "because I listened to it") for name, answer in answers.items()}


def decided(check: str, answer: str) -> dict[str, Decision]:
    return {check: Decision(check, answer, "because I listened to it")}


def test_a_check_decided_no_takes_its_criterions_points() -> None:
    before = with_decisions(make_grade(), {}, PASS)
    after = with_decisions(make_grade(), decided("opening.greeting", "no"), PASS)
    assert before.criteria[0].score == 100
    assert after.criteria[0].score == 0
    assert after.overall < before.overall


def test_an_undecided_check_waits_no_longer_when_a_person_has_answered() -> None:
    grade = make_grade(undecided=["opening.greeting"])
    assert with_decisions(grade, {}, PASS).undecided == ("opening.greeting",)
    after = with_decisions(grade, decided("opening.greeting", "yes"), PASS)
    assert after.undecided == ()
    assert after.criteria[0].score == 100


def test_an_error_struck_out_by_a_person_fails_no_longer() -> None:
    grade = make_grade(passed=False, errors=[(1, True)])
    assert not with_decisions(grade, {}, PASS).passed
    after = with_decisions(grade, decided("error:1", "no"), PASS)
    assert after.passed
    assert after.errors == ()


def test_an_error_that_only_a_person_found_fails_the_call() -> None:
    after = with_decisions(make_grade(), decided("error:5", "yes"), PASS)
    assert [(one.number, one.decided) for one in after.errors] == [(5, True)]
    assert not after.passed


def test_an_error_that_waited_is_decided_by_a_person() -> None:
    grade = make_grade(errors=[(3, False)], undecided=["error:3"])
    assert with_decisions(grade, {}, PASS).undecided == ("error:3",)
    assert not with_decisions(grade, decided("error:3", "yes"), PASS).passed
    assert with_decisions(grade, decided("error:3", "no"), PASS).undecided == ()


def test_a_criterion_for_people_counts_only_what_people_answered() -> None:
    waits = with_decisions(make_grade(), {}, PASS, for_people=["needs"])
    assert "needs.x" in waits.undecided
    assert next(one.score for one in waits.criteria if one.id == "needs") is None
    after = with_decisions(make_grade(), decided("needs.x", "yes"), PASS, for_people=["needs"])
    assert next(one.score for one in after.criteria if one.id == "needs") == 100


def test_what_is_no_check_has_no_answer() -> None:
    grade = make_grade()
    for name in ("", "error:", "error:8", "error:x", "opening", "opening.nothing"):
        assert answer_in(grade, name) is None
    assert answer_in(grade, "error:3") == "no"
    assert answer_in(grade, "opening.greeting") == "yes"


@given(
    st.dictionaries(st.sampled_from([*CHECKS, "error:1", "error:7", "gone.check:3"]), st.sampled_from(DECISIONS)),
    st.sets(st.sampled_from(CALL_CRITERIA)),
)
def test_any_decisions_give_a_whole_grade_and_giving_them_twice_changes_nothing(
    answers: dict[str, str], for_people: set[str]
) -> None:
    given = decisions(**answers)
    once = with_decisions(make_grade(), given, PASS, for_people)
    assert 0 <= once.overall <= 100
    assert not (set(once.undecided) & set(given))
    assert with_decisions(once, given, PASS, for_people) == once
