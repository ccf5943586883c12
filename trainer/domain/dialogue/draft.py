"""A customer's line under way: what is said, what it changes, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from trainer.domain.dialogue.state import CallState, advance
from trainer.domain.dialogue.turn import Heard
from trainer.domain.dialogue.wording import choose, unsaid
from trainer.domain.events import Event
from trainer.domain.scenario import Case

MOVES = (
    "hang_up", "goodbye", "refuse", "offended", "accept", "object", "insist", "soften", "ask_manager", "state_problem",
    "identify", "correct", "answer", "withhold", "confirm", "hold", "transfer", "doubt", "complain_of_parroting",
    "complain_of_interruption", "remind",
    "thank", "say_again", "repeat", "confused", "complain_of_silence", "go_on", "small_talk", "greet",
)  # fmt: skip
"""Everything a customer does with a line; of several in one line, the first in this order names it."""
MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """What the customer says next. `line` joins the ids of its wordings with "+"; `ends` is an outcome or None.

    `effects` are (variable, amount, reason); `marks` are those of `dialogue.state`.
    """

    line: str
    text: str
    move: str
    objection: str | None = None
    topic: str | None = None
    effects: tuple[tuple[str, int, str], ...] = ()
    marks: tuple[str, ...] = ()
    ends: str | None = None

    def as_event_data(self) -> dict[str, object]:
        """The data of this line's `customer_line` event (without its sound)."""
        return {
            "line": self.line, "text": self.text, "move": self.move, "objection": self.objection, "topic": self.topic,
            "effects": [list(effect) for effect in self.effects], "marks": list(self.marks),
        }  # fmt: skip


@dataclass
class Draft:
    """Collects the parts of a line. `state` follows what they change, so that later steps see what earlier ones did."""

    case: Case
    state: CallState
    heard: Heard | None = None
    parts: list[tuple[str, str, str]] = field(default_factory=list)
    effects: list[tuple[str, int, str]] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    objection: str | None = None
    topic: str | None = None
    ends: str | None = None
    untouched: str | None = None
    waits: bool = False
    before: CallState = field(init=False)

    def __post_init__(self) -> None:
        self.before = self.state

    def say(self, pool: str, texts: Sequence[str], move: str, **gaps: str) -> bool:
        """Add a wording of `pool`; False if the pool is empty, the line is long enough or the customer waits for a sign."""
        if not texts or len(self.parts) >= MOST_PARTS or self.waits:
            return False
        wording, text = choose(self.case, self.before, pool, texts, frozenset(part[0] for part in self.parts))
        for name, value in gaps.items():
            text = text.replace("{" + name + "}", value)
        if gaps:
            text = text[:1].upper() + text[1:]
        self.parts.append((wording, text, move))
        return True

    def say_made(self, wording: str, text: str, move: str) -> bool:
        """Add a text that is no wording of a pool as it stands; False as in `say`."""
        if len(self.parts) >= MOST_PARTS or self.waits:
            return False
        if self.parts and self.parts[-1][1].endswith((".", "!", "?")):
            text = text[:1].upper() + text[1:]
        self.parts.append((*unsaid(self.case, self.before, wording, text), move))
        return True

    def change(self, variable: str, amount: int, reason: str) -> None:
        if amount:
            self.effects.append((variable, amount, reason))
            self._follow(effects=[(variable, amount, reason)])

    def mark(self, *marks: str) -> None:
        self.marks.extend(marks)
        self._follow(marks=list(marks))

    def _follow(self, **data: object) -> None:
        told = {"line": "", "text": self.state.last_customer_line, "marks": [], "effects": [], **data}
        self.state = advance(self.case, self.state, Event(0, 0, "customer_line", told))

    def end(self, outcome: str) -> None:
        self.ends = outcome
        self.mark(f"end:{outcome}")

    def only(self, pool: str, texts: Sequence[str], move: str) -> None:
        """Say this and nothing else."""
        self.parts.clear()
        self.waits = False
        self.objection = self.topic = None
        self.say(pool, texts, move)

    @property
    def silent(self) -> bool:
        return not self.parts

    def line(self) -> Line:
        moves = [move for _, _, move in self.parts]
        return Line(
            line="+".join(wording for wording, _, _ in self.parts),
            text=" ".join(text for _, text, _ in self.parts),
            move=min(moves, key=MOVES.index),
            objection=self.objection,
            topic=self.topic,
            effects=tuple(self.effects),
            marks=tuple(self.marks),
            ends=self.ends,
        )
