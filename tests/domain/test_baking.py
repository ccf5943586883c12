"""Pictures with a credential inside: written, read again, and read from whatever anybody sends."""

from __future__ import annotations

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.domain.baking import KEYWORD, NAMESPACE, PNG, NotBaked, bake_png, bake_svg, unbake

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'
TEXT = '{"name": "Zoé <&> Жук Ωμέγα", "n": [1]}'
LARGEST = 10_000


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PICTURE = PNG + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(b"IDAT", b"x") + chunk(b"IEND")


def test_what_was_put_in_comes_out():
    assert unbake(bake_png(PICTURE, TEXT), LARGEST).decode() == TEXT
    assert unbake(bake_svg(SVG, TEXT).encode(), LARGEST).decode() == TEXT
    assert unbake(b"anything else", LARGEST) == b"anything else"


def test_a_picture_carries_the_last_credential_only():
    assert unbake(bake_png(bake_png(PICTURE, "old"), "new"), LARGEST) == b"new"


def test_the_text_stands_where_other_programs_look_for_it():
    baked = bake_png(PICTURE, TEXT)
    assert baked[33 + 4 : 33 + 8] == b"iTXt"
    assert baked[33 + 8 :].startswith(KEYWORD + b"\x00\x00\x00\x00\x00" + TEXT.encode())
    assert f'<openbadges:credential xmlns:openbadges="{NAMESPACE}"><![CDATA[' in bake_svg(SVG, TEXT)


def test_what_is_no_picture_or_would_break_one_is_not_baked():
    for picture in (b"", b"GIF89a", PICTURE[:-1], PICTURE[:40] + b"!" + PICTURE[41:]):
        with pytest.raises(NotBaked):
            bake_png(picture, TEXT)
    for text in ("no picture", "<svg"):
        with pytest.raises(NotBaked):
            bake_svg(text, TEXT)
    with pytest.raises(NotBaked):
        bake_svg(SVG, "]]>")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    for start in (b"", PNG, PNG + PICTURE[8:33], b"<", b"<svg ", SVG[:-6].encode(), b'<?xml version="1.0"?>'):
        try:
            assert len(unbake(start + data, LARGEST)) <= max(LARGEST, len(data) + 40)
        except NotBaked:
            pass


@given(st.binary(max_size=200))
def test_any_text_of_a_png_is_read_or_refused(text):
    for head in (KEYWORD + b"\x00", KEYWORD + b"\x00\x01\x00\x00\x00", KEYWORD + b"\x00\x00\x00\x00\x00"):
        try:
            unbake(PICTURE[:33] + chunk(b"iTXt", head + text) + PICTURE[33:], LARGEST)
        except NotBaked:
            pass


@pytest.mark.parametrize(
    "evil",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        '<!DOCTYPE svg SYSTEM "file:///etc/passwd"><svg xmlns="http://www.w3.org/2000/svg"/>',
        SVG.replace("<rect", "<g>" * 101 + "<rect"),
        SVG.replace("<rect", "<a/>" * 20_001 + "<rect"),
        SVG.replace("<rect", '<credential xmlns="http://evil.example">{}</credential><rect'),
    ],
)
def test_what_xml_can_do_beyond_elements_is_refused(evil):
    with pytest.raises(NotBaked):
        unbake(evil.encode(), LARGEST)
