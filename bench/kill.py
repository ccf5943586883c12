"""`kill -9` of the server at random moments of calls: is every confirmed event kept, is none there twice, do calls go on?

    python -m bench.kill [--kills 50] [--pages 4] [--seed 1]

The server is gunicorn as `make run` starts it. Pages without a browser (`tests/factories/served_site.py`) work calls
against it with the outbox's rules: what is not confirmed is sent again under the same key. They type, speak (real
sound, the real recognizer), fill fields, press keys, hold, and finish calls with a write-up. Afterwards the logs are
read from the database and held against what each page was told.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import threading
import time
import wave
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from sqlalchemy.orm import Session

from tests.factories.http_browser import Browser, Unreachable
from tests.factories.served_site import CallPage, Item, Refused, ServedSite, application, sign_in
from trainer.adapters.speech import build_synthesizer
from trainer.adapters.speech.audio import read_audio, wav_bytes
from trainer.domain.events import Event
from trainer.extensions import db
from trainer.ports import PCM_RATE, Voice
from trainer.store.calls import events_of, find_call_anywhere

SAID = (
    "Good morning, Brindle and Moss, how can I help you?",
    "I am very sorry about that. What is your postcode, please?",
    "One moment, please, I am looking at your order.",
    "The parcel will be with you tomorrow before noon.",
    "Is there anything else I can do for you?",
)
SINGLE = {"operator_utterance", "aside_utterance", "screen_action", "hold_started", "hold_ended", "wrap_up_saved", "hung_up"}  # fmt: skip
"""Of these a key makes at most one."""


@dataclass
class Told:
    """What one page did in one call and what it was told of it. `sent` are keys in the order they were first sent."""

    call: str
    confirmed: list[dict[str, Any]]
    sent: list[str] = field(default_factory=list)


@dataclass
class Worker:
    """Works calls one after the other until `stop`."""

    browser: Browser
    chance: random.Random
    stop: threading.Event
    sounds: Sequence[bytes]
    told: list[Told] = field(default_factory=list)
    sent_again: int = 0
    problems: list[str] = field(default_factory=list)

    def run(self) -> None:
        while not self.stop.is_set():
            page = CallPage(self.browser)
            try:
                page.begin()
            except (*Unreachable, AssertionError):
                time.sleep(0.2)  # a form that was not answered is sent again by the person, not by the page
                continue
            told = Told(page.call, page.confirmed)
            self.told.append(told)
            try:
                self.work(page, told)
            except Refused as refused:
                if refused.code not in ("call.over", "call.nobody"):
                    self.problems.append(f"{page.call}: refused {refused.status} {refused.code}")
            except Exception as error:  # whatever ends a page's work is a finding, not the end of the page
                self.problems.append(f"{page.call}: {error!r}")
            self.sent_again += page.sent_again

    def work(self, page: CallPage, told: Told) -> None:
        for number in range(self.chance.randint(6, 14)):
            if self.stop.is_set():
                break
            key = f"{page.call[:8]}-{number:04}"
            told.sent.append(key)
            answer = page.deliver(self.deed(key))
            if answer["call"]["state"] != "live":
                break
            time.sleep(self.chance.uniform(0, 0.3))
        else:
            told.sent.append(f"{page.call[:8]}-hang")
            page.happen(told.sent[-1], "hang_up")
        if page.state()["call"]["state"] == "wrap_up":
            told.sent.append(f"{page.call[:8]}-wrap")
            body = {"fields": {}, "disposition": "not_solved", "notes": "Killed.", "seconds": 3}
            page.deliver(Item(told.sent[-1], f"wrap-up/{told.sent[-1]}", body))

    def deed(self, key: str) -> Item:
        kind = self.chance.choices(("say", "speak", "key", "fill", "hold"), (5, 3 if self.sounds else 0, 2, 3, 1))[0]
        if kind == "speak":
            sound = self.chance.choice(self.sounds)
            return Item(key, f"turns/{key}", sound[:-2] + self.chance.randbytes(2))
        if kind == "say":
            return Item(key, f"turns/{key}", {"text": self.chance.choice(SAID)})
        bodies = {
            "key": {"kind": "key", "key": self.chance.choice("0123456789")},
            "fill": {"kind": "screen", "action": "fill", "field": "phone", "value": "020 7946 0018"},
            "hold": {"kind": self.chance.choice(("hold_start", "hold_end"))},
        }
        return Item(key, f"happenings/{key}", bodies[kind])


@dataclass(frozen=True, slots=True)
class Result:
    kills: int
    calls: int
    confirmed: int
    kept: int
    sent_again: int
    back_s: tuple[float, ...]
    """Seconds from each restart to its first page, sorted."""
    problems: tuple[str, ...]


def run(folder: Path, *, kills: int, pages: int, seed: int, spoken: bool = True) -> Result:
    """Kill the server `kills` times while `pages` pages work; `problems` says what was lost or doubled."""
    site, chance, stop = ServedSite(folder), random.Random(seed), threading.Event()
    site.prepare()
    back = [site.start()]
    try:
        browser = sign_in(site)
        sounds = recordings() if spoken else ()
        workers = [Worker(browser, random.Random(f"{seed}-{n}"), stop, sounds) for n in range(pages)]
        threads = [threading.Thread(target=worker.run, daemon=True) for worker in workers]
        for thread in threads:
            thread.start()
        for _ in range(kills):
            wait_for_work(workers)
            time.sleep(chance.uniform(0, 2))
            site.kill()
            back.append(site.start())
        time.sleep(1)
        stop.set()
        for thread in threads:
            thread.join(120)
    finally:
        site.kill()
    told = [one for worker in workers for one in worker.told]
    problems = [problem for worker in workers for problem in worker.problems]
    problems += [f"page {number} hangs" for number, thread in enumerate(threads) if thread.is_alive()]
    kept, found = held_against(folder, told)
    return Result(
        kills, len(told), sum(len(one.confirmed) for one in told), kept, sum(w.sent_again for w in workers),
        tuple(sorted(back)), (*problems, *found),
    )  # fmt: skip


def wait_for_work(workers: Sequence[Worker]) -> None:
    """Until something is confirmed again: a server that is killed while it starts has nothing to lose."""
    before = sum(len(one.confirmed) for worker in workers for one in worker.told)
    for _ in range(600):
        if sum(len(one.confirmed) for worker in workers for one in worker.told) > before:
            return
        time.sleep(0.05)


def held_against(folder: Path, told: Sequence[Told]) -> tuple[int, list[str]]:
    """How many events the logs have, and what differs from what the pages were told."""
    kept, problems = 0, []
    with application(folder) as app, app.app_context():
        session = cast("Session", db.session)
        for one in told:
            row = find_call_anywhere(session, one.call)
            log = events_of(session, row) if row else []
            kept += len(log)
            problems += [f"{one.call}: {problem}" for problem in differences(one, log, folder)]
    with closing(sqlite3.connect(folder / "trainer.sqlite")) as database:
        verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
    return kept, problems if verdict == "ok" else [*problems, f"the database: {verdict}"]


def differences(told: Told, log: Sequence[Event], folder: Path) -> list[str]:
    by_seq = {event.seq: event for event in log}
    problems = [] if [event.seq for event in log] == list(range(1, len(log) + 1)) else ["places have gaps"]
    for shown in told.confirmed:
        kept = by_seq.get(shown["seq"])
        if (
            kept is None
            or kept.type != shown["type"]
            or kept.data.get("text") != shown.get("text", kept.data.get("text"))
        ):
            problems.append(f"confirmed event {shown['seq']} ({shown['type']}) is not what the log has")
    made = Counter((e.data["turn_id"], e.type) for e in log if e.type in SINGLE and e.data.get("turn_id"))
    problems += [f"{key} made {count} {kind}" for (key, kind), count in made.items() if count > 1]
    order = [e.data["turn_id"] for e in log if e.type in SINGLE and e.data.get("turn_id") in told.sent]
    if [told.sent.index(key) for key in order] != sorted(told.sent.index(key) for key in order):
        problems.append("turns are not in the order they were made")
    for event in log:
        if event.type == "operator_utterance" and event.data.get("audio"):
            problems += _broken_recording(folder / "files" / event.data["audio"])
    return problems


def _broken_recording(path: Path) -> list[str]:
    try:
        with wave.open(str(path)) as file:
            whole = len(file.readframes(file.getnframes())) == 2 * file.getnframes()
    except (OSError, wave.Error, EOFError):
        whole = False
    return [] if whole else [f"the recording {path.name} is missing or broken"]


def recordings() -> list[bytes]:
    """The sentences spoken by the product's voice, as WAV."""
    voice = build_synthesizer()
    return [wav_bytes(read_audio(voice.say(text, Voice("en"), line="clear").wav), PCM_RATE) for text in SAID]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.kill", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--pages", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        result = run(Path(name), kills=given.kills, pages=given.pages, seed=given.seed)
    middle = result.back_s[len(result.back_s) // 2]
    print(f"{result.kills} kills in {time.perf_counter() - begun:.0f} s, {given.pages} pages, {result.calls} calls")
    print(f"events confirmed to pages: {result.confirmed}; in the logs: {result.kept}; sent again: {result.sent_again}")
    print(f"first page after a restart: median {middle:.1f} s, longest {result.back_s[-1]:.1f} s")
    print(f"lost, doubled, out of order or broken: {len(result.problems)} (target 0)")
    for problem in result.problems[:20]:
        print("  " + problem)
    raise SystemExit(1 if result.problems else 0)


if __name__ == "__main__":
    main()
