"""The file of a simulated operator: one reply a line, or JSON lines that also use the screen, the hold and the phone.

A line that begins with "{" is a JSON object with one of these keys; any other line is a typed reply:

    {"text": "..."}             typed; with "spoken": true as if recognized, then "confidence" 0 to 1 may be given, and
                                "interrupts": true where it is said over the customer
    {"audio": "turn-1.wav"}     spoken: recognized from the file (its path counted from the replies' own folder)
    {"silence": 6}              seconds without a word
    {"screen": {"action": "open|fill|search", "field": "phone", "value": "..."}}
    {"hold": 30}                seconds on hold, or {"hold": {"seconds": 30}}
    {"consult": "billing"}      a colleague there picks up, the customer waits on hold; what is said next is said to the
                                colleague, until a "transfer" hands the customer over or {"back": true} takes them back
    {"transfer": "billing"}     or {"transfer": {"to": "billing", "briefing": "..."}}
    {"dial": true}              dials once more; without any such line an outbound call is answered by the customer
    {"mute": true}              or false
    {"callback": {"day": "2026-03-12", "time": "14:30", "phone": "07700900123"}}
    {"key": "5"}                a key of the telephone's pad
    {"hang_up": true}           the operator puts the telephone down
    {"wrap_up": {"fields": {...}, "disposition": "...", "notes": "...", "seconds": 40}}
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

KINDS = (
    "text", "audio", "silence", "screen", "hold", "transfer", "key", "hang_up", "wrap_up", "dial",
    "consult", "back", "mute", "callback",
)  # fmt: skip
BESIDE = {"text": ("spoken", "confidence", "interrupts"), "audio": ("interrupts",)}
SCREEN_ACTIONS = ("open", "fill", "search")
LONGEST_S = 3600.0


class BadStep(ValueError):
    """A line of the file cannot be used; the message names the line and what would be right."""


@dataclass(frozen=True, slots=True)
class Step:
    """What the operator does: `kind` of `KINDS`, `value` checked for it, and what stands beside it."""

    line: int
    kind: str
    value: Any
    beside: Mapping[str, Any]


def read_steps(lines: Iterable[str]) -> Iterator[Step]:
    """The steps of a file, in order; empty lines are passed over. Raises BadStep."""
    for number, line in enumerate(lines, start=1):
        plain = line.strip().removeprefix("\ufeff")
        if not plain:
            continue
        yield _object(number, plain) if plain.startswith("{") else Step(number, "text", plain, {})


def _object(number: int, text: str) -> Step:
    try:
        row = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise BadStep(f"line {number}: not JSON ({getattr(error, 'msg', 'nested too deep')})") from None
    kinds = [key for key in row if key in KINDS]
    if len(kinds) != 1:
        raise BadStep(f"line {number}: one of {', '.join(KINDS)} is expected, not {', '.join(row) or 'nothing'}")
    kind = kinds[0]
    beside = {key: value for key, value in row.items() if key != kind}
    for key in beside:
        if key not in BESIDE.get(kind, ()):
            raise BadStep(f"line {number}: {key!r} means nothing beside {kind!r}")
    return Step(number, kind, _READERS[kind](number, row[kind]), beside)


def _words(number: int, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadStep(f"line {number}: some text is expected")
    return " ".join(value.split())


def _seconds(number: int, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= LONGEST_S:
        raise BadStep(f"line {number}: seconds from 0 to {LONGEST_S:.0f} are expected, not {value!r}")
    return float(value)


def _mapping(number: int, value: Any, known: tuple[str, ...], needed: tuple[str, ...]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadStep(f"line {number}: an object with {', '.join(known)} is expected")
    for key in value:
        if key not in known:
            raise BadStep(f"line {number}: {key!r} is unknown here; known are {', '.join(known)}")
    for key in needed:
        if key not in value:
            raise BadStep(f"line {number}: {key!r} is missing")
    return value


def _screen(number: int, value: Any) -> dict[str, str]:
    row = _mapping(number, value, ("action", "field", "value"), ("field",))
    action = str(row.get("action", "fill"))
    if action not in SCREEN_ACTIONS:
        raise BadStep(f"line {number}: the action is {action!r}; {', '.join(SCREEN_ACTIONS)} are possible")
    return {"action": action, "field": str(row["field"]), "value": str(row.get("value", ""))}


def _hold(number: int, value: Any) -> float:
    return _seconds(number, _mapping(number, value, ("seconds",), ("seconds",))["seconds"] if isinstance(value, dict) else value)  # fmt: skip


def _transfer(number: int, value: Any) -> dict[str, str]:
    if isinstance(value, str):
        return {"to": value, "briefing": ""}
    row = _mapping(number, value, ("to", "briefing"), ("to",))
    return {"to": str(row["to"]), "briefing": str(row.get("briefing", ""))}


def _key(number: int, value: Any) -> str:
    if str(value) not in set("0123456789*#"):
        raise BadStep(f"line {number}: a key is one of 0 to 9, * and #")
    return str(value)


def _only_true(name: str) -> Callable[[int, Any], bool]:
    def read(number: int, value: Any) -> bool:
        if value is not True:
            raise BadStep(f'line {number}: only "{name}": true means something')
        return True

    return read


def _either(number: int, value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadStep(f"line {number}: true or false is expected")
    return value


def _callback(number: int, value: Any) -> dict[str, str]:
    row = _mapping(number, value, ("day", "time", "phone"), ("day", "time", "phone"))
    return {name: str(row[name]) for name in ("day", "time", "phone")}


def _wrap_up(number: int, value: Any) -> dict[str, Any]:
    row = _mapping(number, value, ("fields", "disposition", "notes", "seconds"), ())
    fields = row.get("fields", {})
    if not isinstance(fields, dict):
        raise BadStep(f"line {number}: 'fields' has to be an object")
    return {
        "fields": {str(k): "" if v is None else str(v) for k, v in fields.items()},
        "disposition": str(row.get("disposition", "")),
        "notes": str(row.get("notes", "")),
        "seconds": _seconds(number, row["seconds"]) if "seconds" in row else None,
    }


_READERS = {
    "text": _words, "audio": _words, "silence": _seconds, "screen": _screen, "hold": _hold, "transfer": _transfer,
    "key": _key, "hang_up": _only_true("hang_up"), "wrap_up": _wrap_up, "dial": _only_true("dial"), "consult": _words, "back": _only_true("back"),
    "mute": _either, "callback": _callback,
}  # fmt: skip
