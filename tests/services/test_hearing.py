"""The queue before the recognizer: each sound once, first come first served, turns before work ahead."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from trainer.config import Serving
from trainer.ports import EngineUnavailable, Recognition
from trainer.services.hearing import AHEAD, CONFIRMED, MOST_AHEAD, MOST_WAITING, Hearing, QueueFull, Turnstile


@dataclass
class Decoder:
    """Writes down in which order it was asked, and lets a test say when it may go on."""

    asked: list[bytes] = field(default_factory=list)
    gate: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    inside: int = 0
    most: int = 0
    fails: bool = False
    name: str = "decoder"

    def recognize(self, pcm: bytes, *, language: str, with_words: bool = True) -> Recognition:
        self.inside += 1
        self.most = max(self.most, self.inside)
        self.asked.append(pcm)
        self.gate.acquire()
        self.inside -= 1
        if self.fails:
            raise EngineUnavailable("decoder", "broken")
        return Recognition(pcm.decode(), (), 1.0, language, language, "decoder", 1.0, 0.1)


def wait_until(true: Callable[[], bool]) -> None:
    for _ in range(400):
        if true():
            return
        time.sleep(0.005)
    raise AssertionError("it did not come to that")


class Room:
    """Callers on threads of their own."""

    def __init__(self, slots: int = 1, remembered: int = 256) -> None:
        self.decoder = Decoder()
        self.hearing = Hearing(slots, remembered)
        self.answers: dict[str, Any] = {}
        self.threads: list[threading.Thread] = []
        self.sounds: set[bytes] = set()

    def ask(self, sound: str, priority: int = CONFIRMED, name: str = "") -> None:
        def call() -> None:
            try:
                answer: Any = self.hearing.recognize(self.decoder, sound.encode(), "en", priority)
            except EngineUnavailable as error:
                answer = error
            self.answers[name or sound] = answer

        waiting, known = len(self.hearing.turnstile._waiting), len(self.decoder.asked)
        thread = threading.Thread(target=call, daemon=True)
        self.threads.append(thread)
        thread.start()
        if sound.encode() in self.sounds:
            return  # it waits for what was asked before; nothing tells from outside that it does
        self.sounds.add(sound.encode())
        # the next one comes only when this one stands in the queue, is served, or was turned away
        wait_until(
            lambda: (
                len(self.hearing.turnstile._waiting) > waiting
                or len(self.decoder.asked) > known
                or not thread.is_alive()
            )
        )

    def serve(self, count: int) -> None:
        for _ in range(count):
            self.decoder.gate.release()

    def close(self) -> None:
        for thread in self.threads:
            thread.join(5)


@pytest.mark.parametrize("slots", [1, 3])
def test_fifty_at_once_are_served_in_their_order_and_never_more_than_there_is_room_for(slots: int) -> None:
    room = Room(slots)
    for number in range(50):
        room.ask(f"turn {number:02}")
    wait_until(lambda: len(room.decoder.asked) == slots)
    assert room.hearing.turnstile.expected_s() == 0.0  # nothing has been measured yet
    room.serve(50)
    room.close()
    assert len(room.answers) == 50
    assert sorted(room.decoder.asked) == [f"turn {number:02}".encode() for number in range(50)]
    assert room.decoder.most == slots
    if slots == 1:
        assert room.decoder.asked == [f"turn {number:02}".encode() for number in range(50)]


def test_the_same_sound_is_decoded_once_also_when_two_wait_for_it() -> None:
    room = Room()
    room.ask("busy")
    room.ask("same", name="first")
    room.ask("same", name="second")
    room.serve(3)
    room.close()
    assert room.decoder.asked == [b"busy", b"same"]
    assert room.answers["first"] is room.answers["second"]


def test_turns_go_before_work_ahead_and_what_was_begun_ahead_moves_up_when_it_is_confirmed() -> None:
    room = Room()
    room.ask("busy")
    room.ask("ahead one", AHEAD)
    room.ask("ahead two", AHEAD)
    room.ask("turn")
    room.ask("ahead two", CONFIRMED, name="confirmed")
    wait_until(lambda: all(t.priority == CONFIRMED for t in room.hearing.turnstile._waiting if t.number == 3))
    room.serve(4)
    room.close()
    assert room.decoder.asked == [b"busy", b"ahead two", b"turn", b"ahead one"]
    assert room.answers["confirmed"].text == "ahead two"


def test_work_ahead_is_not_begun_while_turns_wait() -> None:
    room = Room()
    room.ask("busy")
    room.ask("turn")
    room.ask("ahead", AHEAD)
    wait_until(lambda: "ahead" in room.answers)
    assert room.answers["ahead"] is None
    room.serve(2)
    room.close()
    assert room.decoder.asked == [b"busy", b"turn"]


def test_a_failure_is_told_to_all_who_wait_for_it_and_asked_again_later() -> None:
    room = Room()
    room.decoder.fails = True
    room.ask("busy")
    room.ask("turn", name="first")
    room.ask("turn", name="second")
    room.serve(2)
    room.close()
    assert isinstance(room.answers["first"], EngineUnavailable)
    assert isinstance(room.answers["second"], EngineUnavailable)
    room.decoder.fails = False
    room.sounds.clear()
    room.ask("turn", name="again")
    room.serve(1)
    room.close()
    assert room.answers["again"].text == "turn"


def test_the_wait_that_is_told_grows_with_the_queue() -> None:
    room = Room()
    room.ask("measured")
    time.sleep(0.05)
    room.serve(1)
    room.close()
    assert room.hearing.turnstile.expected_s() == 0.0
    room.ask("busy")
    waits = []
    for number in range(3):
        room.ask(f"turn {number}")
        waits.append(room.hearing.turnstile.expected_s())
    assert 0 < waits[0] < waits[1] < waits[2]
    room.serve(4)
    room.close()


def test_each_turn_is_told_its_own_place_and_it_comes_nearer() -> None:
    room = Turnstile(1)
    room.enter(room.take_number(CONFIRMED, "first"))
    tickets = [room.take_number(CONFIRMED, f"turn {number}") for number in range(3)]
    room.leave(2.0)
    assert [room.expected_s(f"turn {number}") for number in range(3)] == [0.0, 2.0, 4.0]
    assert room.expected_s() == room.expected_s("not here yet") == 6.0
    room.enter(tickets[0])
    room.leave(2.0)
    assert room.expected_s("turn 2") == 2.0
    ahead = room.take_number(AHEAD)
    room.move_up(ahead, "was ahead")
    assert room.expected_s("was ahead") == 4.0


def test_little_work_ahead_waits_so_that_threads_are_left_for_turns() -> None:
    room = Room()
    room.ask("busy")
    for number in range(MOST_AHEAD + 2):
        room.ask(f"ahead {number}", AHEAD)
    wait_until(lambda: sum(answer is None for answer in room.answers.values()) == 2)
    room.serve(1 + MOST_AHEAD)
    room.close()
    assert len(room.decoder.asked) == 1 + MOST_AHEAD


def test_queue_that_would_take_the_whole_server_turns_the_next_one_away() -> None:
    room = Turnstile(1)
    room.enter(room.take_number(CONFIRMED))
    for _ in range(MOST_WAITING):
        room.take_number(CONFIRMED)
    with pytest.raises(QueueFull):
        room.take_number(CONFIRMED)
    assert Serving().threads > MOST_WAITING + 4, "threads are left for pages, sounds and the question how long"
