"""How the customer takes a turn: what softens, what hardens, what is told, corrected, refused, and how it ends."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories.scenarios import case_of
from tests.factories.understanding import entity, understood
from trainer.domain.dialogue import (
    CallState,
    Line,
    advance,
    end_reached,
    fact_hints,
    is_success,
    open_call,
    outcome_when_operator_hangs_up,
    react,
    react_to_hold_end,
    react_to_silence,
    react_to_transfer,
    start,
    topic_hints,
)
from trainer.domain.events import make_event
from trainer.domain.scenario import Case
from trainer.domain.spoken import number_words


class Call:
    """A call under way: `says` gives the customer's line to what an operator's turn is understood to be."""

    def __init__(self, case: Case) -> None:
        self.case, self.state, self._seq = case, start(case), 0
        first = open_call(case)
        assert first is not None
        self._take(first)

    def _take(self, line: Line) -> Line:
        self._seq += 1
        self.state = advance(self.case, self.state, make_event(self._seq, 0, "customer_line", **line.as_event_data()))
        return line

    def says(self, text: str = "So, this is what I say.", **parts: Any) -> Line:
        self._seq += 1
        utterance = make_event(self._seq, 0, "operator_utterance", turn_id=f"t{self._seq}", text=text)
        self.state = advance(self.case, self.state, utterance)
        return self._take(react(self.case, self.state, understood(text, **parts)))


def parcel() -> Call:
    call = Call(case_of("late-parcel"))
    call.says("Good morning, how can I help?", acts=["greeting"], question="open")
    return call


def order() -> Call:
    call = Call(case_of("new-home-internet"))
    call.says("Good morning.", acts=["greeting"])
    return call


def sale(firm: str) -> Call:
    """A call at which the price has just been objected to. `firm` is the row of what lies behind it."""
    call = Call(case_of("care-plan-call", behind=firm))
    call.says("Good morning, this is Elena.", acts=["greeting", "self_identification"])
    call.says("May I ask something?", acts=["permission_ask"], question="closed")
    call.says("How is the machine?", question="open", topics=["machine"])
    line = call.says("It is thirteen fifty.", facts=["plan_price"])
    assert line.objection == "price"
    return call


def test_the_caller_says_why_they_call_and_then_what_annoys_them() -> None:
    call = parcel()
    assert call.state.opened
    assert call.state.objections_open == ("late",)
    assert call.state.phase == "work"


def test_an_open_question_brings_out_what_is_kept_back_when_there_is_trust() -> None:
    call = parcel()
    early = call.says("What is it for?", question="open", topics=["need"])
    assert early.move == "withhold"
    call.says("I'm sorry, that must be hard.", acts=["apology", "empathy"])
    call.says("What do you need it for?", question="open", topics=["need"])
    assert "need" in call.state.topics_told


def test_a_remedy_settles_nothing_when_the_cause_was_not_found() -> None:
    call = parcel()
    call.says("We deliver on Friday.", facts=["redelivery_day"])
    assert call.state.objections_open == ("late",)
    assert not call.state.goals_met


def test_the_same_sympathy_moves_nobody_twice() -> None:
    call = parcel()
    assert call.says("I'm so sorry.", acts=["apology"]).move == "soften"
    assert call.says("I'm really sorry.", acts=["apology"]).move != "soften"


@pytest.mark.parametrize("act", ["pressure", "blame"])
def test_pressure_and_blame_harden_when_an_objection_stands(act: str) -> None:
    call = parcel()
    before = call.state
    call.says("That's your own fault.", acts=[act])
    assert call.state.resistance > before.resistance
    assert call.state.patience < before.patience


def test_rudeness_offends_once_and_ends_the_call_the_second_time() -> None:
    call = parcel()
    assert call.says("Idiot.", acts=["rude"]).move == "offended"
    line = call.says("Still an idiot.", acts=["rude"])
    assert line.ends == "customer_hung_up"
    assert call.state.ended == "customer_hung_up"


def test_a_goal_is_met_only_by_a_turn_that_states_its_fact() -> None:
    call = order()
    call.says("What do you use it for?", question="open", topics=["usage"])
    call.says("How long will you stay?", question="open", topics=["horizon"], acts=["acknowledge", "empathy"])
    call.says("One month's notice.", facts=["open_notice"])
    assert "tied_in" in call.state.objections_resolved
    call.says("Does that suit you?", acts=["acceptance_check"], question="closed")
    assert "offer" not in call.state.goals_met
    call.says("Thirty fifty a month.", facts=["open_price"])
    assert "offer" in call.state.goals_met


def test_a_false_price_is_doubted_and_agreed_to_by_nobody() -> None:
    call = order()
    call.says("What do you use it for?", question="open", topics=["usage"])
    before = call.state.goals_met
    assert call.says("It's nine pounds.", wrong=["open_price"]).move in ("doubt", "insist")
    assert call.state.goals_met == before


def test_the_customer_puts_their_own_slip_right_after_the_address() -> None:
    call = order()
    said = call.says("Your address?", question="closed", acts=["data_question"], topics=["address"]).text
    slip, right = call.case.variables["home.slip"], call.case.variables["home.number"]
    assert slip in said
    put_right = call.says("Thank you, I've written that down.", acts=["thanks"]).text
    assert right in put_right or number_words(int(right), "en") in put_right.lower()


def test_a_number_read_back_wrongly_is_corrected_and_rightly_confirmed() -> None:
    call = order()
    truth = call.case.variables["customer.phone"]
    wrong = truth[:-2] + ("99" if truth[-2:] != "99" else "11")
    line = call.says("So that is ...", acts=["read_back"], entities=(entity("phone", wrong),))
    assert line.move == "correct"
    assert truth[-3:] in line.text.replace(" ", "")
    again = call.says("So it is ...", entities=(entity("phone", truth),))
    assert again.move == "confirm"


def test_identity_is_checked_by_two_details_when_they_are_asked_one_by_one() -> None:
    call = parcel()
    call.says("Your order number?", question="closed", acts=["data_question"], topics=["reference"])
    assert not call.state.identified
    call.says("And the postcode?", question="closed", acts=["data_question"], topics=["postcode"])
    assert call.state.identified


def test_who_is_asked_for_everything_tells_everything() -> None:
    call = parcel()
    line = call.says("Who am I speaking to?", acts=["identity_check"], question="closed")
    assert line.move == "identify"
    assert {"name", "reference", "postcode"} <= call.state.topics_told


def test_a_firm_customer_says_no_once_the_cause_is_found_and_that_is_a_good_end() -> None:
    call = sale("2")
    line = call.says("What holds you back?", question="open", topics=["why"])
    assert line.move == "refuse"
    assert {"final:price", "firm_no:price"} <= set(line.marks)
    call.says("I understand, thank you.", acts=["acknowledge", "thanks"])
    assert call.says("Goodbye.", acts=["closing"]).ends == "refused_politely"
    assert is_success(call.case, call.state, "refused_politely")


def test_a_firm_no_is_final_when_the_operator_goes_on_selling() -> None:
    call = sale("2")
    call.says("What holds you back?", question="open", topics=["why"])
    line = call.says("I could offer you another one.", acts=["offer"])
    assert line.ends == "customer_hung_up"
    assert "pressed:price" in line.marks


def test_service_after_a_firm_no_is_no_selling() -> None:
    call = sale("2")
    call.says("What holds you back?", question="open", topics=["why"])
    assert call.says("I'll take you off the list right away.", acts=["promise"]).ends is None
    assert call.says("And there is no fee for that.", acts=["price_statement"]).ends == "refused_politely"


def test_stating_the_merits_again_is_selling_when_the_no_was_firm() -> None:
    call = sale("2")
    call.says("What holds you back?", question="open", topics=["why"])
    line = call.says("I see. But a technician comes in a day.", acts=["acknowledge"], facts=["response_time"])
    assert line.ends == "customer_hung_up"


def test_a_remedy_named_too_early_is_remembered_when_the_cause_comes_out() -> None:
    call = parcel()
    call.says("I'm sorry. We deliver on Friday.", acts=["apology", "empathy"], facts=["redelivery_day"])
    call.says("What do you need it for?", question="open", topics=["need"])
    assert call.state.objections_open == ("late",)
    line = call.says("Would that be in time?", acts=["acceptance_check"], question="closed")
    assert "resolved:late" in line.marks


def test_an_open_question_that_fits_nothing_brings_out_what_matters_next() -> None:
    call = order()
    assert "topic:usage" in call.says("Tell me more.", question="open").marks


def test_a_wrong_amount_is_doubted_when_it_answers_the_objection() -> None:
    call = parcel()
    call.says("I'm sorry.", acts=["apology", "empathy"])
    call.says("What for?", question="open", topics=["need"])
    assert call.says("We deliver on Friday.", facts=["redelivery_day"]).objection == "paid_fast"
    assert call.says("You get nine pounds back.", wrong=["express_fee"]).move == "doubt"
    assert call.state.objections_open == ("paid_fast",)


def test_a_customer_who_can_be_won_is_won_by_an_answer_to_the_cause() -> None:
    call = sale("0")
    call.says("What holds you back?", question="open", topics=["why"])
    assert call.state.objections_open == ("price",)
    assert call.says("Within a day.", facts=["response_time"]).move == "accept"
    assert call.state.objections_resolved >= {"price"}


def test_a_customer_says_no_for_want_of_an_answer_when_the_cause_is_never_asked_for() -> None:
    call = sale("0")
    for _ in range(12):
        if call.state.firm_no or call.state.ended:
            break
        call.says("It is really very good.", acts=["information"])
    assert call.state.firm_no == {"price"}
    assert "final:price" not in call.state.marks
    end = end_reached(call.case, call.state)
    assert end is not None
    assert not end.success


def test_a_parrot_is_told_so() -> None:
    call = parcel()
    call.says("I'm sorry.", acts=["apology"])
    assert (
        call.says(call.state.last_customer_line + " " + call.state.last_customer_line).move == "complain_of_parroting"
    )


def test_a_turn_that_was_not_understood_is_asked_for_again_and_costs_nothing_at_first() -> None:
    call = parcel()
    before = call.state
    line = call.says("mumble mumble", confidence=0.1)
    assert line.move == "repeat"
    assert (call.state.patience, call.state.idle) == (before.patience, before.idle)


def test_an_early_goodbye_is_held_back_once() -> None:
    call = parcel()
    assert call.says("Goodbye.", acts=["closing"]).ends is None
    assert call.says("Goodbye then.", acts=["closing"]).ends == "customer_hung_up"


def test_the_operator_who_hangs_up_first_has_cut_the_customer_off() -> None:
    call = parcel()
    assert outcome_when_operator_hangs_up(call.case, call.state) == "operator_hung_up"


@pytest.mark.parametrize(
    ("seconds", "move", "ends"),
    [(4.0, "complain_of_silence", None), (8.0, "complain_of_silence", None), (15.0, "hang_up", "customer_hung_up")],
)
def test_silence_has_consequences_when_it_lasts(seconds: float, move: str, ends: str | None) -> None:
    call = parcel()
    line = react_to_silence(call.case, call.state, seconds)
    assert line is not None
    assert (line.move, line.ends) == (move, ends)


def test_a_short_silence_is_no_matter() -> None:
    call = parcel()
    assert react_to_silence(call.case, call.state, 3.9) is None


def test_a_hold_out_of_the_blue_costs_more_than_one_that_was_announced() -> None:
    call = parcel()
    told = react_to_hold_end(call.case, call.state, 30.0, announced=True)
    sudden = react_to_hold_end(call.case, call.state, 30.0, announced=False)
    assert sum(amount for _, amount, _ in told.effects) == 0
    assert sum(amount for _, amount, _ in sudden.effects) < 0
    assert react_to_hold_end(call.case, call.state, 100.0).effects


def test_a_transfer_to_the_wrong_place_comes_back() -> None:
    call = parcel()
    line = react_to_transfer(call.case, call.state, "billing", announced=True, briefing="wants the fee back")
    assert line.ends is None
    assert call.case.small_talk.bounced
    assert any(variable == "patience" and amount < 0 for variable, amount, _ in line.effects)


def test_hints_hold_every_fact_and_topic_of_the_case() -> None:
    state: CallState | None = None
    for slug in ("late-parcel", "new-home-internet", "care-plan-call"):
        case = case_of(slug, "fr")
        assert {f.id for f in fact_hints(case, state)} == {f.id for f in case.all_facts}
        assert {t.id for t in topic_hints(case)} == {t.id for t in case.topics}


def test_a_customer_who_will_not_buy_says_so_when_everything_was_told_before_the_price() -> None:
    call = Call(case_of("care-plan-call", behind="2"))
    call.says("Good morning, this is Elena.", acts=["greeting", "self_identification"])
    call.says("May I ask something?", acts=["permission_ask"], question="closed")
    call.says("How is the machine?", question="open", topics=["machine"])
    assert "topic:why" in call.says("What if it stops?", question="open", topics=["why"]).marks
    call.says("A technician comes in a day.", facts=["response_time"])
    line = call.says("It is thirteen fifty.", facts=["plan_price"])
    assert line.objection == "price"
    assert "resolved:price" not in line.marks
    assert "firm_no:price" in call.says("A technician comes in a day.", facts=["response_time"]).marks
