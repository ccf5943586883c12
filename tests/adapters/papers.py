"""Reading a certificate on paper back: with poppler, zbar and pdfplumber, as others would."""

from __future__ import annotations

import re
import subprocess
import unicodedata
from itertools import combinations
from pathlib import Path
from typing import Any

import pdfplumber

MM = 72 / 25.4
"""Points in a millimetre."""
DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What pdftotext writes around text that runs from right to left."""


def run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def letters(text: str) -> str:
    """The text without spaces and without marks of direction, composed: what is compared. An e with an accent beside it
    is the letter é; a word that was broken at the end of a line is whole."""
    return unicodedata.normalize("NFC", "".join(DIRECTIONS.sub("", text).split()))


def read_back(path: Path, *, right_to_left: bool = False) -> str:
    """All letters of the page in the order in which they were written. pdftotext tells that order for columns (-raw), and
    the logical order of right-to-left text, but not both at once."""
    return letters(run("pdftotext", *([] if right_to_left else ["-raw"]), path, "-"))


def scanned(path: Path, resolution: int = 150) -> str:
    """What a reader of QR codes finds on the page as a picture."""
    picture = path.with_suffix(".png")
    run("pdftoppm", "-r", str(resolution), "-png", "-gray", "-singlefile", path, path.with_suffix(""))
    return run("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", picture).strip()


def misplaced(path: Path, margin: float, trim: float = 0.28) -> list[str]:
    """What stands where it should not: text outside of the frame (`margin` mm from the page's edge), lines of text that
    touch, text on the QR code. Boxes of letters are taller than the letters: `trim` of their height is cut off above and
    below."""
    with pdfplumber.open(path) as document:
        (page,) = document.pages
        faults, width, height = [], float(page.width), float(page.height)
        words = page.extract_words(use_text_flow=True, keep_blank_chars=False, x_tolerance=1.5, y_tolerance=1)
        boxes = []
        for word in words:
            cut = (word["bottom"] - word["top"]) * trim
            boxes.append((word["x0"], word["top"] + cut, word["x1"], word["bottom"] - cut, word["text"]))
        edge = margin * MM
        faults += [
            f"{text!r} leaves the frame"
            for x0, top, x1, bottom, text in boxes
            if x0 < edge or top < edge or x1 > width - edge or bottom > height - edge
        ]
        faults += [f"{a[4]!r} touches {b[4]!r}" for a, b in combinations(boxes, 2) if _touch(a, b)]
        code = qr_box(page)
        faults += [f"{box[4]!r} stands on the code" for box in boxes if _touch(box, (*code, "code"))]
    return faults


def _touch(a: tuple[Any, ...], b: tuple[Any, ...], least: float = 0.3) -> bool:
    """Boxes that share more than a hair (points)."""
    return min(a[2], b[2]) - max(a[0], b[0]) > least and min(a[3], b[3]) - max(a[1], b[1]) > least


def qr_box(page: Any) -> tuple[float, float, float, float]:
    """The white square of the code with its quiet zone, in points: the one square of pure white of 22 mm or more."""
    found = {
        (round(float(r["x0"]), 1), round(float(r["top"]), 1), round(float(r["x1"]), 1), round(float(r["bottom"]), 1))
        for r in [*page.rects, *page.curves]
        if r.get("fill") and tuple(r.get("non_stroking_color") or ()) == (1, 1, 1)
        and abs(float(r["width"]) - float(r["height"])) < 0.5 and 20 * MM < float(r["width"]) < 60 * MM
    }  # fmt: skip
    (box,) = found
    return box
