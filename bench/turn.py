"""How long an operator's turn takes, as ratios measured side by side in one run.

    python -m bench.turn [--turns 100] [--rounds 1]

Gap: what a person hears between their reply and its answer, over `--turns` spoken turns, by stage, p50 and p95, beside
plain faster-whisper on the same turns (`bench/turn_gap.py`, which also runs alone).
Recognition: ours (voice activity, short window, word times, language) against a plain faster-whisper `transcribe` of
the same audio by the same model. Cached line: from asking for a kept line to its first byte. Both word error rates
are printed beside the times, since speed bought with errors would be worth nothing.
Ahead: real turns whose decoding began at the first pause, from the end of the turn to the customer's line, against 150 ms.
Server: a spoken turn from its upload to the customer's next line, on the application itself with everything real but
the decoding, against the limit of 40 ms; the customer's lines were spoken ahead, as they are while a call rings.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
from collections.abc import Callable, Iterator
from functools import partial

import jiwer

from bench.turn_calls import measure_ahead, measure_server
from bench.turn_gap import measure_gap
from bench.turn_material import LINES, Measure, Utterance, timed, utterances
from trainer.adapters.files import LocalFileStore
from trainer.adapters.speech import build_recognizer, build_synthesizer
from trainer.adapters.speech.audio import to_samples
from trainer.adapters.speech.whisper import WhisperRecognizer
from trainer.config import load_settings
from trainer.ports import PCM_RATE, Voice


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


def errors(said: list[str], heard: list[str]) -> float:
    """Word error rate without case and punctuation."""
    return float(jiwer.wer([plain_words(text) for text in said], [plain_words(text) for text in heard]))


def plain_words(text: str) -> str:
    return " ".join(re.findall(r"[\w']+", text.lower())) or "-"


def main() -> None:
    parser = argparse.ArgumentParser(description="Time of an operator's turn, as ratios.")
    parser.add_argument("--turns", type=int, default=100, help="turns spoken for the gap and its stages")
    parser.add_argument("--rounds", type=int, default=1, help="times each turn is heard by each side")
    parser.add_argument("--calls", type=int, default=6, help="calls played for the server's side")
    options = parser.parse_args()
    print(f"{'':44} {'ours':>12} {'other':>12}")
    measured: tuple[Iterator[str | Measure] | Iterator[Measure], ...] = (
        measure_gap(options.turns),
        measure_server(options.calls),
        measure_ahead(),
        measure_recognition(options.rounds),
        measure_cached_line(),
    )
    for measures in measured:
        for measure in measures:
            print(measure, flush=True)


if __name__ == "__main__":
    main()
