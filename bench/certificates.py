"""Certificates a second, beside bare WeasyPrint on the same page, in one run.

    python -m bench.certificates [--rounds 40]

Ours is all that issuing does for a paper: values, QR code, seal, template, attached credential, PDF/A-3a. Bare is
`HTML(string=...).write_pdf()` of the finished page: as WeasyPrint's own example does it (each time new fonts, a plain
PDF), with one shared font configuration, and with that configuration as the same kind of file (PDF/A-3a, tagged). All
take turns, so that the machine's moods meet them alike. The target is at least 0.9 x the rate of bare WeasyPrint on the
same document, which is the last row.
"""

from __future__ import annotations

import argparse
import json
import logging
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from tests.factories.certificates import make_record
from trainer.adapters.pdf import WeasyPrintRenderer
from trainer.config import ROOT
from trainer.content.designs import load_design
from trainer.content.ladder import load_ladder
from trainer.ports import Attachment
from trainer.services.certificate_pages import certificate_html

DESIGN = ROOT / "certificates" / "classic"
SAME = "bare, shared fonts, PDF/A-3a"
NAMES = ("Zoé Ångström-O’Neill", "Олександра Щербак", "Ευφροσύνη Παπαδοπούλου", "Jean-Baptiste de la Fontaine")


def record_for(number: int) -> dict[str, object]:
    """A plausible record with the ladder's own gates; each has another holder, number and seal."""
    category = load_ladder().find("operator-3")
    assert category is not None
    gates = [
        {"id": g.id, "kind": g.kind, "title": dict(g.title), "figure": g.threshold, "threshold": g.threshold}
        for g in category.gates
    ]
    record = make_record(holder=NAMES[number % len(NAMES)], number=f"2026-BENC-{number:04d}").as_json()
    return {**record, "gates": gates}


def seconds(work: Callable[[], bytes]) -> float:
    began = time.perf_counter()
    pdf = work()
    took = time.perf_counter() - began
    assert pdf.startswith(b"%PDF-")
    return took


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=40)
    rounds = parser.parse_args().rounds
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    renderer, design, shared = WeasyPrintRenderer(), load_design(DESIGN), FontConfiguration()
    base = Path(DESIGN).resolve().as_uri() + "/"
    times: dict[str, list[float]] = {"ours": [], "bare": [], "bare, shared fonts": [], SAME: []}
    for number in range(rounds + 2):
        record = record_for(number)
        page = certificate_html(design, record, "en")
        file = Attachment("certificate.json", json.dumps(record).encode(), "application/json")

        def ours(record: dict[str, object] = record, file: Attachment = file) -> bytes:
            html = certificate_html(design, record, "en")
            return renderer.render(html, base_folder=str(DESIGN), attachments=[file])

        def bare(page: str = page) -> bytes:
            return bytes(weasyprint.HTML(string=page, base_url=base).write_pdf())

        def bare_shared(page: str = page) -> bytes:
            return bytes(weasyprint.HTML(string=page, base_url=base).write_pdf(font_config=shared))

        def bare_same(page: str = page) -> bytes:
            html = weasyprint.HTML(string=page, base_url=base)
            return bytes(html.write_pdf(font_config=shared, pdf_variant="pdf/a-3a"))

        works = {"ours": ours, "bare": bare, "bare, shared fonts": bare_shared, SAME: bare_same}
        taken = {name: seconds(work) for name, work in works.items()}
        if number >= 2:  # the first two warm fonts and caches
            for name, value in taken.items():
                times[name].append(value)
    for name, values in times.items():
        print(
            f"{name:<34} {statistics.median(values) * 1000:7.1f} ms median   {len(values) / sum(values):6.2f} a second"
        )
    for name in [name for name in times if name != "ours"]:
        ratio = sum(times[name]) / sum(times["ours"])
        print(f"rate of ours / {name}: {ratio:.2f}")


if __name__ == "__main__":
    main()
