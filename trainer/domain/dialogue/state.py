"""The state of a call: a fold of its events, nothing else.

What a customer's line changed is written in its event as effects and marks, so the state never asks again what was
understood: an old call folds to the same state whatever later versions understand. The marks:

    opened             the customer has said why they call (outbound: has asked what it is about)
    identified         the operator knows who is calling
    topic:T  asked:T   the customer told topic T; was asked about T and kept it back
    fact:F             the operator stated fact F truly
    goal:G             goal G is met
    objection:O        O was raised; insisted:O repeated; softened:O:n eased by its n-th condition; resolved:O settled
    firm_no:O          a final no; final:O the reason for it was found first; pressed:O the operator pressed on after it
    said:ACT           the operator did ACT in this turn where that moved the customer
    idle               the turn brought the call no further; misheard: it was not understood
    silence:0|1|2|3    the customer waited that long (0: went on dictating); manager: asked for a manager; left_early: kept the operator back
    parroted, offended what the operator did to the customer; doubted: something untrue made them ask back
    piece:T:W:N        of topic T, which is dictated, the N-th piece of wording W was said: the customer waits for a sign
    mistaken:T         asked about T, the customer answered something else
    repeated           the last point was said again, for it had not been heard
    chat:KIND          a remark beside the matter was answered; odd: words that were meant for a machine
    cut                the operator spoke over the customer
    end:OUTCOME        this line ends the call
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from trainer.domain.events import Event
from trainer.domain.scenario import Case, Goal

LOWEST, HIGHEST = 0, 10
VARIABLES = ("patience", "trust", "resistance")


@dataclass(frozen=True, slots=True)
class CallState:
    """Where a call stands. patience, trust and resistance are 0 to 10; `ended` is an outcome or None.

    `phase` is "greeting" (nothing said yet), "work", "closing" (all required goals met) or "ended". `used` holds the
    ids of wordings already said and `said` the lines themselves; `idle` counts turns in a row without progress.

    `last_line` are the wordings of the customer's last line, `last_ms` its length as it was spoken (0 where unknown) and
    `cut` the share of it that was heard when the operator spoke over it (None: all of it). `repeats` counts how often
    in a row the last point had to be said again; `dictating` is (topic, wording, pieces said) while a topic is dictated.
    """

    phase: str
    patience: int
    trust: int
    resistance: int
    goals_met: frozenset[str] = frozenset()
    topics_told: frozenset[str] = frozenset()
    objections_raised: tuple[str, ...] = ()
    objections_resolved: frozenset[str] = frozenset()
    firm_no: frozenset[str] = frozenset()
    identified: bool = False
    facts_stated: frozenset[str] = frozenset()
    last_customer_line: str = ""
    ended: str | None = None
    used: frozenset[str] = frozenset()
    said: frozenset[str] = frozenset()
    on_hold: bool = False
    hold_announced: bool = False
    turns: int = 0
    idle: int = 0
    screen: frozenset[str] = frozenset()
    marks: Counter[str] = field(default_factory=Counter)
    last_line: tuple[str, ...] = ()
    last_ms: int = 0
    cut: float | None = None
    repeats: int = 0
    dictating: tuple[str, int, int] | None = None

    @property
    def objections_open(self) -> tuple[str, ...]:
        """Raised and neither resolved nor ended by a firm no, in the order raised."""
        return tuple(o for o in self.objections_raised if o not in self.objections_resolved and o not in self.firm_no)

    @property
    def opened(self) -> bool:
        return self.marks["opened"] > 0


def start(case: Case) -> CallState:
    """The state before anything happened."""
    who = case.persona
    return CallState("greeting", clamp(who.patience), clamp(who.trust), clamp(who.resistance))


def clamp(value: int) -> int:
    return max(LOWEST, min(HIGHEST, value))


def fold(case: Case, events: Sequence[Event]) -> CallState:
    """The state after `events`."""
    state = start(case)
    for event in events:
        state = advance(case, state, event)
    return state


def advance(case: Case, state: CallState, event: Event) -> CallState:
    """The state after one more event."""
    data = event.data
    if event.type == "customer_line":
        return _after_line(case, state, event)
    if event.type == "aside_line":
        marks = (str(mark) for mark in data.get("marks") or () if str(mark).startswith("consulted"))
        return replace(state, marks=state.marks + Counter(marks))
    if event.type == "operator_utterance":
        return replace(state, turns=state.turns + 1, cut=_share_heard(state, data))
    if event.type == "screen_action":
        action, name = data.get("action") or "", data.get("field") or ""
        done = {str(action), f"{action}:{name}"}
        if action == "fill" or data.get("value"):
            done.add(f"field:{name}")
        return replace(state, screen=state.screen | done)
    if event.type == "hold_started":
        return replace(state, on_hold=True, hold_announced=bool(data.get("announced")))
    if event.type == "hold_ended":
        return replace(state, on_hold=False)
    if event.type == "call_ended":
        return replace(state, ended=str(data["outcome"]), phase="ended")
    return state


def _after_line(case: Case, state: CallState, event: Event) -> CallState:
    data = event.data
    marks = tuple(str(m) for m in data.get("marks") or ())
    counted = state.marks + Counter(marks)
    values = {name: getattr(state, name) for name in VARIABLES}
    for name, amount, _reason in data.get("effects") or ():
        values[name] = clamp(values[name] + int(amount))
    raised = state.objections_raised + tuple(
        o for o in _named("objection", marks) if o not in state.objections_raised
    )  # fmt: skip
    after = replace(
        state,
        **values,
        marks=counted,
        goals_met=state.goals_met | _named("goal", marks),
        topics_told=state.topics_told | _named("topic", marks),
        facts_stated=state.facts_stated | _named("fact", marks),
        objections_raised=raised,
        objections_resolved=state.objections_resolved | _named("resolved", marks),
        firm_no=state.firm_no | _named("firm_no", marks),
        identified=state.identified or "identified" in marks,
        last_customer_line=str(data["text"]),
        last_line=tuple(str(data["line"]).split("+")),
        last_ms=int(data.get("duration_ms") or 0),
        cut=None,
        repeats=state.repeats + 1 if "repeated" in marks else 0,
        dictating=_dictating(state, marks),
        said=state.said | {str(data["text"])},
        used=state.used | set(str(data["line"]).split("+")),
        idle=state.idle + 1 if "idle" in marks else state.idle if _by_itself(marks) else 0,
    )
    ended = next(iter(_named("end", marks)), None)
    return replace(after, ended=ended or state.ended, phase=_phase(case, after, ended))


def _by_itself(marks: tuple[str, ...]) -> bool:
    """The line answered no turn of the operator's: silence, hold or a turn that could not be heard."""
    return any(m.startswith(("silence:", "hold:", "misheard", "transfer:", "repeated", "odd")) for m in marks)


def _share_heard(state: CallState, utterance: Mapping[str, Any]) -> float | None:
    """How much of the customer's line was heard before the operator spoke over it, 0 to 1; None if they did not.

    Only speech cuts somebody off: who types has read the line. Where it is not known how much was heard, all was.
    """
    if not utterance.get("interrupted_customer") or utterance.get("source") != "spoken":
        return None
    heard = utterance.get("heard_ms")
    if heard is None or state.last_ms <= 0:
        return 1.0
    return max(0.0, min(1.0, int(heard) / state.last_ms))


def _dictating(state: CallState, marks: tuple[str, ...]) -> tuple[str, int, int] | None:
    """What is being dictated after a line: the piece it said last, until the topic counts as told."""
    waiting = state.dictating
    for mark in marks:
        kind, *parts = mark.split(":")
        if kind == "piece" and len(parts) == 3:
            waiting = (parts[0], int(parts[1]), int(parts[2]))
        elif kind == "topic" and waiting and parts == [waiting[0]]:
            waiting = None
    return waiting


def _named(kind: str, marks: tuple[str, ...]) -> frozenset[str]:
    return frozenset(m.partition(":")[2] for m in marks if m.startswith(f"{kind}:"))


def _phase(case: Case, state: CallState, ended: str | None) -> str:
    if ended or state.ended:
        return "ended"
    if not state.opened:
        return "greeting"
    return "closing" if required_met(case, state.goals_met) and not state.objections_open else "work"


def required_met(case: Case, goals_met: frozenset[str]) -> bool:
    """True once every required goal is met."""
    return all(goal.id in goals_met for goal in case.goals if goal.required)


def is_ready(state: CallState, goal: Goal) -> bool:
    """The goal's time has come: it is not met, and what has to come before it is so."""
    return goal.id not in state.goals_met and all(holds(state, token) for token in goal.after)


def holds(state: CallState, token: str) -> bool:
    """True if `token` is so: a goal ("redelivery" or "goal:redelivery"), "identified", "told:T", "resolved:O",
    "firm_no:O", "settled:O" (either of the two), any other mark, or one of these with "not:" before it."""
    kind, _, name = token.partition(":")
    if kind == "not":
        return not holds(state, name)
    if not name:
        return token in state.goals_met or state.marks[token] > 0 or (kind == "identified" and state.identified)
    if kind == "told":
        return name in state.topics_told
    if kind == "settled":
        return name in state.objections_resolved or name in state.firm_no
    if kind == "softened":
        return any(mark.startswith(f"{token}:") for mark in state.marks)
    return state.marks[token] > 0
