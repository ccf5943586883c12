"""The career ladder: trainer/ladder/<version>.yaml, or an organisation's edition of one, to `domain.ladder.Ladder`.

A file has: version (its own name without .yaml), margin (0 to 30, see `Ladder`), and categories, the lowest first: id,
title {en, fr}, about {en, fr}; where it can be decided also validity_months (1 to 600), gates, renewal (gates),
renewal_months (1 to 24) and alignments. A gate has id, kind, title {en, fr} and what its kind asks for (`FIELDS`). An
alignment has framework, code (text, in quotes), name, url.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from trainer.content.yaml_nodes import NodeReader
from trainer.domain import ladder as kinds
from trainer.domain.ladder import CRITERIA, GATE_KINDS, MEASURES, MOST_MARGIN, Alignment, Category, Gate, Ladder
from trainer.domain.scenario import DUTIES

FOLDER = Path(__file__).resolve().parent.parent / "ladder"
CURRENT = "ladder-2"
MOST_COUNT = 50
MOST_GATES, MOST_CATEGORIES = 16, 20

FIELDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # kind: fields that it needs, fields that it may have
    kinds.SIGNATURE: ((), ()),
    kinds.COURSE: (("courses",), ()),
    kinds.EXAM: (("exam",), ()),
    kinds.DRILL: (("drill",), ()),
    kinds.TYPING: (("threshold",), ()),
    kinds.SCENARIOS: (("threshold",), ("scenarios", "duties", "difficulty")),
    kinds.CLEAN_CALLS: (("threshold",), ()),
    kinds.DELIVERY: (("threshold", "measure", "last"), ("at_most",)),
    kinds.WORK: (("threshold", "criterion", "months"), ("at_most",)),
    kinds.HELD: (("threshold", "category"), ()),
    kinds.ATTESTATION: ((), ("threshold",)),
}
DRILLS = ("diction", "listening")
RANGES: Mapping[str, tuple[int, int]] = {
    "margin": (0, MOST_MARGIN), "validity_months": (1, 600), "renewal_months": (1, 24), "scenarios": (1, MOST_COUNT),
    "difficulty": (1, 5), "last": (1, MOST_COUNT), "months": (1, 36),
}  # fmt: skip
"""The whole numbers of a ladder, from and to; a threshold's depends on its kind (`threshold_range`)."""
MEASURED_KINDS = (kinds.DELIVERY, kinds.WORK)
"""Kinds whose threshold may have decimals."""


def threshold_range(kind: str) -> tuple[int, int]:
    """From and to."""
    if kind in MEASURED_KINDS:
        return 0, 100_000
    return 1, {kinds.TYPING: 200, kinds.HELD: 120, kinds.ATTESTATION: 5}.get(kind, MOST_COUNT)


def _gate(read: NodeReader, node: Any) -> Gate:
    kind = node.get("kind") if isinstance(node, dict) else None
    if kind not in GATE_KINDS:
        read.fault(node, f"kind {kind!r} is not one of {', '.join(GATE_KINDS)}")
        kind = kinds.SIGNATURE
        row = read.keys(node, ("id", "title"), tuple(node) if isinstance(node, dict) else ())
    else:
        needed, possible = FIELDS[kind]
        row = read.keys(node, ("id", "kind", "title", *needed), possible)
    courses = tuple(read.word(slug, node, "courses") for slug in read.rows(row.get("courses"), node, "courses"))
    if kind == kinds.COURSE and not courses:
        read.fault(node, "'courses' is empty; the slugs of one course or more are right")
    gate_id = read.word(row["id"], node, "id")
    if gate_id and not re.fullmatch(r"[a-z0-9-]{1,40}", gate_id):
        read.fault(node, f"'id' is {gate_id!r}; small letters, figures and hyphens are right")
    return Gate(
        id=gate_id,
        kind=kind,
        threshold=_threshold(read, node, row, kind, len(courses)),
        title=read.texts(row["title"], node, "title"),
        courses=courses,
        exam=_word(read, node, row, "exam"),
        drill=_one_of(read, node, row, "drill", DRILLS),
        scenarios=_whole(read, node, row, "scenarios"),
        duties=_duties(read, node, row),
        difficulty=_whole(read, node, row, "difficulty", 1),
        measure=_one_of(read, node, row, "measure", MEASURES),
        last=_whole(read, node, row, "last"),
        criterion=_one_of(read, node, row, "criterion", CRITERIA),
        months=_whole(read, node, row, "months"),
        category=_word(read, node, row, "category"),
        at_most=_flag(read, node, row, "at_most"),
    )


def _threshold(read: NodeReader, node: Any, row: Mapping[str, Any], kind: str, courses: int) -> float:
    value = row.get("threshold")
    if kind == kinds.COURSE:
        return courses
    low, high = threshold_range(kind)
    if kind in MEASURED_KINDS:
        if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
            return value
        read.fault(node, f"'threshold' is {value!r}; a number from {low} to {high} is right")
        return 0
    return 1 if value is None else read.whole(value, node, "threshold", low, high)


def _word(read: NodeReader, node: Any, row: Mapping[str, Any], name: str) -> str:
    return "" if row.get(name) is None else read.word(row[name], node, name)


def _one_of(read: NodeReader, node: Any, row: Mapping[str, Any], name: str, known: tuple[str, ...]) -> str:
    value = row.get(name)
    if value is not None and value not in known:
        read.fault(node, f"{name!r} is {value!r}; one of {', '.join(known)} is right")
    return str(value) if value in known else ""


def _whole(read: NodeReader, node: Any, row: Mapping[str, Any], name: str, default: int = 0) -> int:
    return default if row.get(name) is None else read.whole(row[name], node, name, *RANGES[name])


def _flag(read: NodeReader, node: Any, row: Mapping[str, Any], name: str) -> bool:
    value = row.get(name)
    if value is not None and not isinstance(value, bool):
        read.fault(node, f"{name!r} is {value!r}; true or false is right")
    return value is True


def _duties(read: NodeReader, node: Any, row: Mapping[str, Any]) -> tuple[str, ...]:
    found = tuple(read.word(duty, node, "duties") for duty in read.rows(row.get("duties"), node, "duties"))
    for duty in found:
        if duty not in DUTIES:
            read.fault(node, f"'duties' names {duty!r}; ids of duties are right, such as IN4 or OUT2")
    return found


def _alignment(read: NodeReader, node: Any) -> Alignment:
    row = read.keys(node, ("framework", "code", "name", "url"))
    return Alignment(**{key: read.word(value, node, key) for key, value in row.items()})


def _gates(read: NodeReader, node: Any, row: Mapping[str, Any], name: str) -> tuple[Gate, ...]:
    rows = read.rows(row[name], node, name)
    if len(rows) > MOST_GATES:
        read.fault(node, f"{name!r} has {len(rows)} rows; {MOST_GATES} are right at most")
    gates = tuple(_gate(read, item) for item in rows[:MOST_GATES])
    for double in sorted({g.id for g in gates if sum(g.id == other.id for other in gates) > 1}):
        read.fault(node, f"gate {double!r} stands twice")
    return gates


def _category(read: NodeReader, node: Any, rank: int) -> Category:
    optional = ("validity_months", "gates", "renewal", "renewal_months", "alignments")
    row = read.keys(node, ("id", "title", "about"), optional)
    gates, renewal = _gates(read, node, row, "gates"), _gates(read, node, row, "renewal")
    if bool(gates) != (row["validity_months"] is not None):
        read.fault(node, "'gates' and 'validity_months' belong together")
    if bool(renewal) != (row["renewal_months"] is not None):
        read.fault(node, "'renewal' and 'renewal_months' belong together")
    return Category(
        id=read.word(row["id"], node, "id"),
        rank=rank,
        title=read.texts(row["title"], node, "title"),
        about=read.texts(row["about"], node, "about"),
        gates=gates,
        validity_months=_whole(read, node, row, "validity_months"),
        renewal=renewal,
        renewal_months=_whole(read, node, row, "renewal_months"),
        alignments=tuple(_alignment(read, item) for item in read.rows(row["alignments"], node, "alignments")),
    )


def read_ladder(path: Path, text: str | None = None) -> Ladder:
    """Read one file, or `text` as if it stood there. Raises ContentError with every fault found."""
    read = NodeReader(path, text)
    root = read.load()
    row = read.keys(root, ("version", "categories"), ("margin",))
    nodes = read.rows(row["categories"], root, "categories")[:MOST_CATEGORIES]
    categories = tuple(_category(read, node, rank) for rank, node in enumerate(nodes))
    ids = [category.id for category in categories]
    for double in sorted({one for one in ids if ids.count(one) > 1}):
        read.fault(root, f"category {double!r} stands twice")
    for category, node in zip(categories, nodes, strict=True):
        for gate in (*category.gates, *category.renewal):
            if gate.category and gate.category not in ids[: category.rank + 1]:
                read.fault(node, f"gate {gate.id!r}: {gate.category!r} is no category of this ladder up to this one")
    if row["version"] != path.stem:
        read.fault(root, f"'version' is {row['version']!r}; it has to be the file's name, {path.stem!r}")
    if not categories:
        read.fault(root, "'categories' is empty")
    margin = _whole(read, root, row, "margin")
    read.finish()
    return Ladder(path.stem, categories, margin)


@lru_cache(maxsize=8)
def load_ladder(version: str = CURRENT) -> Ladder:
    """The house's ladder of that version, read once. Raises ContentError where there is none."""
    return read_ladder(FOLDER / f"{version}.yaml")
