"""What the operator did beside speaking: holds, transfers, the screen, the write-up. Times are seconds from the call's
start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.domain.consultation import needs_in_text, share_told
from trainer.domain.events import Event
from trainer.domain.parties import Connection, follow
from trainer.domain.scenario import Case


@dataclass(frozen=True, slots=True)
class Hold:
    """`seconds` is None for a hold that never ended; `announced` as the call noted it."""

    seq: int
    announced: bool
    seconds: float | None
    start: float
    end: float | None


@dataclass(frozen=True, slots=True)
class Transfer:
    """`kind` is "warm" when a colleague took the call before; `told` is the share of what they need that was told."""

    seq: int
    to: str
    announced: bool
    briefing: str
    kind: str = "cold"
    told: float = 1.0


@dataclass(frozen=True, slots=True)
class Aside:
    """The operator's words to somebody else than the customer: `to` is a party of `parties`."""

    seq: int
    to: str
    text: str


@dataclass(frozen=True, slots=True)
class ScreenAction:
    seq: int
    action: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class WrapUp:
    seq: int
    disposition: str
    notes: str
    seconds: float


def read_holds(events: Sequence[Event]) -> tuple[Hold, ...]:
    holds: list[Hold] = []
    for event in events:
        if event.type == "hold_started":
            holds.append(Hold(event.seq, bool(event.data.get("announced")), None, event.at_ms / 1000, None))
        elif event.type == "hold_ended" and holds and holds[-1].seconds is None:
            began = holds.pop()
            seconds = float(event.data.get("seconds") or event.at_ms / 1000 - began.start)
            holds.append(Hold(began.seq, began.announced, seconds, began.start, event.at_ms / 1000))
    return tuple(holds)


def read_transfers(case: Case, events: Sequence[Event]) -> tuple[Transfer, ...]:
    """What the colleague was told counts by their own `told:` marks; of a cold transfer, what the briefing names."""
    found = []
    state = Connection()
    for event in events:
        if event.type == "transfer":
            data, to = event.data, str(event.data.get("to", ""))
            briefing, kind = str(data.get("briefing") or ""), str(data.get("kind") or "cold")
            told = {mark for mark in state.marks if state.department == to}
            told |= {f"told:{need.id}" for need in needs_in_text(case, to, briefing)}
            share = share_told(case, to, frozenset(told))
            found.append(Transfer(event.seq, to, bool(data.get("announced")), briefing, kind, share))
        state = follow(case, state, event)
    return tuple(found)


def read_asides(events: Sequence[Event]) -> tuple[Aside, ...]:
    return tuple(
        Aside(event.seq, str(event.data.get("to", "")), str(event.data.get("text", "")))
        for event in events
        if event.type == "aside_utterance"
    )


def read_screen_action(event: Event) -> ScreenAction:
    data = event.data
    return ScreenAction(
        event.seq, str(data.get("action", "")), str(data.get("field") or ""), str(data.get("value") or "")
    )


def read_form(events: Sequence[Event]) -> dict[str, str]:
    """The last value of each field: typed during the call, then as the write-up saved it."""
    form: dict[str, str] = {}
    for event in events:
        if event.type == "screen_action" and event.data.get("action") == "fill":
            form[str(event.data.get("field"))] = str(event.data.get("value") or "")
        elif event.type == "wrap_up_saved":
            form |= {str(k): str(v or "") for k, v in (event.data.get("fields") or {}).items()}
    return form


def read_wrap_up(event: Event) -> WrapUp:
    data = event.data
    return WrapUp(
        event.seq, str(data.get("disposition") or ""), str(data.get("notes") or ""), float(data.get("seconds") or 0)
    )
