"""What the operator's screen offers beside the record of this call: sheets to fill, articles, snippets, other customers."""

from __future__ import annotations

from dataclasses import dataclass

SHEET_KINDS = ("order", "ticket", "appointment", "survey", "contact", "callback", "report", "request")
LOOKUPS = ("popup", "search")
"""How the customer's record comes up: by itself (the number was known), or only when it is searched for."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form on the desk; fields name it by its id."""

    id: str
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Article:
    """A page of the company's knowledge base. `body` is paragraphs; `keywords` are further words it is found by."""

    id: str
    title: str
    body: tuple[str, ...]
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text that operators put into notes and messages, with gaps to fill ("[date]")."""

    id: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class OtherCustomer:
    """Somebody else in the same database, found when a search is careless. `lines` are (label, value) of their record."""

    name: str
    reference: str
    phone: str
    lines: tuple[tuple[str, str], ...] = ()
