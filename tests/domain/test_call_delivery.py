"""Figures of delivery and time: counted from words and clocks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories.cases import CallScript, check_of, criterion_of, good_call, make_graded_case
from trainer.domain.grading.delivery import fillers_in

LONG = "this is a sentence of ten words said at once now"


def spoken_call(**how: object) -> CallScript:
    script = CallScript(make_graded_case(identity_needed=False))
    for _ in range(4):
        script.customer("And then what?", move="answer")
        script.says(LONG + " " + str(len(script.events)), spoken=True, **how)  # type: ignore[arg-type]
    return script.end()


@pytest.mark.parametrize(("word_ms", "answer"), [(400, "yes"), (700, "no"), (200, "no")])
def test_pace_is_words_over_the_seconds_spoken(word_ms: int, answer: str) -> None:
    grade = spoken_call(word_ms=word_ms).grade()
    assert grade.figures["words_per_minute"] == pytest.approx(60_000 / word_ms, abs=0.01)
    assert check_of(grade, "delivery.pace").answer == answer


def test_pace_is_not_judged_when_few_words_were_spoken() -> None:
    script = CallScript()
    script.says("Good morning", "greeting", spoken=True, word_ms=1500)
    assert check_of(script.end().grade(), "delivery.pace").answer == "not_applicable"


def test_pace_is_undecided_when_the_recognizer_missed_most() -> None:
    assert check_of(spoken_call(word_ms=900, recognized=0.4).grade(), "delivery.pace").answer == "undecided"


def test_delivery_is_not_applicable_when_typed() -> None:
    grade = good_call().grade()
    assert criterion_of(grade, "delivery").score is None
    assert "words_per_minute" not in grade.figures


@pytest.mark.parametrize(
    ("text", "count"),
    [("um well I uh think", 2), ("euh bon du coup euh voilà", 3), ("you know what I mean", 2), ("a clean sentence", 0)],
)
def test_fillers_are_counted_in_both_languages(text: str, count: int) -> None:
    assert fillers_in(text) == count


def test_pause_within_a_turn_is_found() -> None:
    script = CallScript()
    event = script.says("one two", spoken=True)
    event.data["words"][1][1:3] = [4.4, 4.8]  # type: ignore[index]
    grade = script.end().grade()
    assert grade.figures["longest_pause_s"] == pytest.approx(4.0)
    assert grade.figures["long_pauses"] == 1


def test_wait_before_a_turn_is_dead_air_from_the_end_of_the_customers_line() -> None:
    figures = spoken_call(after_s=5.0).grade().figures
    assert figures["longest_silence_s"] == pytest.approx(5.0)
    assert figures["dead_air_s"] == pytest.approx(20.0)


def test_hold_is_no_dead_air() -> None:
    script = CallScript()
    script.customer("Hello?", move="greet")
    script.hold(30, announced=True)
    script.says("Thank you for waiting.", "thanks", spoken=True)
    assert script.end().grade().figures["dead_air_s"] == 0


def test_talking_over_the_customer_costs_from_the_second_time_on() -> None:
    script = CallScript()
    for number in range(2):
        script.customer("And?", move="answer")
        script.says(f"Number {number}", spoken=True, interrupts=True)
        answer = check_of(script.grade(), "delivery.talk_over").answer
        assert answer == ("yes" if number == 0 else "no")


def test_long_call_earns_less_the_longer_it_is() -> None:
    short = spoken_call().grade()
    long = spoken_call(after_s=200.0).grade()
    assert check_of(short, "handling_time.call").answer == "yes"
    check = check_of(long, "handling_time.call")
    assert check.answer == "no"
    assert check.share is not None
    assert 0 < check.share < 1


def test_length_is_not_judged_when_typed_and_write_up_is() -> None:
    grade = good_call().wrap_up(seconds=400.0).grade()
    assert check_of(grade, "handling_time.call").answer == "not_applicable"
    assert check_of(grade, "handling_time.wrap_up").answer == "no"
    assert grade.figures["wrap_up_s"] == 400.0


def test_slow_line_is_no_dead_air_when_the_page_tells_when_the_customer_fell_silent() -> None:
    script = CallScript()
    line = script.customer("It was meant to come on Monday.", move="object")
    said = script.says("I am sorry to hear that.", "apology", spoken=True, after_s=19.0)
    free = line.at_ms + line.data["duration_ms"] + 18_000
    events = [replace(one, data={**one.data, "free_ms": free}) if one.seq == said.seq else one for one in script.events]
    script.events[:] = events
    figures = script.end().grade().figures
    assert figures["longest_silence_s"] == pytest.approx(1.0)
    assert figures["dead_air_s"] == 0
