"""What is found while a file of questions is read: by id, so that pages and commands say it in their own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from trainer.domain.questions import Question

CARRIED_KINDS = ("single", "several", "order", "match", "number", "text")
"""What a spreadsheet can hold; record, better, spot and branch are written in YAML."""

MOST_QUESTIONS = 1000
"""Of one file; reading ends there."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to tell. `line` counts from 1 (0: the whole file), `file` from 0: the first file or the other one; `part` is
    the column or the part of the question, `about` its id or title; the sentence of `code` has gaps for `params`."""

    line: int
    code: str
    part: str = ""
    about: str = ""
    params: Mapping[str, object] = field(default_factory=dict)
    file: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as it was read from a file, in one language. `lines` are the lines of its parts, where they differ."""

    line: int
    question: Question
    lines: Mapping[str, int] = field(default_factory=dict)
    file: int = 0

    def wrong(self, code: str, part: str = "", **params: object) -> Finding:
        """A mistake in a part of this question."""
        line = self.lines.get(part) or self.lines.get("_".join(part.split("_")[:2])) or self.line
        return Finding(line, code, part, self.question.id, params, self.file)


@dataclass(slots=True)
class Taken:
    """A file that was read: its questions, what is wrong, which questions cannot be taken and why, and what of the others
    is lost."""

    entries: list[Entry] = field(default_factory=list)
    mistakes: list[Finding] = field(default_factory=list)
    left_out: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whether there is more in it than a file may have."""
        found = {entry.line for entry in self.entries} if len(self.entries) > MOST_QUESTIONS else ()
        return max(len(found), len(self.mistakes), len(self.left_out)) > MOST_QUESTIONS
