"""The gap that a person hears between the end of their reply and the first sound of the answer, stage by stage.

    python -m bench.turn_gap [--turns 100]

Turns spoken by the product's voices (the model operators' lines of several scenarios) and, where Asterisk's prompts are
installed, by real people go to the application over HTTP, everything real. Each is said in two calls at the same
standing: in one its decoding begins at the first pause (300 ms of silence, as the page does), in the other only when the
turn is over. The same sound goes to faster-whisper's plain `transcribe`, by the same model. Stages: the wait by which
the page is sure that the turn is over; upload (this machine's loopback); what is left of the decoding; understanding; the
customer's mind; putting the voice together; the rest of the server; the first byte of the customer's sound.
What the browser adds on both ends is in `gap_ms` of real calls, which the review of a call shows.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from bench.turn_calls import PAUSE_S, case_of, serve
from bench.turn_material import SOUNDS, Measure, Utterance, timed
from tests.factories.http_browser import Browser
from tests.factories.served_site import CallPage
from trainer.adapters.speech import build_synthesizer
from trainer.adapters.speech.audio import read_audio, read_audio_file, to_samples, wav_bytes
from trainer.config import load_settings
from trainer.jobs import run_job
from trainer.ports import PCM_RATE, Voice
from trainer.services import customer, demo, hearing

SCENARIOS = ("late-parcel", "swallowed-card", "old-sofa")
STAGES = ("end of turn", "upload", "decode", "understanding", "customer", "voice", "rest of the server", "first sound")
PROMPT_FOLDERS = {"en": "en_US_f_Allison", "fr": "fr_CA_f_June"}
MEGABIT = 10.0


@dataclass
class Clocks:
    """Seconds by stage of the requests of one way; `take` makes a turn's row of what the wrapped functions spent."""

    rows: list[dict[str, float]] = field(default_factory=list)
    spent: dict[str, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, stage: str, seconds: float) -> None:
        self.spent[stage] += seconds

    def take(self) -> dict[str, float]:
        spent, self.spent = dict(self.spent), defaultdict(float)
        return spent


@contextmanager
def watched(clocks: Clocks) -> Iterator[None]:
    """Measure the functions that a turn passes through, until the block ends. Work ahead is not a turn's."""
    places = ((hearing, "hear", "decode"), (customer, "understand_turn", "understanding"),
              (customer, "after_words", "mind"), (customer, "voiced", "voice"))  # fmt: skip
    kept = [(module, name, getattr(module, name)) for module, name, _ in places]
    for module, name, stage in places:
        setattr(module, name, partial(_measured, clocks, stage, getattr(module, name)))
    try:
        yield
    finally:
        for module, name, function in kept:
            setattr(module, name, function)


def _measured(clocks: Clocks, stage: str, function: Callable[..., Any], *given: Any, **named: Any) -> Any:
    begun = time.perf_counter()
    try:
        return function(*given, **named)
    finally:
        clocks.add(stage, time.perf_counter() - begun)


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_request(self, *_: Any) -> None:
        """Nobody reads it."""


@contextmanager
def listening(app: Flask, clocks: Clocks) -> Iterator[int]:
    """The application on a port; the time of each turn's request within the application is added to the clocks."""
    served = app.wsgi_app

    def timing(environ: dict[str, Any], start: Any) -> Any:
        begun = time.perf_counter()
        answer = served(environ, start)
        if "/turns/" in environ["PATH_INFO"]:
            clocks.add("server", time.perf_counter() - begun)
        return answer

    app.wsgi_app = timing  # type: ignore[method-assign, assignment]
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.wsgi_app = served  # type: ignore[method-assign]


@dataclass
class Page:
    """A page on one call, and how long it would wait for the end of the next turn."""

    page: CallPage
    wait_s: float = 0.8
    live: bool = True

    def say(self, key: str, sound: bytes, clocks: Clocks, *, ahead: bool) -> None:
        if ahead:
            early = CallPage(self.page.browser)
            early.call = self.page.call
            threading.Thread(target=early.post, args=("ahead", sound), daemon=True).start()
            time.sleep(PAUSE_S + self.wait_s - 0.8)  # a longer wait leaves the decoder more time, too
        clocks.take()
        begun = time.perf_counter()
        answer = self.page.speak(key, sound)
        wall, spent = time.perf_counter() - begun, clocks.take()
        row = {"end of turn": self.wait_s, "upload": wall - spent["server"]}
        row |= {name: spent.get(name, 0.0) for name in ("decode", "understanding", "voice")}
        row["customer"] = spent.get("mind", 0.0) - row["understanding"]
        row["rest of the server"] = spent["server"] - spent.get("decode", 0) - spent.get("mind", 0) - row["voice"]
        lines = [event for event in answer["events"] if event["type"] == "customer_line" and event["audio"]]
        self.wait_s, self.live = answer["call"]["wait_ms"] / 1000, answer["call"]["state"] == "live"
        if lines:  # a turn that nobody answers has no gap
            row["first sound"] = self.page.sound(lines[0]["seq"]).first_s
            clocks.rows.append(row)


def begin(app: Flask, port: int, scenario: str, language: str) -> Page:
    """A call whose lines were spoken ahead, answered."""
    browser = Browser(port)
    browser.post_form("/login", {"email": demo.PEOPLE[0].email, "password": demo.PASSWORD})
    page = CallPage(browser)
    form = {"language": language, "mode": "practice", "consent_recording": "y"}
    page.call = browser.post_form(f"/calls/scenarios/{scenario}/start", form).location.rsplit("/", 1)[1]
    page.browser = browser
    with app.app_context():
        run_job("render_lines", call=page.call)
    page.post("answer", {})
    return Page(page)


def spoken_lines(app: Flask, call: str) -> Iterator[Utterance]:
    """The model operator's lines of the call's case, spoken by the product's voices."""
    voice = build_synthesizer()
    with app.app_context():
        case = case_of(call)
    for number, line in enumerate(case.model):
        if not line.text:
            continue
        who = Voice(case.language, ("female", "male")[number % 2])
        yield Utterance(read_audio(voice.say(line.text, who, difficulty=2).wav), case.language, line.text)


def prompts(language: str) -> list[Utterance]:
    """Prompts of two to ten seconds by real people, in a fixed order; what they say is not known here."""
    folder = SOUNDS / PROMPT_FOLDERS[language]
    found = (read_audio_file(path) for path in sorted(folder.glob("*.wav")))
    return [Utterance(pcm, language, "") for pcm in found if 2.0 <= len(pcm) / 2 / PCM_RATE <= 10.0]


def measure_gap(turns: int) -> Iterator[str | Measure]:
    """The table and its targets. Three turns of four are the model's lines, the rest prompts where there are any."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(load_settings(), instance=Path(folder), database_url="", file_store="", testing=True)
        app, clocks = serve(settings, None), Clocks()
        model = app.extensions["ports"].recognizer.engines[0].held().model
        ways: dict[bool, list[dict[str, float]]] = {True: [], False: []}
        plain: list[float] = []
        sizes: list[int] = []
        with watched(clocks), listening(app, clocks) as port:
            people = {language: prompts(language)[7::9] for language in PROMPT_FOLDERS}
            for number in itertools.count():
                if len(sizes) >= turns:
                    break
                language, scenario = ("en", "fr")[number % 2], SCENARIOS[number // 2 % len(SCENARIOS)]
                pages = {way: begin(app, port, scenario, language) for way in (True, False)}
                said: Iterator[Utterance] = spoken_lines(app, pages[True].page.call)
                if number % 4 > 1 and people[language]:
                    said, people[language] = iter(people[language][:8]), people[language][8:]
                for place, turn in enumerate(said):
                    if len(sizes) >= turns or not all(page.live for page in pages.values()):
                        break
                    for way in (True, False) if place % 2 else (False, True):
                        clocks.rows = ways[way] if number or place else []  # the very first turn warms up
                        sound = wav_bytes(turn.pcm[:-2] + bytes([number % 128, way]), PCM_RATE)
                        pages[way].say(f"gap-{number:03}-{place:03}", sound, clocks, ahead=way)
                    spent = timed(partial(_plain, model, turn))
                    if number or place:
                        plain.append(spent)
                        sizes.append(len(turn.pcm))
    yield from table(ways, plain, sizes)


def _plain(model: Any, turn: Utterance) -> str:
    segments, _ = model.transcribe(to_samples(turn.pcm), language=turn.language)
    return " ".join(segment.text for segment in segments)


def percentile(share: float, values: Sequence[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table(
    ways: dict[bool, list[dict[str, float]]], plain: Sequence[float], sizes: Sequence[int]
) -> Iterator[str | Measure]:
    early, late = ways[True], ways[False]
    length = statistics.mean(sizes) / 2 / PCM_RATE
    yield f"\ngap between a reply and its answer, ms: {len(early)} answered turns of {length:.1f} s, each said twice"
    yield f"{'':24}{'begun at the first pause':>26}{'begun at the end':>22}"
    yield f"{'':24}{'p50':>15}{'p95':>11}{'p50':>11}{'p95':>11}"
    for stage in (*STAGES, "gap"):
        cells = [
            percentile(share, [sum(row.values()) if stage == "gap" else row[stage] for row in rows]) * 1000
            for rows in (early, late)
            for share in (0.5, 0.95)
        ]
        yield f"{stage:24}{cells[0]:15.1f}{cells[1]:11.1f}{cells[2]:11.1f}{cells[3]:11.1f}"
    upload = statistics.median(sizes) * 8 / MEGABIT / 1e6
    yield f"a turn is {statistics.median(sizes) / 1000:.0f} kB: {upload * 1000:.0f} ms more where the line takes {MEGABIT:.0f} Mbit/s\n"
    decoded = [row["decode"] for row in late]
    for share in (0.5, 0.95):
        what = f"decode of a turn, p{share * 100:.0f}, to plain transcribe"
        yield Measure(what, percentile(share, decoded), percentile(share, plain), 0.6)
    waited = [sum(row.values()) - row["end of turn"] for row in early]
    yield Measure("end of turn certain to first sound, p50", percentile(0.5, waited), 0.150, 1.0)
    yield Measure(
        "first byte of the customer's sound, p50", percentile(0.5, [row["first sound"] for row in early]), 0.020, 1.0
    )
    yield Measure(
        "first byte of the customer's sound, p95", percentile(0.95, [row["first sound"] for row in early]), 0.020, 1.0
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.turn_gap", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--turns", type=int, default=100)
    for line in measure_gap(parser.parse_args().turns):
        print(line, flush=True)


if __name__ == "__main__":
    main()
