"""ZIP files handed out piece by piece, so that a large one never stands in memory."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator


class _Pipe:
    """What `zipfile` writes to: bytes that are handed on as soon as an entry is done."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def take(self) -> bytes:
        taken, self._parts = b"".join(self._parts), []
        return taken


def zip_pieces(entries: Iterable[tuple[str, bytes]], compression: int = zipfile.ZIP_DEFLATED) -> Iterator[bytes]:
    """A ZIP file of (name, content), a piece an entry and one at the end; nothing but one entry is in memory.

    The reader of the pieces may be slow: `entries` should hold no connection while it hands one over.
    """
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", compression) as archive:  # type: ignore[arg-type]
        for name, content in entries:
            archive.writestr(name, content)
            yield pipe.take()
    yield pipe.take()


def plain_name(name: str) -> str:
    """A person's name as part of a file's name: letters and figures of any script, the rest as dashes."""
    plain = "-".join("".join(sign if sign.isalnum() else " " for sign in name).split())[:60]
    return plain or "person"
