"""Learning by duty, and how often each answer of a question was chosen."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.web.test_learn_kinds import the_course
from trainer.domain.item_choices import groups_of, picked, tally
from trainer.domain.questions import Question
from trainer.domain.strengths import Answered, Taught, standings, weakest

LESSONS = (
    Taught("c", "one", ("IN1", "K2"), True),
    Taught("c", "two", ("IN1",), False),
    Taught("c", "three", ("IN4",), False),
)


def answered(question: str, share: float | None, duty: str = "IN1", lesson: str = "two") -> Answered:
    return Answered("c", question, duty, lesson, (), None if share is None else Fraction(share))


def question(name: str) -> Question:
    found = the_course().edition("en").question(name)
    assert found is not None
    return found


def test_latest_answer_counts_when_a_question_came_again() -> None:
    (_knowledge, first, *_others) = standings(LESSONS, [answered("q", 0), answered("r", 1), answered("q", 1)], [])
    assert (first.duty, first.percent, first.quiz.count) == ("IN1", 100, 2)


def test_duties_stand_in_the_order_of_the_job_and_know_their_lessons() -> None:
    found = standings(LESSONS, [], [answered("q", 1, "price", "")])
    assert [(one.duty, one.read, one.lessons) for one in found] == [
        ("K2", 1, 1),
        ("IN1", 1, 2),
        ("IN4", 0, 1),
        ("price", 0, 0),
    ]
    assert [one.percent for one in found] == [None, None, None, 100]


def test_weakest_duties_name_missed_lessons_first_then_unread_ones() -> None:
    (weak,) = weakest(standings(LESSONS, [answered("q", 0, lesson="one")], [answered("r", 1)]))
    assert weak.percent == 50
    assert weak.again == (("c", "one"), ("c", "two"))


def test_several_missed_questions_weigh_more_than_one() -> None:
    answers = [answered("a", 0, "K2"), *(answered(name, 0, "IN4") for name in "bcd"), answered("e", 1, "IN1")]
    assert [one.duty for one in weakest(standings(LESSONS, answers, []))] == ["IN4", "K2"]


def test_duty_is_not_weak_while_everything_waits_for_a_person() -> None:
    found = standings(LESSONS, [], [answered("q", None)])
    assert not weakest(found)
    assert next(one for one in found if one.duty == "IN1").exam.waiting == 1


def test_lessons_that_are_gone_are_not_recommended() -> None:
    (weak,) = weakest(standings((), [answered("q", 0, lesson="gone")], []))
    assert weak.again == ()


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("plain-rolls", [""]), ("what-is-needed", [""]), ("belongs", ["pair"] * 3), ("which-is-better", ["reply", "reason"]),
        ("find-it", ["line", "error"]), ("little-call", ["step", "step"]), ("in-order", []), ("the-price", []), ("hear-it", []),
        ("own-words", []),
    ],
)  # fmt: skip
def test_groups_of_every_kind_hold_the_key(name: str, parts: list[str]) -> None:
    asked = question(name)
    groups = groups_of(asked)
    assert [group.part for group in groups] == parts
    for group, ids in zip(groups, picked(asked, asked.key), strict=True):
        right = {choice.id for choice in group.choices if choice.right}
        assert set(ids) == right, "whoever answers by the key chose what is right in every group"
    assert all(len(ids) == 0 for ids in picked(asked, ()))


def test_choices_are_told_apart_by_the_halves() -> None:
    asked = question("plain-rolls")
    (right,) = asked.key
    wrong = next(option.id for option in asked.options if option.id != right)
    ((group, count, chosen),) = tally(
        asked, [((right,), 0.9), ((wrong,), 0.1), ((right,), 0.8), ((), 0.5), ((wrong,), 0.2)]
    )
    assert count == 4
    by_id = {one.choice.id: one for one in chosen}
    assert (by_id[right].count, by_id[right].share, by_id[right].strong, by_id[right].weak) == (2, 0.5, 1.0, 0.0)
    assert by_id[wrong].strong == 0.0
    assert sum(one.count for one in chosen) == 4
    assert len(group.choices) == 3


def test_halves_are_left_out_where_everybody_is_alike() -> None:
    asked = question("plain-rolls")
    ((_group, _count, chosen),) = tally(asked, [(asked.key, 0.5)] * 4)
    assert {one.strong for one in chosen} == {None}
