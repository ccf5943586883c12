"""The server's side of an operator's turn, measured on calls of the application itself. Run by `python -m bench.turn`."""

from __future__ import annotations

import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from bench.turn_material import Measure, timed, utterances
from trainer.adapters.speech.audio import wav_bytes
from trainer.app import build_ports, create_app
from trainer.config import Settings, load_settings
from trainer.domain.scenario import Case
from trainer.extensions import db
from trainer.jobs import run_job
from trainer.ports import PCM_RATE, Recognition, RecognizedWord
from trainer.services import demo
from trainer.services.call_log import case_of_call
from trainer.store.calls import find_call_anywhere


@dataclass
class KnownWords:
    """A recognizer that needs no time: it gives the next of `script`, with its words and their places."""

    name: str = "known words"
    script: list[str] = field(default_factory=list)

    def recognize(self, pcm: bytes, *, language: str, with_words: bool = True) -> Recognition:
        text, length = self.script.pop(0), len(pcm) / 2 / PCM_RATE
        parts = text.split()
        step = length / len(parts)
        words = tuple(RecognizedWord(part, i * step, (i + 1) * step, 0.9) for i, part in enumerate(parts))
        return Recognition(text, words if with_words else (), 0.9, language, language, self.name, length, 0.0)


def measure_server(calls: int) -> Iterator[Measure]:
    """Whole calls by the scenario's own model operator, in English and French by turns."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(load_settings(), instance=Path(folder), database_url="", file_store="", testing=True)
        ears = KnownWords()
        app = serve(settings, ears)
        turns, busy, first_bytes = [], [], []
        for number in range(-2, calls):
            spent, worked, reading = play_call(app, ears, ("en", "fr")[number % 2])
            if number >= 0:  # the first call of each language loads its models
                turns += spent
                busy += worked
                first_bytes += reading
    turns.sort()
    note = f"{len(turns)} turns of {calls} calls; processor time {statistics.median(busy) * 1000:.0f} ms"
    yield Measure("server side of a turn but the decode, median", statistics.median(turns), 0.040, 1.0, note)
    yield Measure("server side of a turn, 95th percentile", turns[int(len(turns) * 0.95)], 0.040, 1.0)
    yield Measure("customer's line over HTTP (limit 20 ms)", statistics.median(first_bytes), 0.020, 1.0)


def serve(settings: Settings, ears: KnownWords | None) -> Flask:
    """The application with its real ports (but the recognizer, if `ears` are given) and the demonstration people."""
    ports = replace(build_ports(settings), queue=Nobody())
    app = create_app(settings, replace(ports, recognizer=ears) if ears else ports)
    with app.app_context():
        db.create_all()
        demo.load_demo(db.session, app.extensions["ports"].clock.now())  # type: ignore[arg-type]
        db.session.commit()
    return app


PAUSE_S = 0.5
"""Between the first pause, when the page asks for decoding ahead (300 ms), and the end of a turn (800 ms)."""


def measure_ahead() -> Iterator[Measure]:
    """Real turns, decoding begun at the first pause: how long the operator waits once the turn is over."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(load_settings(), instance=Path(folder), database_url="", file_store="", testing=True)
        app = serve(settings, None)
        waited = [seconds for language in ("en", "fr") for seconds in spoken_turns(app, language)]
    waited.sort()
    yield Measure(
        "end of a turn to the customer's line, median", statistics.median(waited), 0.150, 1.0, f"{len(waited)} turns"
    )


def spoken_turns(app: Flask, language: str) -> Iterator[float]:
    """Seconds from the end of each utterance of that language to the customer's line; the first only warms up."""
    page, call = begin_call(app, language)
    beside = sign_in(app)
    for number, turn in enumerate(one for one in utterances() if one.language == language):
        sound = wav_bytes(turn.pcm, PCM_RATE)
        ahead = threading.Thread(target=post_sound, args=(beside, f"/calls/{call}/ahead", sound))
        ahead.start()
        time.sleep(PAUSE_S)
        spent = timed(partial(post_sound, page, f"/calls/{call}/turns/bench-ahead-{number}", sound))
        ahead.join()
        if number:
            yield spent


def post_sound(client: FlaskClient, address: str, sound: bytes) -> None:
    answer = client.post(address, data=sound, content_type="audio/wav")
    if answer.status_code not in (200, 204):
        raise SystemExit(f"the turn was refused: {answer.text[:200]}")


def sign_in(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.post("/login", data={"email": demo.PEOPLE[0].email, "password": demo.PASSWORD})
    return client


def begin_call(app: Flask, language: str) -> tuple[FlaskClient, str]:
    """A browser that has answered a call whose lines were spoken ahead, and the call's id."""
    client = sign_in(app)
    form = {"language": language, "mode": "practice", "consent_recording": "y"}
    call = client.post("/calls/scenarios/late-parcel/start", data=form).location.rsplit("/", 1)[1]
    with app.app_context():
        run_job("render_lines", call=call)
    client.post(f"/calls/{call}/answer", json={})
    return client, call


class Nobody:
    """A queue that does nothing: what it is asked for would disturb the clock."""

    def enqueue(self, job: str, **arguments: str) -> None:
        """Jobs are run by hand here, before the clock starts."""


def play_call(app: Flask, ears: KnownWords, language: str) -> tuple[list[float], list[float], list[float]]:
    """Seconds and processor seconds of each turn of one call, and seconds until each customer's line was there."""
    client, call = begin_call(app, language)
    with app.app_context():
        case = case_of(call)
    sound = wav_bytes(b"\x10\x27\xf0\xd8" * (2 * PCM_RATE), PCM_RATE)
    spent, worked, reading = [], [], []
    for number, line in enumerate(case.model):
        ears.script = [line.text]
        body = sound[:-2] + number.to_bytes(2, "little")  # the same sound twice would be found in memory
        started, busy = time.perf_counter(), time.process_time()
        answer = client.post(f"/calls/{call}/turns/bench-turn-{number}", data=body, content_type="audio/wav")
        spent.append(time.perf_counter() - started)
        worked.append(time.process_time() - busy)
        if answer.status_code != 200:
            raise SystemExit(f"the turn was refused: {answer.text[:200]}")
        for event in answer.get_json()["events"]:
            if event["type"] == "customer_line":
                reading.append(timed(lambda seq=event["seq"]: client.get(f"/calls/{call}/audio/{seq}").data[:1]))
        if answer.get_json()["call"]["state"] != "live":
            break
    return spent, worked, reading


def case_of(call: str) -> Case:
    row = find_call_anywhere(db.session, call)  # type: ignore[arg-type]
    if row is None:
        raise SystemExit("the call was not begun")
    return case_of_call(db.session, row)  # type: ignore[arg-type]
