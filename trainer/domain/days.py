"""Days in words, where Babel's are not those of the language."""

from __future__ import annotations


def with_first_of_month(day: str, language: str) -> str:
    """French writes the first of a month "1er"; every other day stays as it is."""
    return f"1er{day[1:]}" if language == "fr" and day.startswith("1 ") else day
