"""Fifty calls at once against the real server with real recognition: throughput, waits, fairness, errors.

    python -m bench.load [--speakers 50] [--turns 4] [--no-ahead]

The server is gunicorn as `make run` starts it. Each speaker is a thread that does what the page does: it hears the
customer's line to its end, speaks for as long as its sound lasts, posts the sound at the first pause (`/ahead`) and,
half a second later, as a turn; after 2.5 s without an answer it asks how long its turn waits. Every turn's sound differs by a
sample, so that each is decoded. Nobody thinks between turns: fifty people who speak without pause.
Wait: from the end of the turn being certain to the customer's line. Fair: the worst speaker's mean wait beside the
median speaker's. Other visitors' pages and the customers' sounds are measured meanwhile.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.turn_calls import PAUSE_S
from bench.turn_material import Utterance, utterances
from tests.factories.http_browser import Browser, Unreachable
from tests.factories.served_site import CallPage, Refused, ServedSite, sign_in
from trainer.adapters.speech.audio import wav_bytes
from trainer.ports import PCM_RATE

ASKS_AFTER_S = 2.5


@dataclass
class Speaker:
    """One person in one call after another. Times are in seconds; `guesses` are (told, true) waits."""

    number: int
    page: CallPage
    sounds: Sequence[Utterance]
    ahead: bool
    waits: list[float] = field(default_factory=list)
    guesses: list[tuple[float, float]] = field(default_factory=list)
    first_bytes: list[float] = field(default_factory=list)
    heard: int = 0
    errors: list[str] = field(default_factory=list)

    def begin(self) -> None:
        self.page.begin()
        self.page.wait_s = lambda failures: min(1.0 * 2**failures, 15.0)

    def speak(self, turns: int) -> None:
        chance = random.Random(self.number)
        time.sleep(chance.uniform(0, 3))
        for turn in range(turns):
            try:
                self.take_turn(f"load-{self.number:02}-{turn:04}", chance)
            except (*Unreachable, Refused, AssertionError) as error:
                self.errors.append(repr(error)[:200])

    def take_turn(self, key: str, chance: random.Random) -> None:
        said = chance.choice(self.sounds)
        sound = wav_bytes(said.pcm[:-4] + chance.randbytes(4), PCM_RATE)
        time.sleep(len(said.pcm) / 2 / PCM_RATE)
        if self.ahead:
            early = CallPage(self.page.browser)
            early.call, early.csrf = self.page.call, self.page.csrf
            threading.Thread(target=early.post, args=("ahead", sound), daemon=True).start()
        time.sleep(PAUSE_S)
        done = threading.Event()
        told: list[tuple[float, float]] = []
        asker = threading.Thread(target=self.ask, args=(key, done, told), daemon=True)
        begun = time.perf_counter()
        asker.start()
        try:
            answer = self.page.speak(key, sound)
        finally:
            done.set()
        ended = time.perf_counter()
        self.waits.append(ended - begun)
        self.guesses += [(seconds, ended - at) for at, seconds in told]
        lines = [event for event in answer["events"] if event["type"] == "customer_line"]
        self.heard += any(event["type"] == "operator_utterance" for event in answer["events"])
        for line in lines:
            self.first_bytes.append(self.page.sound(line["seq"]).first_s)
            time.sleep(line["duration_ms"] / 1000)
        if answer["call"]["state"] != "live":
            self.begin()

    def ask(self, key: str, done: threading.Event, told: list[tuple[float, float]]) -> None:
        if done.wait(ASKS_AFTER_S):
            return
        answer = self.page.browser.another().get(f"/calls/busy?turn={key}")
        if answer.status == 200 and not done.is_set():
            told.append((time.perf_counter(), float(answer.json()["seconds"])))


def visit(browser: Browser, stop: threading.Event, times: list[float]) -> None:
    """Somebody who only reads."""
    while not stop.wait(1.0):
        begun = time.perf_counter()
        try:
            answered = browser.get("/calls/mine").status == 200
        except Unreachable:
            return  # the server goes before its last visitor
        if answered:
            times.append(time.perf_counter() - begun)


def together(work: Sequence[threading.Thread]) -> None:
    for thread in work:
        thread.start()
    for thread in work:
        thread.join()


def at(share: float, values: Sequence[float]) -> float:
    """The percentile of values; 0 of none."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0.0


def report(speakers: Sequence[Speaker], seconds: float, pages: Sequence[float]) -> int:
    """Print the figures; gives the number of errors."""
    waits = [wait for one in speakers for wait in one.waits]
    means = [statistics.mean(one.waits) for one in speakers if one.waits]
    sounds = [first for one in speakers for first in one.first_bytes]
    guesses = [abs(told - true) for one in speakers for told, true in one.guesses]
    errors = [error for one in speakers for error in one.errors]
    again = sum(one.page.sent_again for one in speakers)
    print(f"{len(speakers)} speakers, {len(waits)} turns in {seconds:.0f} s: {len(waits) / seconds:.2f} turns a second")
    print(f"wait for the customer's line, s: p50 {at(0.5, waits):.1f}  p95 {at(0.95, waits):.1f}  max {max(waits):.1f}")
    print(f"fairness, a speaker's mean wait: max / median {max(means) / statistics.median(means):.2f} (target 1.5)")
    print(f"customer's sound, first byte, ms: p50 {at(0.5, sounds) * 1000:.0f}  p95 {at(0.95, sounds) * 1000:.0f}")
    print(f"another person's page, ms: p50 {at(0.5, pages) * 1000:.0f}  p95 {at(0.95, pages) * 1000:.0f}")
    print(
        f"wait told after {ASKS_AFTER_S} s, off by, s: p50 {at(0.5, guesses):.1f}  p95 {at(0.95, guesses):.1f}  ({len(guesses)})"
    )
    print(f"turns with words heard: {sum(one.heard for one in speakers)} of {len(waits)}; sent again: {again}")
    print(f"errors: {len(errors)} (target 0)")
    for error in errors[:10]:
        print("  " + error)
    return len(errors)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--speakers", type=int, default=50)
    parser.add_argument("--turns", type=int, default=4)
    parser.add_argument("--no-ahead", action="store_true", help="decode only confirmed turns")
    given = parser.parse_args()
    sounds = [one for one in utterances() if one.language == "en"]
    with tempfile.TemporaryDirectory() as name:
        site = ServedSite(Path(name))
        site.prepare()
        print(f"first page after {site.start():.1f} s", flush=True)
        stop, pages = threading.Event(), list[float]()
        try:
            browser = sign_in(site)
            speakers = [Speaker(n, CallPage(browser), sounds, not given.no_ahead) for n in range(given.speakers)]
            begun = time.perf_counter()
            speakers[0].begin()
            speakers[0].take_turn("load-warm-up", random.Random(-1))
            speakers[0] = Speaker(0, speakers[0].page, sounds, not given.no_ahead)
            together([threading.Thread(target=one.begin) for one in speakers[1:]])
            print(f"model loaded and all calls begun after {time.perf_counter() - begun:.1f} s", flush=True)
            threading.Thread(target=visit, args=(browser.another(), stop, pages), daemon=True).start()
            begun = time.perf_counter()
            together([threading.Thread(target=one.speak, args=(given.turns,)) for one in speakers])
            seconds = time.perf_counter() - begun
        finally:
            stop.set()
            site.kill()
    raise SystemExit(1 if report(speakers, seconds, pages) else 0)


if __name__ == "__main__":
    main()
