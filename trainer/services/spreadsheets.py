"""Tables as CSV text that a spreadsheet opens without harm, and tables as spreadsheets save them, read line by line.

Lines are read one by one, so that an open quotation mark spoils its own line only.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence

from trainer.content.spreadsheet_cells import harmless
from trainer.domain.errors import Invalid

Cell = str | int | float | None


def csv_text(rows: Iterable[Sequence[Cell]], delimiter: str = ",") -> str:
    """CSV with a byte order mark, without which Excel takes UTF-8 for something else; None is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return "\ufeff" + out.getvalue()


def decode_table(data: bytes) -> str:
    """The text of an uploaded file, as spreadsheets save it: UTF-8, UTF-16 or Windows-1252. Raises Invalid."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text and not data.startswith(b"PK\x03\x04"):
            return text
    raise Invalid("roster.not_text", field="file")


def filled_lines(text: str) -> list[tuple[int, str]]:
    """The lines that hold anything, with their numbers from 1."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [(number, line) for number, line in enumerate(lines, 1) if line.strip(" ,;\t")]


def delimiter_of(lines: Iterable[str]) -> str:
    """What stands on most lines: a tab, a semicolon or a comma."""
    rows = list(lines)
    return max(("\t", ";", ","), key=lambda sign: sum(sign in line for line in rows))


def cells_of(line: str, delimiter: str) -> list[str] | None:
    """The cells of one line; None when its quotation marks do not close."""
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter, strict=True))]
    except csv.Error:
        return None


def plain_heading(cell: str) -> str:
    """A heading in lower case without accents and quotation marks, to be compared."""
    bare = unicodedata.normalize("NFKD", cell.strip().strip('"').strip().lower())
    return "".join(sign for sign in bare if not unicodedata.combining(sign))
