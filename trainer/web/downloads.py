"""Tables as downloads."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from flask import Response, send_file
from flask_babel import get_locale

from trainer.services.spreadsheets import Cell, csv_text


def csv_download(name: str, rows: Iterable[Sequence[Cell]]) -> Response:
    """`rows` as `name`.csv. On French pages cells are apart by semicolons, as a French spreadsheet expects."""
    delimiter = ";" if str(get_locale())[:2] == "fr" else ","
    body = io.BytesIO(csv_text(rows, delimiter).encode())
    safe = " ".join("".join(sign if sign.isalnum() or sign in " -_" else " " for sign in name).split())[:80]
    response = send_file(body, mimetype="text/csv", as_attachment=True, download_name=f"{safe or 'table'}.csv")
    response.headers["Cache-Control"] = "private, no-store"
    return response
