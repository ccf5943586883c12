"""Text folded to plain lower-case letters for matching, with the way back to the places in the text as it was written.

Recognizers and hurried typists drop accents, casing and apostrophes, so everything is matched on the folded text;
whatever is shown to a person is cut from the original. `Folded.back(start, end)` gives the original span.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LIMIT = 20_000
"""Characters of one turn that are read: about ten minutes of speech. What follows is left out, so time stays bounded."""

_SAME = {
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\n": " ", "\r": " ", "“": '"', "”": '"', "«": '"',
    "»": '"', "…": ".", "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d",
}  # fmt: skip


@lru_cache(maxsize=4096)
def _fold_char(char: str) -> str:
    if "\ud800" <= char <= "\udfff":
        return " "  # half a character from broken JSON: no library takes it
    lower = char.lower()
    if lower in _SAME:
        return _SAME[lower]
    plain = "".join(c for c in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(c))
    return plain if plain.isascii() else lower


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is the folded form of `original`; `places` maps each of its characters to one of the original's.

    `places` is empty where both have the same length, which is the usual case.
    """

    original: str
    text: str
    places: tuple[int, ...] = ()

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a span of the folded text came from."""
        if not self.places:
            return start, end
        if start >= end:
            at = self.places[start] if start < len(self.places) else len(self.original)
            return at, at
        return self.places[start], self.places[end - 1] + 1


@lru_cache(maxsize=2048)
def fold(text: str) -> Folded:
    """Fold a turn. At most `LIMIT` characters are read."""
    original = text[:LIMIT]
    lower = original.lower()
    if lower.isascii() and len(lower) == len(original):
        return Folded(original, lower.replace("\t", " ").replace("\n", " ").replace("\r", " ").replace("`", "'"))
    pieces = [_fold_char(c) for c in original]
    folded = "".join(pieces)
    if all(len(p) == 1 for p in pieces):
        return Folded(original, folded)
    places = tuple(i for i, piece in enumerate(pieces) for _ in piece)
    return Folded(original, folded, places)


def plain(text: str) -> str:
    """The folded form alone, for keys, tables and comparisons."""
    return fold(text).text
