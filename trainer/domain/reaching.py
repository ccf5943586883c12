"""Reaching the customer of an outbound call: what dialling comes to, and who speaks when it is not the customer.

Whoever else picks up is told nothing of the matter, and neither is a machine. The other person says that the customer
is away, then grows curious, and ends the call when the operator takes leave.
"""

from __future__ import annotations

from collections.abc import Sequence

from trainer.domain.parties import MACHINE, OTHER, AsideLine, Connection, wording
from trainer.domain.scenario import Case
from trainer.domain.understanding import Understanding


def result_of_dialling(case: Case, state: Connection) -> str:
    """What the next attempt comes to, of `telephone.DIAL_RESULTS`: when they are used up, the customer answers."""
    attempts = case.dialling.attempts
    result = attempts[state.attempts] if state.attempts < len(attempts) else "answered"
    if result == "voicemail" and not case.dialling.voicemail:
        return "no_answer"
    return "no_answer" if result == "wrong_person" and case.dialling.other is None else result


def pick_up(case: Case, state: Connection) -> AsideLine | None:
    """The first words of whoever or whatever answered; None where that is the customer, or nobody."""
    if state.party == MACHINE:
        line, text = wording(case, state, "machine.greeting", case.dialling.voicemail)
        return AsideLine(MACHINE, line, text, ("beep",))
    if state.party == OTHER and case.dialling.other is not None:
        line, text = wording(case, state, "other.greeting", case.dialling.other.greeting)
        return AsideLine(OTHER, line, text, ("picked_up",))
    return None


def answer(case: Case, state: Connection, heard: Understanding) -> AsideLine | None:
    """What the other person says to the operator's words; a machine says nothing and records."""
    other = case.dialling.other
    if state.party != OTHER or other is None:
        return None
    away = "away" in state.marks
    thanks = heard.has("thanks") and away and heard.question == "none"
    if heard.has("closing") or thanks:
        return _says(case, state, "goodbye", other.goodbye)
    if away and "curious" not in state.marks:
        return _says(case, state, "curious", other.curious)
    return _says(case, state, "away", other.away)


def _says(case: Case, state: Connection, what: str, texts: Sequence[str]) -> AsideLine:
    line, text = wording(case, state, f"other.{what}", texts)
    return AsideLine(OTHER, line, text, (what,))
