"""Reading what stands on the operator's desk: sheets, articles of the knowledge base, snippets, other customers."""

from __future__ import annotations

from trainer.content.reading import Fields, Node
from trainer.domain.desk import SHEET_KINDS, Article, OtherCustomer, Sheet, Snippet


def read_sheet(node: Node) -> Sheet:
    with node.fields() as f:
        return Sheet(id=f.id(), label=f.text("label"), kind=f.choice("kind", SHEET_KINDS))


def read_article(node: Node) -> Article:
    with node.fields() as f:
        return Article(
            id=f.id(),
            title=f.text("title"),
            body=f.texts("body", least=1),
            keywords=f.texts("keywords", default=()),
        )


def read_snippet(node: Node) -> Snippet:
    with node.fields() as f:
        return Snippet(id=f.id(), label=f.text("label"), text=f.text("text"))


def read_customer(node: Node) -> OtherCustomer:
    with node.fields() as f:
        return OtherCustomer(
            name=f.text("name"),
            reference=f.text("reference"),
            phone=f.text("phone"),
            lines=_read_lines(f),
        )


def _read_lines(f: Fields) -> tuple[tuple[str, str], ...]:
    """`lines:` maps a label to what stands beside it, once or a language."""
    found = f.get("lines", default=None)
    node = found.in_language() if found is not None else None
    if node is None:
        return ()
    if not node.is_mapping:
        node.wrong("must be a mapping of labels to values")
        return ()
    return tuple((label, place.text()) for label, place in node.members().items())
