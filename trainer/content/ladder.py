"""The career ladder: trainer/ladder/<version>.yaml to `domain.career.Ladder`.

A file has: version (its own name without .yaml), and categories, the lowest first: id, title {en, fr}, about {en, fr};
where it can be decided also validity_months (1 to 600), gates and alignments. A gate has id, kind (`GATE_KINDS`), title
{en, fr}, threshold (1 to 50, 1 if not given) and, of kind "course", the course's slug. An alignment has framework, code
(text, in quotes), name, url.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from trainer.content.yaml_nodes import NodeReader
from trainer.domain.career import GATE_KINDS, Alignment, Category, Gate, Ladder

FOLDER = Path(__file__).resolve().parent.parent / "ladder"
CURRENT = "ladder-1"


def _gate(read: NodeReader, node: Any) -> Gate:
    row = read.keys(node, ("id", "kind", "title"), ("threshold", "course"))
    if row["kind"] not in GATE_KINDS:
        read.fault(node, f"kind {row['kind']!r} is not one of {', '.join(GATE_KINDS)}")
    if (row["kind"] == "course") != (row["course"] is not None):
        read.fault(node, "'course' (a course's slug) belongs to gates of kind 'course', and only to those")
    threshold = 1 if row["threshold"] is None else read.whole(row["threshold"], node, "threshold", 1, 50)
    return Gate(
        id=read.word(row["id"], node, "id"),
        kind=str(row["kind"]),
        threshold=threshold,
        title=read.texts(row["title"], node, "title"),
        course="" if row["course"] is None else read.word(row["course"], node, "course"),
    )


def _alignment(read: NodeReader, node: Any) -> Alignment:
    row = read.keys(node, ("framework", "code", "name", "url"))
    return Alignment(**{key: read.word(value, node, key) for key, value in row.items()})


def _category(read: NodeReader, node: Any, rank: int) -> Category:
    row = read.keys(node, ("id", "title", "about"), ("validity_months", "gates", "alignments"))
    gates = tuple(_gate(read, item) for item in read.rows(row["gates"], node, "gates"))
    for double in sorted({g.id for g in gates if sum(g.id == other.id for other in gates) > 1}):
        read.fault(node, f"gate {double!r} stands twice")
    if bool(gates) != (row["validity_months"] is not None):
        read.fault(node, "'gates' and 'validity_months' belong together")
    months = row["validity_months"]
    return Category(
        id=read.word(row["id"], node, "id"),
        rank=rank,
        title=read.texts(row["title"], node, "title"),
        about=read.texts(row["about"], node, "about"),
        gates=gates,
        validity_months=0 if months is None else read.whole(months, node, "validity_months", 1, 600),
        alignments=tuple(_alignment(read, item) for item in read.rows(row["alignments"], node, "alignments")),
    )


def read_ladder(path: Path) -> Ladder:
    """Read one file. Raises ContentError with every fault found."""
    read = NodeReader(path)
    root = read.load()
    row = read.keys(root, ("version", "categories"))
    nodes = read.rows(row["categories"], root, "categories")
    categories = tuple(_category(read, node, rank) for rank, node in enumerate(nodes))
    for double in sorted({c.id for c in categories if sum(c.id == other.id for other in categories) > 1}):
        read.fault(root, f"category {double!r} stands twice")
    if row["version"] != path.stem:
        read.fault(root, f"'version' is {row['version']!r}; it has to be the file's name, {path.stem!r}")
    if not categories:
        read.fault(root, "'categories' is empty")
    read.finish()
    return Ladder(path.stem, categories)


@lru_cache(maxsize=4)
def load_ladder(version: str = CURRENT) -> Ladder:
    """The ladder of that version, read once."""
    return read_ladder(FOLDER / f"{version}.yaml")
