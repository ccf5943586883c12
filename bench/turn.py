"""How long an operator's turn takes, as ratios measured side by side in one run.

    python -m bench.turn [--rounds 3]

Recognition: ours (voice activity, short window, word times, language) against a plain faster-whisper `transcribe` of
the same audio by the same model. Cached line: from asking for a kept line to its first byte. Both word error rates
are printed beside the times, since speed bought with errors would be worth nothing.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import jiwer

from trainer.adapters.files import LocalFileStore
from trainer.adapters.speech import build_recognizer, build_synthesizer
from trainer.adapters.speech.audio import read_audio, read_audio_file, to_samples
from trainer.adapters.speech.whisper import WhisperRecognizer
from trainer.config import load_settings
from trainer.ports import PCM_RATE, Voice

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
    rounds = parser.parse_args().rounds
    print(f"{'':44} {'ours':>12} {'other':>12}")
    for measures in (measure_recognition(rounds), measure_cached_line()):
        for measure in measures:
            print(measure, flush=True)


if __name__ == "__main__":
    main()
