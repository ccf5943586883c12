"""What the telephone adds to a case: who answers when one dials, colleagues to hand over to, and how the line sounds."""

from __future__ import annotations

from dataclasses import dataclass

DIAL_RESULTS = ("answered", "no_answer", "busy", "voicemail", "wrong_person")
"""What dialling a number comes to. Everything but "answered" leaves the operator to try again."""
NOISES = ("none", "home", "office", "street", "car", "cafe")
QUALITIES = ("good", "fair", "poor")


@dataclass(frozen=True, slots=True)
class SoundOfLine:
    """What is behind the customer, and how well the line carries: a poor one crackles and drops out."""

    noise: str = "none"
    quality: str = "good"


@dataclass(frozen=True, slots=True)
class Need:
    """Something a colleague has to be told before they take a call.

    It is told when the operator says one of `values` (names, numbers: as spoken or as written), or something like one
    of `phrases`. `asks` is how the colleague asks for it when it was left out.
    """

    id: str
    title: str
    asks: tuple[str, ...]
    phrases: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Specialist:
    """The colleague who answers in a department of `transfer_to`, and must be briefed before the customer comes.

    `greeting` picks up, `takes` accepts the customer, `declines` sends back a call that is not theirs (yet).
    """

    department: str
    name: str
    sex: str
    age: int
    rate: float
    greeting: tuple[str, ...]
    needs: tuple[Need, ...]
    takes: tuple[str, ...]
    declines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OtherPerson:
    """Who picks up where the customer was called: a relative, a colleague, a stranger with the number now.

    `greeting` picks up; `away` says that the customer is not there, and when they will be; `curious` asks what it is
    about (they are not to be told); `goodbye` ends it.
    """

    name: str
    sex: str
    age: int
    who: str
    greeting: tuple[str, ...]
    away: tuple[str, ...]
    curious: tuple[str, ...]
    goodbye: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dialling:
    """An outbound call's attempts in order, of `DIAL_RESULTS`; when they are used up, the customer answers."""

    attempts: tuple[str, ...] = ()
    voicemail: tuple[str, ...] = ()
    other: OtherPerson | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A key of the menu: where it leads (a step, or a queue), and words that choose it when they are spoken."""

    key: str
    label: str
    to: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MenuStep:
    """What the menu says, and what may be pressed or said then."""

    id: str
    say: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """Where callers wait. `say` is spoken on joining; `closed` outside its hours, as ISO weekdays 1 to 7 and times."""

    id: str
    label: str
    say: str
    closed: str
    days: tuple[str, ...]
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Menu:
    """A company's voice menu. The first step answers; `unclear` is said when nothing fits, before the step again."""

    company: str
    steps: tuple[MenuStep, ...]
    queues: tuple[Queue, ...]
    unclear: tuple[str, ...]
