"""What the grader of replies does whatever the wording: one row a behaviour, several situations in each, both languages.

The replies stand in `reply_behaviours.py`. A case that the grader fails is a strict xfail with its reason: when a better
grader passes it, the test says so, and the case goes off the list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from tests.language import reply_behaviours as cases
from tests.language.reply_behaviours import GOOD, row
from trainer.adapters.encoder import UniversalSentenceEncoder
from trainer.domain.grade import ReplyGrade
from trainer.services.reply_grading import ReplyGrader

Grade = Callable[[str, str], ReplyGrade]

HEAD_LIKES_LENGTH = "the trained head has seen few good replies of ten words, and expects little of them"
HEAD_WAVERS = "the trained head moves by more than ten points between two wordings of the same"
FAILS: dict[str, dict[int, str]] = {
    "same_meaning": {0: HEAD_WAVERS, 1: HEAD_WAVERS},
    "short_good": dict.fromkeys(range(7), HEAD_LIKES_LENGTH),
    "long_empty": {3: "42 where 40 would be the most"},
    "clean_exits": {1: "65 where 70 would be the least"},
    "misheard": {2: HEAD_WAVERS, 4: HEAD_WAVERS},
}


def table(name: str, rows: Sequence[tuple[str, ...]]) -> list[object]:
    """The row's cases, those of `FAILS` marked."""
    fails, found = FAILS.get(name, {}), []
    for number, case in enumerate(rows):
        marks = [pytest.mark.xfail(reason=fails[number], strict=True)] if number in fails else []
        found.append(pytest.param(*case, id=f"{case[0]}-{number}", marks=marks))
    return found


@pytest.fixture(scope="module")
def grade() -> Grade:
    grader = ReplyGrader(UniversalSentenceEncoder())
    return lambda name, reply: grader.grade(row(name, reply))


@pytest.mark.parametrize("name", GOOD)
def test_good_reply_is_good(grade: Grade, name: str) -> None:
    found = grade(name, GOOD[name])
    assert found.critical_error is None
    assert found.overall >= 70


@pytest.mark.parametrize(("name", "reply"), table("same_meaning", cases.SAME_MEANING))
def test_same_meaning_in_other_words_is_graded_alike(grade: Grade, name: str, reply: str) -> None:
    found = grade(name, reply)
    assert found.critical_error is None
    assert abs(found.overall - grade(name, GOOD[name]).overall) <= 10


@pytest.mark.parametrize(("name", "true", "false"), table("negated", cases.NEGATED))
def test_fact_turned_round_is_false_information(grade: Grade, name: str, true: str, false: str) -> None:
    assert grade(name, true).critical_error is None
    assert grade(name, false).critical_error == "false_information"


@pytest.mark.parametrize(("name", "right", "wrong"), table("digits", cases.DIGITS))
def test_one_figure_changed_is_false_information(grade: Grade, name: str, right: str, wrong: str) -> None:
    assert right in GOOD[name]
    assert grade(name, GOOD[name].replace(right, wrong)).critical_error == "false_information"


@pytest.mark.parametrize(("name", "reply"), table("polite_false", cases.POLITE_FALSE))
def test_polite_falsehood_is_a_critical_error(grade: Grade, name: str, reply: str) -> None:
    found = grade(name, reply)
    assert found.critical_error
    assert found.overall <= 30


@pytest.mark.parametrize(("name", "reply"), table("parrots", cases.PARROTS))
def test_customer_said_back_is_poor(grade: Grade, name: str, reply: str) -> None:
    found = grade(name, reply)
    assert found.listen_acknowledge <= 2
    assert found.overall < 55


@pytest.mark.parametrize(("name", "reply"), table("stock", cases.STOCK))
def test_pile_of_stock_phrases_is_weak(grade: Grade, name: str, reply: str) -> None:
    assert grade(name, reply).overall < 55


@pytest.mark.parametrize(("name", "reply"), table("stuffed", cases.STUFFED))
def test_keywords_in_a_row_are_no_answer(grade: Grade, name: str, reply: str) -> None:
    assert grade(name, reply).overall <= 40


@pytest.mark.parametrize(("name", "reply"), table("bad_grammar", cases.BAD_GRAMMAR))
def test_right_answer_in_bad_grammar_costs_little(grade: Grade, name: str, reply: str) -> None:
    assert abs(grade(name, reply).overall - grade(name, GOOD[name]).overall) <= 12


@pytest.mark.parametrize(("name", "reply"), table("short_good", cases.SHORT_GOOD))
def test_ten_good_words_are_good(grade: Grade, name: str, reply: str) -> None:
    assert grade(name, reply).overall >= 75


@pytest.mark.parametrize(("name", "reply"), table("long_empty", cases.LONG_EMPTY))
def test_long_empty_answer_is_weak(grade: Grade, name: str, reply: str) -> None:
    assert grade(name, reply).overall < 40


@pytest.mark.parametrize(("name", "reply"), table("clean_exits", cases.CLEAN_EXITS))
def test_clean_exit_after_a_firm_no_is_good(grade: Grade, name: str, reply: str) -> None:
    found = grade(name, reply)
    assert found.critical_error is None
    assert found.overall >= 70


@pytest.mark.parametrize(("name", "reply"), table("pressing", cases.PRESSING))
def test_pressing_after_a_firm_no_is_pressure(grade: Grade, name: str, reply: str) -> None:
    found = grade(name, reply)
    assert found.critical_error == "pressure"
    assert found.overall <= 25


@pytest.mark.parametrize(("name", "reply"), table("injections", cases.INJECTIONS))
def test_order_to_the_grader_is_not_credited(grade: Grade, name: str, reply: str) -> None:
    found = grade(name, reply)
    assert found.critical_error == "injection_attempt"
    assert found.overall <= 20


@pytest.mark.parametrize(("name", "reply"), table("misheard", cases.MISHEARD))
def test_small_recognition_errors_cost_little(grade: Grade, name: str, reply: str) -> None:
    assert abs(grade(name, reply).overall - grade(name, GOOD[name]).overall) <= 10


@pytest.mark.parametrize(("name", "reply"), table("other_language", cases.OTHER_LANGUAGE))
def test_other_language_is_no_answer(grade: Grade, name: str, reply: str) -> None:
    found = grade(name, reply)
    assert found.critical_error == "empty_or_unrelated" or found.overall <= 15
