"""Tables as CSV text that a spreadsheet opens without harm."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from trainer.content.spreadsheet_cells import harmless

Cell = str | int | float | None


def csv_text(rows: Iterable[Sequence[Cell]], delimiter: str = ",") -> str:
    """CSV with a byte order mark, without which Excel takes UTF-8 for something else; None is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return "\ufeff" + out.getvalue()
