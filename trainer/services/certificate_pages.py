"""What a certificate prints: the record's values in words and figures of one language, its QR code and its seal."""

from __future__ import annotations

import hashlib
import io
import unicodedata
from collections.abc import Mapping
from typing import Any

import segno
from babel.dates import format_date

from trainer.content.designs import Design, image_address
from trainer.domain.credential import canonical_json, from_iso

SEAL_BARS = 96
NAME_SIZES = ((22, "xl"), (30, "l"), (42, "m"), (64, "s"))
"""Widest name, in average letters, for each size of type; anything longer wraps in the smallest."""


def qr_svg(address: str, label: str) -> str:
    """The address as an SVG QR code: correction M or more, with its quiet zone of four modules."""
    code, out = segno.make(address, error="m", boost_error=True, micro=False), io.BytesIO()
    code.save(out, kind="svg", border=4, dark="#14211f", light="#ffffff", title=label, xmldecl=False, svgns=True)
    return out.getvalue().decode("utf-8")


def seal_bars(record: Mapping[str, Any]) -> list[int]:
    """Heights 1 to 16 of the seal's rays, drawn from the record's digest: each certificate has its own seal."""
    seed = canonical_json(record)
    stream = b"".join(hashlib.sha256(bytes([part]) + seed).digest() for part in range(SEAL_BARS // 32))
    return [1 + byte % 16 for byte in stream]


def name_size(name: str) -> str:
    """The size of type in which a name fits on its line. Wide scripts and capitals count for more."""
    width = sum(
        1.9 if unicodedata.east_asian_width(c) in "WF" else 1.3 if c.isupper() or c in "mw" else 1 for c in name
    )
    longest = max((len(word) for word in name.split()), default=0)
    return next((size for limit, size in NAME_SIZES if width <= limit and longest <= 34), "xs")


def day(moment: str, language: str) -> str:
    """A moment of a record as a date in words, in UTC."""
    return format_date(from_iso(moment).date(), "d MMMM y", locale=language)


def page_values(record: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What a design may print, all in `language`."""
    category = record["category"]
    return {
        "number": record["number"],
        "holder": record["holder"],
        "holder_size": name_size(record["holder"]),
        "category": category["title"][language],
        "about": category["about"][language],
        "organisation": record["organisation"],
        "organisation_size": name_size(record["organisation"]),
        "jurisdiction": record["jurisdiction"],
        "issued": day(record["issued_at"], language),
        "issued_iso": record["issued_at"],
        "valid_until": day(record["valid_until"], language) if record["valid_until"] else "",
        "decided_by": record["decision"]["by"],
        "attested_by": ", ".join(record["attested_by"]),
        "gates": [
            {"title": gate["title"][language], "figure": gate["figure"], "threshold": gate["threshold"]}
            for gate in record["gates"]
        ],
        "alignments": [f"{row['framework']} {row['code']} {row['name']}" for row in record["alignments"]],
        "verify_url": record["verify_url"],
        "verify_short": record["verify_url"].partition("://")[2],
        "seal": seal_bars(record),
    }


def certificate_html(design: Design, record: Mapping[str, Any], language: str) -> str:
    """The page that is made into the PDF. Raises ContentError for a faulty design."""
    values = page_values(record, language)
    qr = image_address(qr_svg(record["verify_url"], record["number"]))
    return design.html(values, language=language, qr=qr)
