"""Cells as a spreadsheet shows them and never runs them, and back. Source: OWASP, "CSV Injection"."""

from __future__ import annotations

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(text: str) -> str:
    """`text` with an apostrophe before it where a formula would begin."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def guarded(text: str) -> str:
    """As `harmless`, so that `unguarded` gives back exactly `text`, apostrophes of its own included."""
    return f"'{text}" if text.lstrip(" '").startswith(FORMULA_STARTS) else text


def unguarded(cell: str) -> str:
    """The text of a guarded cell; any other cell as it is."""
    return cell[1:] if cell.startswith("'") and cell.lstrip(" '").startswith(FORMULA_STARTS) else cell
