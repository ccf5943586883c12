"""Five scripted operators, who try a scenario before people do.

The model operator says the scenario's own model lines, each where it belongs; the lazy one mumbles, the rude one
insults, the silent one says nothing, the parrot hands the customer's words back. `play` runs one of them against the
customer and gives the whole call as events. How a text is understood is passed in (`Understand`): the domain knows
customers, not languages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from trainer.domain import consultation
from trainer.domain.dialogue.customer import open_call, react
from trainer.domain.dialogue.draft import Line
from trainer.domain.dialogue.ends import is_success
from trainer.domain.dialogue.pieces import waits_for_sign
from trainer.domain.dialogue.state import CallState, advance, holds, is_ready, required_met, start
from trainer.domain.dialogue.waiting import react_to_silence, react_to_transfer
from trainer.domain.dialogue.wording import pool_of
from trainer.domain.events import Event, make_event
from trainer.domain.parties import COLLEAGUE, AsideLine, connection
from trainer.domain.scenario import Case, End
from trainer.domain.understanding import Understanding

Understand = Callable[[str, Case, CallState, Sequence[str]], Understanding]
"""(operator's text, case, state, what was said so far) -> what was understood."""
MOST_TURNS = 60
TURN_MS, SILENCE_MS = 6000, 4000


@dataclass(frozen=True, slots=True)
class Turn:
    """What an operator does next: says `text`, stays silent for `silence` seconds in all, or hands over to `transfer`
    with a `briefing`."""

    text: str = ""
    silence: float = 0.0
    transfer: str = ""
    briefing: str = ""


Operator = Callable[[Case, CallState, int], Turn | None]
"""(case, state, number of turns taken) -> the next turn; None hangs up."""


@dataclass
class Played:
    """A whole call. `outcome` is of `events.OUTCOMES`; `stuck` says that it never came to an end by itself."""

    events: list[Event]
    state: CallState
    outcome: str
    success: bool
    stuck: bool = False
    turns: list[Understanding] = field(default_factory=list)

    def transcript(self) -> str:
        said = {"operator_utterance": "O", "customer_line": "C"}
        return "\n".join(f"{said[e.type]}: {e.data['text']}" for e in self.events if e.type in said)


class Model:
    """Says each model line once, where the call stands: objection first, then the goal that is next, then the close."""

    def __init__(self) -> None:
        self._said: set[int] = set()
        self._last = ""

    def __call__(self, case: Case, state: CallState, turn: int) -> Turn | None:
        if waits_for_sign(state):
            return Turn(SIGNS[case.language][turn % len(SIGNS[case.language])])
        if self._last and _was_mistaken(case, state):
            again, self._last = self._last, ""
            return Turn(again)
        for place in _places(case, state):
            for number, line in enumerate(case.model):
                if line.at == place and number not in self._said:
                    self._said.add(number)
                    self._last = line.text
                    return Turn(line.text)
        end = _handing_over(case, state)
        if end is None:
            return None
        return Turn(transfer=end.to, briefing=" ".join(line.text for line in case.model if line.at == "consult"))


SIGNS = {"en": ("Mm-hm.", "Yes.", "Okay, go on."), "fr": ("Oui.", "Mm-hm.", "D'accord, allez-y.")}
"""What shows somebody who dictates that the piece was written down."""


def _was_mistaken(case: Case, state: CallState) -> bool:
    """The customer has just taken a question for another: a good operator puts it again."""
    pools = {pool_of(wording)[0] for wording in state.last_line}
    return any(f"topic.{t.id}.mistaken" in pools for t in case.topics if t.id not in state.topics_told)


def _places(case: Case, state: CallState) -> list[str]:
    """Where the call stands, in the terms of `ModelLine.at`."""
    places = [] if state.opened else ["opening"]
    places += [f"objection:{name}" for name in state.objections_open]
    if state.firm_no:
        return [*places, "firm_no", "closing"]
    ready = [goal for goal in case.goals if is_ready(state, goal)]
    places += [f"goal:{goal.id}" for goal in ready]
    done = required_met(case, state.goals_met) and not state.objections_open
    if _handing_over(case, state):
        return [*places, "transfer"]
    return [*places, "closing"] if done else places


def _handing_over(case: Case, state: CallState) -> End | None:
    """The transfer that would now be a good end of the call."""
    ends = (e for e in case.ends if e.outcome == "transferred" and e.success)
    return next((e for e in ends if all(holds(state, need) for need in e.needs if need != "consulted")), None)


MUMBLED = {
    "en": ("Okay.", "Right.", "Mm-hm.", "I see.", "Yeah.", "Okay then.", "Uh huh.", "Alright."),
    "fr": ("D'accord.", "Oui.", "Mm.", "Je vois.", "Ouais.", "Bon.", "Ah oui.", "OK."),
}
INSULTS = {
    "en": (
        "What do you want now?", "That's your problem, not mine. You should have read the conditions.",
        "Stop whining, you idiot.", "Are you stupid or what? I don't care.", "Shut up and listen.",
    ),
    "fr": (
        "Qu'est-ce que vous voulez encore ?", "C'est votre problème, pas le mien. Fallait lire les conditions.",
        "Arrêtez de pleurnicher, espèce d'idiot.", "Vous êtes bête ou quoi ? Je m'en fiche.", "Fermez-la et écoutez.",
    ),
}  # fmt: skip


def lazy(case: Case, state: CallState, turn: int) -> Turn | None:
    mumbled = MUMBLED[case.language]
    return Turn(mumbled[turn % len(mumbled)])


def rude(case: Case, state: CallState, turn: int) -> Turn | None:
    insults = INSULTS[case.language]
    return Turn(insults[turn % len(insults)])


def silent(case: Case, state: CallState, turn: int) -> Turn | None:
    return Turn(silence=case.silence_s[min(turn, 2)])


def parrot(case: Case, state: CallState, turn: int) -> Turn | None:
    return Turn(state.last_customer_line or "Hello?")


class LateModel(Model):
    """Mumbles for two turns, then does everything right: a bad start must not lead into a dead end."""

    def __call__(self, case: Case, state: CallState, turn: int) -> Turn | None:
        return lazy(case, state, turn) if turn in (1, 2) else super().__call__(case, state, turn)


OPERATORS: dict[str, Callable[[], Operator]] = {
    "model": Model,
    "lazy": lambda: lazy,
    "rude": lambda: rude,
    "silent": lambda: silent,
    "parrot": lambda: parrot,
    "late_model": LateModel,
}


def play(case: Case, operator: Operator, understand: Understand) -> Played:
    """The whole call of `operator` with this case's customer."""
    call = _Call(case)
    opening = open_call(case)
    if opening:
        call.add_line(opening)
    for number in range(MOST_TURNS):
        turn = operator(case, call.state, number)
        if turn is None:
            return call.over("operator_hung_up")
        if turn.transfer:
            call.brief(turn.transfer, understand)
            kind = "warm" if call.state.marks["consulted"] else "cold"
            call.add(
                "transfer", turn_id=f"t{number}", to=turn.transfer, announced=True, briefing=turn.briefing, kind=kind
            )
            line: Line | None = react_to_transfer(case, call.state, turn.transfer, True, turn.briefing)
        elif turn.silence:
            call.wait(SILENCE_MS)
            call.add("silence", seconds=turn.silence)
            line = react_to_silence(case, call.state, turn.silence)
        else:
            call.wait(TURN_MS)
            before = call.said()
            call.add_utterance(turn.text, number)
            call.understood.append(understand(turn.text, case, call.state, before))
            line = react(case, call.state, call.understood[-1])
        if line:
            call.add_line(line)
            if line.ends:
                return call.over(line.ends)
    return call.over("timed_out", stuck=True)


class _Call:
    """The log under way."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.events: list[Event] = []
        self.state = start(case)
        self.understood: list[Understanding] = []
        self._at = 0

    def wait(self, milliseconds: int) -> None:
        self._at += milliseconds

    def add(self, type_: str, **data: object) -> None:
        self.events.append(make_event(len(self.events) + 1, self._at, type_, **data))
        self.state = advance(self.case, self.state, self.events[-1])

    def add_line(self, line: Line) -> None:
        self.wait(500)
        self.add("customer_line", **line.as_event_data())

    def add_utterance(self, text: str, number: int) -> None:
        self.add("operator_utterance", turn_id=f"t{number}", text=text, source="typed", confidence=1.0)

    def brief(self, department: str, understand: Understand) -> None:
        """Tell the colleague there what the model tells them, if the scenario gives that department one."""
        specialist = consultation.specialist_of(self.case, department)
        if specialist is None:
            return
        self.add("consult_started", turn_id=f"c{len(self.events)}", to=department)
        self.hear_colleague(consultation.pick_up(self.case, connection(self.case, self.events)))
        seen, said = consultation.with_needs(self.case, specialist), self.said()
        for line in self.case.model:
            if line.at == "consult":
                self.wait(TURN_MS)
                self.add("aside_utterance", turn_id=f"c{len(self.events)}", text=line.text, to=COLLEAGUE)
                heard = understand(line.text, seen, self.state, said)
                self.hear_colleague(consultation.answer(self.case, connection(self.case, self.events), heard))

    def hear_colleague(self, line: AsideLine) -> None:
        self.wait(500)
        self.add("aside_line", **line.as_event_data())

    def said(self) -> list[str]:
        speaker = {"operator_utterance": "agent", "customer_line": "customer"}
        return [f"{speaker[e.type]}: {e.data['text']}" for e in self.events if e.type in speaker]

    def over(self, outcome: str, *, stuck: bool = False) -> Played:
        success = is_success(self.case, self.state, outcome)
        self.add("call_ended", outcome=outcome)
        return Played(self.events, self.state, outcome, success, stuck, self.understood)
