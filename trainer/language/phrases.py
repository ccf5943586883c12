"""A small language for writing the phrases people say, compiled to regular expressions over folded text.

    (i|we) [really|do] understand        round brackets: one of these; square brackets, or (...)?: may be missing
    pas [de] frais                       words may be parted by spaces, hyphens, commas and fillers ("euh", "um")
    rembours*                            a star ends a word any way it likes
    you ... decide                       three dots: up to four other words
    {customer_not}                       a named group from `MACROS`
    ^bonjour / au revoir$                the start or the end of the turn

Accents and casing do not matter, and an apostrophe may be missing or followed by a space ("j ai", "im", "dont").
Each phrase also yields the letters that any match must contain, so that most phrases are ruled out by a plain
substring test before the regular expression is tried. That keeps hundreds of phrases within a millisecond a turn.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from trainer.language.folding import plain
from trainer.language.lexicon import FILLERS, MACROS

_FILLER = "|".join(sorted((re.escape(f) for f in FILLERS), key=len, reverse=True))
SEPARATOR = rf"(?:[\s,\-]|\.\.)+(?:(?:{_FILLER})[\s,\-.]+)*"
_WORD = r"[\w'@%+]+"
_GAP = rf"(?:{_WORD}{SEPARATOR}){{0,4}}?"
_TOKEN = re.compile(r"\.\.\.|[()\[\]|?]|\{\w+\}|\^|\$|[^\s()\[\]|{}^$?]+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase: `needs` are texts of which a match always contains at least one."""

    source: str
    pattern: re.Pattern[str]
    needs: tuple[str, ...]

    def find(self, folded: str) -> re.Match[str] | None:
        """The first match, or None."""
        needs = self.needs
        if needs and not any(need in folded for need in needs):
            return None
        return self.pattern.search(folded)

    def find_all(self, folded: str) -> Iterable[re.Match[str]]:
        """Every match, from left to right."""
        if self.needs and not any(need in folded for need in self.needs):
            return ()
        return self.pattern.finditer(folded)


class PhraseError(ValueError):
    """A phrase is not well formed."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Part of a phrase: its expression, letters a match must contain one of (None: no such set), may it be missing."""

    regex: str
    needs: frozenset[str] | None
    optional: bool = False


def _literal(word: str) -> _Piece:
    open_end = word.endswith("*")
    core = word[:-1] if open_end else word
    parts = core.split("'")
    regex = r"(?:'\s?|\s)?".join(re.escape(p) for p in parts)
    if open_end:
        regex += r"\w*"
    longest = max(parts, key=len)
    return _Piece(regex, frozenset({longest}) if longest else None)


def _best(sets: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """The most selective of several sets that all must be met: long letters, few choices."""
    known = [s for s in sets if s]
    return max(known, key=lambda s: (min(len(x) for x in s), -len(s)), default=None)


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens = _TOKEN.findall(plain(source))
        self.at = 0

    def parse(self, closing: str = "") -> _Piece:
        branches = [self._sequence(closing)]
        while self._peek() == "|":
            self.at += 1
            branches.append(self._sequence(closing))
        if len(branches) == 1:
            return branches[0]
        needs: frozenset[str] | None = frozenset()
        for branch in branches:
            needs = None if needs is None or branch.needs is None else needs | branch.needs
        return _Piece("(?:" + "|".join(b.regex for b in branches) + ")", needs)

    def _peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def _sequence(self, closing: str) -> _Piece:
        pieces: list[_Piece] = []
        while (token := self._peek()) and token != "|" and token != closing:
            self.at += 1
            if token == "(":
                piece = self._group(")")
                if self._peek() == "?":
                    self.at += 1
                    piece = _Piece(piece.regex, None, optional=True)
                pieces.append(piece)
            elif token == "[":
                inner = self._group("]")
                pieces.append(_Piece(inner.regex, None, optional=True))
            elif token == "...":
                pieces.append(_Piece(_GAP, None))
            elif token == "^":
                pieces.append(_Piece(r"\A\W*", None))
            elif token == "$":
                pieces.append(_Piece(r"\W*\Z", None))
            elif token.startswith("{"):
                pieces.append(_macro(token[1:-1]))
            elif token in ")]":
                raise PhraseError(f"unexpected {token!r} in {self.source!r}")
            else:
                pieces.append(_literal(token))
        return _Piece(_join(pieces), _best(p.needs for p in pieces))

    def _group(self, closing: str) -> _Piece:
        inner = self.parse(closing)
        if self._peek() != closing:
            raise PhraseError(f"{closing!r} is missing in {self.source!r}")
        self.at += 1
        return _Piece(f"(?:{inner.regex})", inner.needs, inner.optional)


def _join(pieces: list[_Piece]) -> str:
    """Pieces one after the other: a separator belongs to the piece it may vanish with."""
    out = ""
    needs_separator = False
    for number, piece in enumerate(pieces):
        bare = piece.regex in (r"\A\W*", r"\W*\Z", _GAP)
        if piece.optional:
            if needs_separator:
                out += f"(?:{SEPARATOR}{piece.regex})?"
            elif number == len(pieces) - 1:
                out += f"(?:{piece.regex})?"
            else:
                out += f"(?:{piece.regex}{SEPARATOR})?"
            continue
        if needs_separator and piece.regex != r"\W*\Z":
            out += SEPARATOR
        out += piece.regex
        needs_separator = not bare
    return out


@lru_cache(maxsize=512)
def _macro(name: str) -> _Piece:
    if name not in MACROS:
        raise PhraseError(f"no macro {name!r}")
    piece = _Parser(MACROS[name]).parse()
    return _Piece(f"(?:{piece.regex})", piece.needs)


@lru_cache(maxsize=8192)
def compile_phrase(source: str) -> Phrase:
    """Compile one phrase. Raises PhraseError."""
    parser = _Parser(source)
    piece = parser.parse()
    if parser._peek():
        raise PhraseError(f"unexpected {parser._peek()!r} in {source!r}")
    return Phrase(source, re.compile(rf"(?<!\w){piece.regex}(?!\w)"), tuple(sorted(piece.needs or ())))
