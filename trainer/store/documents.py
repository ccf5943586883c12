"""Domain dataclasses as JSON documents and back, for tables that keep one whole (a scenario version, a grade).

Shapes: a dataclass is an object with its fields, a tuple a list, a mapping an object with string keys, a moment its ISO form. A field that the
document lacks takes its default, and one that it has too much is ignored: older and newer documents stay readable.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_document(value: Any) -> Any:
    """JSON-ready form of a dataclass, tuple, mapping or plain value."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_document(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_document(item) for key, item in value.items()}
    if isinstance(value, tuple | list | frozenset | set):
        return [to_document(item) for item in value]
    return value.isoformat() if isinstance(value, datetime) else value


def from_document(kind: type[T], document: Mapping[str, Any]) -> T:
    """The dataclass `kind` from its document. Raises TypeError when a field without default is missing."""
    known = _hints(cast("Any", kind))
    return kind(**{name: _build(known[name], document[name]) for name in known if name in document})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in fields(kind) if f.init}


def _build(kind: Any, value: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if value is None:
        return None
    if origin in (Union, types.UnionType):
        return _build(next(part for part in inner if part is not type(None)), value)
    if origin is tuple:
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_build(inner[0], item) for item in value)
        return tuple(_build(part, item) for part, item in zip(inner, value, strict=True))
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: _build(inner[1], item) for key, item in value.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        return from_document(kind, value)
    return datetime.fromisoformat(value) if kind is datetime else value
