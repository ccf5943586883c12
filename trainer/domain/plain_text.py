"""Text in a plain form, so that what people say and type can be compared."""

from __future__ import annotations

import re
import unicodedata


def without_accents(text: str) -> str:
    """Small letters without accents; all else as it was."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def plain(text: str) -> str:
    """Small letters without accents and figures, words parted by one blank."""
    return " ".join(re.findall(r"[^\W_]+", without_accents(text)))
