"""Certificates a second, beside bare WeasyPrint on the same page, in one run; and the memory of many.

    python -m bench.certificates [--rounds 40] [--design academy]
    python -m bench.certificates --count 1000
    python -m bench.certificates --checks 200

Ours is all that issuing does for a paper: values, QR code, ornaments, template, attached credential, PDF/A-3a. Bare is
`HTML(string=...).write_pdf()` of the finished page: as WeasyPrint's own example does it (each time new fonts, a plain
PDF), with one shared font configuration, and with that configuration as the same kind of file (PDF/A-3a, tagged). All
take turns, so that the machine's moods meet them alike. The target is at least 0.9 x the rate of bare WeasyPrint on the
same document, which is the last row.

`--count N` makes N certificates, designs, languages and names taking turns, and prints what the process holds in memory
by thirds of the way: the last third should hold no more than the second.

`--checks N` checks certificates instead, N times each: the public pages and files (`bench/certificate_checks.py`).
"""

from __future__ import annotations

import argparse
import json
import logging
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from bench import certificate_checks
from trainer.adapters.pdf import WeasyPrintRenderer
from trainer.config import ROOT
from trainer.content.design_samples import sample_record
from trainer.content.designs import Design, load_design
from trainer.ports import Attachment
from trainer.services.certificate_pages import certificate_html

DESIGNS = sorted(path.parent for path in (ROOT / "certificates").glob("*/design.yaml"))
SAME = "bare, shared fonts, PDF/A-3a"
TARGET = 0.9
NAMES = (
    "Zoé Ångström-O’Neill", "Олександра Щербак", "Ευφροσύνη Παπαδοπούλου", "Jean-Baptiste de la Fontaine",
    "محمد عبد الرحمن", "欧阳娜娜",
)  # fmt: skip


def record_for(number: int) -> dict[str, Any]:
    """A plausible record; each has another holder, number and seal, and 4, 8 or 12 conditions."""
    return sample_record(
        holder=NAMES[number % len(NAMES)], number=f"2026-BENC-{number:04d}", gates=4 + 4 * (number % 3)
    )


def ours(renderer: WeasyPrintRenderer, design: Design, record: dict[str, Any], language: str = "en") -> bytes:
    html = certificate_html(design, record, language)
    file = Attachment("certificate.json", json.dumps(record).encode(), "application/json")
    return renderer.render(html, base_folder=str(design.folder), attachments=[file])


def seconds(work: Callable[[], bytes]) -> float:
    """Processor time, which other programs on the machine disturb least."""
    began = time.process_time()
    pdf = work()
    took = time.process_time() - began
    assert pdf.startswith(b"%PDF-")
    return took


def compare(design: Design, rounds: int) -> None:
    """Print the rates of one design and their ratios."""
    renderer, shared = WeasyPrintRenderer(), FontConfiguration()
    base = design.folder.resolve().as_uri() + "/"
    times: dict[str, list[float]] = {"ours": [], "bare": [], "bare, shared fonts": [], SAME: []}
    for number in range(rounds + 2):
        record = record_for(number)
        page = certificate_html(design, record, "en")

        def html(page: str = page) -> Any:
            return weasyprint.HTML(string=page, base_url=base)

        works: dict[str, Callable[[], bytes]] = {
            "ours": lambda record=record: ours(renderer, design, record),  # type: ignore[misc]
            "bare": lambda: bytes(html().write_pdf()),
            "bare, shared fonts": lambda: bytes(html().write_pdf(font_config=shared)),
            SAME: lambda: bytes(html().write_pdf(font_config=shared, pdf_variant="pdf/a-3a")),
        }
        names = list(works)
        taken = {name: seconds(works[name]) for name in names[number % 4 :] + names[: number % 4]}
        if number >= 2:  # the first two warm fonts and caches
            for name, value in taken.items():
                times[name].append(value)
    print(f"\n{design.slug}")
    for name, values in times.items():
        print(
            f"  {name:<32} {statistics.median(values) * 1000:7.1f} ms median {len(values) / sum(values):7.2f} a second"
        )
    for name in [name for name in times if name != "ours"]:
        ratio = statistics.median(times[name]) / statistics.median(times["ours"])
        verdict = "" if name != SAME else f"   (target at least {TARGET:g})"
        print(f"  rate of ours / {name}: {ratio:.2f}{verdict}")


def resident() -> float:
    """MiB that this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1024 / 1024


def memory(designs: list[Design], count: int) -> None:
    """Make `count` certificates; print the median and the largest of what was held, by thirds of the way."""
    renderer, began, held = WeasyPrintRenderer(), time.perf_counter(), []
    for number in range(count):
        ours(renderer, designs[number % len(designs)], record_for(number), ("en", "fr")[number // 3 % 2])
        held.append(resident())
    print(f"{count / (time.perf_counter() - began):.1f} a second; after the first {held[0]:.0f} MiB")
    third = max(1, count // 3)
    parts = [held[:third], held[third : 2 * third], held[2 * third :]]
    for name, part in zip(("first", "second", "last"), parts, strict=True):
        if part:
            print(f"{name:<7} third: {statistics.median(part):5.0f} MiB median, {max(part):5.0f} at most")
    if all(parts):
        print(f"last third / second third: {statistics.median(parts[2]) / statistics.median(parts[1]):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.certificates", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--design", choices=[path.name for path in DESIGNS], help="Only this one.")
    parser.add_argument("--count", type=int, default=0, help="Make so many and print the memory they take, instead.")
    parser.add_argument("--checks", type=int, default=0, help="Check pages and files so many times, instead.")
    given = parser.parse_args()
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    if given.checks:
        raise SystemExit(0 if certificate_checks.compare(max(2, given.checks)) else 1)
    designs = [load_design(path) for path in DESIGNS if given.design in (None, path.name)]
    if given.count:
        memory(designs, given.count)
        return
    for design in designs:
        compare(design, given.rounds)


if __name__ == "__main__":
    main()
