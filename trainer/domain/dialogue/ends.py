"""How a call ends: which end the operator has earned, and how the customer takes leave."""

from __future__ import annotations

from trainer.domain.dialogue.draft import Draft
from trainer.domain.dialogue.matters import is_done, remind, standing
from trainer.domain.dialogue.state import CallState, holds
from trainer.domain.dialogue.turn import Heard
from trainer.domain.scenario import Case, End

NOT_BY_CLOSING = frozenset({"customer_hung_up", "operator_hung_up", "timed_out", "transferred"})
PRESSING = frozenset({"offer", "objection_answer"})
"""Acts that sell by themselves. A promise or a price may as well be the service that a no asks for: "I cancel it for
you, and there is no fee"; they sell where they state what was sold before."""
LEAVING = frozenset({"closing", "thanks", "acknowledge"})


def end_reached(case: Case, state: CallState) -> End | None:
    """The first end that a clean close would now bring about, whose needs are all met."""
    return next((e for e in case.ends if e.outcome not in NOT_BY_CLOSING and _needs_met(e, state)), None)


def is_success(case: Case, state: CallState, outcome: str) -> bool:
    """True if `outcome` is a good end of this call: an end that says so, with all its needs met."""
    return any(end.success and end.outcome == outcome and _needs_met(end, state) for end in case.ends)


def outcome_when_operator_hangs_up(case: Case, state: CallState) -> str:
    """After the goodbyes it is the end the call had; before them, the customer was cut off."""
    return state.ended or "operator_hung_up"


def _needs_met(end: End, state: CallState) -> bool:
    return all(holds(state, token) for token in end.needs)


def take_leave(draft: Draft, heard: Heard) -> bool:
    """The operator closes: goodbye if the call has reached an end, else the customer holds them back, once."""
    if "closing" not in heard.acts:
        return False
    end = end_reached(draft.case, draft.state)
    if end and (end.success or draft.case.direction == "outbound" or draft.state.marks["left_early"]):
        _goodbye(draft, end)
        return True
    if draft.state.marks["left_early"]:
        hang_up(draft)
        return True
    draft.mark("left_early", "idle")
    draft.change("patience", -2, "left_early")
    if not _hold_back(draft):
        _goodbye(draft, end) if end else hang_up(draft)
    return True


def _hold_back(draft: Draft) -> bool:
    draft.parts.clear()
    objection = standing(draft)
    if objection and draft.say(f"objection.{objection.id}.insists", objection.insists, "insist"):
        draft.objection = objection.id
        draft.mark(f"insisted:{objection.id}")
        return True
    return remind(draft)


def leave_when_done(draft: Draft) -> bool:
    """Everything is settled and the operator lets it hang: the customer thanks, then takes leave themselves."""
    if not is_done(draft):
        return False
    end = end_reached(draft.case, draft.state)
    if draft.state.marks["thanked"] and end:
        _goodbye(draft, end)
    else:
        draft.mark("thanked")
        draft.say("thanks", draft.case.small_talk.thanks, "thank")
    return True


def _goodbye(draft: Draft, end: End) -> None:
    draft.parts[:] = draft.parts[:2]
    pool = f"end.{draft.case.ends.index(end)}"
    draft.say(*((pool, end.lines) if end.lines else ("goodbye", draft.case.small_talk.goodbye)), "goodbye")
    draft.end(end.outcome)


def hang_up(draft: Draft) -> None:
    """The customer has had enough."""
    draft.only("angry_goodbye", draft.case.small_talk.angry_goodbye, "hang_up")
    draft.end("customer_hung_up")


def _selling_points(case: Case) -> set[str]:
    """Facts with which an operator answers objections or moves to the next goal. What is extra ("I take you off the
    list") sells nothing."""
    conditions = [c for objection in case.objections for c in objection.resolved_by]
    conditions += [c for goal in case.goals if goal.required for c in goal.met_by]
    return {fact for condition in conditions for fact in condition.asked_facts}


def pressed_after_no(draft: Draft, heard: Heard) -> bool:
    """A firm no is final: to go on selling after it ends the call in anger."""
    if not draft.state.firm_no:
        return False
    selling = heard.acts & PRESSING and not heard.acts & LEAVING
    praising = heard.facts & _selling_points(draft.case) and not heard.acts & {"closing", "thanks"}
    if "pressure" not in heard.acts and not selling and not praising:
        return False
    draft.mark(*(f"pressed:{name}" for name in sorted(draft.state.firm_no)))
    draft.change("patience", -10, "pressed")
    hang_up(draft)
    return True
