"""What misheard words do to the grade of a reply: word errors put into the marked replies, mark beside mark.

    python -m bench.misheard [--draws 10] [--in tests/data/marked_replies.jsonl] [--per-reply]

`bench/mishearing.py` makes the errors and the confidences. "moved" is how far the overall lies from that of the reply
heard rightly and surely: median and 90th percentile, over the replies that are still decided by the rule of
`objections.reply`, and over all. "error" is the share of all replies whose critical error appeared (a false accusation)
or vanished while the reply was decided. At 0 % every word is right and only the confidence is a recognizer's: what is
undecided there is what doubt costs. The target: a median of at most 5 points among the decided.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.mishearing import mishear
from trainer.adapters.encoder import UniversalSentenceEncoder
from trainer.content.call_rubric import call_rubric
from trainer.domain.grade import ReplyGrade
from trainer.domain.grading.call_objections import is_unsure
from trainer.domain.grading.call_rubric import WITH_OBJECTIONS
from trainer.services.reply_grading import ReplyGrader, ReplyToGrade, check_row

RATES = (0.0, 0.05, 0.15, 0.30)
TARGET = 5
DATA = Path(__file__).resolve().parent.parent / "tests" / "data" / "marked_replies.jsonl"


@dataclass(frozen=True, slots=True)
class Pair:
    """A reply graded as it was said and as it was heard."""

    language: str
    rate: float
    text: str
    said: ReplyGrade
    heard: ReplyGrade

    @property
    def moved(self) -> int:
        return abs(self.heard.overall - self.said.overall)

    @property
    def decided(self) -> bool:
        return not is_unsure(self.heard, call_rubric(WITH_OBJECTIONS).thresholds)

    @property
    def appeared(self) -> bool:
        """A critical error that was not made is held against the operator."""
        return self.decided and self.heard.critical_error not in (None, self.said.critical_error)

    @property
    def vanished(self) -> bool:
        return self.decided and self.heard.critical_error is None and self.said.critical_error is not None


def compare(rows: Sequence[dict[str, Any]], draws: int) -> list[Pair]:
    """Every reply at every rate, `draws` times. Replies of silence are left out: nothing is misheard in them."""
    grader = ReplyGrader(UniversalSentenceEncoder())
    given = [check_row(r) for r in rows if r["reply"].strip()]
    said = [grade for _, grade in grader.grade_all(given)]
    pairs = []
    for rate in RATES:
        for draw in range(draws):
            heard = [mishear(g.row.reply, g.row.language, rate, draw) for g in given]
            changed = [
                ReplyToGrade(g.id, replace(g.row, reply=h.text, recognition=h.confidence, words=h.words))
                for g, h in zip(given, heard, strict=True)
            ]
            grades = (grade for _, grade in grader.grade_all(changed))
            pairs += [
                Pair(g.row.language, rate, h.text, s, n) for g, h, s, n in zip(given, heard, said, grades, strict=True)
            ]
    return pairs


def row(name: str, pairs: Sequence[Pair]) -> str:
    """One line of the table; ends with whether the target is held."""
    decided = [p.moved for p in pairs if p.decided]
    every = [p.moved for p in pairs]
    shares = (
        sum(bool(p.heard.undecided) for p in pairs),
        len(pairs) - len(decided),
        sum(p.appeared for p in pairs),
        sum(p.vanished for p in pairs),
    )
    median = float(np.median(decided)) if decided else 0.0
    figures = (median, *(np.percentile(x, q) if x else 0.0 for x, q in ((decided, 90), (every, 50), (every, 90))))
    return (
        f"{name:14}{len(pairs):6}"
        + "".join(f"{f:9.1f}" for f in figures)
        + "".join(f"{100 * s / max(1, len(pairs)):10.1f} %" for s in shares)
        + ("   held" if median <= TARGET else "   MISSED")
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--in", dest="source", type=Path, default=DATA)
    parser.add_argument("--draws", type=int, default=10)
    parser.add_argument("--per-reply", action="store_true")
    options = parser.parse_args()
    pairs = compare(
        [json.loads(line) for line in options.source.read_text(encoding="utf-8").splitlines()], options.draws
    )
    titles = ("decided", "p90", "all", "p90"), ("some crit.", "undecided", "appeared", "vanished")
    print(f"{'wrong words':14}{'':6}" + "".join(f"{t:>9}" for t in titles[0]) + "".join(f"{t:>12}" for t in titles[1]))
    for rate in RATES:
        for title, languages in (("", ("en", "fr")), (" en", ("en",)), (" fr", ("fr",))):
            print(row(f"{rate:.0%}{title}", [p for p in pairs if p.rate == rate and p.language in languages]))
    if options.per_reply:
        for p in sorted(pairs, key=lambda p: -p.moved * p.decided):
            print(
                f"{p.rate:.2f}", p.moved, p.said.overall, p.heard.overall, p.said.critical_error, p.heard.critical_error,
                "decided" if p.decided else "undecided", p.heard.confidence, p.text[:110],
            )  # fmt: skip


if __name__ == "__main__":
    main()
