"""ZIP files handed out piece by piece, so that a large one never stands in memory."""

from __future__ import annotations


class Pipe:
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


def plain_name(name: str) -> str:
    """A person's name as part of a file's name: letters and figures of any script, the rest as dashes."""
    plain = "-".join("".join(sign if sign.isalnum() else " " for sign in name).split())[:60]
    return plain or "person"
