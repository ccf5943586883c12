"""How well the reply grader agrees with two people, beside how well they agree with each other and reply length alone.

    python -m bench.agreement [--in tests/data/marked_replies.jsonl] [--per-reply] [--held-out]

Quadratic weighted kappa (QWK): levels 0 to 4 for criteria, 0 to 100 for the overall. The marked replies were never used
to train the head. "people" is the mean of both markers, rounded. A critical error is right when a marker found it too.
Class agreement: the same critical error, or none, as a marker. MAE: mean distance of the overall from the people's mean.

`--held-out` measures on situations that nothing was learned from: the head is trained five times on four fifths of the
situations of our own marked replies (one marker, hence one column of people) and grades the fifth that it did not see.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from trainer.adapters.encoder import UniversalSentenceEncoder
from trainer.domain.grade import REPLY_CRITERIA
from trainer.language.reply import ReplyReader
from trainer.language.reply_head import head_of
from trainer.language.train_reply_head import BANKS, read_rows, situation_id, train
from trainer.services.reply_grading import ReplyGrader, as_row, check_row

MEASURES = (*REPLY_CRITERIA, "overall")


def qwk(left: Sequence[float], right: Sequence[float], top: int) -> float:
    """Quadratic weighted kappa of two markings with values 0 to `top` (Cohen 1968)."""
    a, b = (np.clip(np.floor(np.asarray(x, float) + 0.5), 0, top).astype(int) for x in (left, right))
    seen = np.zeros((top + 1, top + 1))
    np.add.at(seen, (a, b), 1)
    away = np.subtract.outer(np.arange(top + 1), np.arange(top + 1)) ** 2.0
    chance = np.outer(seen.sum(1), seen.sum(0)) / seen.sum()
    expected = float((away * chance).sum())
    return 1 - float((away * seen).sum()) / expected if expected else 1.0


def by_length(replies: Sequence[str], marks: Sequence[float], top: int) -> tuple[float, float]:
    """Correlation with the logarithm of the length, and the QWK of marks given by length rank alone."""
    words = np.log1p([len(r.split()) for r in replies])
    order = np.argsort(np.argsort(words, kind="stable"), kind="stable")
    given = np.sort(np.asarray(marks))[order]
    return float(np.corrcoef(words, marks)[0, 1]), qwk(given, marks, top)


def table(rows: Sequence[dict[str, Any]], grades: Sequence[dict[str, Any]], title: str) -> None:
    """Print one block of agreement."""
    print(f"\n{title}: {len(rows)} replies")
    print(f"{'':20}{'people':>8}{'first':>8}{'second':>8}{'between':>9}{'length r':>10}{'length QWK':>12}")
    for name in MEASURES:
        top = 100 if name == "overall" else 4
        first, second = ([r["marks"][i][name] for r in rows] for i in (0, 1))
        mean = [(x + y) / 2 for x, y in zip(first, second, strict=True)]
        mine = [g[name] for g in grades]
        r, length = by_length([r["reply"] for r in rows], mean, top)
        figures = (qwk(mine, mean, top), qwk(mine, first, top), qwk(mine, second, top), qwk(first, second, top))
        print(f"{name:20}" + "".join(f"{f:8.2f}" for f in figures[:3]) + f"{figures[3]:9.2f}{r:10.2f}{length:12.2f}")
    found = [
        (g["critical_error"], {m["critical_error"] for m in r["marks"]}) for g, r in zip(grades, rows, strict=True)
    ]
    claimed = [(e, people) for e, people in found if e]
    agreed = [(e, people) for e, people in found if None not in people]
    right = sum(e in people for e, people in claimed)
    any_error = sum(people != {None} for _, people in claimed)
    hit = sum(e in people for e, people in agreed)
    print(f"critical errors: precision {right / max(1, len(claimed)):.2f} ({right} of {len(claimed)} claimed; ", end="")
    print(
        f"{any_error} had some critical error), recall {hit / max(1, len(agreed)):.2f} ({hit} of {len(agreed)} agreed)"
    )
    same = sum(e in people for e, people in found)
    away = [
        abs(g["overall"] - sum(m["overall"] for m in r["marks"]) / len(r["marks"]))
        for g, r in zip(grades, rows, strict=True)
    ]
    print(f"class agreement {same / max(1, len(found)):.2f}, MAE of the overall {np.mean(away):.1f} points")
    print(f"undecided: {sum(bool(g['undecided']) for g in grades)} replies")


FOLDS = 5


def held_out() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(rows, grades) of our own marked replies, each graded by a head that saw no reply of its situation."""
    encoder = UniversalSentenceEncoder()
    written = read_rows(BANKS / "marked_training.jsonl")
    order = sorted({situation_id(row) for row in written})
    fold = {name: number % FOLDS for number, name in enumerate(order)}
    rows: list[dict[str, Any]] = []
    grades: list[dict[str, Any]] = []
    for number in range(FOLDS):
        head = head_of(train(encoder.encode, encoder.name, lambda row, n=number: fold[situation_id(row)] != n))
        grader = ReplyGrader(encoder)
        grader.reader = ReplyReader(encoder.encode, head, encoder.name)
        mine = [row for row in written if fold[situation_id(row)] == number]
        rows += [row | {"marks": [row["marks"], row["marks"]]} for row in mine]
        grades += [as_row(reply_id, grade) for reply_id, grade in grader.grade_all(check_row(row) for row in mine)]
    return rows, grades


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    default = Path(__file__).resolve().parent.parent / "tests" / "data" / "marked_replies.jsonl"
    parser.add_argument("--in", dest="source", type=Path, default=default)
    parser.add_argument("--per-reply", action="store_true")
    parser.add_argument("--held-out", action="store_true")
    options = parser.parse_args()
    if options.held_out:
        rows, grades = held_out()
    else:
        rows = [json.loads(line) for line in options.source.read_text(encoding="utf-8").splitlines()]
        grader = ReplyGrader(UniversalSentenceEncoder())
        grades = [as_row(reply_id, grade) for reply_id, grade in grader.grade_all(check_row(r) for r in rows)]
    for title, keep in (("all", ("en", "fr")), ("English", ("en",)), ("French", ("fr",))):
        chosen = [i for i, r in enumerate(rows) if r["lang"] in keep]
        table([rows[i] for i in chosen], [grades[i] for i in chosen], title)
    if options.per_reply:
        for row, grade in zip(rows, grades, strict=True):
            people = [m["overall"] for m in row["marks"]]
            errors = [m["critical_error"] for m in row["marks"]]
            print(
                row["id"],
                people,
                grade["overall"],
                errors,
                grade["critical_error"],
                grade["undecided"],
                row["reply"][:90],
            )


if __name__ == "__main__":
    main()
