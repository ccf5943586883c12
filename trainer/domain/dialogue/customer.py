"""The customer's mind: one turn of the operator in, one line out. Deterministic, and never given to flattery.

The order of the steps is the order in which people take things in: was it to be heard, was it decent, does it deny
them something final, who is asking, what is being asked, does it answer what they hold against it, does it give them
what they called for; and only then what the turn lacked.
"""

from __future__ import annotations

from trainer.domain.dialogue import answers, chat, cut_off, ends, matters, read_back, repair
from trainer.domain.dialogue.draft import Draft, Line
from trainer.domain.dialogue.state import CallState, start
from trainer.domain.dialogue.turn import Heard, hear
from trainer.domain.scenario import Case
from trainer.domain.understanding import Understanding

MOST_TURNS = 90
"""No call of training goes on for longer; the customer has to go."""
ANGRY, MANAGER_AT = 0, 2
WARMTH = ("apology", "empathy", "acknowledge", "paraphrase", "reassure")
PROGRESS = ("opened", "identified", "identity_failed", "topic:", "asked:", "fact:", "goal:", "objection:", "softened:", "resolved:",
            "firm_no:", "corrected:", "piece:", "mistaken:")  # fmt: skip
COURTESY = {"permission_ask": "permission_yes", "hold_notice": "hold_ok", "transfer_notice": "transfer_ok"}


def open_call(case: Case) -> Line | None:
    """The customer's first words, before the operator has said anything."""
    draft = Draft(case, start(case))
    return draft.line() if draft.say("greeting", case.small_talk.greeting, "greet") else None


def react(case: Case, state: CallState, understanding: Understanding) -> Line:
    """The customer's next line to what the operator just said. Pure: same state and turn, same line."""
    heard = read_back.with_read_back(case, hear(state, understanding))
    draft = Draft(case, state, heard)
    if chat.is_odd(draft, heard):
        return _ended_if_too_long(draft)
    if chat.not_in_their_language(draft, heard):
        return _finish(draft)
    if heard.unclear:
        return _ask_to_repeat(draft)
    if _takes_offence(draft, heard) or _is_parroted(draft, heard) or ends.pressed_after_no(draft, heard):
        return _finish(draft)
    cut_off.complain(draft, heard)
    if repair.say_again(draft, heard):
        return _finish(draft)
    _take_in(draft, heard)
    cut_off.come_back(draft, heard)
    if not ends.take_leave(draft, heard):
        _fill_gap(draft, heard)
    chat.rest_in_another(draft, heard)
    return _finish(draft)


def _take_in(draft: Draft, heard: Heard) -> None:
    chat.answer(draft, heard)
    draft.mark(*(f"fact:{fact}" for fact in sorted(heard.facts - draft.state.facts_stated)))
    _feel(draft, heard)
    answers.open_up(draft, heard)
    answers.identify(draft, heard)
    answers.tell(draft, heard)
    answers.ask_what_about(draft, heard)
    answers.invite(draft, heard)
    read_back.correct_read_back(draft, heard)
    matters.weigh_objection(draft, heard)
    matters.reach_goals(draft, heard)
    if "closing" not in heard.acts:
        matters.raise_objection(draft, heard)
        answers.volunteer(draft, heard)
    read_back.confirm_read_back(draft, heard)


def _ask_to_repeat(draft: Draft) -> Line:
    """Not understood: the customer says so, and from the third time on it costs patience."""
    draft.mark("misheard")
    if draft.state.marks["misheard"] > 2:
        draft.change("patience", -1, "misheard")
    draft.say("repeat", draft.case.small_talk.repeat, "repeat")
    return _finish(draft)


def _takes_offence(draft: Draft, heard: Heard) -> bool:
    if "rude" not in heard.acts:
        return False
    before = draft.state.marks["offended"]
    draft.mark("offended", "opened") if not draft.state.opened else draft.mark("offended")
    draft.change("trust", -3, "rude")
    draft.change("patience", -4, "rude")
    if before:
        ends.hang_up(draft)
    else:
        draft.say("offended", draft.case.small_talk.offended, "offended")
    return True


def _is_parroted(draft: Draft, heard: Heard) -> bool:
    """Their own words handed back: once it shows listening, twice it is mockery."""
    if not heard.echo:
        return False
    draft.mark("parroted", "idle")
    if not draft.state.opened:
        draft.mark("opened")
        draft.say("opening", draft.case.small_talk.opening, "state_problem")
        return True
    draft.change("patience", -1 if draft.state.marks["parroted"] == 1 else -2, "parroted")
    draft.say("parroted", draft.case.small_talk.parroted, "complain_of_parroting")
    return True


def _feel(draft: Draft, heard: Heard) -> None:
    """Manners move trust a little, and only the first time; contempt moves it much."""
    for act in WARMTH:
        if act in heard.acts and not draft.state.marks[f"said:{act}"]:
            draft.change("trust", 1, act)
            draft.mark(f"said:{act}")
    if "apology" in heard.acts and draft.state.marks["said:apology"] == 1:
        draft.change("patience", 1, "apology")
    if heard.reflects and draft.state.marks["said:reflection"] < 2:
        draft.change("trust", 1, "reflection")
        draft.mark("said:reflection")
    if {"greeting", "self_identification"} <= heard.acts and not draft.state.marks["said:self_identification"]:
        draft.change("trust", 1, "self_identification")
        draft.mark("said:self_identification")
    for act, patience, trust in (("blame", -2, -2), ("pressure", -2, -2), ("refusal", -1, -1)):
        if act in heard.acts:
            draft.change("patience", patience, act)
            draft.change("trust", trust, act)


def _fill_gap(draft: Draft, heard: Heard) -> None:
    """Nothing in the turn called for an answer of its own: what would this customer say now?"""
    if not draft.silent:
        chat.back_to_it(draft)
        return
    small = draft.case.small_talk
    proposes = heard.facts or heard.acts & {"acceptance_check", "offer"}
    for act, pool in COURTESY.items():
        if act == "permission_ask" and proposes:
            continue
        if act in heard.acts and draft.state.marks[f"said:{act}"] < 2:
            draft.mark(f"said:{act}")
            draft.say(pool, getattr(small, pool), "hold" if act != "permission_ask" else "confirm")
            return
    objection = matters.standing(draft)
    if heard.wrong and not heard.facts and draft.state.marks["doubted"] < matters.MOST_DOUBTS:
        matters.doubt(draft)
    elif "anything_else" in heard.acts and matters.is_done(draft):
        draft.mark("thanked")
        draft.say("nothing_else", small.nothing_else, "thank")
    elif "acceptance_check" in heard.acts and objection is None and matters.reaffirm(draft, heard):
        return
    elif objection is not None and heard.question == "none":
        matters.insist(draft, objection)
    elif ends.leave_when_done(draft):
        return
    elif _asks_to_know(heard):
        draft.say("unknown_question", small.unknown_question, "confused")
    elif objection is not None:
        matters.insist(draft, objection)
    elif not heard.acts:
        draft.say("confused", small.confused, "confused")
    elif not matters.remind(draft):
        draft.say("go_on", small.go_on, "go_on")


def _asks_to_know(heard: Heard) -> bool:
    """A question for something the customer would have to know; "shall we?" and "is that so?" are none."""
    if heard.acts & {"acceptance_check", "anything_else", "permission_ask", "offer"}:
        return False
    return heard.question == "open" or (heard.question == "closed" and "data_question" in heard.acts)


def _finish(draft: Draft) -> Line:
    """Count a turn without progress, and see whether patience is at its end."""
    _count_idle(draft)
    if draft.ends is None:
        if draft.state.patience <= ANGRY:
            ends.hang_up(draft)
        elif draft.before.turns < MOST_TURNS and _wants_manager(draft):
            draft.say("manager", draft.case.small_talk.manager, "ask_manager")
            draft.mark("manager")
    return _ended_if_too_long(draft)


def _ended_if_too_long(draft: Draft) -> Line:
    if draft.ends is None and draft.before.turns >= MOST_TURNS:
        draft.only("impatient", draft.case.small_talk.impatient, "hang_up")
        draft.end("timed_out")
    return draft.line()


def _count_idle(draft: Draft) -> None:
    moved = any(mark.startswith(PROGRESS) for mark in draft.marks) and "parroted" not in draft.marks
    excused = any(mark in ("misheard", "repeated") or mark.startswith(("said:", "chat:")) for mark in draft.marks)
    excused = excused and not ("idle" in draft.marks and any(mark.startswith("chat:") for mark in draft.marks))
    if moved or excused or draft.ends:
        return
    if "idle" not in draft.marks:
        draft.mark("idle")
    draft.change("patience", -min(3, draft.before.idle), "idle")


def _wants_manager(draft: Draft) -> bool:
    fell = any(variable == "patience" and amount < 0 for variable, amount, _ in draft.effects)
    return fell and draft.state.patience <= MANAGER_AT and not draft.state.marks["manager"] and bool(draft.parts)
