"""Asking the recognizer: each sound once, in turn, with the turns that people wait for before work done ahead.

Many calls share few cores. A decoder that is asked by fifty at once makes all of them wait for the last one, so only
as many decode at a time as there is room for (`SLOTS`); the others queue, first come, first served. Decoding ahead of
the end of a turn begins only when nobody waits; when its turn is confirmed meanwhile, it moves up.
"""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections import OrderedDict, deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Condition, Lock

from trainer.domain.errors import Invalid, TrainerError
from trainer.ports import AudioRejected, EngineUnavailable, Ports, Recognition, SpeechRecognizer

log = logging.getLogger(__name__)
SLOTS = max(1, (os.cpu_count() or 2) // 2)
"""Decodings at a time: two cores each, as the decoder's own threads need them."""
CONFIRMED, AHEAD = 0, 1
MOST_AHEAD = 2
"""Work ahead that may wait for each slot: more would be too late, and would take threads from those who wait."""
MOST_WAITING = 56
"""Turns that wait at a time. Each holds a thread of the server (WEB_THREADS); the rest are for pages and sounds."""
REMEMBERED = 256
"""Sounds whose text is kept: what was begun at the first pause has to be found when the turn ends, in every call."""


class EngineDown(Invalid):
    """No speech engine works for this language just now; typing does."""

    status = 422
    code = "call.no_recognizer"


class QueueFull(TrainerError):
    """So many wait that one more would keep the server from answering anybody; the page sends the turn again."""

    status = 503
    code = "call.recognizer_full"


@dataclass(eq=False)
class Ticket:
    """A place in the queue. `number` is the order of coming; `turn` the id of the turn that waits, once one does."""

    number: int
    priority: int
    turn: str = ""


@dataclass
class Turnstile:
    """Lets `slots` in at a time: by priority, then by order of coming."""

    slots: int
    _lock: Condition = field(default_factory=Condition)
    _inside: int = 0
    _given: int = 0
    _waiting: list[Ticket] = field(default_factory=list)
    _lengths: deque[float] = field(default_factory=lambda: deque(maxlen=40))

    def take_number(self, priority: int, turn: str = "") -> Ticket:
        """Raises QueueFull, which those who come early enough never see."""
        with self._lock:
            if self._count(CONFIRMED) >= MOST_WAITING:
                raise QueueFull
            self._given += 1
            ticket = Ticket(self._given, priority, turn)
            self._waiting.append(ticket)
            return ticket

    def enter(self, ticket: Ticket) -> None:
        """Wait until it is this ticket's turn."""
        with self._lock:
            self._lock.wait_for(lambda: self._inside < self.slots and self._next() is ticket)
            self._waiting.remove(ticket)
            self._inside += 1
            self._lock.notify_all()

    def leave(self, seconds: float) -> None:
        """The work is done; it took `seconds`."""
        with self._lock:
            self._inside -= 1
            self._lengths.append(seconds)
            self._lock.notify_all()

    def move_up(self, ticket: Ticket, turn: str = "") -> None:
        """Somebody now waits for what was work ahead."""
        with self._lock:
            ticket.priority = CONFIRMED
            ticket.turn = turn or ticket.turn
            self._lock.notify_all()

    def is_crowded(self) -> bool:
        """Work ahead would only lengthen the queue."""
        with self._lock:
            late = self._count(CONFIRMED) > 0 or self._count(AHEAD) >= MOST_AHEAD * self.slots
            return self._inside >= self.slots and late

    def expected_s(self, turn: str = "") -> float:
        """How long `turn`, or somebody who comes now, has to wait for their text, in seconds; 0 when nobody waits."""
        with self._lock:
            own = next((ticket for ticket in self._waiting if turn and ticket.turn == turn), None)
            before = self._count(CONFIRMED) if own is None else self._before(own)
            if not self._count(CONFIRMED) or not self._lengths:
                return 0.0
            return (before + self._inside) * sum(self._lengths) / len(self._lengths) / self.slots

    def _count(self, priority: int) -> int:
        return sum(ticket.priority == priority for ticket in self._waiting)

    def _before(self, own: Ticket) -> int:
        return sum((ticket.priority, ticket.number) < (own.priority, own.number) for ticket in self._waiting)

    def _next(self) -> Ticket | None:
        return min(self._waiting, key=lambda ticket: (ticket.priority, ticket.number), default=None)


class Hearing:
    """Recognitions under way and lately done, by sound: work begun at the first pause serves at the end."""

    def __init__(self, slots: int = SLOTS, remembered: int = REMEMBERED) -> None:
        self.turnstile = Turnstile(slots)
        self.remembered = remembered
        self._lock = Lock()
        self._known: OrderedDict[tuple[str, str], tuple[Future[Recognition], Ticket]] = OrderedDict()

    def recognize(
        self, recognizer: SpeechRecognizer, pcm: bytes, language: str, priority: int = CONFIRMED, turn: str = ""
    ) -> Recognition | None:
        """The text of `pcm`; None where work ahead was not begun, because others wait. Raises QueueFull."""
        key = (language, f"{id(recognizer)}:{hashlib.sha256(pcm).hexdigest()}")
        with self._lock:
            known = self._known.get(key)
            if known is None:
                if priority == AHEAD and self.turnstile.is_crowded():
                    return None
                future: Future[Recognition] = Future()
                ticket = self.turnstile.take_number(priority, turn)
                self._known[key] = future, ticket
                while len(self._known) > self.remembered:
                    self._known.popitem(last=False)
        if known is not None:
            future, ticket = known
            if priority == CONFIRMED:
                self.turnstile.move_up(ticket, turn)
            return future.result()
        self.turnstile.enter(ticket)
        started = time.perf_counter()
        try:
            future.set_result(recognizer.recognize(pcm, language=language))
        except BaseException as error:
            with self._lock:
                self._known.pop(key, None)
            future.set_exception(error)
        finally:
            self.turnstile.leave(time.perf_counter() - started)
        return future.result()


_hearing = Hearing()


def hear(ports: Ports, pcm: bytes, language: str, turn: str = "") -> Recognition:
    """What the recognizer hears in `pcm`. The same sound is decoded once, also when it is asked for twice at a time.

    `turn` is the id by which `waiting_s` tells its place. Raises Invalid for sound that cannot be used, EngineDown when
    no engine works for the language, QueueFull when too many wait.
    """
    heard = _ask(ports, pcm, language, CONFIRMED, turn)
    assert heard is not None  # only work ahead is ever turned away
    return heard


def hear_ahead(ports: Ports, pcm: bytes, language: str) -> None:
    """Begin on what is perhaps a finished turn, unless people are waiting. Raises as `hear` does."""
    _ask(ports, pcm, language, AHEAD)


def waiting_s(turn: str = "") -> float:
    """How long `turn` still waits for its text, or one that is sent now would, in seconds."""
    return _hearing.turnstile.expected_s(turn)


def _ask(ports: Ports, pcm: bytes, language: str, priority: int, turn: str = "") -> Recognition | None:
    try:
        return _hearing.recognize(ports.recognizer, pcm, language, priority, turn)
    except AudioRejected as error:
        log.info("audio rejected: %s", error)
        raise Invalid("call.audio_broken", field="audio") from error
    except EngineUnavailable as error:
        log.warning("no recognizer: %s", error)
        raise EngineDown from error
