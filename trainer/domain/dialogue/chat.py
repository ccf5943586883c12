"""What is said beside the matter: small talk, questions about the person, words for a machine, another language.

The customer is a person: they answer shortly and in character, once or twice, and then want to get on with what they
called for. What they hide they never tell; who tries to talk to the machine behind them is only found odd.
"""

from __future__ import annotations

from trainer.domain.dialogue import ends
from trainer.domain.dialogue.draft import Draft
from trainer.domain.dialogue.matters import insist, remind, standing
from trainer.domain.dialogue.turn import Heard
from trainer.domain.spoken import number_words

POOLS = {"how_are_you": "fine_thanks", "pleasantry": "pleasantry", "age": "age", "human": "human", "private": "private"}
ALIKE = (frozenset({"how_are_you", "pleasantry"}), frozenset({"age", "human", "private"}))
MOST_BEFORE = 2
WILLING = 2
"""Remarks of a kind (small talk, questions about the person) that are answered; then the customer wants to get on."""


def is_odd(draft: Draft, heard: Heard) -> bool:
    """Words that were meant for a machine: the customer wonders, and nothing else comes of them."""
    if "injection" not in heard.acts:
        return False
    draft.mark("odd")
    small = draft.case.small_talk
    draft.only(*(("puzzled", small.puzzled) if small.puzzled else ("confused", small.confused)), "confused")
    return True


def not_in_their_language(draft: Draft, heard: Heard) -> bool:
    """Nothing was said that this customer understands; said so, it costs no more than what was not heard."""
    small = draft.case.small_talk
    if not heard.foreign or not small.other_language:
        return False
    draft.mark("misheard")
    if draft.state.marks["misheard"] > 2:
        draft.change("patience", -1, "misheard")
    draft.say("other_language", small.other_language, "repeat")
    return True


def answer(draft: Draft, heard: Heard) -> None:
    """A short human answer to each kind of remark, before the matter."""
    small = draft.case.small_talk
    for kind, pool in POOLS.items():
        if kind not in heard.remarks or not getattr(small, pool):
            continue
        alike = next(group for group in ALIKE if kind in group)
        if sum(draft.state.marks[f"chat:{known}"] for known in alike) >= WILLING:
            draft.mark(f"chat:{kind}", "idle")
            draft.say("enough_talk", small.enough_talk, "small_talk")
            return
        draft.mark(f"chat:{kind}")
        draft.say(
            pool, getattr(small, pool), "small_talk", value=number_words(draft.case.persona.age, draft.case.language)
        )
        return


def back_to_it(draft: Draft) -> None:
    """After a last bit of small talk the customer says again what it is about, if there is something left."""
    if not draft.parts or draft.parts[-1][2] != "small_talk" or "idle" not in draft.marks:
        return
    objection = standing(draft)
    if objection is not None:
        insist(draft, objection)
    elif ends.end_reached(draft.case, draft.state) is None:
        remind(draft)


def rest_in_another(draft: Draft, heard: Heard) -> None:
    """Part of the turn was in another language: the customer, who answered the rest, says that they missed it."""
    if "other_language" not in heard.remarks or heard.foreign or len(draft.parts) > MOST_BEFORE:
        return
    if draft.say("other_language", draft.case.small_talk.other_language, "repeat") and len(draft.parts) == 1:
        draft.mark("misheard")
