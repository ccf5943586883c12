"""Briefing a colleague before the customer is handed over (a warm transfer).

The colleague knows what they need (`Specialist.needs`) and asks for what the operator leaves out, one thing at a time.
They take the call when they know it all. Somebody who is told nothing for three turns declines; so does a department
that has no part in this call. A pure function of the case, the connection and what was understood.
"""

from __future__ import annotations

from dataclasses import replace

from trainer.domain.parties import AsideLine, Connection, wording
from trainer.domain.plain_text import plain
from trainer.domain.scenario import Case, Topic
from trainer.domain.telephone import Need, Specialist
from trainer.domain.understanding import Understanding

PATIENCE = 3
"""Turns without anything new after which the colleague sends the call back."""
TOLD_FLOOR = 0.5
FEWEST_WORDS = 2
"""An answer of so many words to what the colleague asked counts as told, where no certain value is needed."""

PICKS_UP = {
    "en": ("{department}, hello?", "Hello, {department} here.", "{department}, go ahead."),
    "fr": ("{department}, bonjour.", "Oui, {department}, j'écoute.", "{department}, allô ?"),
}
NOT_OURS = {
    "en": (
        "That's not one for us, I'm afraid. You'll have to take them back.",
        "No, we don't do that here. Better try somebody else.",
        "Sorry, wrong desk. I can't take that one.",
        "We can't help with that, sorry. Best go back to your customer.",
    ),
    "fr": (
        "Ah non, c'est pas chez nous, ça. Il faut reprendre votre client.",
        "Non, on traite pas ça ici. Voyez avec un autre service.",
        "Désolé, c'est pas le bon service, je peux pas le prendre.",
        "On peut rien faire pour ça, nous. Reprenez votre client.",
    ),
}
"""Lines of any department that the scenario gives no colleague."""


def specialist_of(case: Case, department: str) -> Specialist | None:
    return next((one for one in case.specialists if one.department == department), None)


def with_needs(case: Case, specialist: Specialist) -> Case:
    """The case as understanding has to see it for words to a colleague: the topics are what they need to know."""
    topics = tuple(Topic(id=need.id, phrases=need.phrases, answers=()) for need in specialist.needs if need.phrases)
    return replace(case, topics=topics)


def pick_up(case: Case, state: Connection) -> AsideLine:
    """The colleague answers."""
    specialist = specialist_of(case, state.department)
    pool = f"colleague.{state.department}.greeting"
    if specialist is None:
        line, text = wording(case, state, pool, PICKS_UP.get(case.language, PICKS_UP["en"]))
        label = dict(case.transfer_to).get(state.department, state.department)
        return AsideLine("colleague", line, text.replace("{department}", label), ("picked_up",))
    line, text = wording(case, state, pool, specialist.greeting)
    return AsideLine("colleague", line, text, ("picked_up",))


def answer(case: Case, state: Connection, heard: Understanding) -> AsideLine:
    """What the colleague says to the operator's words."""
    specialist = specialist_of(case, state.department)
    if specialist is None:
        pool = NOT_OURS.get(case.language, NOT_OURS["en"])
        line, text = wording(case, state, f"colleague.{state.department}.declines", pool)
        return AsideLine("colleague", line, text, ("declined",))
    told = {need.id for need in specialist.needs if f"told:{need.id}" in state.marks}
    fresh = [need.id for need in specialist.needs if need.id not in told and _is_told(need, state, heard)]
    missing = [need for need in specialist.needs if need.id not in told and need.id not in fresh]
    marks = tuple(f"told:{need}" for need in fresh)
    own = f"colleague.{state.department}"
    if not missing:
        line, text = wording(case, state, f"{own}.takes", specialist.takes)
        return AsideLine("colleague", line, text, (*marks, "takes", "consulted", f"consulted:{state.department}"))
    idle = sum(mark.startswith("nothing:") for mark in state.marks) + (not fresh)
    if idle >= PATIENCE:
        refusals = specialist.declines or NOT_OURS.get(case.language, NOT_OURS["en"])
        line, text = wording(case, state, f"{own}.declines", refusals)
        return AsideLine("colleague", line, text, (*marks, "declined"))
    line, text = wording(case, state, f"{own}.{missing[0].id}", missing[0].asks)
    nothing = () if fresh else (f"nothing:{idle}",)
    return AsideLine("colleague", line, text, (*marks, *nothing, f"ask:{missing[0].id}"))


def share_told(case: Case, department: str, marks: frozenset[str]) -> float:
    """The share (0 to 1) of what the colleague there needed that was told; 1 where nobody needs anything."""
    specialist = specialist_of(case, department)
    if specialist is None or not specialist.needs:
        return 1.0
    return sum(f"told:{need.id}" in marks for need in specialist.needs) / len(specialist.needs)


def needs_in_text(case: Case, department: str, text: str) -> tuple[Need, ...]:
    """The needs whose values stand in a written briefing."""
    specialist = specialist_of(case, department)
    return tuple(need for need in specialist.needs if _names(need, text)) if specialist else ()


def _is_told(need: Need, state: Connection, heard: Understanding) -> bool:
    if _names(need, heard.text):
        return True
    if need.phrases and any(hit.topic == need.id and hit.score >= TOLD_FLOOR for hit in heard.topics):
        return True
    answers = state.asked == need.id and heard.question == "none" and not heard.has("refusal")
    return answers and bool(need.phrases) and len(heard.text.split()) >= FEWEST_WORDS


def _names(need: Need, text: str) -> bool:
    said = _run_together(text)
    return any(value and _run_together(value) in said for value in need.values)


def _run_together(text: str) -> str:
    """Letters and figures alone, small and without accents: "0 7 7 0 0" and "07700" are the same."""
    return plain(text).replace(" ", "")
