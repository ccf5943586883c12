"""Whether a name that somebody typed is the name of their account: as people would say so, not as machines do.

Case, accents, spaces, the shape of apostrophes and hyphens, and signs without width do not matter. Only marks that a
reader may leave out count as accents (those of Latin, Greek and Cyrillic letters, Hebrew points, Arabic vowel signs); the
vowel signs of Indian scripts are letters, and stay.
"""

from __future__ import annotations

import unicodedata

_ACCENTS = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05BD), (0x05BF, 0x05BF), (0x05C1, 0x05C2), (0x05C4, 0x05C5),
    (0x05C7, 0x05C7), (0x0610, 0x061A), (0x064B, 0x0652), (0x0670, 0x0670), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF),
    (0xFE20, 0xFE2F),
)  # fmt: skip
_ALIKE = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th", "ʼ": "'",
        "’": "'", "‘": "'", "`": "'", "´": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "ё": "е",
    }
)  # fmt: skip
"""Letters that are written with another one where a keyboard has none of them."""


def folded_name(name: str) -> str:
    """What two spellings of one name have in common; "" for a name of marks and spaces alone."""
    # An accent on its own (´) would otherwise come apart into a space and a mark.
    small = unicodedata.normalize("NFC", name).translate(_ALIKE).casefold()
    # Signs that stand for capitals (mathematical bold A) come apart into them: small letters once more, and apart again.
    whole = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", small).casefold())
    plain = "".join(sign for sign in whole if not _is_accent(sign) and unicodedata.category(sign) != "Cf")
    return " ".join(plain.translate(_ALIKE).split())


def is_same_name(typed: str, name: str) -> bool:
    """True for two spellings of one name that has something to read in it."""
    return bool(folded_name(name)) and folded_name(typed) == folded_name(name)


def _is_accent(sign: str) -> bool:
    return any(low <= ord(sign) <= high for low, high in _ACCENTS)
