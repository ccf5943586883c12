"""Rubrics for whole calls: trainer/rubrics/<version>.yaml to `CallRubric`.

A file has: id, version, thresholds (every field of `Thresholds`, a number each) and `criteria`: id, weight (percent,
together 100), title {en, fr}, checks (id "<criterion>.<check>" of `call_rubric.CHECKS`, weight 1 to 10, question
{en, fr}). Unknown or missing keys are errors with file and line, and all errors of a file are told at once.
"""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from trainer.content.rubrics import FOLDER, RubricError, RubricReader
from trainer.domain.grade import CALL_CRITERIA
from trainer.domain.grading.call_rubric import CHECKS, CallCheck, CallCriterion, CallRubric, Thresholds

CURRENT = "call-1"


def _check(read: RubricReader, node: Any, criterion: str) -> CallCheck:
    row = read.keys(node, ("id", "weight", "question"))
    known = tuple(f"{criterion}.{name}" for name in CHECKS.get(criterion, ()))
    if row["id"] not in known:
        read.fault(node, f"check {row['id']!r} is not one of {', '.join(known)}")
    return CallCheck(str(row["id"]), int(read.number(row["weight"], node, "weight", 1, 10)), read.text(row["question"]))


def _criterion(read: RubricReader, node: Any) -> CallCriterion:
    row = read.keys(node, ("id", "weight", "title", "checks"))
    criterion = str(row["id"])
    checks = tuple(_check(read, item, criterion) for item in read.rows(row["checks"], node, "checks"))
    for double in {c.id for c in checks if sum(c.id == other.id for other in checks) > 1}:
        read.fault(node, f"check {double!r} stands twice")
    weight = int(read.number(row["weight"], node, "weight", 0, 100))
    return CallCriterion(criterion, weight, read.text(row["title"]), checks)


def _thresholds(read: RubricReader, node: Any) -> Thresholds:
    row = read.keys(node, tuple(f.name for f in fields(Thresholds)))
    return Thresholds(**{name: read.number(value, node, name, 0, 10_000) for name, value in row.items()})


def read_call_rubric(path: Path) -> CallRubric:
    """Read one file. Raises RubricError with every fault found."""
    read = RubricReader(path)
    try:
        root = YAML(typ="rt").load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RubricError(f"{path.name}:{line}: not YAML: {error.problem}") from None
    row = read.keys(root, ("id", "version", "thresholds", "criteria"))
    criteria = tuple(_criterion(read, node) for node in read.rows(row["criteria"], root, "criteria"))
    if tuple(c.id for c in criteria) != CALL_CRITERIA:
        read.fault(root, f"the criteria have to be {', '.join(CALL_CRITERIA)}, in this order")
    if sum(c.weight for c in criteria) != 100:
        read.fault(root, f"the weights add up to {sum(c.weight for c in criteria)}; 100 is right")
    if not read.faults and row["version"] != path.stem:
        read.fault(root, f"the version is {row['version']!r}; the file's own name, {path.stem!r}, is right")
    thresholds = _thresholds(read, row["thresholds"])
    if read.faults:
        raise RubricError("\n".join(read.faults))
    return CallRubric(str(row["id"]), str(row["version"]), thresholds, criteria)


@lru_cache(maxsize=8)
def call_rubric(version: str = CURRENT) -> CallRubric:
    """The call rubric of that version. Raises KeyError for an unknown version."""
    known = {p.stem: p for p in FOLDER.glob("call-*.yaml")}
    return read_call_rubric(known[version])
