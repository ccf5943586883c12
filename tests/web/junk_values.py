"""What the junk test posts, where, and on what: all of it found in the application, so that a new route is in it at once.

Names of fields come from the forms and from what the views read of a request. What a new address needs is the same as
for `access_values`: gaps that are named well; `WORDS` has those that name no row.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from wtforms import Form

from trainer.config import ROOT

WORDS: dict[str, str] = {
    # gap: a value that leads somewhere, where it is no id of a row
    "slug": "complaint-calls",
    "calls.brief:slug": "late-parcel",
    "calls.start:slug": "late-parcel",
    "calls.tone:name": "busy",
    "lesson": "hear-the-person",
    "course": "complaint-calls",
    "category": "operator-3",
    "criterion": "objections",
    "turn_id": "turn-of-junk",
    "language": "en",
}
NUMBERS = ("0", "1", "2", "7", "2147483648", "9223372036854775807", "9223372036854775808", "1" + "0" * 30)
"""For gaps that hold whole numbers."""
SAME_EVERYWHERE: tuple[str, ...] = (
    "",
    "1" + "0" * 30,
    "9" * 400,
    "a\0b",
    "é☎👩‍👩‍👧",
    "x" * 3_000,
    "2026-02-30",
    "0000-00-00",
    "-1",
)
"""Texts that every field of every form and address is filled with, one after the other."""
TEXTS = (
    "", " ", "0", "-1", "1e400", "nan", "1" + "0" * 30, "9" * 400, "½", "٣", "true", "null", "[]", "{}", "a\0b", "\0",
    "é☎👩‍👩‍👧", "\u202etxt", "\r\nX-Header: 1", "=1+1", "<b>&amp;%s%(x)s{0}{x}", "../../etc/passwd", "' OR 1=1 --", "x" * 3_000,
    "word " * 2_000, "2026-02-30", "0000-00-00", "9999-12-31", "2027-01-01", "en", "fr", "de", "late-parcel", "practice",
    "assessed", "screen", "silence", "key", "hold_start", "hold_end", "transfer", "hang_up", "fill", "open", "phone",
    "billing", "not_solved", "yes", "admin", "a@b.example", "name,email\n\0,\n", "name;email\n\"x", "Ada,a@b.example\n" * 3,
)  # fmt: skip
"""Junk among words that some field understands, so that the rest of a request is read too."""
ODD_TEXTS = ("\ud800", "\udfff\ud800 and more")
"""Halves of characters: JSON can hold them."""
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 3, 1.5, 1e308, -1e308, 10**30, -(10**400), float("nan"), float("inf"), [], {}, [[]], [None],
    ["a", 1], {"": ""}, {"a": {"b": [1]}}, {"phone": "07700900115"}, {"phone": 7}, {"phone": "\0"}, {"refund": "9" * 400},
    {"\ud800": "\ud800"}, {"note": "x" * 5_000},
)  # fmt: skip
"""What stands in JSON where a text, a number or an object is expected."""
BODIES: tuple[tuple[str, bytes], ...] = (
    # (content type, body)
    ("application/json", b""),
    ("application/json", b"{"),
    ("application/json", b"null"),
    ("application/json", b"5"),
    ("application/json", b'"text"'),
    ("application/json", b"[]"),
    ("application/json", b"[" * 20_000),
    ("application/json", b'{"a":' * 20_000),
    ("application/json", b'{"text": "caf\xe9"}'),
    ("application/json", b'{"text": ' + b"9" * 5_000 + b"}"),
    ("application/x-www-form-urlencoded", b"%00=%00&%ED%A0%80=%FF&a[b]=c&&&=="),
    ("application/x-www-form-urlencoded", b"a=" + b"x" * (3 * 1024 * 1024)),
    ("application/x-www-form-urlencoded", b"&".join(b"f%d=1" % number for number in range(3_000))),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n--x--"),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a\0b"\r\n\r\n%PDF-\r\n--x--\r\n',
    ),
    ("audio/wav", b""),
    ("audio/wav", b"RIFF\xff\xff\xff\xffWAVEfmt "),
    ("audio/wav", b"\0" * 100_000),
    ("text/plain; charset=moon", b"\xff\xfe"),
    ("moon", b"moon"),
)


@cache
def names() -> tuple[str, ...]:
    """Every name of a field that some view reads."""
    found: set[str] = set()
    for kind in _below(Form):
        if kind.__module__.startswith("trainer."):
            found |= {name for name in dir(kind) if hasattr(getattr(kind, name, None), "field_class")}
    reads = re.compile(
        r'(?:args|form|files|data)\.get(?:list)?\(\s*"([\w-]+)"|_text\(data, "([\w-]+)"|for name in \(([^)]*)\)'
    )
    for path in sorted((ROOT / "trainer" / "web").rglob("*.py")):
        for one, other, many in reads.findall(path.read_text(encoding="utf-8")):
            found |= {one, other, *re.findall(r'"([\w-]+)"', many)} - {""}
    return tuple(sorted(found | {"step-1", "step-2"}))


def _below(kind: type[Any]) -> set[type[Any]]:
    return {one for sub in kind.__subclasses__() for one in {sub, *_below(sub)}}
