"""Grades of whole hand-made calls: what earns, what costs, what waits for a person."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.factories.cases import (
    CallScript,
    check_of,
    claim,
    criterion_of,
    good_call,
    make_graded_case,
    reply_grade,
    understood,
)
from trainer.content.call_rubric import call_rubric
from trainer.domain.grade import CALL_CRITERIA
from trainer.domain.grading.as_json import grade_as_json, grade_from_json
from trainer.domain.grading.call import grade_call
from trainer.domain.grading.call_objections import objection_turns
from trainer.domain.grading.call_reading import NotUnderstood, read_call
from trainer.domain.grading.call_rubric import WITH_OBJECTIONS
from trainer.domain.understanding import Promise

WRITTEN = {"phone": "020 7946 0018", "day": "26/11/2026", "reason": "late"}


def test_good_call_passes_with_every_criterion_near_full() -> None:
    grade = good_call(spoken=True).wrap_up(**WRITTEN).grade(s5=reply_grade(90))
    assert grade.passed
    assert grade.success
    assert grade.overall >= 95
    assert tuple(c.id for c in grade.criteria) == CALL_CRITERIA
    assert grade.errors == ()
    assert grade.undecided == ()
    assert grade.rubric_version == "call-1+objection-1"
    assert grade.understanding_version == "test-1"


def test_grade_is_the_same_when_made_twice_and_survives_json() -> None:
    script = good_call(spoken=True).wrap_up(**WRITTEN)
    grade = script.grade(s5=reply_grade(90))
    assert script.grade(s5=reply_grade(90)) == grade
    assert grade_from_json(json.loads(json.dumps(grade_as_json(grade)))) == grade


def test_grade_reads_documents_with_members_it_does_not_know() -> None:
    data = grade_as_json(good_call().grade())
    data["later"] = 1
    data["criteria"][0]["checks"][0]["later"] = 1
    assert grade_from_json(data).overall == data["overall"]


def test_turn_without_understanding_is_refused() -> None:
    script = good_call()
    with pytest.raises(NotUnderstood, match="turn 3"):
        grade_call(script.events, script.case, {}, call_rubric(WITH_OBJECTIONS), {})


def test_empty_log_is_a_grade_of_nothing() -> None:
    grade = grade_call((), make_graded_case(), {}, call_rubric(WITH_OBJECTIONS), {})
    assert (grade.overall, grade.passed, grade.outcome, grade.advice) == (0, False, "", None)


def test_evidence_carries_the_seconds_of_the_words_when_spoken() -> None:
    script = CallScript()
    script.customer("Hello?", move="greet")
    event = script.says("Well, good morning from Parcelo, this is Kim", spoken=True)
    act = understood("good morning", "greeting").acts[0]
    script.understandings[event.seq] = replace(script.understandings[event.seq], acts=(act,))
    evidence = check_of(script.end().grade(), "opening.greeting").evidence[0]
    start = event.data["started_ms"] / 1000
    assert (evidence.audio_from, evidence.audio_to) == (round(start + 0.4, 2), round(start + 1.2, 2))


def test_evidence_has_no_seconds_when_typed() -> None:
    evidence = check_of(good_call().grade(), "opening.greeting").evidence[0]
    assert (evidence.audio_from, evidence.seq) == (None, 3)


def test_missing_greeting_costs_and_shows_where_it_was_expected() -> None:
    script = CallScript()
    script.says("Yes?", question="closed")
    check = check_of(script.end().grade(), "opening.greeting")
    assert check.answer == "no"
    assert check.evidence[0].seq == 2


def test_missing_greeting_is_undecided_and_free_when_hard_to_hear() -> None:
    heard, unheard = CallScript(), CallScript()
    heard.says("mumble mumble this is Parcelo", "self_identification", question="open", spoken=True)
    unheard.says(
        "mumble mumble this is Parcelo", "self_identification:0.52", question="open", spoken=True, recognized=0.53
    )
    clear, blurred = heard.end().grade(), unheard.end().grade()
    assert check_of(clear, "opening.greeting").answer == "no"
    assert check_of(blurred, "opening.greeting").answer == "undecided"
    assert "opening.greeting" in blurred.undecided
    assert criterion_of(blurred, "opening").score == 100
    assert (criterion_of(clear, "opening").score or 0) < 100


def test_credible_correction_is_graded_and_an_invented_one_waits() -> None:
    script = CallScript()
    event = script.says("could morning parcel low this is kim", spoken=True, recognized=0.5)
    script.end()
    script.add(
        "transcript_corrected", turn_id="turn-00001", utterance=event.seq, text="good morning Parcelo this is Kim"
    )
    script.understandings[event.seq] = understood("good morning Parcelo this is Kim", "greeting")
    assert check_of(script.grade(), "opening.greeting").answer == "yes"

    other = CallScript()
    event = other.says("what do you want", spoken=True, recognized=0.95)
    other.end()
    other.add("transcript_corrected", turn_id="turn-00001", utterance=event.seq,
              text="good morning dear customer how may I help you")  # fmt: skip
    assert check_of(other.grade(), "opening.greeting").answer == "undecided"


def test_outbound_call_is_asked_for_reason_and_permission() -> None:
    script = CallScript(make_graded_case(direction="outbound", identity_needed=False))
    script.says("Hello, Kim from Parcelo, is now a good time?", "greeting", "permission_ask", question="closed")
    grade = script.end().grade()
    assert check_of(grade, "opening.permission").answer == "yes"
    assert check_of(grade, "opening.identified").answer == "yes"  # the company's name is enough
    assert check_of(grade, "opening.reason").answer == "no"
    assert check_of(grade, "opening.offer_help").answer == "not_applicable"


def test_identity_is_not_applicable_when_the_case_needs_none() -> None:
    grade = good_call(make_graded_case(identity_needed=False)).grade()
    assert criterion_of(grade, "identification").score is None


def test_identity_asked_after_personal_data_fails_the_order() -> None:
    script = CallScript()
    script.says("Your balance is 120 euros.", claims=[claim("balance is 120 euros", "balance", True)])
    script.customer("Oh.", move="answer")
    script.says("May I have your name and address?", "identity_check", question="closed")
    script.customer("Ana Diaz, 4 Rose Lane.", "identified", move="identify")
    grade = script.end().grade()
    assert check_of(grade, "identification.asked").answer == "yes"
    assert check_of(grade, "identification.before").answer == "no"
    assert [e.number for e in grade.errors if e.decided] == [4]


def test_hidden_need_earns_by_its_share() -> None:
    case = make_graded_case()
    second = replace(case.topics[1], id="colour", only_if="trust:6")
    grade = good_call(replace(case, topics=(*case.topics, second))).grade()
    check = check_of(grade, "needs.discovered")
    assert (check.answer, check.share, check.params) == ("no", 0.5, {"found": "1", "total": "2"})


def test_each_statement_is_a_check_with_its_fact() -> None:
    script = good_call()
    event = script.says("It costs 9 euros, and we deliver on 26 November.", claims=[
        claim("costs 9 euros", "fee", False, "9.00"), claim("on 26 November", "redelivery", True, "2026-11-27", "date"),
    ])  # fmt: skip
    grade = script.grade()
    wrong = check_of(grade, f"accuracy.statement:{event.seq}.2")
    assert (wrong.answer, wrong.params["truth"]) == ("no", "Redelivery costs 4 euros 50.")
    assert check_of(grade, f"accuracy.statement:{event.seq}.3").answer == "yes"


def test_false_statement_put_right_earns_half_and_is_no_fundamental_error() -> None:
    script = good_call()
    script.says("It costs 9 euros.", claims=[claim("costs 9 euros", "fee", False, "9.00")])
    script.says("Sorry, 4 euros 50.", claims=[claim("4 euros 50", "fee", True, "4.50")])
    grade = script.wrap_up(**WRITTEN).grade()
    wrong = next(c for c in criterion_of(grade, "accuracy").checks if c.answer == "no")
    assert wrong.share == 0.5
    assert len(wrong.evidence) == 2
    assert grade.errors == ()


def test_figure_without_a_fact_waits_for_a_person() -> None:
    script = good_call()
    script.says("You get 20 percent off.", claims=[claim("20 percent", None, None, "20", "percent")])
    grade = script.wrap_up(**WRITTEN).grade()
    assert check_of(grade, "accuracy.verified").answer == "undecided"
    assert grade.passed


def test_objection_reply_earns_its_overall() -> None:
    grade = good_call().grade(s5=reply_grade(40))
    check = check_of(grade, "objections.reply:5")
    assert (check.answer, check.share, check.params["type"]) == ("no", 0.4, "delivery_delay")
    assert [o.objection for o in grade.objections] == ["late"]


def test_objection_reply_is_undecided_when_the_grader_is() -> None:
    grade = good_call().grade(s5=reply_grade(40, confidence=0.4))
    assert check_of(grade, "objections.reply:5").answer == "undecided"


def test_lost_objection_is_not_settled_and_an_unwinnable_one_is_by_its_firm_no() -> None:
    for firm, answer in (("no", "no"), ("yes", "yes")):
        case = make_graded_case()
        script = CallScript(replace(case, objections=(replace(case.objections[0], firm=firm),)))
        script.customer("Late!", "objection:late", move="object", objection="late")
        script.says("Sorry.", "apology")
        script.customer("No, and that is final.", "firm_no:late", move="refuse", objection="late")
        script.says("I respect that. Goodbye.", "closing")
        grade = script.end("refused_politely").grade()
        assert check_of(grade, "objections.settled:late").answer == answer
        assert check_of(grade, "objections.firm_no").answer == "yes"


def test_next_step_earns_half_without_a_time() -> None:
    script = CallScript()
    script.says("I will look into it.", promises=[Promise("i", "look into it", None, "I will look into it", 0, 19)])
    check = check_of(script.end().grade(), "solution.next_step")
    assert (check.answer, check.share) == ("no", 0.5)


def test_read_back_is_not_applicable_when_nothing_was_dictated() -> None:
    script = CallScript()
    script.says("Hello.", "greeting")
    assert check_of(script.end().grade(), "solution.read_back").answer == "not_applicable"


def test_closing_has_no_room_when_the_customer_hung_up() -> None:
    script = CallScript()
    script.says("Hello.", "greeting")
    script.customer("Enough!", "end:customer_hung_up", move="hang_up")
    grade = script.end("customer_hung_up").grade()
    assert {c.answer for c in criterion_of(grade, "closing").checks if c.id != "closing.customer_first"} == {
        "not_applicable"
    }


def test_hold_and_transfer_are_not_applicable_when_there_was_none() -> None:
    assert criterion_of(good_call().grade(), "hold_transfer").score is None


def test_hold_earns_when_announced_short_and_thanked_for() -> None:
    script = CallScript()
    script.says("Let me check, please hold on.", "hold_notice")
    event = script.hold(30)
    script.customer("Yes.", move="hold")
    script.says("Thank you for waiting.", "thanks")
    grade = script.end().grade()
    assert criterion_of(grade, "hold_transfer").score == 100
    assert check_of(grade, f"hold_transfer.length:{event.seq}").params == {"seconds": "30"}


def test_hold_costs_when_out_of_the_blue_and_long() -> None:
    script = CallScript()
    script.says("Your parcel is late.", "information")
    script.hold(100)
    grade = script.end().grade()
    assert check_of(grade, "hold_transfer.announced").answer == "no"
    assert check_of(grade, "hold_transfer.length").answer == "no"
    assert [e.number for e in grade.errors if e.decided] == [6]


def test_transfer_to_the_wrong_place_costs() -> None:
    script = CallScript()
    script.says("I put you through to customs.", "transfer_notice")
    script.add("transfer", turn_id="transfer-01", to="specialist", announced=False, briefing="Late parcel PX402")
    script.customer("They sent me back!", "transfer:to:specialist", move="complain_of_silence")
    grade = script.end().grade()
    assert check_of(grade, "hold_transfer.transfer_announced").answer == "yes"
    assert check_of(grade, "hold_transfer.briefed").answer == "yes"
    assert check_of(grade, "hold_transfer.right_place").answer == "no"


def test_promise_left_out_of_the_record_costs() -> None:
    with_notes = good_call().wrap_up(notes="Will call on the 26th", phone=WRITTEN["phone"]).grade()
    without = good_call().wrap_up(phone=WRITTEN["phone"]).grade()
    assert check_of(with_notes, "record.promises").answer == "yes"
    assert check_of(without, "record.promises").answer == "no"


def test_undecided_checks_never_cost_points() -> None:
    sure = good_call().wrap_up(**WRITTEN).grade(s5=reply_grade(90))
    unsure = good_call().wrap_up(**WRITTEN).grade(s5=reply_grade(10, confidence=0.3))
    assert unsure.undecided == ("objections.reply:5",)
    assert unsure.overall >= sure.overall


def test_overall_is_the_weighted_mean_of_what_came_up() -> None:
    grade = good_call().wrap_up(**WRITTEN).grade(s5=reply_grade(50))
    scored = [(c.weight, c.score) for c in grade.criteria if c.score is not None]
    assert grade.overall == int(sum(w * s for w, s in scored) / sum(w for w, _ in scored) + 0.5)


def test_call_without_success_does_not_pass_whatever_its_mark() -> None:
    script = good_call()
    script.events[-1] = replace(script.events[-1], data={"outcome": "timed_out"})
    grade = script.wrap_up("unsolved", **WRITTEN).grade(s5=reply_grade(95))
    assert not grade.success
    assert not grade.passed


def test_advice_names_the_costliest_check_with_model_words_for_it() -> None:
    advice = good_call().wrap_up(**WRITTEN).grade(s5=reply_grade(20)).advice
    assert advice is not None
    assert (advice.criterion, advice.seq, advice.check) == ("objections", 5, "objections.reply:5")
    assert advice.said.startswith("Three days")
    assert advice.could_say == "Three days is a long wait, I am sorry. It comes on the 26th."
    assert advice.kept
    assert advice.kept_seq != advice.seq


def test_advice_puts_a_fundamental_error_first_and_says_the_fact() -> None:
    script = good_call()
    script.says("It costs 9 euros.", claims=[claim("costs 9 euros", "fee", False, "9.00")])
    advice = script.wrap_up(**WRITTEN).grade(s5=reply_grade(20)).advice
    assert advice is not None
    assert (advice.error, advice.criterion, advice.could_say) == (3, "accuracy", "Redelivery costs 4 euros 50.")


def test_there_is_no_advice_when_nothing_was_lost() -> None:
    assert good_call(spoken=True).wrap_up(**WRITTEN).grade(s5=reply_grade(100)).advice is None


def test_reply_to_an_objection_brings_the_confidence_in_its_words_unless_it_was_corrected() -> None:
    script = CallScript()
    script.customer("It came late.", "objection:late", move="objection", objection="late")
    answer = script.says("I am sorry.", spoken=True, recognized=0.6)
    heard = objection_turns(read_call(script.events, script.case, script.understandings))[0]
    assert heard.words == (("I", 0.6), ("am", 0.6), ("sorry.", 0.6))

    script.add("transcript_corrected", turn_id="turn-00001", utterance=answer.seq, text="I am so sorry.")
    corrected = objection_turns(read_call(script.events, script.case, script.understandings))[0]
    assert corrected.reply == "I am so sorry."
    assert corrected.words == ()
