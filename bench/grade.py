"""Speed of grading, one core: replies beside the sentence encoder alone and a bare TF-IDF pipeline; whole calls.

    python bench/grade.py [--replies 1500] [--turns 30]

Three loads: one reply at a time (as in a call), a file whose replies share situations (an exam), and a file where
every situation is different. The encoder alone encodes one text a reply; grading needs its sentences, the customer's
line and the situation's facts.

A whole call is graded as after a call: every turn understood in its context, the replies to objections, the checks.
Its log is that of a locked call, played again and again up to the number of turns, each turn with a word of its own.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import Ridge

from tests.golden.calls.play import case_of, folders, play, ports_with_encoder
from trainer.adapters.encoder import UniversalSentenceEncoder
from trainer.domain.events import Event
from trainer.ports import Ports
from trainer.services.grading import grade_events
from trainer.services.reply_grading import ReplyGrader, check_row

CALL_LIMIT_MS = 200
DATA = Path(__file__).resolve().parent.parent / "tests" / "data" / "marked_replies.jsonl"


def timed(work: Callable[[], Any]) -> float:
    """Processor seconds of `work`, the best of three."""
    spent = []
    for _ in range(3):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return min(spent)


def different(rows: list[dict[str, Any]], count: int, first: int = 0) -> list[dict[str, Any]]:
    """The rows from number `first` to `count`; every repetition of a text gets a word of its own, so that no vector can be kept from before."""
    out = []
    for number in range(first, count):
        row = dict(rows[number % len(rows)])
        mark = f" {chr(97 + number % 26)}{number}"
        situation = row["situation"].replace(".", f"{mark}.").replace(";", f"{mark};")
        changed = {"reply": row["reply"] + mark, "situation": situation, "customer": row["customer"] + mark}
        out.append(row | {"id": str(number)} | changed)
    return out


def consume(items: Iterable[Any]) -> None:
    for _ in items:
        pass


def long_log(events: Sequence[Event], turns: int, salt: str) -> list[Event]:
    """The log of a call with `turns` operator's turns: `events` again and again, no turn twice in the same words."""
    body = [e for e in events if e.type not in ("call_started", "call_ended", "wrap_up_saved")]
    rows: list[tuple[str, dict[str, Any]]] = [("call_started", dict(events[0].data))]
    said = 0
    while said < turns:
        for event in body:
            data = dict(event.data)
            if event.type == "operator_utterance":
                said += 1
                data["text"] += f" {salt}{said}"
            rows.append((event.type, data))
            if said == turns:
                break
    rows += [(e.type, dict(e.data)) for e in events if e.type in ("call_ended", "wrap_up_saved")]
    return [Event(place, place * 1000, kind, data) for place, (kind, data) in enumerate(rows, start=1)]


def whole_calls(ports: Ports, turns: int) -> None:
    """Processor time to grade a long call in each language, beside encoding its turns and beside the limit."""
    for folder in folders():
        if folder.name not in ("good-en", "good-fr"):
            continue
        case, events = case_of(folder), play(folder, ports).events
        spent, alone = [], []
        for number in range(5):
            log = long_log(events, turns, f"z{number}")
            started = time.process_time()
            grade_events(log, case, ports)
            spent.append(1000 * (time.process_time() - started))
            started = time.process_time()
            for event in log:
                if event.type == "operator_utterance":
                    ports.encoder.encode([event.data["text"] + "."])
            alone.append(1000 * (time.process_time() - started))
        median, encoder = statistics.median(spent), statistics.median(alone)
        print(
            f"a call of {turns} turns, {case.language}: {median:.0f} ms, {median / CALL_LIMIT_MS:.2f} x the limit of "
            f"{CALL_LIMIT_MS} ms, {median / encoder:.2f} x encoding its turns one by one"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replies", type=int, default=1500)
    parser.add_argument("--turns", type=int, default=30)
    wanted = parser.parse_args()
    count = wanted.replies
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    encoder = UniversalSentenceEncoder()
    encoder.warm_up()
    shared = [
        rows[i % len(rows)] | {"id": str(i), "reply": rows[i % len(rows)]["reply"] + f" {i}"} for i in range(count)
    ]
    apart = different(rows, count)

    def grade(part: list[dict[str, Any]]) -> Callable[[], None]:
        return lambda: consume(ReplyGrader(encoder).grade_all(check_row(r) for r in part))

    texts = [r["reply"] for r in shared]
    encoded = timed(lambda: [encoder.encode(texts[i : i + 64]) for i in range(0, count, 64)])
    vectorizer = TfidfVectorizer(ngram_range=(1, 2)).fit([r["reply"] for r in rows])
    ridge = Ridge().fit(vectorizer.transform([r["reply"] for r in rows]), [r["marks"][0]["overall"] for r in rows])
    bare = timed(lambda: ridge.predict(vectorizer.transform(texts)))
    print(f"{'replies a second, one core':44}{'rate':>9}{'ms each':>9}{'x encoder alone':>17}")
    for name, spent in (
        ("grader, shared situations (an exam)", timed(grade(shared))),
        ("grader, every situation different", timed(grade(apart))),
        ("sentence encoder alone, one text a reply", encoded),
        ("TF-IDF + ridge (no evidence, no errors)", bare),
    ):
        print(f"{name:44}{count / spent:9.0f}{1000 * spent / count:9.2f}{spent / encoded:17.2f}")
    grader = ReplyGrader(encoder)
    single = []
    for row in rows:
        item = check_row(row)
        started = time.perf_counter()
        grader.grade(item.row)
        single.append(1000 * (time.perf_counter() - started))
    single.sort()
    whole_calls(ports_with_encoder(), wanted.turns)
    print(f"one at a time: median {statistics.median(single):.1f} ms, p95 {single[int(0.95 * len(single))]:.1f} ms")


if __name__ == "__main__":
    main()
