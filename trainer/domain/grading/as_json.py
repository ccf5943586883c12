"""Grades as JSON and back. Shapes follow the dataclasses of `trainer.domain.grade`: an object a dataclass, with its
field names; tuples are arrays. Older documents that lack a later field take its default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any

from trainer.domain.grade import (
    Advice,
    CallGrade,
    Check,
    CriterionGrade,
    ErrorFound,
    Evidence,
    FieldGrade,
    ObjectionGrade,
    ReplyEvidence,
    ReplyGrade,
)


def grade_as_json(grade: CallGrade) -> dict[str, Any]:
    """The grade as a JSON object."""
    data: dict[str, Any] = _plain(grade)
    return data


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


def grade_from_json(data: Mapping[str, Any]) -> CallGrade:
    """The grade again. Raises KeyError or TypeError for what is no grade."""
    rest = _known(CallGrade, data)
    rest["criteria"] = tuple(_criterion(row) for row in data["criteria"])
    rest["objections"] = tuple(_objection(row) for row in data["objections"])
    rest["errors"] = tuple(
        ErrorFound(**{**_known(ErrorFound, row), "evidence": _evidence(row["evidence"])}) for row in data["errors"]
    )
    rest["record"] = tuple(FieldGrade(**_known(FieldGrade, row)) for row in data["record"])
    rest["figures"] = dict(data["figures"])
    rest["undecided"] = tuple(data["undecided"])
    rest["advice"] = Advice(**_known(Advice, data["advice"])) if data.get("advice") else None
    return CallGrade(**rest)


def _known(kind: type, row: Mapping[str, Any]) -> dict[str, Any]:
    """The members that this version knows; later ones are ignored."""
    names = {field.name for field in fields(kind)}
    return {key: value for key, value in row.items() if key in names}


def _evidence(rows: Sequence[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(**_known(Evidence, row)) for row in rows)


def _criterion(row: Mapping[str, Any]) -> CriterionGrade:
    checks = tuple(
        Check(**{**_known(Check, one), "evidence": _evidence(one["evidence"]), "params": dict(one["params"])})
        for one in row["checks"]
    )
    return CriterionGrade(**{**_known(CriterionGrade, row), "checks": checks})


def _objection(row: Mapping[str, Any]) -> ObjectionGrade:
    reply = row["grade"]
    evidence = tuple(ReplyEvidence(**_known(ReplyEvidence, one)) for one in reply["evidence"])
    grade = ReplyGrade(**{**_known(ReplyGrade, reply), "undecided": tuple(reply["undecided"]), "evidence": evidence})
    return ObjectionGrade(**{**_known(ObjectionGrade, row), "grade": grade})
