"""A call read from its log, as grading looks at it: turns with what was understood, the customer's lines, the screen.

Times are seconds from the call's start. Of the operator's voice nothing is read but words, their times, the
recognizer's confidence and whether it cut the customer off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from trainer.domain.dialogue import fold, is_success
from trainer.domain.events import Event
from trainer.domain.grading.call_corrections import said_after_all
from trainer.domain.grading.call_desk import (
    Aside,
    Hold,
    ScreenAction,
    Transfer,
    WrapUp,
    read_asides,
    read_form,
    read_holds,
    read_screen_action,
    read_transfers,
    read_wrap_up,
)
from trainer.domain.scenario import Case
from trainer.domain.understanding import Act, Understanding


class NotUnderstood(ValueError):
    """An operator's turn of the log came without its understanding."""


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    start: float
    end: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Line:
    """What the customer said at `seq`, with the marks that it settled."""

    seq: int
    text: str
    move: str
    objection: str
    topic: str
    marks: tuple[str, ...]
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Turn:
    """What the operator said. `heard` are the customer's lines since the turn before; `confidence` is the recognizer's
    (1.0 where it was typed); `text` is a credible correction where one was made, `recognized` what was heard."""

    number: int
    seq: int
    text: str
    recognized: str
    spoken: bool
    words: tuple[Word, ...]
    confidence: float
    start: float
    end: float
    interrupted: bool
    heard: tuple[Line, ...]
    understanding: Understanding

    def act(self, *names: str) -> Act | None:
        """The surest of these acts in the turn."""
        found = [a for a in self.understanding.acts if a.act in names]
        return max(found, key=lambda a: a.confidence, default=None)


@dataclass(frozen=True, slots=True)
class CallReading:
    """Everything in the log. `marks` gives each mark the event that settled it; `form` the last value of each field;
    `silences` are (event, seconds) that the operator was silent; `seconds` is the call's length without wrap-up."""

    case: Case
    turns: tuple[Turn, ...]
    lines: tuple[Line, ...]
    marks: Mapping[str, int]
    holds: tuple[Hold, ...]
    transfers: tuple[Transfer, ...]
    asides: tuple[Aside, ...]
    silences: tuple[tuple[int, float], ...]
    screen: tuple[ScreenAction, ...]
    form: Mapping[str, str]
    wrap_up: WrapUp | None
    hung_up_by: str
    hung_up_seq: int | None
    outcome: str
    success: bool
    end_seq: int
    seconds: float

    @property
    def customer_left(self) -> bool:
        """The customer put the telephone down or the line broke: what had to come at the end had no chance to."""
        return self.outcome in ("customer_hung_up", "timed_out", "")

    @property
    def refused(self) -> bool:
        """The customer said a clear no: nothing that was offered before it is agreed."""
        return self.outcome == "refused_politely" or any(mark.startswith("firm_no:") for mark in self.marks)

    def turn_before(self, seq: int) -> Turn | None:
        return next((t for t in reversed(self.turns) if t.seq < seq), None)

    def turn_after(self, seq: int) -> Turn | None:
        return next((t for t in self.turns if t.seq > seq), None)

    @property
    def turn_after_opening(self) -> Turn | None:
        """The operator's answer to the reason for the call: where the need is found and the caller identified."""
        opened = self.marks.get("opened")
        return (self.turn_after(opened) if opened else None) or (self.turns[-1] if self.turns else None)

    def first(self, *acts: str, floor: float) -> tuple[Turn, Act] | None:
        """The first turn that does one of these, at least `floor` sure."""
        for turn in self.turns:
            act = turn.act(*acts)
            if act is not None and act.confidence >= floor:
                return turn, act
        return None


def read_call(events: Sequence[Event], case: Case, understandings: Mapping[int, Understanding]) -> CallReading:
    """Read a log. `understandings` by the number of the operator's event. Raises NotUnderstood for one that lacks."""
    corrections = {e.data["utterance"]: e.data["text"] for e in events if e.type == "transcript_corrected"}
    ended = next((e for e in events if e.type == "call_ended"), None)
    wrap_ups = [e for e in events if e.type == "wrap_up_saved"]
    hung_up = next((e for e in events if e.type == "hung_up"), None)
    lines = tuple(_line(e) for e in events if e.type == "customer_line")
    turns = _turns(events, lines, corrections, understandings)
    during = [e for e in events if ended is None or e.seq <= ended.seq]
    outcome = str(ended.data.get("outcome", "")) if ended else ""
    last_line = max((line.end for line in lines), default=0.0)
    return CallReading(
        case=case,
        turns=turns,
        lines=lines,
        marks=_marks(lines),
        holds=read_holds(events),
        transfers=read_transfers(case, events),
        asides=read_asides(events),
        silences=tuple((e.seq, float(e.data.get("seconds") or 0)) for e in events if e.type == "silence"),
        screen=tuple(read_screen_action(e) for e in events if e.type == "screen_action"),
        form=read_form(events),
        wrap_up=read_wrap_up(wrap_ups[-1]) if wrap_ups else None,
        hung_up_by=str(hung_up.data.get("by", "")) if hung_up else "",
        hung_up_seq=hung_up.seq if hung_up else None,
        outcome=outcome,
        success=bool(outcome) and is_success(case, fold(case, during), outcome),
        end_seq=ended.seq if ended else (events[-1].seq if events else 0),
        seconds=max((during[-1].at_ms / 1000) if during else 0.0, last_line, *(t.end for t in turns), 0.0),
    )


def operator_texts(events: Sequence[Event]) -> dict[int, tuple[str, float]]:
    """What to understand: for each operator's event the text that counts and how sure the words are (0 to 1)."""
    corrections = {e.data["utterance"]: e.data["text"] for e in events if e.type == "transcript_corrected"}
    return {
        e.seq: said_after_all(str(e.data["text"]), corrections.get(e.seq), _confidence(e))
        for e in events
        if e.type == "operator_utterance"
    }


def _confidence(event: Event) -> float:
    value = event.data.get("confidence")
    return 1.0 if event.data.get("source") != "spoken" or value is None else float(value)


def _line(event: Event) -> Line:
    data = event.data
    start = event.at_ms / 1000
    marks = [str(m) for m in data.get("marks") or ()]
    return Line(
        seq=event.seq,
        text=str(data.get("text", "")),
        move=str(data.get("move") or ""),
        objection=str(data.get("objection") or ""),
        topic=str(data.get("topic") or ""),
        marks=tuple(marks),
        start=start,
        end=start + float(data.get("duration_ms") or 0) / 1000,
    )


def _turns(
    events: Sequence[Event],
    lines: Sequence[Line],
    corrections: Mapping[int, str],
    understandings: Mapping[int, Understanding],
) -> tuple[Turn, ...]:
    turns: list[Turn] = []
    for event in events:
        if event.type != "operator_utterance":
            continue
        if event.seq not in understandings:
            raise NotUnderstood(f"operator's turn {event.seq} has no understanding")
        data, before = event.data, turns[-1].seq if turns else 0
        recognized = str(data["text"])
        text, confidence = said_after_all(recognized, corrections.get(event.seq), _confidence(event))
        started = data.get("started_ms")
        ended = data.get("ended_ms")
        start = (event.at_ms if started is None else started) / 1000
        turns.append(
            Turn(
                number=len(turns) + 1,
                seq=event.seq,
                text=text,
                recognized=recognized,
                spoken=data.get("source") == "spoken",
                words=tuple(Word(str(w), float(s), float(e), float(c)) for w, s, e, c in data.get("words") or ()),
                confidence=confidence,
                start=start,
                end=max(start, (event.at_ms if ended is None else ended) / 1000),
                interrupted=bool(data.get("interrupted_customer")),
                heard=_heard([line for line in lines if before < line.seq < event.seq], data.get("free_ms")),
                understanding=understandings[event.seq],
            )
        )
    return tuple(turns)


def _heard(lines: Sequence[Line], free_ms: object) -> tuple[Line, ...]:
    """The lines before a turn. Where the page tells when the last one fell silent, that counts: a slow line or server
    lets the customer be heard later than the log has it, and the operator is not to be blamed for the difference."""
    if not lines or not isinstance(free_ms, int | float):
        return tuple(lines)
    late = max(0.0, free_ms / 1000 - lines[-1].end)
    return (*lines[:-1], replace(lines[-1], start=lines[-1].start + late, end=lines[-1].end + late))


def _marks(lines: Sequence[Line]) -> dict[str, int]:
    marks: dict[str, int] = {}
    for line in lines:
        for mark in line.marks:
            marks.setdefault(mark, line.seq)
    return marks
