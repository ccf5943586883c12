"""What the customer tells: who they are, what they are asked, what they correct, what they bring up themselves."""

from __future__ import annotations

import re

from trainer.domain.dialogue import pieces, repair
from trainer.domain.dialogue.draft import Draft
from trainer.domain.dialogue.state import holds, is_ready
from trainer.domain.dialogue.turn import Heard
from trainer.domain.dialogue.wording import pool_of
from trainer.domain.scenario import Case, Topic

ENOUGH_TO_IDENTIFY = 2
LONGEST_ANSWER = 3
"""Topics answered in one breath; more than that and the customer answers the first ones."""


def open_up(draft: Draft, heard: Heard) -> None:
    """The first turn: the caller says why they call."""
    if draft.state.opened:
        return
    draft.mark("opened")
    if draft.case.direction == "inbound":
        draft.say("opening", draft.case.small_talk.opening, "state_problem")


def ask_what_about(draft: Draft, heard: Heard) -> None:
    """The first turn of a call of ours: who is called asks what it is about, unless they were told."""
    if draft.before.opened or draft.case.direction == "inbound":
        return
    if not heard.acts & {"offer", "information", "price_statement"}:
        draft.say("opening", draft.case.small_talk.opening, "state_problem")


def identify(draft: Draft, heard: Heard) -> None:
    """Asked who they are, the customer says it all, or what they are willing to say; asked for one thing of it, that one
    (see `tell`)."""
    details = [topic for topic in draft.case.topics if topic.identity]
    told = [topic.id for topic in details]
    named = [topic for topic in heard.asked if topic in told or not told]
    if "identity_check" not in heard.acts or named:
        return
    kept_back = [topic for topic in details if not allowed(draft, topic, heard)]
    if kept_back:
        for topic in details:
            if topic not in kept_back and topic.id not in draft.state.topics_told:
                _tell(draft, topic)
        _withhold(draft, kept_back[0])
    elif draft.say("identity", draft.case.small_talk.identity, "identify"):
        draft.mark(*(f"topic:{topic}" for topic in told), checked_as(draft.case))


def tell(draft: Draft, heard: Heard) -> None:
    """Answer every topic that was asked about, one after the other; what was told is told again if plainly asked for.

    "How can I help?" may brush against a topic: in the first turn the customer has their own things to say.
    """
    signed = pieces.follow(draft, heard)
    told = draft.state.topics_told - heard.plainly
    asked = [topic for topic in _topics(draft, heard.asked) if topic.id not in told]
    if not draft.before.opened and draft.case.direction == "inbound":
        asked = [topic for topic in asked if topic.identity]
    if signed and draft.before.dictating:
        asked = [topic for topic in asked if topic.id != draft.before.dictating[0]]
    if repair.spell(draft, heard):
        asked = [topic for topic in asked if topic.id not in draft.state.topics_told]
    asked += _meant_again(draft, heard) if not asked and not signed else []
    asked.sort(key=lambda topic: topic.in_pieces)  # what is dictated comes last: then the customer waits
    for topic in asked[:LONGEST_ANSWER]:
        if not allowed(draft, topic, heard):
            _withhold(draft, topic)
        elif _takes_for_another(draft, topic):
            draft.say(f"topic.{topic.id}.mistaken", topic.mistaken, "answer")
            draft.mark(f"mistaken:{topic.id}")
        else:
            _tell(draft, topic)
    known = [topic for topic in draft.case.topics if topic.identity and topic.id in draft.state.topics_told]
    mark = checked_as(draft.case)
    if len(known) >= ENOUGH_TO_IDENTIFY and not draft.state.marks[mark]:
        draft.mark(mark)


def _takes_for_another(draft: Draft, topic: Topic) -> bool:
    """The first time, the customer answers another question than was asked."""
    known = draft.state.marks[f"mistaken:{topic.id}"] or topic.id in draft.state.topics_told
    return bool(topic.mistaken) and not known


def _meant_again(draft: Draft, heard: Heard) -> list[Topic]:
    """A question right after the customer took one for another puts that one again, however it is worded."""
    pools = {pool_of(wording)[0] for wording in draft.before.last_line}
    mistaken = [t for t in draft.case.topics if f"topic.{t.id}.mistaken" in pools]
    open_ones = [t for t in mistaken if t.id not in draft.state.topics_told]
    if heard.question != "none" and "anything_else" not in heard.acts:
        return open_ones
    return [topic for topic in open_ones if topic.id in heard.spoken]  # "no, I mean another number"


def checked_as(case: Case) -> str:
    """What a complete identity check comes to: a caller who is not the customer of the record has failed it."""
    return "identified" if case.is_holder else "identity_failed"


def invite(draft: Draft, heard: Heard) -> None:
    """An open question about nothing in particular brings out what matters now and is still untold."""
    if heard.question != "open" or not draft.silent or heard.acts & {"anything_else", "acceptance_check"}:
        return
    if not draft.before.opened:
        return
    wanted = _on_their_mind(draft)
    hinted = _hinted_at(draft)
    untold = [topic for topic in draft.case.topics if topic.id not in draft.state.topics_told]
    untold.sort(key=lambda topic: (topic.id not in wanted, topic.only_if != "open_question"))
    for topic in untold:
        ripe = topic.id in wanted or topic.only_if == "open_question" or topic.volunteers
        if ripe and (not _dictates(topic) or topic.id in hinted) and allowed(draft, topic, heard):
            _tell(draft, topic)
            return


def _hinted_at(draft: Draft) -> set[str]:
    """What the customer's own last line asked about ("You'll want my e-mail, I suppose." "Yes please, what is it?")."""
    last = draft.before.last_customer_line
    return {t for g in draft.case.goals if last in g.reminder for condition in g.met_by for t in condition.told}


_DICTATED_ANSWER = re.compile(r"\d(?:\W+\d+){2,}|\b(?:dot|point) [a-z]+\b|(?:\b\w, ){3,}")


def _dictates(topic: Topic) -> bool:
    """Numbers and addresses are given when asked for; nobody offers them to an open question."""
    return topic.in_pieces or any(_DICTATED_ANSWER.search(answer) for answer in topic.answers)


def _on_their_mind(draft: Draft) -> set[str]:
    """Topics on which the objection that stands, or the goals that are next, depend."""
    case, state = draft.case, draft.state
    open_objections = [o for o in case.objections if o.id in state.objections_open]
    conditions = [c for o in open_objections for c in (*o.resolved_by, *o.final_by)]
    ready = [goal for goal in case.goals if is_ready(state, goal)]
    conditions += [c for goal in ready for c in goal.met_by]
    return {topic for condition in conditions for topic in condition.told}


def volunteer(draft: Draft, heard: Heard) -> None:
    """Something the customer brings up by themselves, one thing a turn, when the call gives room."""
    if (
        not draft.before.opened
        or heard.asked
        or any(move in ("object", "insist", "refuse") for *_, move in draft.parts)
    ):
        return
    for topic in draft.case.topics:
        if not topic.volunteers or topic.id in draft.state.topics_told or _moot(draft, topic):
            continue
        if allowed(draft, topic, heard):
            _tell(draft, topic)
            return


def _moot(draft: Draft, topic: Topic) -> bool:
    """The customer would ask what they were told before: a fact has been stated that the question is about.

    A question on which a goal, an objection or a condition waits is put all the same.
    """
    case, token = draft.case, f"told:{topic.id}"
    conditions = [c for g in case.goals for c in g.met_by]
    conditions += [c for o in case.objections for c in (*o.softened_by, *o.resolved_by, *o.final_by)]
    if any(token in g.after for g in case.goals) or any(o.raised == token for o in case.objections):
        return False
    if any(topic.id in c.told or token in c.goals for c in conditions):
        return False
    asks = " ".join(answer.lower() for answer in topic.answers if "?" in answer)
    stated = [fact for fact in case.all_facts if fact.id in draft.state.facts_stated]
    return any(re.search(rf"\b{re.escape(word.lower())}", asks) for fact in stated for word in fact.keywords)


def allowed(draft: Draft, topic: Topic, heard: Heard) -> bool:
    """The customer is willing to tell it now. What was told once is told again."""
    rule, _, value = topic.only_if.partition(":")
    if topic.id in draft.state.topics_told or not rule:
        return True
    if rule == "open_question":
        return heard.question == "open" or topic.id in heard.plainly  # "may I ask what worries you?" is open too
    if rule == "trust":
        return draft.state.trust >= int(value)
    return rule != "never" and holds(draft.state, topic.only_if)


def _topics(draft: Draft, ids: tuple[str, ...]) -> list[Topic]:
    by_id = {topic.id: topic for topic in draft.case.topics}
    return [by_id[i] for i in ids if i in by_id]


def _tell(draft: Draft, topic: Topic) -> None:
    if topic.in_pieces and pieces.begin(draft, topic):
        return
    if not draft.say(f"topic.{topic.id}", topic.answers, "identify" if topic.identity else "answer"):
        return
    if topic.id not in draft.state.topics_told:
        for variable, amount in topic.effects:
            draft.change(variable, amount, f"topic:{topic.id}")
        draft.mark(f"topic:{topic.id}")
    draft.topic = draft.topic or topic.id


def _withhold(draft: Draft, topic: Topic) -> None:
    lines = topic.withheld or draft.case.small_talk.unknown_question
    pool = f"topic.{topic.id}.withheld" if topic.withheld else "unknown_question"
    if draft.say(pool, lines, "withhold"):
        draft.mark(f"asked:{topic.id}")
