"""Tables as downloads."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from flask import Response, send_file

from trainer.services.spreadsheets import Cell, csv_text
from trainer.web.languages import page_language


def csv_download(name: str, rows: Iterable[Sequence[Cell]]) -> Response:
    """`rows` as `name`.csv. On French pages cells are apart by semicolons, as a French spreadsheet expects."""
    delimiter = ";" if page_language() == "fr" else ","
    body = io.BytesIO(csv_text(rows, delimiter).encode())
    safe = " ".join("".join(sign if sign.isalnum() or sign in " -_" else " " for sign in name).split())[:80]
    response = send_file(body, mimetype="text/csv", as_attachment=True, download_name=f"{safe or 'table'}.csv")
    response.headers["Cache-Control"] = "private, no-store"
    return response
