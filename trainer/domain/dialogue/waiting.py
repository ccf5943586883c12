"""The customer left waiting: silence on the line, a hold, a transfer."""

from __future__ import annotations

from trainer.domain.dialogue import ends, pieces
from trainer.domain.dialogue.draft import Draft, Line
from trainer.domain.dialogue.state import CallState, holds
from trainer.domain.scenario import Case

SHORT_HOLD_S = 45.0
"""A hold that people take without a word about it."""
STEP_S = 30.0
"""Each such stretch of a longer hold costs one point of patience."""


def react_to_silence(case: Case, state: CallState, seconds: float) -> Line | None:
    """What the customer says after `seconds` without a word from the operator; None while it is no matter yet.

    Who dictates takes a short silence for writing and goes on, at no cost.
    """
    hello, annoyed, gone = case.silence_s
    if state.ended:
        return None
    draft = Draft(case, state)
    if pieces.PAUSE_S <= seconds < annoyed and pieces.waits_for_sign(state) and pieces.say_next(draft):
        draft.mark("silence:0")
        return draft.line()
    if seconds < hello:
        return None
    if seconds >= gone:
        draft.mark("silence:3")
        ends.hang_up(draft)
    elif seconds >= annoyed:
        draft.mark("silence:2")
        draft.change("patience", -2, "silence")
        draft.say("impatient", case.small_talk.impatient, "complain_of_silence")
    else:
        draft.mark("silence:1")
        draft.change("patience", -1, "silence")
        draft.say("hello_there", case.small_talk.hello_there, "complain_of_silence")
    return _or_gone(draft)


def react_to_hold_end(case: Case, state: CallState, seconds: float, announced: bool = True) -> Line:
    """The operator is back after `seconds` on hold. A hold out of the blue costs more than the time it took."""
    draft = Draft(case, state)
    draft.mark("hold:announced" if announced else "hold:unannounced")
    if not announced:
        draft.change("patience", -2, "unannounced_hold")
        draft.change("trust", -1, "unannounced_hold")
    late = int(max(0.0, seconds - SHORT_HOLD_S) // STEP_S) + (seconds > SHORT_HOLD_S)
    draft.change("patience", -min(4, late), "long_hold")
    small = case.small_talk
    if late or not announced:
        draft.say("hold_long", small.hold_long, "complain_of_silence")
    else:
        draft.say("hold_thanks", small.hold_thanks, "hold")
    line = _or_gone(draft)
    assert line is not None
    return line


def react_to_transfer(case: Case, state: CallState, to: str, announced: bool = True, briefing: str = "") -> Line:
    """The operator hands the call over. A department that is not for this call sends the customer back."""
    draft = Draft(case, state)
    draft.mark("transfer:announced" if announced else "transfer:unannounced", f"transfer:to:{to}")
    if briefing.strip():
        draft.mark("transfer:briefed")
    if not announced:
        draft.change("patience", -3, "unannounced_transfer")
    small = case.small_talk
    if any(end.outcome == "transferred" and end.to in ("", to) and _met(state, end.needs) for end in case.ends):
        draft.say("transfer_ok", small.transfer_ok, "transfer")
        draft.end("transferred")
        return draft.line()
    draft.change("patience", -3, "bounced")
    draft.say("bounced", small.bounced, "complain_of_silence")
    line = _or_gone(draft)
    assert line is not None
    return line


def _met(state: CallState, needs: tuple[str, ...]) -> bool:
    return all(holds(state, token) for token in needs)


def _or_gone(draft: Draft) -> Line | None:
    if draft.ends is None and draft.state.patience <= 0:
        ends.hang_up(draft)
    return draft.line() if draft.parts else None
