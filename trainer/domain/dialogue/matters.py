"""What the call is about: objections that soften, settle or harden, goals that are met, objections that come up."""

from __future__ import annotations

from trainer.domain.dialogue.draft import Draft
from trainer.domain.dialogue.state import holds, is_ready, required_met
from trainer.domain.dialogue.turn import Heard, is_met
from trainer.domain.scenario import Goal, Objection

MOST_DOUBTS = 2
TOO_SET = 9
"""From this resistance on, a customer whose objection is answered only softens."""


def weigh_objection(draft: Draft, heard: Heard) -> None:
    """Set what was said against the objection that stands: it deepens, is final, is settled, or softens; or is untouched."""
    objection = standing(draft)
    if objection is None or not draft.before.opened:
        return
    if heard.acts & set(objection.deepened_by):
        draft.change("resistance", 2, f"deepened:{objection.id}")
        draft.change("patience", -1, f"deepened:{objection.id}")
        insist(draft, objection)
    elif _is_final(draft, objection, heard):
        draft.mark(f"final:{objection.id}")
        refuse(draft, objection)
    elif any(is_met(condition, draft.state, heard) for condition in objection.resolved_by) or _adds_up(
        draft, objection, heard
    ):
        _settle(draft, objection)
    elif heard.wrong & _answers_to(objection) and draft.state.marks["doubted"] < MOST_DOUBTS:
        doubt(draft)
    elif not _soften(draft, objection, heard):
        draft.untouched = objection.id


def standing(draft: Draft) -> Objection | None:
    """The objection under discussion: the first that is open."""
    for name in draft.state.objections_open:
        return next(o for o in draft.case.objections if o.id == name)
    return None


def insist(draft: Draft, objection: Objection) -> None:
    """Say it again; after `firm_after` times it is a firm no."""
    draft.objection = objection.id
    times = draft.state.marks[f"insisted:{objection.id}"] + 1
    if objection.firm_no and objection.firm_after and times >= objection.firm_after:
        refuse(draft, objection)
        return
    if draft.say(f"objection.{objection.id}.insists", objection.insists, "insist"):
        draft.mark(f"insisted:{objection.id}")


def refuse(draft: Draft, objection: Objection) -> None:
    draft.objection = objection.id
    draft.say(f"objection.{objection.id}.firm_no", objection.firm_no, "refuse")
    draft.mark(f"firm_no:{objection.id}")


def _is_final(draft: Draft, objection: Objection, heard: Heard) -> bool:
    """This customer will not be won, and the operator has found out why: that is where it ends, and ends well."""
    found = objection.final_by or objection.resolved_by
    return objection.firm == "yes" and any(is_met(condition, draft.state, heard) for condition in found)


def _answers_to(objection: Objection) -> set[str]:
    return {fact for c in objection.resolved_by for fact in c.asked_facts}


def doubt(draft: Draft) -> None:
    """Something untrue was said: the customer asks back and agrees to nothing."""
    draft.mark("doubted")
    draft.say("doubts", draft.case.small_talk.doubts, "doubt")


def _adds_up(draft: Draft, objection: Objection, heard: Heard) -> bool:
    """The remedy was named before the cause came out: taken up now, the customer sees that it answers it."""
    takes_up = heard.reflects or heard.acts & {"acceptance_check", "paraphrase", "reassure"}
    return bool(takes_up) and any(is_met(c, draft.state, heard, recalled=True) for c in objection.resolved_by)


def _settle(draft: Draft, objection: Objection) -> None:
    draft.objection = objection.id
    if draft.state.resistance >= TOO_SET:
        draft.change("resistance", -2, f"answered:{objection.id}")
        draft.say(f"objection.{objection.id}.softens", objection.softens, "soften")
        draft.mark(f"softened:{objection.id}:answered")
        return
    draft.change("resistance", -objection.strength, f"resolved:{objection.id}")
    draft.change("trust", 1, f"resolved:{objection.id}")
    draft.mark(f"resolved:{objection.id}")
    draft.say(f"objection.{objection.id}.resolved", objection.resolved, "accept")


def _soften(draft: Draft, objection: Objection, heard: Heard) -> bool:
    """Each condition softens once: the same sympathy twice moves nobody."""
    for number, condition in enumerate(objection.softened_by):
        mark = f"softened:{objection.id}:{number}"
        if not draft.state.marks[mark] and is_met(condition, draft.state, heard):
            draft.objection = objection.id
            draft.change("resistance", -1, mark)
            draft.change("patience", 1, mark)
            draft.mark(mark)
            if not heard.asked and not any(move == "correct" for *_, move in draft.parts):
                draft.say(f"objection.{objection.id}.softens", objection.softens, "soften")
            return True
    return False


def reach_goals(draft: Draft, heard: Heard) -> None:
    """Goals that this turn meets. Of several, only the last is answered aloud."""
    met: list[Goal] = []
    for goal in draft.case.goals:
        if is_ready(draft.state, goal) and any(is_met(condition, draft.state, heard) for condition in goal.met_by):
            draft.mark(f"goal:{goal.id}")
            met.append(goal)
    if met and not any(move == "refuse" for *_, move in draft.parts):
        draft.say(f"goal.{met[-1].id}.met", met[-1].met, "accept")


def raise_objection(draft: Draft, heard: Heard) -> None:
    """The next objection comes up, if none stands and no firm no was said."""
    if draft.state.objections_open or draft.state.firm_no:
        return
    known = {*draft.state.objections_raised, *draft.state.objections_resolved}
    for objection in draft.case.objections:
        if objection.id not in known and _comes_up(draft, objection, heard):
            if _answered_already(draft, objection, heard):
                draft.mark(f"resolved:{objection.id}")  # answered before it could be said
                continue
            said = draft.say(f"objection.{objection.id}", objection.lines, "object")
            if said:
                draft.objection = objection.id
                draft.mark(f"objection:{objection.id}")
            return


def _answered_already(draft: Draft, objection: Objection, heard: Heard) -> bool:
    """What the customer would object was dealt with by facts told before. Nothing deals with a no that is firm."""
    if objection.firm == "yes":
        return False
    by_facts = [c for c in objection.resolved_by if c.asked_facts and not c.acts]
    return any(is_met(condition, draft.state, heard, recalled=True) for condition in by_facts)


def _comes_up(draft: Draft, objection: Objection, heard: Heard) -> bool:
    kind, _, name = objection.raised.partition(":")
    if kind == "opening":
        return draft.state.opened
    if kind == "act":
        return name in heard.acts
    if kind == "goal":
        return name in draft.state.goals_met
    return holds(draft.state, objection.raised)


def next_goal(draft: Draft) -> Goal | None:
    """The goal the customer would ask for next."""
    waiting = [g for g in draft.case.goals if g.required and g.id not in draft.state.goals_met and g.reminder]
    for goal in waiting:
        if is_ready(draft.state, goal):
            return goal
    return waiting[0] if waiting else None


def reaffirm(draft: Draft, heard: Heard) -> bool:
    """Asked whether something suits that was settled already, the customer says again that it does."""
    for goal in draft.case.goals:
        told = {fact for condition in goal.met_by for fact in condition.asked_facts}
        if goal.id in draft.state.goals_met and goal.met and heard.facts & told:
            return draft.say(f"goal.{goal.id}.met", goal.met, "accept")
    return False


def remind(draft: Draft) -> bool:
    """Ask again for what the call is about; what was said already is agreed to instead. False if nothing is left."""
    goal = next_goal(draft)
    if goal is None:
        return False
    if draft.heard and _known(draft, goal, draft.heard) and goal.met:
        draft.mark(f"goal:{goal.id}")
        return draft.say(f"goal.{goal.id}.met", goal.met, "accept")
    draft.mark(f"reminded:{goal.id}")
    return draft.say(f"goal.{goal.id}.reminder", goal.reminder, "remind")


def _known(draft: Draft, goal: Goal, heard: Heard) -> bool:
    """The goal is open and its facts were stated before its time had come."""
    return is_ready(draft.state, goal) and any(
        is_met(condition, draft.state, heard, recalled=True) for condition in goal.met_by
    )


def is_done(draft: Draft) -> bool:
    """Nothing is left for this call to reach: every goal is met, or a firm no has ended the matter."""
    if draft.state.firm_no:
        return True
    return required_met(draft.case, draft.state.goals_met) and not draft.state.objections_open
