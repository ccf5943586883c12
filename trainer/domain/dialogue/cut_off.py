"""The operator spoke over the customer. Each time costs a little patience; twice, and the customer says so.

What was not heard of the line comes back: the rest of an answer, an objection, why they called. How much was heard is
told by the page (`heard_ms` of the utterance); where it is not known, nothing is taken to be lost.
"""

from __future__ import annotations

from trainer.domain.dialogue.draft import Draft
from trainer.domain.dialogue.state import CallState
from trainer.domain.dialogue.turn import Heard
from trainer.domain.dialogue.wording import pool_of, texts_of
from trainer.domain.scenario import Case

SWALLOWED_MS = 600
"""People begin to speak that long before another has quite finished; it is no interruption."""
TOLERATED = 2
HEARD_ENOUGH = 0.15
"""Share of a line by which a part of it may be cut and still be understood."""
MOST_BEFORE = 2


def was_cut(draft: Draft, heard: Heard) -> bool:
    """The operator spoke over the customer, and said more than that they listen."""
    cut = draft.before.cut
    if cut is None or (heard.remarks == {"go_on"} and heard.question == "none"):
        return False
    return (1 - cut) * draft.before.last_ms >= SWALLOWED_MS or cut == 1.0


def complain(draft: Draft, heard: Heard) -> None:
    if not was_cut(draft, heard):
        return
    draft.mark("cut")
    draft.change("patience", -1, "cut")
    if draft.state.marks["cut"] == TOLERATED or draft.state.marks["cut"] % (2 * TOLERATED) == 0:
        draft.say("cut_off", draft.case.small_talk.cut_off, "complain_of_interruption")


def come_back(draft: Draft, heard: Heard) -> None:
    """Say what was not heard, unless it was asked for anyway, or no longer matters."""
    if not was_cut(draft, heard) or draft.ends or len(draft.parts) > MOST_BEFORE or draft.waits:
        return
    for pool in reversed(unheard(draft.case, draft.before)):
        kind, _, name = pool.partition(".")
        name, _, what = name.partition(".")
        told = name in draft.before.topics_told and name not in heard.asked
        if kind == "topic" and not what and told:
            _say(draft, pool)
            return
        if kind == "objection" and name in draft.state.objections_open and draft.objection != name:
            objection = next(o for o in draft.case.objections if o.id == name)
            if _say(draft, f"objection.{name}.insists", objection.insists):
                draft.objection = name
            return
        if pool == "opening" and not any(wording.startswith("opening.") for wording, *_ in draft.parts):
            _say(draft, pool)
            return


def _say(draft: Draft, pool: str, texts: tuple[str, ...] = ()) -> bool:
    draft.say("comes_back", draft.case.small_talk.comes_back, "answer")
    texts = texts or texts_of(draft.case, pool)
    return draft.say(
        pool, [text.replace(" / ", ", ") for text in texts], "insist" if pool.startswith("objection") else "answer"
    )


def unheard(case: Case, state: CallState) -> list[str]:
    """The pools of the last line's parts of which the end was not heard; what people say last weighs most."""
    if state.cut is None or state.cut >= 1:
        return []
    lengths = [(pool, len(_text(case, wording))) for wording in state.last_line for pool in [pool_of(wording)[0]]]
    total, at, lost = sum(length for _, length in lengths) or 1, 0, []
    for pool, length in lengths:
        at += length
        if at > state.cut * total + HEARD_ENOUGH * total:
            lost.append(pool)
    return lost


def _text(case: Case, wording: str) -> str:
    pool, index = pool_of(wording)
    texts = texts_of(case, pool)
    return texts[index] if 0 <= index < len(texts) else " " * 20
