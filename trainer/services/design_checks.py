"""Designs as they are offered: every folder is read and tried with its samples; its faults are told by file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any

from trainer.content.design_samples import SAMPLE, Sample, read_samples, sample_record
from trainer.content.designs import STYLE, TEMPLATE, Design, read_design, stamp_of
from trainer.content.yaml_nodes import LANGUAGES, ContentError
from trainer.domain.errors import Conflict, NotFound
from trainer.ports import Ports
from trainer.services.certificate_pages import certificate_html, page_values

SLUG = re.compile(r"[a-z][a-z0-9-]{0,39}")
ALWAYS = (
    "holder", "category", "about", "organisation", "issued", "valid_until", "attested_by", "decided_by", "number",
    "verify_short", "jurisdiction", "agreement",
)  # fmt: skip
"""Values that every design has to print; conditions and alignments besides."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A design as it can be chosen: read and tried, or with its faults (file:line: what)."""

    slug: str
    design: Design | None
    faults: tuple[str, ...] = ()


def offers(designs: Path) -> list[Offer]:
    """Every design of the folder, by name; each is read and tried again only when a file of it changed."""
    folders = sorted(path for path in designs.glob("*") if path.is_dir() and SLUG.fullmatch(path.name))
    return [offer_of(folder) for folder in folders]


def offer_of(folder: Path) -> Offer:
    return _tried(folder, stamp_of(folder))


@lru_cache(maxsize=64)
def _tried(folder: Path, _stamp: object) -> Offer:
    faults: list[str] = []
    design, samples = None, [Sample("plain", sample_record(jurisdiction="J. U. R."))]
    try:
        design = read_design(folder)
    except (ContentError, OSError) as error:
        faults += str(error).splitlines()
    try:
        samples += read_samples(folder)
    except ContentError as error:
        faults += str(error).splitlines()
    if design is not None:
        faults += _faults_in_use(design, samples)
    return Offer(folder.name, None if faults else design, tuple(dict.fromkeys(faults)))


def _faults_in_use(design: Design, samples: list[Sample]) -> list[str]:
    """What the template says, does not say, or asks for in vain, over all samples and languages."""
    for sample in samples:
        for language in LANGUAGES:
            try:
                page = certificate_html(design, sample.record, language)
            except ContentError as error:
                return [f"{error} (sample “{sample.name}”)"]
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                return [f"{SAMPLE}:1: sample “{sample.name}” is no record: {error!r}"]
    faults = [
        f"{TEMPLATE}:1: never prints c.{name}; every certificate has to"
        for name in _unprinted(certificate_html(design, samples[0].record, "en"), samples[0].record)
    ]
    return faults + list(_bad_addresses(design.folder, page))


def _bad_addresses(folder: Path, page: str) -> Iterator[str]:
    """What template and style ask for and cannot have: only files of the folder can be read."""
    for address in re.findall(r"""<(?:img|link)[^>]*?(?:src|href)=["'](?!data:)([^"']+)["']""", page):
        if not _is_in(folder, address):
            yield f"{TEMPLATE}:1: asks for {address}, which is not in the folder"
    for number, line in enumerate((folder / STYLE).read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        for address in re.findall(r"""url\(["']?(?!data:)([^"')]+)""", line):
            if not _is_in(folder, address):
                yield f"{STYLE}:{number}: asks for {address}, which is not in the folder"


def _is_in(folder: Path, address: str) -> bool:
    """Links followed, as the renderer does."""
    place = (folder / address).resolve()
    return place.is_file() and place.is_relative_to(folder.resolve())


def _unprinted(page: str, record: Mapping[str, Any]) -> list[str]:
    text, values = " ".join(_text_of(page).split()), page_values(record, "en")
    missing = [name for name in ALWAYS if " ".join(str(values[name]).split()) not in text]
    if any(gate["title"] not in text for gate in values["gates"]):
        missing.append("gates")
    if any(row not in text for row in values["alignments"]):
        missing.append("alignments")
    return missing


def _text_of(page: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", page.partition("<body")[2].partition(">")[2]))


def find_offer(designs: Path, slug: str) -> Offer:
    """Raises NotFound."""
    if not SLUG.fullmatch(slug) or not (designs / slug).is_dir():
        raise NotFound
    return offer_of(designs / slug)


def preview_pdf(ports: Ports, offer: Offer, language: str, *, gates: int = 4) -> bytes:
    """The design with made-up data. Raises Conflict for a faulty one, and what rendering raises."""
    if offer.design is None:
        raise Conflict("certificate.design_faulty")
    changes: dict[str, Any] = {"gates": gates, "language": language}
    if gates > 4:
        changes["agreement"] = {"opening": 0.91, "needs": 0.74, "accuracy": 0.83}
    page = certificate_html(offer.design, sample_record(**changes), language)
    return ports.pdf.render(page, base_folder=str(offer.design.folder))
