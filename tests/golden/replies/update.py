"""Write expected.jsonl anew: `python -m tests.golden.replies.update`. Read the diff before you commit it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from trainer.adapters.encoder import UniversalSentenceEncoder
from trainer.services.reply_grading import ReplyGrader, as_row, check_row

HERE = Path(__file__).parent
MARKED = HERE.parent.parent / "data" / "marked_replies.jsonl"
EXPECTED = HERE / "expected.jsonl"


def rows() -> list[dict[str, Any]]:
    """The marked replies."""
    return [json.loads(line) for line in MARKED.read_text(encoding="utf-8").splitlines()]


def graded() -> Iterator[dict[str, Any]]:
    """Each marked reply's grade, short enough to review: no quotes, the rules that fired, and the reply itself."""
    grader = ReplyGrader(UniversalSentenceEncoder())
    given = rows()
    for row, (reply_id, grade) in zip(given, grader.grade_all(check_row(r) for r in given), strict=True):
        found = as_row(reply_id, grade)
        found["evidence"] = [f"{e['criterion']}: {e['rule']}" for e in found["evidence"]]
        yield {"reply": row["reply"], **found}


def main() -> None:
    EXPECTED.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in graded()), encoding="utf-8")


if __name__ == "__main__":
    main()
