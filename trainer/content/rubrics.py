"""Rubrics for replies: trainer/rubrics/<version>.yaml to `ReplyRubric`.

A rubric file has: id, version, head_share (0 to 1), effect (points), doubt_gap (levels), recognition_floor (0 to 1),
sure_from (0 to 1), error_slack (points);
`hearing`: words (a list of 0 to 1), level (levels), overall (points), error_from (0 to 1);
`criteria`: id, weight (percent, together 100), base (level), title {en, fr}, levels (five texts {en, fr}, level 0
first), checks (id, points, text {en, fr}); `errors`, the gravest first: id, cap (0 to 100), decided_from and
doubtful_from (0 to 1), limits (criterion: level), text {en, fr}. Unknown or missing keys are errors with file and line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError

from trainer.content.typography import typeset
from trainer.domain.grade import REPLY_CRITERIA, REPLY_ERRORS
from trainer.domain.grading.rubric import CriticalError, HearingLimits, ReplyRubric, RubricCheck, RubricCriterion

FOLDER = Path(__file__).resolve().parent.parent / "rubrics"
CURRENT = "objection-1"
LANGUAGES = ("en", "fr")


_PLAIN = ("id", "version", "head_share", "effect", "doubt_gap", "recognition_floor", "sure_from", "error_slack")


class RubricError(ValueError):
    """A rubric file is wrong; the message holds one line a fault: file:line: what, and what would be right."""


class RubricReader:
    """Reads nodes and collects what is wrong with them, so that all faults of a file are told at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.faults: list[str] = []

    def fault(self, node: Any, text: str) -> None:
        line = node.lc.line + 1 if isinstance(node, CommentedMap | CommentedSeq) else 1
        self.faults.append(f"{self.path.name}:{line}: {text}")

    def keys(self, node: Any, wanted: Iterable[str]) -> Mapping[str, Any]:
        wanted = tuple(wanted)
        if not isinstance(node, CommentedMap):
            self.fault(node, f"a mapping with {', '.join(wanted)} is expected here")
            return dict.fromkeys(wanted)
        for key in node:
            if key not in wanted:
                self.fault(node, f"unknown key {key!r}; known here: {', '.join(wanted)}")
        for key in wanted:
            if key not in node:
                self.fault(node, f"{key!r} is missing")
        return {key: node.get(key) for key in wanted}

    def rows(self, node: Any, parent: Any, name: str) -> list[Any]:
        if isinstance(node, CommentedSeq):
            return list(node)
        self.fault(parent, f"{name!r} has to be a list")
        return []

    def number(self, value: Any, node: Any, name: str, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            self.fault(node, f"{name!r} is {value!r}; a number from {low:g} to {high:g} is right")
            return low
        return float(value)

    def text(self, node: Any) -> dict[str, str]:
        row = self.keys(node, LANGUAGES)
        for language in LANGUAGES:
            if not isinstance(row[language], str) or not row[language].strip():
                self.fault(node, f"the text in {language!r} is empty")
        return {language: typeset(str(row[language]), language) for language in LANGUAGES}


def _criterion(read: RubricReader, node: Any) -> RubricCriterion:
    row = read.keys(node, ("id", "weight", "base", "title", "levels", "checks"))
    if row["id"] not in REPLY_CRITERIA:
        read.fault(node, f"criterion {row['id']!r} is not one of {', '.join(REPLY_CRITERIA)}")
    levels = read.rows(row["levels"], node, "levels")
    if len(levels) != 5:
        read.fault(node, "five levels are right: 0 to 4")
    checks = []
    for item in read.rows(row["checks"], node, "checks"):
        check = read.keys(item, ("id", "points", "text"))
        checks.append(
            RubricCheck(str(check["id"]), read.number(check["points"], item, "points", -4, 4), read.text(check["text"]))
        )
    return RubricCriterion(
        id=str(row["id"]),
        weight=int(read.number(row["weight"], node, "weight", 0, 100)),
        base=read.number(row["base"], node, "base", 0, 4),
        title=read.text(row["title"]),
        levels=tuple(read.text(level) for level in levels),
        checks=tuple(checks),
    )


def _error(read: RubricReader, node: Any) -> CriticalError:
    row = read.keys(node, ("id", "cap", "decided_from", "doubtful_from", "limits", "text"))
    if row["id"] not in REPLY_ERRORS:
        read.fault(node, f"critical error {row['id']!r} is not one of {', '.join(REPLY_ERRORS)}")
    limits = read.keys(row["limits"], REPLY_CRITERIA)
    return CriticalError(
        id=str(row["id"]),
        cap=int(read.number(row["cap"], node, "cap", 0, 100)),
        decided_from=read.number(row["decided_from"], node, "decided_from", 0, 1),
        doubtful_from=read.number(row["doubtful_from"], node, "doubtful_from", 0, 1),
        limits={c: int(read.number(v, node, c, 0, 4)) for c, v in limits.items()},
        text=read.text(row["text"]),
    )


def _hearing(read: RubricReader, node: Any, root: Any) -> HearingLimits:
    row = read.keys(node, ("words", "level", "overall", "error_from")) if node is not None else {}
    if not row:
        return HearingLimits((), 0, 0, 0)  # that the key is missing was told already
    place = node if isinstance(node, CommentedMap) else root
    return HearingLimits(
        words=tuple(read.number(w, place, "words", 0, 1) for w in read.rows(row["words"], place, "words")),
        level=read.number(row["level"], place, "level", 0, 4),
        overall=read.number(row["overall"], place, "overall", 0, 100),
        error_from=read.number(row["error_from"], place, "error_from", 0, 1),
    )


def read_rubric(path: Path) -> ReplyRubric:
    """Read one file. Raises RubricError with every fault found."""
    read = RubricReader(path)
    try:
        root = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RubricError(f"{path.name}:{line}: not YAML: {error.problem}") from None
    row = read.keys(root, (*_PLAIN, "hearing", "criteria", "errors"))
    criteria = tuple(_criterion(read, node) for node in read.rows(row["criteria"], root, "criteria"))
    errors = tuple(_error(read, node) for node in read.rows(row["errors"], root, "errors"))
    if tuple(c.id for c in criteria) != REPLY_CRITERIA:
        read.fault(root, f"the criteria have to be {', '.join(REPLY_CRITERIA)}, in this order")
    if sum(c.weight for c in criteria) != 100:
        read.fault(root, f"the weights add up to {sum(c.weight for c in criteria)}; 100 is right")
    if {e.id for e in errors} != set(REPLY_ERRORS):
        read.fault(root, f"the errors have to be {', '.join(REPLY_ERRORS)}")
    rubric = ReplyRubric(
        id=str(row["id"]),
        version=str(row["version"]),
        criteria=criteria,
        errors=errors,
        head_share=read.number(row["head_share"], root, "head_share", 0, 1),
        effect=int(read.number(row["effect"], root, "effect", 0, 100)),
        doubt_gap=read.number(row["doubt_gap"], root, "doubt_gap", 0, 4),
        recognition_floor=read.number(row["recognition_floor"], root, "recognition_floor", 0, 1),
        sure_from=read.number(row["sure_from"], root, "sure_from", 0, 1),
        error_slack=int(read.number(row["error_slack"], root, "error_slack", 0, 100)),
        hearing=_hearing(read, row["hearing"], root),
    )
    if read.faults:
        raise RubricError("\n".join(read.faults))
    return rubric


@lru_cache(maxsize=8)
def reply_rubric(version: str = CURRENT) -> ReplyRubric:
    """The rubric of that version. Raises KeyError for an unknown version."""
    known = {p.stem: p for p in FOLDER.glob("*.yaml")}
    return read_rubric(known[version])
