"""How long an operator's turn takes, as ratios measured side by side in one run.

    python -m bench.turn [--rounds 3]

Recognition: ours (voice activity, short window, word times, language) against a plain faster-whisper `transcribe` of
the same audio by the same model. Cached line: from asking for a kept line to its first byte. Both word error rates
are printed beside the times, since speed bought with errors would be worth nothing.
Server: a spoken turn from its upload to the customer's next line, on the application itself with everything real but
the decoding, against the limit of 40 ms; the customer's lines were spoken ahead, as they are while a call rings.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import jiwer
from flask import Flask

from trainer.adapters.files import LocalFileStore
from trainer.adapters.speech import build_recognizer, build_synthesizer
from trainer.adapters.speech.audio import read_audio, read_audio_file, to_samples, wav_bytes
from trainer.adapters.speech.whisper import WhisperRecognizer
from trainer.app import build_ports, create_app
from trainer.config import Settings, load_settings
from trainer.domain.scenario import Case
from trainer.extensions import db
from trainer.jobs import run_job
from trainer.ports import PCM_RATE, Recognition, RecognizedWord, Voice
from trainer.services import demo
from trainer.services.call_log import case_of_call
from trainer.store.calls import find_call_anywhere

SOUNDS = Path("/usr/share/asterisk/sounds")
PROMPTS = {
    ("fr", "privacy-unident"): "Le numéro que vous tentez de joindre n'accepte pas les appels inconnus.",
    ("fr", "conf-onlyperson"): "Vous êtes présentement le seul participant dans cette conférence.",
    ("fr", "check-number-dial-again"): "Veuillez vérifier le numéro et composer de nouveau.",
    ("en", "conf-onlyperson"): "You are currently the only person in this conference.",
    ("en", "pls-hold-while-try"): "Please hold while we try to connect you.",
}
LINES = (
    "Good morning, this is Alice from the customer service, how can I help you today?",
    "I understand that you are worried about the price, could you tell me a little more about what you need?",
    "Thank you for waiting, I have found your order and it will be delivered tomorrow before noon.",
    "I am sorry to hear that. Let me check your account first, may I have your full name please?",
    "So if I understand you correctly, the parcel arrived but one of the items was missing, is that right?",
)


@dataclass(frozen=True, slots=True)
class Utterance:
    """An operator's turn as it is uploaded, and what is said in it."""

    pcm: bytes
    language: str
    said: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table: ours against a reference or a limit, both in seconds; `target` bounds ours / other."""

    what: str
    ours: float
    other: float
    target: float
    note: str = ""

    def __str__(self) -> str:
        ratio = self.ours / self.other
        held = "held" if ratio <= self.target else "MISSED"
        return (
            f"{self.what:44} {self.ours * 1000:9.1f} ms {self.other * 1000:9.1f} ms   "
            f"ratio {ratio:5.2f}   target {self.target:4.2f}   {held}   {self.note}"
        )


def utterances() -> list[Utterance]:
    """Five synthesized English turns on the telephone and five prompts by real people, English and French."""
    voice = build_synthesizer()
    spoken = [
        Utterance(read_audio(voice.say(line, Voice("en", sex), difficulty=2).wav), "en", line)
        for line, sex in zip(LINES, ("female", "male", "female", "male", "female"), strict=True)
    ]
    folders = {"en": "en_US_f_Allison", "fr": "fr_CA_f_June"}
    people = [
        Utterance(read_audio_file(SOUNDS / folders[language] / f"{name}.wav"), language, said)
        for (language, name), said in PROMPTS.items()
    ]
    return spoken + people


def measure_recognition(rounds: int) -> Iterator[Measure]:
    """Ours and plain turn by turn, in changing order, so that a busy moment of the machine hits both."""
    settings = load_settings()
    chain = build_recognizer(models=settings.models, whisper_model=settings.whisper_model,
                             cpu_threads=settings.cpu_threads, engines=("whisper",))  # fmt: skip
    engine = chain.engines[0]
    assert isinstance(engine, WhisperRecognizer)
    model = engine.held().model

    def ours(turn: Utterance) -> str:
        return chain.recognize(turn.pcm, language=turn.language).text

    def plain(turn: Utterance) -> str:
        segments, _ = model.transcribe(to_samples(turn.pcm), language=turn.language)
        return " ".join(segment.text for segment in segments)

    turns = utterances()
    for work in (ours, plain):
        work(turns[0])
    times: dict[Callable[[Utterance], str], list[float]] = {ours: [], plain: []}
    heard: dict[Callable[[Utterance], str], list[str]] = {ours: [], plain: []}
    for turn in turns:
        tries: dict[Callable[[Utterance], str], list[float]] = {ours: [], plain: []}
        for number in range(rounds):
            for work in (ours, plain) if number % 2 else (plain, ours):
                tries[work].append(timed(partial(work, turn)))
        for work in (ours, plain):
            times[work].append(statistics.median(tries[work]))
            heard[work].append(work(turn))
    said = [turn.said for turn in turns]
    length = sum(len(turn.pcm) for turn in turns) / 2 / PCM_RATE / len(turns)
    wrong = [errors(said, heard[work]) for work in (ours, plain)]
    note = f"{len(turns)} turns of {length:.1f} s; word error rates {wrong[0]:.3f} and {wrong[1]:.3f}"
    yield Measure("recognition, mean of a turn", statistics.mean(times[ours]), statistics.mean(times[plain]), 0.6, note)
    ratios = [a / b for a, b in zip(times[ours], times[plain], strict=True)]
    worst = ratios.index(max(ratios))
    yield Measure("recognition, worst turn", times[ours][worst], times[plain][worst], 0.6, said[worst][:40])


def measure_cached_line() -> Iterator[Measure]:
    """A kept line against the limit of 20 ms, and against rendering it."""
    with tempfile.TemporaryDirectory() as folder:
        voice = build_synthesizer(files=LocalFileStore(folder))
        rendered = timed(lambda: voice.say(LINES[1], Voice("en")))
        kept = statistics.median(timed(lambda: voice.say(LINES[1], Voice("en")).wav[:1]) for _ in range(50))
    yield Measure("cached line, first byte (limit 20 ms)", kept, 0.020, 1.0)
    yield Measure("cached line against rendering it", kept, rendered, 0.1)


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


def serve(settings: Settings, ears: KnownWords) -> Flask:
    """The application with its real ports but the recognizer, on an empty database with the demonstration people."""
    app = create_app(settings, replace(build_ports(settings), recognizer=ears, queue=Nobody()))
    with app.app_context():
        db.create_all()
        demo.load_demo(db.session, app.extensions["ports"].clock.now())  # type: ignore[arg-type]
        db.session.commit()
    return app


class Nobody:
    """A queue that does nothing: what it is asked for would disturb the clock."""

    def enqueue(self, job: str, **arguments: str) -> None:
        """Jobs are run by hand here, before the clock starts."""


def play_call(app: Flask, ears: KnownWords, language: str) -> tuple[list[float], list[float], list[float]]:
    """Seconds and processor seconds of each turn of one call, and seconds until each customer's line was there."""
    client = app.test_client()
    client.post("/login", data={"email": demo.PEOPLE[0].email, "password": demo.PASSWORD})
    form = {"language": language, "mode": "practice", "consent_recording": "y"}
    call = client.post("/calls/scenarios/late-parcel/start", data=form).location.rsplit("/", 1)[1]
    with app.app_context():
        run_job("render_lines", call=call)
        case = case_of(call)
    client.post(f"/calls/{call}/answer", json={})
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


def timed(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def errors(said: list[str], heard: list[str]) -> float:
    """Word error rate without case and punctuation."""
    return float(jiwer.wer([plain_words(text) for text in said], [plain_words(text) for text in heard]))


def plain_words(text: str) -> str:
    return " ".join(re.findall(r"[\w']+", text.lower())) or "-"


def main() -> None:
    parser = argparse.ArgumentParser(description="Time of an operator's turn, as ratios.")
    parser.add_argument("--rounds", type=int, default=3, help="times each turn is heard by each side")
    parser.add_argument("--calls", type=int, default=6, help="calls played for the server's side")
    options = parser.parse_args()
    print(f"{'':44} {'ours':>12} {'other':>12}")
    for measures in (measure_server(options.calls), measure_recognition(options.rounds), measure_cached_line()):
        for measure in measures:
            print(measure, flush=True)


if __name__ == "__main__":
    main()
