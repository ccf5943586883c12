"""How much room a name needs on paper, and which way it is written. Pure; no font is asked.

The width is counted in average letters of a Latin text face. It is meant to be too large rather than too small: a name
that is set a size smaller than it could be looks well, one that does not fit does not.
"""

from __future__ import annotations

import unicodedata

SIZES = ((18, "xl"), (26, "l"), (36, "m"), (54, "s"), (84, "xs"))
"""Widest name, in average letters, for each size of type; anything wider is "xxs". Longer ones wrap."""
LONGEST_WORD = 30
"""A word that is wider than this is set in "xs" at most, where it can be broken within a line."""
NARROW, WIDE = frozenset("ijlt'’.,;:|!fr-()[]1ıіїј"), frozenset("mwMWÆŒ@%шщжюыфмШЩЖЮЫФМ—")


def width_of(text: str) -> float:
    """In average letters: capitals and wide scripts count for more, marks that stand above or below for nothing."""
    return sum(_one(sign) for sign in text)


def _one(sign: str) -> float:
    kind = unicodedata.category(sign)
    if kind in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(sign) in "WF":
        return 2.1
    if kind == "So":
        return 2.4
    if sign in WIDE:
        return 1.65
    if sign in NARROW or sign.isspace():
        return 0.6
    return 1.35 if sign.isupper() else 1.05


def size_of(text: str) -> str:
    """The size of type for a name: xl, l, m, s, xs, xxs."""
    longest = max((width_of(word) for word in text.split()), default=0.0)
    width = width_of(text)
    if longest > LONGEST_WORD:
        width = max(width, SIZES[-2][0] + 1)
    return next((size for limit, size in SIZES if width <= limit), "xxs")


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is written from right to left (rule P2 of Unicode's annex 9)."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in ("R", "AL"):
            return True
        if direction == "L":
            return False
    return False
