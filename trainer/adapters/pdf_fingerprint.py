"""What the pages of a PDF draw, as one digest: the same after a PDF was saved again by another program, another as soon
as a letter, a font, a picture or a visible note on a page changes."""

from __future__ import annotations

import hashlib
from typing import Any

MAX_PAGES = 4
MAX_BYTES = 8 * 1024 * 1024
"""Of decoded content. A certificate has about 0.3 MiB; more is refused, so that a packed file cannot fill the memory."""


class _Digest:
    """Walks objects by value. Each object is taken once, so that loops end."""

    def __init__(self) -> None:
        self.hash = hashlib.sha256()
        self.left = MAX_BYTES
        self.seen: set[tuple[int, int]] = set()

    def take(self, data: bytes) -> None:
        self.left -= len(data)
        if self.left < 0:
            raise ValueError("too much content")
        self.hash.update(len(data).to_bytes(8, "big") + data)

    def walk(self, thing: Any) -> None:
        import pikepdf

        if isinstance(thing, pikepdf.Object) and thing.is_indirect:
            if thing.objgen in self.seen:
                return self.take(b"again")
            self.seen.add(thing.objgen)
        if isinstance(thing, pikepdf.Stream):
            self._members(thing, {"/Length", "/Filter", "/DecodeParms", "/DL"})
            self.take(thing.read_bytes())
        elif isinstance(thing, pikepdf.Dictionary):
            self._members(thing, {"/Parent", "/P", "/StructParent", "/StructParents"})
        elif isinstance(thing, pikepdf.Array):
            self.take(b"[")
            for item in thing:
                self.walk(item)
        else:
            self.take(_plain(thing))
        return None

    def _members(self, thing: Any, without: set[str]) -> None:
        for key in sorted(set(thing.keys()) - without):
            self.take(key.encode())
            self.walk(thing[key])


def _plain(value: Any) -> bytes:
    """Numbers by value (another program may write 1.50 as 1.5), names and texts as they are."""
    import pikepdf

    if isinstance(value, pikepdf.Object):
        return bytes(value.unparse())
    if isinstance(value, bool) or value is None:
        return repr(value).encode()
    return f"{float(value):.6g}".encode()


def fingerprint_of(document: Any) -> str:
    """Boxes, content, resources and visible notes of every page (links apart). Raises ValueError for too large a file."""
    import pikepdf

    if len(document.pages) > MAX_PAGES:
        raise ValueError("too many pages")
    digest = _Digest()
    for page in document.pages:
        digest.take(b"page")
        digest.walk(page.mediabox)
        contents = page.Contents
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        digest.take(b"\n".join(stream.read_bytes() for stream in streams))
        digest.walk(page.resources)
        for note in page.get("/Annots", []):
            if note.get("/Subtype") != pikepdf.Name.Link:
                digest.walk(note)
    return digest.hash.hexdigest()
