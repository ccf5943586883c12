"""The seven fundamental errors: each found with its evidence, decided only when sure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.factories.cases import CallScript, claim, good_call, make_graded_case, reply_grade
from trainer.domain.grade import REPLY_CRITERIA, CallGrade, ReplyEvidence

WRITTEN = {"phone": "020 7946 0018", "day": "26/11/2026", "reason": "late"}


def decided(grade: CallGrade) -> list[int]:
    return [e.number for e in grade.errors if e.decided]


def waiting(grade: CallGrade) -> list[int]:
    return [e.number for e in grade.errors if not e.decided]


def test_good_call_has_none() -> None:
    assert good_call().wrap_up(**WRITTEN).grade(s5=reply_grade()).errors == ()


def test_one_decided_error_fails_the_call_whatever_its_mark() -> None:
    script = good_call()
    script.says("You are an idiot.", "rude")
    grade = script.wrap_up(**WRITTEN).grade(s5=reply_grade(95))
    assert grade.overall >= 70
    assert not grade.passed
    assert decided(grade) == [1]
    assert grade.errors[0].evidence[0].quote == "You are an idiot."


@pytest.mark.parametrize(("act", "number"), [("rude", 1), ("pressure", 5)])
def test_act_that_is_not_sure_waits_for_a_person(act: str, number: int) -> None:
    script = good_call()
    script.says("Hm, well then.", f"{act}:0.6")
    grade = script.wrap_up(**WRITTEN).grade(s5=reply_grade(95))
    assert waiting(grade) == [number]
    assert f"error:{number}" in grade.undecided
    assert grade.passed


def test_rude_words_that_were_hard_to_hear_wait_for_a_person() -> None:
    script = good_call()
    event = script.says("you are an idiot", "rude:0.5", spoken=True, recognized=0.5)
    grade = script.wrap_up(**WRITTEN).grade()
    assert waiting(grade) == [1]
    assert grade.errors[0].evidence[0].audio_from == event.data["started_ms"] / 1000


def test_blame_seen_by_the_reply_grader_alone_waits_and_stands_when_the_words_agree() -> None:
    alone = good_call().wrap_up(**WRITTEN).grade(s5=reply_grade(20, "blame_customer"))
    assert waiting(alone) == [1]
    script = CallScript()
    script.customer("Late!", "objection:late", move="object", objection="late")
    event = script.says("You should have been at home.", "blame")
    both = script.end().grade(**{f"s{event.seq}": reply_grade(20, "blame_customer")})
    assert 1 in decided(both)


def test_ignored_customer_stands_when_they_had_to_say_it_again() -> None:
    script = CallScript()
    script.customer("Late!", "objection:late", move="object", objection="late")
    event = script.says("We also sell boxes.", "offer")
    script.customer("I said it is late.", "insisted:late", "idle", move="insist", objection="late")
    grade = script.end().grade(**{f"s{event.seq}": reply_grade(10, "ignored_customer")})
    assert 2 in decided(grade)


def test_ignored_customer_waits_when_the_customer_was_content() -> None:
    grade = good_call().wrap_up(**WRITTEN).grade(s5=reply_grade(10, "ignored_customer"))
    assert waiting(grade) == [2]


def test_same_words_three_times_are_a_script_read_on() -> None:
    script = CallScript()
    for number in range(3):
        script.customer(f"Question {number}?", move="answer")
        script.says("I understand your concern, we value you.", "acknowledge")
    assert 2 in decided(script.end().grade())


def test_speaking_over_the_customer_again_and_again_is_not_hearing() -> None:
    script = CallScript()
    for number in range(4):
        script.customer(f"Question {number} is this?", move="answer")
        script.says(f"Answer number {number} is that.", spoken=True, interrupts=True)
    assert 2 in decided(script.end().grade())


def test_false_statement_stands_and_an_unsure_one_waits() -> None:
    for confidence, sure in ((0.9, True), (0.6, False)):
        script = good_call()
        wrong = claim("costs 9 euros", "fee", False, "9.00", confidence=confidence)
        script.says("It costs 9 euros.", claims=[wrong])
        grade = script.wrap_up(**WRITTEN).grade(s5=reply_grade())
        assert (decided(grade) if sure else waiting(grade)) == [3]
        assert grade.errors[0].evidence[0].rule == "fact:fee"


def test_falsehood_that_no_fact_contradicts_waits() -> None:
    grade = good_call().wrap_up(**WRITTEN).grade(s5=reply_grade(20, "false_information", 0.95))
    assert waiting(grade) == [3]


def test_secret_told_is_disclosure_even_to_a_known_customer() -> None:
    script = good_call()
    script.says("Our margin is 35 percent.", claims=[claim("margin is 35 percent", "margin", True, "35", "percent")])
    assert decided(script.wrap_up(**WRITTEN).grade()) == [4]


def test_protected_data_before_the_check_is_disclosure() -> None:
    script = CallScript()
    script.says("Is your account still FR76 3000 6000 0112 3456 7890 189?", "data_question", question="closed")
    grade = script.end().grade()
    assert 4 in decided(grade)
    assert grade.errors[0].evidence[0].rule == "discloses:record:iban"


def test_data_that_the_customer_said_first_is_no_disclosure() -> None:
    script = CallScript()
    script.customer("My account is FR76 3000 6000 0112 3456 7890 189.", move="answer")
    script.says("FR76 3000 6000 0112 3456 7890 189, thank you.", "read_back")
    assert 4 not in decided(script.end().grade())


def test_disclosure_after_a_check_that_was_not_answered_waits() -> None:
    script = CallScript()
    script.says("May I have your name?", "identity_check", question="closed")
    script.customer("Ana.", "topic:name", move="identify")
    script.says("Your balance is 120 euros.", claims=[claim("balance is 120 euros", "balance", True)])
    assert waiting(script.end().grade()) == [4]


def test_pressing_after_a_firm_no_is_pressure() -> None:
    script = CallScript(make_graded_case(identity_needed=False))
    script.customer("No, and that is final.", "objection:late", "firm_no:late", move="refuse", objection="late")
    event = script.says("But we have a wonderful offer!", "offer")
    script.customer("Goodbye!", "pressed:late", "end:customer_hung_up", move="hang_up")
    grade = script.end("customer_hung_up").grade()
    assert decided(grade) == [5]
    assert grade.errors[0].evidence[0].seq == event.seq


def test_long_silence_leaves_the_customer_alone_and_a_hold_does_not() -> None:
    silent, held = good_call(), CallScript()
    silent.silence(16)
    assert decided(silent.wrap_up(**WRITTEN).grade()) == [6]
    held.says("One moment, I put you on hold.", "hold_notice")
    held.hold(50)
    held.says("Thank you for waiting.", "thanks", spoken=True)
    assert 6 not in decided(held.end().grade())


def test_silence_before_a_spoken_turn_is_measured_and_before_a_typed_one_is_not() -> None:
    for spoken, expected in ((True, [6]), (False, [])):
        script = CallScript(make_graded_case(identity_needed=False))
        script.customer("Hello?", move="greet")
        script.says("Good morning.", "greeting", spoken=spoken, after_s=20)
        assert decided(script.end("").grade()) == expected


def test_hanging_up_on_the_customer_leaves_them_alone() -> None:
    script = CallScript()
    script.says("Bye.", "closing")
    grade = script.end("operator_hung_up", hung_up_by="operator").grade()
    assert decided(grade) == [6]


def test_unannounced_hold_waits_when_the_turn_before_was_hard_to_hear() -> None:
    script = CallScript()
    script.says("one mumble", spoken=True, recognized=0.4)
    script.hold(20)
    assert waiting(script.end().grade()) == [6]


def test_agreed_aloud_and_not_recorded_is_a_false_record() -> None:
    grade = good_call().wrap_up(day="26/11/2026", reason="late").grade()
    assert decided(grade) == [7]
    assert grade.errors[0].evidence[0].rule == "record:unrecorded:phone"


def test_transposed_figures_are_a_mistake_and_no_fundamental_error() -> None:
    grade = good_call().wrap_up(**{**WRITTEN, "phone": "020 7946 0081"}).grade()
    assert grade.errors == ()
    assert [f.mistake for f in grade.record if not f.right] == ["transposed"]


def test_code_that_claims_a_success_is_a_false_record() -> None:
    script = CallScript()
    script.says("Hello.", "greeting")
    script.customer("Enough!", "end:customer_hung_up", move="hang_up")
    assert decided(script.end("customer_hung_up").wrap_up("solved").grade()) == [7]


def test_number_read_back_without_a_promise_and_left_out_waits_for_a_person() -> None:
    script = good_call()
    script.understandings[9] = replace(script.understandings[9], promises=())
    grade = script.wrap_up(day="26/11/2026", reason="late").grade()
    assert [f.mistake for f in grade.record if not f.right] == ["unrecorded"]
    assert decided(grade) == []
    assert waiting(grade) == [7]


@pytest.mark.parametrize(("spoken", "text", "decided"), [
    (True, "We can do tomorrow.", False),
    (False, "We can do tomorrow.", True),
    (True, "You will have it tomorrow.", True),
])  # fmt: skip
def test_can_that_may_have_been_cannot_decides_nothing_when_it_was_spoken(
    spoken: bool, text: str, decided: bool
) -> None:
    script = CallScript()
    script.customer("When does it come?", move="insist")
    script.says(text, "information", spoken=spoken, claims=[claim(text, "fee", False, "yes", "policy")])
    found = [error for error in script.end().grade().errors if error.number == 3]
    assert [error.decided for error in found] == [decided]


@pytest.mark.parametrize(
    ("error", "number"),
    [("rude", 1), ("ignored_customer", 2), ("false_information", 3), ("data_disclosure", 4), ("pressure", 5)],
)
def test_error_of_a_reply_that_was_hard_to_hear_waits_and_is_listed(error: str, number: int) -> None:
    shows = ReplyEvidence("conduct", "the words", f"{error}:head/1:hard_to_hear")
    reply = replace(reply_grade(90, confidence=0.7), undecided=REPLY_CRITERIA, evidence=(shows,))
    grade = good_call().wrap_up(**WRITTEN).grade(s5=reply)
    assert (decided(grade), waiting(grade)) == ([], [number])
    assert {"objections.reply:5", f"error:{number}"} <= set(grade.undecided)
    assert grade.passed
    assert grade.overall >= good_call().wrap_up(**WRITTEN).grade(s5=reply_grade(60)).overall
