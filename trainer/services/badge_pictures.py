"""The picture of a category's badge, and that picture with a holder's credential inside ("baked")."""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

import resvg_py
from sqlalchemy.orm import Session

from trainer.content.reading import LANGUAGES
from trainer.domain.baking import bake_png, bake_svg
from trainer.domain.errors import NotFound
from trainer.services.certificate_files import badge_bytes, record_of
from trainer.services.ladders import ladder_at
from trainer.store.accounts import Organisation
from trainer.store.certificates import Certificate

SIZE = 640
"""Pixels of a side; the drawing has the same units."""
INK, ACCENT, GOLD, PAPER = "#14211f", "#0b6b66", "#a8812f", "#fffdf8"
RAYS = 96
TITLE_SIZES = ((14, 58), (18, 48), (24, 38), (40, 30))
"""Longest line in letters, and the size of type in which it stays inside the ring."""
FONTS = "Noto Sans, DejaVu Sans, sans-serif"


def badge_svg(title: str, organisation: str, name: str) -> str:
    """A ring of sound waves around the title and the organisation; `name` (the badge's id) gives the ring its shape."""
    lines, size = _fitted(title)
    top = 332 - (len(lines) - 1) * size * 0.6
    words = "".join(
        f'<text y="{top + number * size * 1.2:.0f}" font-size="{size}" font-weight="700" fill="{ACCENT}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    below = textwrap.wrap(organisation, 26, max_lines=2, placeholder=" …", break_on_hyphens=False)
    small = "".join(
        f'<text y="{448 + number * 28}" font-size="22" fill="{INK}">{escape(line)}</text>'
        for number, line in enumerate(below)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" viewBox="0 0 {SIZE} {SIZE}" role="img">'
        f"<title>{escape(f'{title}, {organisation}')}</title>"
        f'<circle cx="320" cy="320" r="316" fill="{PAPER}"/>'
        f'<circle cx="320" cy="320" r="312" fill="none" stroke="{ACCENT}" stroke-width="8"/>'
        f'<circle cx="320" cy="320" r="232" fill="none" stroke="{GOLD}" stroke-width="2.5"/>'
        f'<g stroke="{ACCENT}" stroke-width="6" stroke-linecap="round">{_rays(name)}</g>'
        f'<g transform="translate(320 188)" stroke="{GOLD}" stroke-width="9" stroke-linecap="round">'
        '<path d="M-44 -7v14M-22 -24v48M0 -40v80M22 -21v42M44 -9v18"/></g>'
        f'<g transform="translate(320 0)" text-anchor="middle" font-family="{FONTS}">{words}{small}</g></svg>'
    )


def _fitted(title: str) -> tuple[list[str], int]:
    """The title in at most three lines, as large as fits."""
    for width, size in TITLE_SIZES:
        lines = textwrap.wrap(title, width)
        if len(lines) <= 3 and max(map(len, lines)) <= width:
            return lines, size
    width, size = TITLE_SIZES[-1]
    return textwrap.wrap(title, width, max_lines=3, placeholder=" …"), size


def _rays(name: str) -> str:
    seed = b"".join(hashlib.sha256(bytes([part]) + name.encode()).digest() for part in range(RAYS // 32))
    return "".join(
        f'<path d="M320 {48 - 6 - byte % 16:.0f}V{48 + 6 + byte % 16:.0f}" transform="rotate({turn * 360 / RAYS:.2f} 320 320)"/>'
        for turn, byte in enumerate(seed)
    )


@lru_cache(maxsize=64)
def _as_png(svg: str) -> bytes:
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=SIZE, height=SIZE))


def _drawn(category: Mapping[str, Any], language: str, organisation: str) -> str:
    return badge_svg(category["title"][language], organisation, f"{category['ladder']}-{category['id']}")


def achievement_picture(
    session: Session, ladder: str, category: str, organisation: Organisation, language: str, form: str
) -> bytes:
    """The picture that credentials name, as "png" or "svg". Raises NotFound."""
    if not re.fullmatch("[a-z0-9-]{1,40}", ladder) or language not in LANGUAGES or form not in {"png", "svg"}:
        raise NotFound
    found = ladder_at(session, organisation.id, ladder).find(category)
    if found is None:
        raise NotFound
    row = {"title": found.title, "ladder": ladder, "id": found.id}
    svg = _drawn(row, language, organisation.name)
    return _as_png(svg) if form == "png" else svg.encode("utf-8")


def baked_badge(certificate: Certificate, form: str) -> bytes:
    """The badge with the credential and its Data Integrity proof inside, as "png" or "svg".

    Raises NotFound for a certificate that was issued before there were such proofs.
    """
    credential, record = badge_bytes(certificate).decode("utf-8"), record_of(certificate)
    svg = _drawn(record["category"], record["language"], record["organisation"])
    if form == "png":
        return bake_png(_as_png(svg), credential)
    return bake_svg(svg, credential).encode("utf-8")
