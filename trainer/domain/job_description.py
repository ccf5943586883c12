"""The job description as a document: its parts, its text with the blanks filled in, and the hash that names this text.

What somebody signs is a text: `canonical_text` of the document in one language. It reads as a person would write it down
(a line a heading, an item as its id and title with its text indented below), holds every letter that was shown, and can
be read back into its parts, so that a signature needs to keep nothing but the text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from trainer.domain import job
from trainer.domain.scenario import DUTIES

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "general": job.GENERAL,
    "knowledge": job.KNOWLEDGE,
    "inbound": tuple(duty for duty in DUTIES if duty.startswith("IN")),
    "outbound": tuple(duty for duty in DUTIES if duty.startswith("OUT")),
    "rights": job.RIGHTS,
    "responsibility": job.RESPONSIBILITY,
    "evaluation": job.EVALUATION,
    "provisions": job.PROVISIONS,
    "requirements": job.REQUIREMENTS,
}
"""The sections in order, and the ids of each."""
BLANKS = ("organisation", "manager", "workplace", "jurisdiction")
OWN_BLANKS = BLANKS[1:]
"""Those that an organisation fills in; its name it has."""

_BLANK = re.compile(r"\{(\w+)\}(\.?)")
_ELIDED = re.compile(r"\b([DdQq]u?)e \{organisation\}")
_CLAUSE = re.compile(r"([A-Z]+\d+) (.*)")
_PART, _INDENT = "== ", "    "
_VOWELS = "aàâäáãeéèêëiîïíoôöóuùûüúœæ"


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered statement; `titles` and `texts` by language, the texts with blanks as "{manager}"."""

    id: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    titles: Mapping[str, str]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class JobDescription:
    """A version of the document. `note` says by language what changed; `unfilled` stands in place of a blank that an
    organisation has not filled in: blank -> language -> words."""

    version: int
    note: Mapping[str, str]
    titles: Mapping[str, str]
    unfilled: Mapping[str, Mapping[str, str]]
    sections: tuple[Section, ...]

    def title_of(self, item_id: str, language: str) -> str:
        """The short name of an id; the id itself where the document has none of it."""
        items = (item for section in self.sections for item in section.items if item.id == item_id)
        found = next(items, None)
        return found.titles.get(language, found.titles["en"]) if found else item_id


@dataclass(frozen=True, slots=True)
class Clause:
    """An item as it is read: blanks filled, in one language. `text` may have several lines."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """The whole document as somebody reads it."""

    title: str
    parts: tuple[Part, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(clause for part in self.parts for clause in part.clauses)


def fill(document: JobDescription, language: str, blanks: Mapping[str, str]) -> Text:
    """The document in `language`; `blanks` by name, in that language. One that is empty or missing stays no gap: the
    document says what stands there."""
    name = blanks.get("organisation", "")
    known = {"organisation": name}
    for blank in OWN_BLANKS:
        words = document.unfilled[blank][language]
        known[blank] = blanks.get(blank, "") or _filled(words, {"organisation": name}, language)

    def put(text: str) -> str:
        return _filled(text, known, language)

    return Text(
        put(document.titles[language]),
        tuple(
            Part(
                put(section.titles[language]),
                tuple(Clause(i.id, put(i.titles[language]), put(i.texts[language])) for i in section.items),
            )
            for section in document.sections
        ),
    )


def _filled(text: str, known: Mapping[str, str], language: str) -> str:
    if language == "fr" and known["organisation"][:1].lower() in set(_VOWELS):
        text = _ELIDED.sub(r"\1’{organisation}", text)

    def word(gap: re.Match[str]) -> str:
        value = known[gap[1]]
        return value if value.endswith((".", "!", "?", "…")) else value + gap[2]

    return _BLANK.sub(word, text)


def canonical_text(text: Text) -> str:
    """The text as it is hashed, signed and kept: lines apart by "\\n", the last one ended."""
    lines = [text.title]
    for part in text.parts:
        lines += ["", _PART + part.title]
        for clause in part.clauses:
            lines += ["", f"{clause.id} {clause.title}", *(_INDENT + line for line in clause.text.split("\n"))]
    return "\n".join(lines) + "\n"


def read_text(text: str) -> Text:
    """A canonical text in its parts again. Raises ValueError for one that is none."""
    title, *lines = text.removesuffix("\n").split("\n")
    parts: list[tuple[str, list[tuple[str, str, list[str]]]]] = []
    for line in lines:
        if line.startswith(_PART):
            parts.append((line.removeprefix(_PART), []))
        elif line.startswith(_INDENT) and parts and parts[-1][1]:
            parts[-1][1][-1][2].append(line.removeprefix(_INDENT))
        elif (clause := _CLAUSE.fullmatch(line)) and parts:
            parts[-1][1].append((clause[1], clause[2], []))
        elif line:
            raise ValueError(f"no line of a job description: {line[:80]!r}")
    return Text(
        title,
        tuple(Part(head, tuple(Clause(i, name, "\n".join(rows)) for i, name, rows in items)) for head, items in parts),
    )


def text_hash(text: str) -> str:
    """SHA-256 of the canonical text in UTF-8, in hex."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def changed_items(earlier: Text, later: Text) -> tuple[str, ...]:
    """The ids whose title or text differs, in the order of the later text; then those that are gone."""
    before = {clause.id: clause for clause in earlier.clauses}
    after = {clause.id: clause for clause in later.clauses}
    return (*(i for i, clause in after.items() if before.get(i) != clause), *(i for i in before if i not in after))
