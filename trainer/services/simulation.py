"""A whole call without a person at it: scripted replies, the same customer and grading, on a simulated clock.

Nobody waits and no clock is read: a typed or simulated reply takes as long as its words take to say, a recording as
long as it lasts, a line of the customer's as long as its words at their pace. So the same scenario, seed and replies
give the same events, to the byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trainer.domain.errors import Invalid, TrainerError
from trainer.domain.events import Event
from trainer.domain.grade import CallGrade
from trainer.domain.grading.as_json import grade_as_json
from trainer.domain.parties import CUSTOMER, NOBODY, connection
from trainer.domain.scenario import Case
from trainer.ports import Ports
from trainer.services import customer, parties
from trainer.services.call_audio import pcm_from_wav
from trainer.services.call_log import Draft, number
from trainer.services.calls_telephone import back_on_the_line, callback_data, hold_started, hung_up, transfer_data
from trainer.services.calls_turns import MOST_WORDS
from trainer.services.form_values import check_field
from trainer.services.grading import grade_events
from trainer.services.hearing import hear
from trainer.services.simulation_steps import BadStep, Step

MS_A_WORD = 400
"""150 words a minute."""
TAKE_BREATH_MS = 600
"""From the end of one's words to the beginning of the other's."""
OVERLAP_MS = 800
WRAP_UP_MS_A_VALUE = 8_000
AFTER_THE_CALL = ("wrap_up", "screen", "callback")


class StepRefused(BadStep):
    """What the product itself refuses (a value of the wrong type, a broken recording); `cause` says why, by code."""

    def __init__(self, line: int, cause: TrainerError) -> None:
        super().__init__(f"line {line}: {cause}")
        self.line = line
        self.cause = cause


@dataclass
class SimulatedCall:
    """A call under way: its log, and the time in ms from its start."""

    ports: Ports
    case: Case
    folder: Path
    log: list[Event] = field(default_factory=list)
    now_ms: int = 0
    unused: list[Step] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        return next((str(e.data["outcome"]) for e in self.log if e.type == "call_ended"), "")

    def add(self, drafts: Sequence[Draft]) -> None:
        """Write drafts; each line of the customer's takes its time."""
        for kind, data in drafts:
            length = 0
            if kind in ("customer_line", "aside_line"):
                rate = self.case.persona.rate if kind == "customer_line" else 1.0
                length = round(len(data["text"].split()) * MS_A_WORD / rate)
                data = {**data, "audio": None, "engine": None, "duration_ms": length}
            self.log.extend(number(self.log, [(kind, data)], self.now_ms))
            self.now_ms += length

    def reach_the_customer(self) -> None:
        """Put down and dial until the customer answers: whoever dials nothing wants to speak with nobody else."""
        while connection(self.case, self.log).party != CUSTOMER:
            if connection(self.case, self.log).party != NOBODY:
                self.add([("put_down", {"turn_id": self.turn_id()})])
            self.add(customer.dialled(self.case, self.log, self.turn_id()))

    def turn_id(self) -> str:
        return f"turn-{len(self.log) + 1:04}"

    def take(self, step: Step) -> None:
        """Do one step. After the end only the write-up counts; other steps are kept as unused. Raises BadStep."""
        if step.kind == "wrap_up" and not self.outcome:
            self._hang_up()  # whoever writes up has put the telephone down
        if self.outcome and step.kind not in AFTER_THE_CALL:
            self.unused.append(step)
            return
        try:
            _DOING[step.kind](self, step)
        except TrainerError as error:
            raise StepRefused(step.line, error) from error

    def _say(self, step: Step) -> None:
        words = step.value.split()
        if len(words) > MOST_WORDS:
            raise Invalid("call.too_many_words", words=len(words), most=MOST_WORDS)
        spoken = bool(step.beside.get("spoken"))
        sure = float(step.beside.get("confidence", 0.95)) if spoken else 1.0
        times = [
            [word, round(place * MS_A_WORD / 1000, 2), round((place + 1) * MS_A_WORD / 1000, 2), sure]
            for place, word in enumerate(words)
        ]
        self._utter(step, {
            "text": step.value, "source": "spoken" if spoken else "typed", "words": times if spoken else [],
            "confidence": sure, "engine": None, "audio": None, "detected_language": None,
        }, len(words) * MS_A_WORD)  # fmt: skip

    def _say_recording(self, step: Step) -> None:
        heard = hear(self.ports, pcm_from_wav(self._recording(step)), self.case.language)
        if not heard.text.strip():
            self._be_silent(Step(step.line, "silence", max(1.0, round(heard.audio_seconds, 2)), {}))
            return
        words = [[w.word, round(w.start, 2), round(w.end, 2), round(w.confidence, 3)] for w in heard.words]
        self._utter(step, {
            "text": " ".join(heard.text.split()), "source": "spoken", "words": words,
            "confidence": round(heard.confidence, 3), "engine": heard.engine, "audio": None,
            "detected_language": heard.detected_language,
        }, round(heard.audio_seconds * 1000))  # fmt: skip

    def _recording(self, step: Step) -> bytes:
        """Looked for beside the replies, then where the command was given."""
        beside = self.folder / step.value
        path = beside if beside.is_file() else Path(step.value)
        try:
            return path.read_bytes()
        except OSError as error:
            raise BadStep(f"line {step.line}: {step.value}: {error.strerror}") from None

    def _utter(self, step: Step, said: dict[str, Any], length_ms: int) -> None:
        over = bool(step.beside.get("interrupts"))
        start = max(0, self.now_ms - OVERLAP_MS) if over else self.now_ms + TAKE_BREATH_MS
        self.now_ms = max(self.now_ms, start + length_ms)
        times = {"started_ms": start, "ended_ms": start + length_ms, "interrupted_customer": over}
        if over:
            spoken = [int(e.data["duration_ms"] or 0) for e in self.log if e.type == "customer_line"]
            times["heard_ms"] = max(0, spoken[-1] - OVERLAP_MS) if spoken else 0
        utterance = {**said, **times, "turn_id": self.turn_id()}
        drafts = customer.after_words(self.ports, self.case, tuple(self.log), utterance)
        self.add(drafts[:1])
        self.now_ms += TAKE_BREATH_MS
        self.add(drafts[1:])

    def _be_silent(self, step: Step) -> None:
        """The customer hears the silence grow: each length at which they react is reported, as the console does."""
        began = self.now_ms
        for seconds in [s for s in self.case.silence_s if s <= step.value] or [step.value]:
            if self.outcome:
                return
            self.now_ms = max(self.now_ms, began + round(seconds * 1000))
            self.add([("silence", {"seconds": seconds})])
            self.add(customer.after_silence(self.case, self.log, seconds))
        self.now_ms = max(self.now_ms, began + round(step.value * 1000))

    def _use_screen(self, step: Step) -> None:
        value = step.value["value"]
        if step.value["action"] == "fill":
            value = check_field(self.case, step.value["field"], value)
        self.add([("screen_action", {"turn_id": self.turn_id(), **step.value, "value": value})])

    def _hold(self, step: Step) -> None:
        self.add([hold_started(self.ports, self.case, self.log, self.turn_id())])
        self.now_ms += round(step.value * 1000)
        ended = {"turn_id": self.turn_id(), "seconds": step.value}
        back = customer.after(self.case, self.log, "hold_ended", ended, self.now_ms)
        self.add([("hold_ended", ended), *back])

    def _transfer(self, step: Step) -> None:
        self._check_place(step, step.value["to"])
        data = {"turn_id": self.turn_id(), **transfer_data(self.ports, self.case, self.log, **step.value)}
        self.add([("transfer", data), *customer.after(self.case, self.log, "transfer", data, self.now_ms)])

    def _check_place(self, step: Step, to: str) -> None:
        places = dict(self.case.transfer_to)
        if to not in places:
            raise BadStep(f"line {step.line}: no place {to!r} to transfer to; there are {', '.join(places) or 'none'}")

    def _consult(self, step: Step) -> None:
        self._check_place(step, step.value)
        if not customer.on_hold(self.log):
            self.add([hold_started(self.ports, self.case, self.log, self.turn_id(), "transfer_notice")])
        started = {"turn_id": self.turn_id(), "to": step.value}
        words = parties.after_consulting(self.case, self.log, started)
        self.add([("consult_started", started), *words])

    def _come_back(self, _step: Step) -> None:
        self.add(back_on_the_line(self.case, self.log, self.turn_id(), self.now_ms))

    def _dial(self, _step: Step) -> None:
        if connection(self.case, self.log).party != NOBODY:
            return
        self.add(customer.dialled(self.case, self.log, self.turn_id()))

    def _mute(self, step: Step) -> None:
        self.add([("muted", {"turn_id": self.turn_id(), "on": step.value})])

    def _schedule(self, step: Step) -> None:
        self.add([("callback_scheduled", {"turn_id": self.turn_id(), **callback_data(**step.value)})])

    def _press_key(self, step: Step) -> None:
        self.add([("key_press", {"key": step.value})])

    def _hang_up(self, _step: Step | None = None) -> None:
        self.add(hung_up(self.case, self.log, self.turn_id(), self.now_ms))

    def _write_up(self, step: Step) -> None:
        known = {one.id for one in self.case.dispositions}
        chosen = step.value["disposition"]
        if chosen and chosen not in known:
            raise BadStep(f"line {step.line}: no code {chosen!r}; there are {', '.join(sorted(known))}")
        fields = {name: check_field(self.case, name, value) for name, value in step.value["fields"].items()}
        seconds = step.value["seconds"]
        if seconds is None:
            seconds = WRAP_UP_MS_A_VALUE * (1 + len(fields)) / 1000
        self.now_ms += round(seconds * 1000)
        self.add([("wrap_up_saved", {"turn_id": self.turn_id(), **step.value, "fields": fields, "seconds": seconds})])


_DOING: dict[str, Callable[[SimulatedCall, Step], None]] = {
    "text": SimulatedCall._say, "audio": SimulatedCall._say_recording, "silence": SimulatedCall._be_silent,
    "screen": SimulatedCall._use_screen, "hold": SimulatedCall._hold, "transfer": SimulatedCall._transfer,
    "key": SimulatedCall._press_key, "hang_up": SimulatedCall._hang_up, "wrap_up": SimulatedCall._write_up,
    "dial": SimulatedCall._dial, "consult": SimulatedCall._consult, "back": SimulatedCall._come_back,
    "mute": SimulatedCall._mute, "callback": SimulatedCall._schedule,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SimulatedRun:
    """`unused` are steps that came after the end of the call."""

    case: Case
    events: tuple[Event, ...]
    outcome: str
    grade: CallGrade
    unused: tuple[Step, ...]

    def as_json(self) -> dict[str, Any]:
        """The document of `flask call run`."""
        return {
            "scenario": self.case.scenario,
            "version": self.case.version,
            "seed": self.case.seed,
            "events": [event.as_json() for event in self.events],
            "outcome": self.outcome,
            "grade": grade_as_json(self.grade),
        }


def run_call(ports: Ports, case: Case, steps: Iterable[Step], folder: Path) -> SimulatedRun:
    """Play `steps` against the customer of `case` and grade the call. An operator who just stops leaves it to time out.

    `folder` is where recordings are looked for. Raises BadStep for a step that cannot be done.
    """
    call = SimulatedCall(ports, case, folder)
    every = list(steps)
    call.add(customer.opening(case, "practice", consent_recording=False))
    if not any(step.kind == "dial" for step in every):
        call.reach_the_customer()
    for step in every:
        call.take(step)
    if not call.outcome:
        call.now_ms += round(max(case.silence_s) * 1000)
        call.add([("call_ended", {"outcome": "timed_out"})])
    events = tuple(call.log)
    return SimulatedRun(case, events, call.outcome, grade_events(events, case, ports), tuple(call.unused))
