"""Spoken numbers as figures: a copy of the folded turn in which "quatre-vingt-dix-sept" reads 97, with the way back.

text2num finds the numbers; what it leaves alone is added: "oh" and "double seven" in dictated digits, "zero" without
its accent. "un", "one" and "a second" stay words, since they are said without a number being meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from text_to_num import find_numbers

from trainer.language.folding import Folded

_WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_ACCENTS = {"zero": "zéro", "deuxieme": "deuxième", "troisieme": "troisième", "cinquieme": "cinquième"}
_KEEP = {
    "en": {"one", "second", "a", "an", "first", "seconds", "third", "and"},
    "fr": {"un", "une", "second", "seconde", "et"},
}
_REPEATS = {"double": 2, "triple": 3, "treble": 3}


@dataclass(frozen=True, slots=True)
class Figures:
    """`text` with numbers in figures; `places[i]` is (start, end) in the folded text of its character i."""

    text: str
    places: tuple[tuple[int, int], ...]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The span in the folded text that a span of `text` came from."""
        if not self.places or start >= end:
            return 0, 0
        return self.places[start][0], self.places[min(end, len(self.places)) - 1][1]


class _Token:
    """A word for text2num."""

    __slots__ = ("end", "start", "word")

    def __init__(self, word: str, start: int, end: int) -> None:
        self.word, self.start, self.end = word, start, end

    def text(self) -> str:
        return self.word

    def nt_separated(self, _previous: object) -> bool:
        return False

    def not_a_number_part(self) -> bool:
        return False


def read_numbers(folded: Folded, language: str) -> Figures:
    """Figures for the numbers of a folded turn."""
    text = folded.text
    tokens = []
    for match in _WORD.finditer(text):
        word = match.group()
        if language == "fr":
            word = _ACCENTS.get(word, word)
        tokens.append(_Token(word, match.start(), match.end()))
    out: list[tuple[int, int, str]] = []
    if any(token.word[0].isalpha() for token in tokens):
        for number in find_numbers(tokens, language, 0):
            first, last = tokens[number.start], tokens[number.end - 1]
            if first is last and first.word in ("o", "oh"):
                continue
            if number.end - number.start == 1 and first.word in _KEEP[language]:
                if not _in_a_row(tokens, number.start, language):
                    continue
                out.append((first.start, last.end, "1"))
                continue
            out.append((first.start, last.end, number.text))
    out.extend(_ohs(text, out, language))
    return _replaced(text, sorted(out))


_DIGIT_WORDS = {
    "en": {"zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "double", "triple"},
    "fr": {"zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"},
}


def _in_a_row(tokens: list[_Token], at: int, language: str) -> bool:
    """A lone "one" counts as a digit between other dictated digits."""
    words = _DIGIT_WORDS[language]
    if tokens[at].word not in words:
        return False
    near = [tokens[i].word for i in (at - 2, at - 1, at + 1, at + 2) if 0 <= i < len(tokens) and tokens[i].word != ","]
    return sum(word in words or word.isdigit() or (len(word) == 1 and word.isalpha()) for word in near) >= 2


_OH = re.compile(
    r"(?<!\w)(?:(double|triple|treble)[\s,]+(\d|[a-z](?!\w)|oh|zero|one|two|three|four|five|six|seven|eight|nine)|(oh?))(?!\w)"
)
_DIGITS = {w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine".split())} | {"oh": "0"}


def _ohs(text: str, found: list[tuple[int, int, str]], language: str) -> list[tuple[int, int, str]]:
    """ "oh" beside digits is a nought; "double seven" is 77."""
    if language != "en" or "o" not in text:
        return []
    out = []
    starts = {start for start, _, _ in found}
    ends = {end for _, end, _ in found}
    for match in _OH.finditer(text):
        start, end = match.span()
        if match.group(1):
            unit = _DIGITS.get(match.group(2), match.group(2))
            at = match.start(2)
            found[:] = [f for f in found if f[0] != at or f[1] != end]
            out.append((start, end, unit * _REPEATS[match.group(1)]))
            continue
        after = re.compile(r"[\s,\-]+").match(text, end)
        before = text[:start].rstrip(" ,-")
        beside = after and (
            after.end() in starts
            or text[after.end() : after.end() + 1].isdigit()
            or text.startswith(("oh", "double", "triple"), after.end())
        )
        if match.group(3) == "o" and "," in (text[start - 2 : start - 1], text[end : end + 1]):
            continue  # a letter that is spelled
        if beside or len(before) in ends or (before[-1:].isdigit() and match.group(3) == "oh"):
            out.append((start, end, "0"))
    return out


def _replaced(text: str, changes: list[tuple[int, int, str]]) -> Figures:
    pieces: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    for start, end, figure in changes:
        if start < at:
            continue
        pieces.append(text[at:start])
        places.extend((i, i + 1) for i in range(at, start))
        pieces.append(figure)
        places.extend((start, end) for _ in figure)
        at = end
    pieces.append(text[at:])
    places.extend((i, i + 1) for i in range(at, len(text)))
    return Figures("".join(pieces), tuple(places))
