"""Moodle GIFT: what is written is read back as it was, and what Moodle and people write is read as Moodle reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories.questions import questions
from trainer.config import ROOT
from trainer.content.bank_findings import MOST_QUESTIONS
from trainer.content.courses import load_course
from trainer.content.gift import read_gift, write_gift
from trainer.domain.questions import Option, Pair, Question

EVERY_KIND = ROOT / "tests" / "data" / "courses" / "every-kind"
HAND_WRITTEN = Path(__file__).parents[1] / "data" / "bank" / "moodle.gift"
MAY_BE_LEFT_OUT = {"match": {"gift.arrow", "gift.line_break"}, "order": {"gift.line_break"}, "text": {"gift.own_words"}}


def one(text: str) -> Question:
    """The only question of a file without a mistake."""
    taken = read_gift(text, "en")
    assert not taken.mistakes
    (entry,) = taken.entries
    return entry.question


def codes(text: str) -> list[tuple[int, str]]:
    return [(finding.line, finding.code) for finding in read_gift(text, "en").mistakes]


def test_pair_that_looks_like_a_format_keeps_its_words() -> None:
    options = tuple(Option(f"o{n}", text, "") for n, text in enumerate(("one", "two", "three"), 1))
    pairs = tuple(Pair(left, f"o{n}", "so") for n, left in enumerate(("[html]", "b", "c"), 1))
    question = Question("a", "match", "IN4", "01-hear-the-person", 1, "Which?", options, pairs=pairs)
    text, _left_out = write_gift([question], "en", "complaint-calls")
    assert [entry.question for entry in read_gift(text, "en", ["01-hear-the-person"]).entries] == [question]


@pytest.mark.parametrize("kind", ["single", "several", "order", "match", "number", "text"])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_question_is_read_back_as_it_was_written(kind: str, data: st.DataObject) -> None:
    question = data.draw(questions(kind))
    text, left_out = write_gift([question], "en", "complaint-calls")
    if left_out:
        assert left_out[0].code in MAY_BE_LEFT_OUT[kind]
        return
    taken = read_gift(text, "en", ["01-hear-the-person"])
    assert (taken.mistakes, taken.notes, taken.left_out) == ([], [], [])
    assert [entry.question for entry in taken.entries] == [question]


def test_a_bank_is_held_but_for_what_gift_has_no_form_for() -> None:
    course = load_course(EVERY_KIND)
    for language, edition in course.editions.items():
        text, left_out = write_gift(edition.questions, language, course.slug)
        read = {entry.question.id: entry.question for entry in read_gift(text, language).entries}
        assert [finding.part for finding in left_out] == ["record", "better", "spot", "text", "branch"]
        assert list(read.values()) == [question for question in edition.questions if question.id in read]


def test_moodle_finds_its_own_signs_in_what_is_written() -> None:
    text, _ = write_gift(load_course(EVERY_KIND).editions["en"].questions, "en", "every-kind")
    assert text.startswith("$CATEGORY: every-kind/01-all-of-it\n\n// [id:plain-rolls] [tag:duty:IN3]")
    assert "::plain-rolls::[plain]She says\\: half of them plain." in text
    assert "\t~%50%An address#" in text
    assert "\t~%-100%The guests’ names#" in text
    assert "\t= -> Why\n" in text
    assert "\t=%100%18.00:0.01#\n" in text


def test_a_file_of_moodle_is_read_as_moodle_reads_it() -> None:
    taken = read_gift(HAND_WRITTEN.read_text(encoding="utf-8"), "en", ["01-hear-the-person"])
    assert not taken.mistakes
    read = {entry.question.id: entry.question for entry in taken.entries}
    tomb = read["grants-tomb"]
    assert tomb.text == "Grant is _____ in Grant's tomb."
    assert [(o.text, o.feedback, o.right) for o in tomb.options] == [
        ("buried", "No one is buried there.", False),
        ("entombed", "Right answer!", True),
        ("living", "We hope not!", False),
    ]
    assert (tomb.kind, tomb.duty, tomb.lesson, tomb.difficulty) == ("single", "IN4", "01-hear-the-person", 2)
    two = read["two-people"]
    assert (two.kind, [option.right for option in two.options]) == ("several", [False, True, True, False])
    assert {option.feedback for option in two.options} == {"The two of them lie there."}
    capitals = read["capitals"]
    assert [pair.left for pair in capitals.pairs] == ["Canada", "Italy", "Japan"]
    assert [option.text for option in capitals.options] == ["Ottawa", "Rome", "Tokyo", "Paris"]
    assert read["control-characters"].options[2].text == "}"
    assert read["control-characters"].options[3].text == "\\"
    assert read["born"].value == "1822"
    assert [near.value for near in read["born"].near] == ["1832"]
    pi = read["pi"]
    assert (pi.value, pi.tolerance) == ("3.1415", "0.0005")
    assert read["marked-up"].text == "Who’s buried in Grant’s tomb?\nThink & choose."
    assert read["hometown"].references == ("Nazareth", "Nazareth in Galilee", "in Nazareth")
    assert [(f.about, f.code) for f in taken.left_out] == [
        ("Say what you think of it.", "gift.description"),
        ("sun", "gift.true_false"),
        ("essay", "gift.essay"),
    ]
    assert ("born", "gift.answer_lost") in [(note.about, note.code) for note in taken.notes]


def test_a_comment_speaks_for_its_question_and_one_alone_for_those_after_it() -> None:
    taken = read_gift(
        "// duty: in4 lesson: 01-a difficulty: 2\n\n"
        "// id: one duty: K1\n::First::A {=a#x ~b#x ~c#x}\n\n"
        "// question: 17  name: Second\n::Second one::A {=a#x ~b#x ~c#x}\n",
        "en",
    )
    heads = [(q.id, q.duty, q.lesson, q.difficulty) for q in (entry.question for entry in taken.entries)]
    assert heads == [("one", "K1", "01-a", 2), ("second-one", "IN4", "01-a", 2)]


@pytest.mark.parametrize(
    ("text", "kind", "right"),
    [
        ("Q {=a#1 ~b#2 ~c#3}", "single", [True, False, False]),
        ("Q {~%100%a#1 ~b#2 ~c#3}", "single", [True, False, False]),
        ("Q {~=a#1 ~b#2 ~ c#3}", "single", [True, False, False]),
        ("Q {\n~%50%a\n~%50%b\n~%-100%c\n####why\n}", "several", [True, True, False]),
    ],
)
def test_what_is_right_follows_from_signs_and_weights(text: str, kind: str, right: list[bool]) -> None:
    question = one(text)
    assert (question.kind, [option.right for option in question.options]) == (kind, right)


@pytest.mark.parametrize(
    ("answer", "value", "tolerance"),
    [("#12.5:0.5", "12.5", "0.5"), ("#1..5", "3", "2"), ("#=%100%7:0#yes", "7", "0"), ("#-3", "-3", "0"), ("# 0.1 .. 0.2 ", "0.15", "0.05")],
)  # fmt: skip
def test_figures_are_read_with_what_is_near_enough(answer: str, value: str, tolerance: str) -> None:
    question = one(f"How many? {{{answer}}}")
    assert (question.kind, question.value, question.tolerance) == ("number", value, tolerance)


def test_each_mistake_is_told_with_its_line() -> None:
    text = (
        "// a comment\n\n"
        "::open::A question {=a ~b\n\n"  # 3
        "::two::A {=a ~b} and {=c ~d}\n\n"  # 5
        "::stray::Which? {\nParis\n~London\n}\n\n"  # 7, 8
        "::pairs::Which? {\n=a -> b\n=c\n=d -> e\n}\n\n"  # 12, 14
        "::figure::How many? {#\n=many\n}\n\n"  # 18, 19
        "::closed::A } question"  # 22
    )
    assert codes(text) == [
        (3, "gift.brace"), (5, "gift.two_parts"), (7, "gift.stray"), (14, "gift.no_arrow"), (19, "gift.no_number"), (22, "gift.brace"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Q {" + "~" * 10_000 + "}", "gift.many_answers"), ("Q {#" + "=1" * 9_000 + "}", "gift.many_answers"),
        ("Q {\n" + "~an answer#why\n" * 60_000 + "}", "gift.long"), ("[markdown]" + "[" * 1_000_000, "gift.long"),
    ],
)  # fmt: skip
def test_what_no_question_is_as_long_as_is_told_and_not_read(text: str, code: str) -> None:
    assert codes(text) == [(1, code)]


def test_reading_ends_where_a_file_has_too_many() -> None:
    taken = read_gift("Q {=a ~b ~c}\n\n" * 20_000, "en")
    assert taken.is_full
    assert len(taken.entries) == MOST_QUESTIONS + 1
