"""What the operator did beside speaking: holds, transfers, the screen, the write-up. Times are seconds from the call's
start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from trainer.domain.events import Event


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
    seq: int
    to: str
    announced: bool
    briefing: str


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


def read_transfer(event: Event) -> Transfer:
    data = event.data
    return Transfer(event.seq, str(data.get("to", "")), bool(data.get("announced")), str(data.get("briefing") or ""))


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
