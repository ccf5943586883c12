"""Badge pictures that carry their credential (Open Badges 3.0, section 5.3): PNG and SVG, written and read. Pure.

A PNG holds it in an iTXt chunk, an SVG in an element of a namespace. Reading is for anybody's files: bounded, and
without what XML can do beyond elements.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

KEYWORD = b"openbadgecredential"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
PNG = b"\x89PNG\r\n\x1a\n"
MAX_ELEMENTS = 20_000


class NotBaked(ValueError):
    """No credential in this picture; `damaged` when the picture itself is broken."""

    def __init__(self, why: str, *, damaged: bool = False) -> None:
        super().__init__(why)
        self.damaged = damaged


def bake_png(picture: bytes, credential: str) -> bytes:
    """The picture with the credential right after its header. Raises NotBaked when it is no PNG."""
    text = KEYWORD + b"\x00" + b"\x00\x00" + b"\x00" + b"\x00" + credential.encode("utf-8")
    parts = [PNG]
    for kind, data in _chunks(picture):
        if kind == b"iTXt" and data.startswith(KEYWORD + b"\x00"):
            continue
        parts.append(_chunk(kind, data))
        if kind == b"IHDR":
            parts.append(_chunk(b"iTXt", text))
    return b"".join(parts)


def bake_svg(picture: str, credential: str) -> str:
    """The picture with the credential as the first element inside. Raises NotBaked when it is no SVG."""
    start = picture.find("<svg")
    end = picture.find(">", start)
    if start < 0 or end < 0 or "]]>" in credential:
        raise NotBaked("no SVG")
    element = f'<openbadges:credential xmlns:openbadges="{escape(NAMESPACE)}"><![CDATA[{credential}]]></openbadges:credential>'
    return picture[: end + 1] + element + picture[end + 1 :]


def unbake(data: bytes, largest: int) -> bytes:
    """The credential in a PNG or an SVG; anything else is given back as it is. Raises NotBaked.

    `largest` bounds what is read out, in bytes.
    """
    if data.startswith(PNG):
        return _from_png(data, largest)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _from_svg(data, largest)
    return data


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Kind and data of every chunk up to the end mark. Raises NotBaked where lengths or sums do not fit."""
    if not picture.startswith(PNG):
        raise NotBaked("no PNG", damaged=True)
    at = len(PNG)
    while True:
        if at + 12 > len(picture):
            raise NotBaked("the PNG ends too early", damaged=True)
        length, kind = struct.unpack_from(">I4s", picture, at)
        end = at + 8 + length
        if end + 4 > len(picture) or zlib.crc32(picture[at + 4 : end]) != struct.unpack_from(">I", picture, end)[0]:
            raise NotBaked("the PNG is damaged", damaged=True)
        yield kind, picture[at + 8 : end]
        if kind == b"IEND":
            return
        at = end + 4


def _from_png(data: bytes, largest: int) -> bytes:
    found = [text for kind, text in _chunks(data) if kind == b"iTXt" and text.startswith(KEYWORD + b"\x00")]
    if len(found) != 1:
        raise NotBaked("no credential in this PNG, or more than one")
    rest = found[0][len(KEYWORD) + 1 :]
    packed, parts = rest[:1] == b"\x01", rest[2:].split(b"\x00", 2)
    if len(rest) < 2 or len(parts) != 3:
        raise NotBaked("the text in this PNG is damaged", damaged=True)
    text = parts[2]
    if packed:
        unpacking = zlib.decompressobj()
        try:
            text = unpacking.decompress(text, largest + 1)
        except zlib.error:
            raise NotBaked("the text in this PNG is damaged", damaged=True) from None
    if len(text) > largest:
        raise NotBaked("the text in this PNG is too long")
    return text


class _Reading:
    """Collects the credential while an SVG is parsed."""

    def __init__(self, largest: int) -> None:
        self.largest = largest
        self.elements, self.length, self.found, self.depth = 0, 0, 0, 0
        self.is_svg, self.inside = False, False
        self.texts: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > MAX_ELEMENTS or self.depth > 100:
            raise NotBaked("the SVG has too many elements")
        if self.elements == 1:
            self.is_svg = name.rpartition(" ")[2] == "svg"
        if name == f"{NAMESPACE} credential":
            self.found += 1
            self.inside = True
            self.text(attributes.get("verify", ""))

    def end(self, name: str) -> None:
        self.depth -= 1
        if name == f"{NAMESPACE} credential":
            self.inside = False

    def text(self, text: str) -> None:
        if self.inside:
            self.length += len(text)
            if self.length > self.largest:
                raise NotBaked("the text in this SVG is too long")
            self.texts.append(text)


def _refuse(*_: Any) -> int:
    raise NotBaked("an SVG with a document type")


def _from_svg(data: bytes, largest: int) -> bytes:
    reading = _Reading(largest)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = reading.start, reading.end
    parser.CharacterDataHandler = reading.text
    parser.StartDoctypeDeclHandler = parser.ExternalEntityRefHandler = _refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise NotBaked("the SVG is damaged", damaged=reading.is_svg) from None
    if not reading.is_svg or reading.found != 1:
        raise NotBaked("no credential in this SVG, or more than one")
    return "".join(reading.texts).strip().encode("utf-8")
