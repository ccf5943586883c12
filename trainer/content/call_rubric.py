"""Rubrics for whole calls: trainer/rubrics/<version>.yaml to `CallRubric`.

A file has: id (`call`, `service`), version, thresholds (the fields of `Thresholds`, a number each; explaining_words only
with the criterion `clarity`) and `criteria`, those of that id: id, weight (percent, together 100), title {en, fr}, checks (id "<criterion>.<check>" of `call_rubric.CHECKS`, weight 1 to 10, question
{en, fr}). Unknown or missing keys are errors with file and line, and all errors of a file are told at once.
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError

from trainer.content.rubrics import FOLDER, RubricError, RubricReader
from trainer.domain.grade import RUBRIC_CRITERIA
from trainer.domain.grading.call_rubric import (
    CHECKS,
    CallCheck,
    CallCriterion,
    CallRubric,
    Thresholds,
    rubric_version,
)
from trainer.domain.scenario import Case


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


def _thresholds(read: RubricReader, node: Any, criteria: tuple[CallCriterion, ...]) -> Thresholds:
    asked_clarity = any(one.id == "clarity" for one in criteria)
    row = read.keys(node, tuple(f.name for f in fields(Thresholds) if f.default is MISSING or asked_clarity))
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
    wanted = RUBRIC_CRITERIA.get(str(row["id"]), ())
    if not wanted:
        read.fault(root, f"id is {row['id']!r}; {' or '.join(RUBRIC_CRITERIA)} is right")
    elif tuple(c.id for c in criteria) != wanted:
        read.fault(root, f"the criteria have to be {', '.join(wanted)}, in this order")
    if sum(c.weight for c in criteria) != 100:
        read.fault(root, f"the weights add up to {sum(c.weight for c in criteria)}; 100 is right")
    if not read.faults and row["version"] != path.stem:
        read.fault(root, f"the version is {row['version']!r}; the file's own name, {path.stem!r}, is right")
    thresholds = _thresholds(read, row["thresholds"], criteria)
    if read.faults:
        raise RubricError("\n".join(read.faults))
    return CallRubric(str(row["id"]), str(row["version"]), thresholds, criteria)


def call_rubric_files() -> dict[str, Path]:
    """The file of each version of a call rubric, those no longer in force too."""
    return {p.stem: p for name in RUBRIC_CRITERIA for p in sorted(FOLDER.glob(f"{name}-*.yaml"))}


@lru_cache(maxsize=8)
def call_rubric(version: str) -> CallRubric:
    """The call rubric of that version (of a case: `rubric_version`). Raises KeyError for an unknown version."""
    return read_call_rubric(call_rubric_files()[version])


def rubric_of(case: Case) -> CallRubric:
    """The rubric that a call of this case is graded by."""
    return call_rubric(rubric_version(case))
