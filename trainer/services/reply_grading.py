"""Grade replies to objections: reading, measuring and judging put together, one at a time or in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

from trainer.content.rubrics import reply_rubric
from trainer.domain.grade import ReplyGrade
from trainer.domain.grading.reply import grade_reply
from trainer.domain.grading.rubric import ReplyRubric
from trainer.language.normalise import LANGUAGES
from trainer.language.reply import ReplyReader, ReplyRow
from trainer.ports import TextEncoder
from trainer.services.reply_judging import ReplyJudging

BATCH = 64
"""Rows measured together: large enough for the encoder, small enough that results stream."""
COLUMNS = ("id", "lang", "channel", "duty", "situation", "objection_type", "customer", "reply")


class BadRow(ValueError):
    """A row cannot be graded; the message says why."""


@dataclass(frozen=True, slots=True)
class ReplyToGrade:
    """A checked row of a file of replies."""

    id: str
    row: ReplyRow


def check_row(data: Any) -> ReplyToGrade:
    """A row of `COLUMNS`, checked. `duty` and `channel` may be missing; an empty reply is a reply. Raises BadRow."""
    if not isinstance(data, Mapping):
        raise BadRow("an object is expected")
    for name in ("id", "lang", "situation", "objection_type", "customer", "reply"):
        if name not in data:
            raise BadRow(f"{name!r} is missing")
    for name in COLUMNS:
        value = data.get(name, "")
        if not isinstance(value, str) and not (name == "id" and isinstance(value, int)):
            raise BadRow(f"{name!r} has to be text, not {type(value).__name__}")
    language = data["lang"].lower()[:2]
    if language not in LANGUAGES:
        raise BadRow(f"'lang' is {data['lang']!r}; {' or '.join(LANGUAGES)} is right")
    return ReplyToGrade(
        str(data["id"]),
        ReplyRow(
            reply=data["reply"],
            customer=data["customer"],
            situation=data["situation"],
            language=language,
            objection_type=data["objection_type"],
            channel=data.get("channel", ""),
        ),
    )


class ReplyGrader:
    """Grades replies by a rubric. Holds the encoder's vectors of shared texts between calls.

    With `judging` a judge gives a second opinion on each grade.
    """

    def __init__(
        self, encoder: TextEncoder | None, rubric: ReplyRubric | None = None, judging: ReplyJudging | None = None
    ) -> None:
        self.rubric = rubric or reply_rubric()
        self.reader = ReplyReader(encoder.encode if encoder else None, encoder=encoder.name if encoder else "")
        self.judging = judging

    def grade(self, row: ReplyRow) -> ReplyGrade:
        """One reply."""
        (grade,) = self._graded([row])
        return grade

    def grade_all(self, replies: Iterable[ReplyToGrade]) -> Iterator[tuple[str, ReplyGrade]]:
        """Many replies, in order, in batches."""
        waiting = iter(replies)
        while batch := list(islice(waiting, BATCH)):
            for item, grade in zip(batch, self._graded([b.row for b in batch]), strict=True):
                yield item.id, grade

    def _graded(self, rows: Sequence[ReplyRow]) -> Iterable[ReplyGrade]:
        measured = self.reader.read_heard(rows, self.rubric.hearing.words)
        grades = [grade_reply(m, self.rubric) for m in measured]
        return self.judging.revise(rows, measured, grades, self.rubric) if self.judging else grades


def as_row(reply_id: str, grade: ReplyGrade) -> dict[str, Any]:
    """A grade as the JSON row that `flask grade replies` writes."""
    data = asdict(grade)
    return {"id": reply_id, **data, "undecided": list(grade.undecided), "evidence": [asdict(e) for e in grade.evidence]}
