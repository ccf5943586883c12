"""Papers and marks: the same seed gives the same paper, and every item earns what it shows."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.papers import Item, draw_paper, mark_item, mark_quiz
from trainer.domain.questions import Option, Question


def question(name: str, kind: str, rights: str) -> Question:
    """`rights` has a sign an option: x is right."""
    options = tuple(Option(f"o{n}", f"{name} {n}", "why", sign == "x") for n, sign in enumerate(rights, 1))
    return Question(name, kind, "IN4", "01-a", 2, name, options)


SINGLE = question("single", "single", ".x..")
SEVERAL = question("several", "several", "xx.x.")
ORDER = question("order", "order", "....")
BANK = (SINGLE, SEVERAL, ORDER, *(question(f"q{n}", "single", "x..") for n in range(7)))


def item(of: Question) -> Item:
    return Item(of, of.options)


@given(st.integers(0, 2**31))
def test_paper_is_the_same_when_its_seed_is(seed: int) -> None:
    paper = draw_paper(BANK, seed)
    assert paper == draw_paper(BANK, seed)
    assert {one.question.id for one in paper} == {one.id for one in BANK}
    for one in paper:
        assert sorted(one.options, key=lambda o: o.id) == sorted(one.question.options, key=lambda o: o.id)
        assert one.question.kind != "order" or one.options != one.question.options


def test_options_stand_elsewhere_when_the_quiz_is_taken_again() -> None:
    orders = {tuple(o.id for one in draw_paper(BANK, seed) for o in one.options) for seed in range(20)}
    assert len(orders) == 20


@given(st.integers(0, 2**31), st.data())
def test_answer_comes_back_to_its_places_when_the_paper_is_opened_again(seed: int, data: st.DataObject) -> None:
    for one in draw_paper(BANK, seed):
        places = data.draw(st.permutations(range(1, len(one.options) + 1)))
        places = places[:1] if one.question.kind == "single" else places
        chosen = one.accept(places)
        assert chosen is not None
        back = one.places_of(chosen)
        assert back == tuple(places) if one.question.kind == "order" else set(back) == set(places)


@pytest.mark.parametrize(
    ("of", "places"),
    [
        (SINGLE, []), (SINGLE, [1, 2]), (SINGLE, [0]), (SINGLE, [5]), (SEVERAL, []), (SEVERAL, [2, 2]), (SEVERAL, [6]),
        (ORDER, [1, 2, 3]), (ORDER, [1, 2, 3, 3]), (ORDER, [-1, 2, 3, 4]),
    ],
)  # fmt: skip
def test_answer_is_refused_when_it_is_none_to_such_a_question(of: Question, places: list[int]) -> None:
    assert item(of).accept(places) is None


@pytest.mark.parametrize(
    ("of", "answer", "share"),
    [
        (SINGLE, ["o2"], Fraction(1)),
        (SINGLE, ["o1"], Fraction(0)),
        (SINGLE, [], Fraction(0)),
        (SEVERAL, ["o1", "o2", "o4"], Fraction(1)),
        (SEVERAL, ["o1", "o2"], Fraction(2, 3)),
        (SEVERAL, ["o1", "o2", "o3"], Fraction(1, 3)),
        (SEVERAL, ["o1", "o2", "o3", "o4", "o5"], Fraction(1, 3)),
        (SEVERAL, ["o3", "o5"], Fraction(0)),
        (ORDER, ["o1", "o2", "o3", "o4"], Fraction(1)),
        (ORDER, ["o2", "o1", "o3", "o4"], Fraction(2, 3)),
        (ORDER, ["o4", "o3", "o2", "o1"], Fraction(0)),
        (ORDER, ["o1", "o2"], Fraction(0)),
    ],
)
def test_item_earns_its_share_when_part_of_it_is_right(of: Question, answer: list[str], share: Fraction) -> None:
    assert mark_item(item(of), answer).share == share


@given(st.integers(0, 2**31), st.dictionaries(st.sampled_from([q.id for q in BANK]), st.integers(0, 10**6)))
def test_marks_stay_between_nothing_and_all_whatever_is_answered(seed: int, picks: dict[str, int]) -> None:
    paper = draw_paper(BANK, seed)
    answers = {one.question.id: [o.id for o in one.options if picks.get(one.question.id, 0) % 7 > 3] for one in paper}
    result = mark_quiz(paper, answers, 80)
    assert 0 <= result.percent <= 100
    assert all(0 <= mark.share <= 1 for mark in result.marks)
    assert result.passed == (result.points * 100 >= 800)


def test_quiz_is_passed_from_the_pass_mark_on_and_not_by_rounding() -> None:
    paper = draw_paper(BANK, 1)
    key = {one.id: one.key for one in BANK}
    assert mark_quiz(paper, key, 80).percent == 100
    without_two = {k: v for k, v in key.items() if k not in {"q1", "q2"}}
    assert (mark_quiz(paper, without_two, 80).percent, mark_quiz(paper, without_two, 80).passed) == (80, True)
    nearly = {**key, "several": ("o1", "o2", "o3"), "q1": (), "order": ("o2", "o1", "o3", "o4")}
    result = mark_quiz(paper, nearly, 80)
    assert (result.percent, result.passed) == (80, True)
    below = {**nearly, "order": ("o3", "o1", "o2", "o4")}
    assert (mark_quiz(paper, below, 80).percent, mark_quiz(paper, below, 80).passed) == (76, False)
    assert mark_quiz(paper, {}, 80).percent == 0
