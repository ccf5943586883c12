"""What a certificate prints: the record's values in words and figures of one language, its QR code and its ornaments.

`page_values` is all that a design gets of a certificate; docs/certificate-designs.md explains it to designers.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from functools import cache
from math import cos, pi, sin
from typing import Any

import segno
from babel.dates import format_date
from babel.numbers import format_decimal

from trainer.content.call_rubric import call_rubric
from trainer.content.designs import Design, image_address
from trainer.domain.credential import canonical_json, from_iso
from trainer.domain.days import with_first_of_month
from trainer.domain.grading.call_rubric import IN_FORCE
from trainer.domain.name_widths import is_right_to_left, size_of

SEAL_BARS = 96
VOICE_BARS = 128
DENSITIES = ((4, "few"), (8, "some"))
"""Most gates for each density of their table; above that "many"."""
AGREEMENT = {
    "en": {
        "none": "No agreement between the machine’s grading and people’s has been measured yet.",
        "one": "Agreement of the machine’s grading with people’s at issue (kappa): {low} on “{weakest}”, the one criterion measured.",
        "same": "Agreement of the machine’s grading with people’s at issue (kappa): {low} on each of {count} criteria.",
        "range": "Agreement of the machine’s grading with people’s at issue (kappa): weakest {low} on “{weakest}”, up to {high}; {count} criteria measured.",
        "partly": " On {unknown} more it has not been measured.",
    },
    "fr": {
        "none": "Aucun accord entre la notation automatique et celle de personnes n’a encore été mesuré.",
        "one": "Accord de la notation automatique avec celle de personnes à la délivrance (kappa)\u00a0: {low} pour «\u00a0{weakest}\u00a0», seul critère mesuré.",
        "same": "Accord de la notation automatique avec celle de personnes à la délivrance (kappa)\u00a0: {low} pour chacun des {count} critères.",
        "range": "Accord de la notation automatique avec celle de personnes à la délivrance (kappa)\u00a0: au plus bas {low} pour «\u00a0{weakest}\u00a0», jusqu’à {high}\u00a0; {count} critères mesurés.",
        "partly": " Il n’a pas été mesuré pour {unknown} autres.",
    },
}


def qr_svg(address: str, label: str) -> str:
    """The address as an SVG QR code: correction M or more, with its quiet zone of four modules."""
    code, out = segno.make(address, error="m", boost_error=True, micro=False), io.BytesIO()
    code.save(out, kind="svg", border=4, dark="#14211f", light="#ffffff", title=label, xmldecl=False, svgns=True)
    return out.getvalue().decode("utf-8")


def _bytes(record: Mapping[str, Any], count: int, salt: bytes = b"") -> bytes:
    """So many bytes drawn from the record's digest, always the same."""
    seed, parts = salt + canonical_json(record), -(-count // 32)
    return b"".join(hashlib.sha256(bytes([part]) + seed).digest() for part in range(parts))[:count]


def seal_bars(record: Mapping[str, Any]) -> list[int]:
    """Heights 1 to 16 of the seal's rays, drawn from the record's digest: each certificate has its own seal."""
    return [1 + byte % 16 for byte in _bytes(record, SEAL_BARS)]


def seal_rays(bars: Sequence[int]) -> str:
    """The rays of the seal as the `d` of one SVG path, clockwise from the top, across a circle of radius 73.

    For pages, which are read often: a template that turns 96 paths takes ten times as long.
    """
    return "".join(_ray(place, len(bars), height) for place, height in enumerate(bars))


@cache
def _ray(place: int, count: int, height: int) -> str:
    """Of 96 rays with 16 heights there are 1536."""
    across, up = sin(2 * pi * place / count), -cos(2 * pi * place / count)
    inner, outer = 73 - height * 1.15, 73 + height * 1.15
    return f"M{across * inner:.2f} {up * inner:.2f}L{across * outer:.2f} {up * outer:.2f}"


def voice_bars(record: Mapping[str, Any]) -> list[float]:
    """Heights 0 to 1 of a recording of speech: syllables in phrases, with breaths between them."""
    drawn = _bytes(record, VOICE_BARS + 16, b"voice")
    shape, grain = drawn[:16], drawn[16:]
    bars = []
    for place, byte in enumerate(grain):
        at = place / VOICE_BARS
        phrase = abs(sin(pi * (3 + shape[0] % 3) * at + shape[1] / 40))
        syllable = 0.55 + 0.45 * sin(2 * pi * (17 + shape[2] % 9) * at + shape[3] / 40)
        edge = min(1.0, at * 14, (1 - at) * 14)
        bars.append(round(0.035 + 0.965 * edge * phrase**1.3 * syllable * (0.45 + 0.55 * byte / 255), 3))
    return bars


def day(moment: str, language: str) -> str:
    """A moment of a record as a date in words, in UTC."""
    return with_first_of_month(format_date(from_iso(moment).date(), "d MMMM y", locale=language), language)


def agreement_text(agreement: Mapping[str, float | None] | None, language: str) -> str:
    """How far machine and people agreed when the certificate was issued: the weakest criterion and the range; said
    plainly where nobody has measured it. `agreement`: criterion -> kappa."""
    words, rows = AGREEMENT[language], dict(agreement or {})
    known = {name: value for name, value in rows.items() if value is not None}
    if not known:
        return words["none"]
    weakest = min(known, key=lambda name: (known[name], name))
    low, high = (format_decimal(value, "0.00", locale=language) for value in (known[weakest], max(known.values())))
    kind = "one" if len(known) == 1 else "same" if low == high else "range"
    text = words[kind].format(low=low, high=high, weakest=_criterion(weakest, language), count=len(known))
    missing = len(rows) - len(known)
    return text + (words["partly"].format(unknown=missing) if missing > 1 else "")


def _criterion(name: str, language: str) -> str:
    """The rubric's title of a criterion, its id where no rubric in force has it."""
    for version in IN_FORCE:
        for criterion in call_rubric(version).criteria:
            if criterion.id == name:
                return str(criterion.title[language])
    return name


def _named(text: str) -> dict[str, str]:
    """A name, the size of type it needs, and its direction of writing."""
    return {"text": text, "size": size_of(text), "dir": "rtl" if is_right_to_left(text) else "ltr"}


def density(gates: Sequence[object]) -> str:
    """How close the table of gates has to be set: "few", "some", "many"."""
    return next((word for most, word in DENSITIES if len(gates) <= most), "many")


def page_values(record: Mapping[str, Any], language: str) -> dict[str, Any]:
    """What a design may print, all in `language`."""
    category, holder, organisation = record["category"], _named(record["holder"]), _named(record["organisation"])
    attested_by = ", ".join(record["attested_by"])
    return {
        "number": record["number"],
        "holder": holder["text"],
        "holder_size": holder["size"],
        "holder_dir": holder["dir"],
        "category": category["title"][language],
        "category_size": size_of(category["title"][language]),
        "about": category["about"][language],
        "organisation": organisation["text"],
        "organisation_size": organisation["size"],
        "organisation_dir": organisation["dir"],
        "jurisdiction": record["jurisdiction"],
        "issued": day(record["issued_at"], language),
        "issued_iso": record["issued_at"],
        "valid_until": day(record["valid_until"], language) if record["valid_until"] else "",
        "decided_by": record["decision"]["by"],
        "decided_size": size_of(record["decision"]["by"]),
        "attested_by": attested_by,
        "attested_size": size_of(attested_by),
        "gates": [
            {
                "title": gate["title"][language],
                "figure": format_decimal(gate["figure"], locale=language),
                "threshold": ("≤ " if gate.get("at_most") else "") + format_decimal(gate["threshold"], locale=language),
            }
            for gate in record["gates"]
        ],
        "density": density(record["gates"]),
        "alignments": [f"{row['framework']} {row['code']} {row['name']}" for row in record["alignments"]],
        "agreement": agreement_text(record.get("agreement"), language),
        "verify_url": record["verify_url"],
        "verify_short": record["verify_url"].partition("://")[2],
        "seal": seal_bars(record),
        "voice": voice_bars(record),
        "draws": [round(byte / 256, 4) for byte in _bytes(record, 16, b"draws")],
    }


def certificate_html(design: Design, record: Mapping[str, Any], language: str) -> str:
    """The page that is made into the PDF. Raises ContentError for a faulty design."""
    values = page_values(record, language)
    qr = image_address(qr_svg(record["verify_url"], record["number"]))
    return design.html(values, language=language, qr=qr)
