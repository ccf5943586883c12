"""Certificate designs: certificates/<slug>/ to `Design`. A design is data; it holds no Python.

design.yaml      slug (the folder's name), version (text), title {en, fr}, and texts: key -> {en, fr}
certificate.html a Jinja template (sandboxed, autoescaped, unknown names are errors). It gets `c` (what to print, see
                 `services.certificate_pages.page_values`), `t` (the texts in one language), `lang`, `qr` (the verify
                 address as an image address) and the filter `image` (SVG text to an image address)
style.css        asked for by the template, like any other file of the folder; nothing outside of it can be read
sample.yaml      records to try the design with: a list of {name, changes}; changes replace parts of a plain record
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from ruamel.yaml.comments import CommentedMap

from trainer.content.yaml_nodes import ContentError, NodeReader

TEMPLATE, STYLE, SAMPLE = "certificate.html", "style.css", "sample.yaml"


@dataclass(frozen=True, slots=True)
class Sample:
    name: str
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Design:
    """`digest` names the folder's content, so that a changed design cannot pass for the same version."""

    slug: str
    version: str
    title: Mapping[str, str]
    texts: Mapping[str, Mapping[str, str]]
    folder: Path
    digest: str
    template: Template

    def html(self, values: Mapping[str, Any], *, language: str, qr: str) -> str:
        """The page to print. Raises ContentError when the template asks for what is not there."""
        texts = {key: text[language] for key, text in self.texts.items()}
        try:
            return self.template.render(c=values, t=texts, lang=language, qr=qr)
        except TemplateError as error:
            raise ContentError(f"{self.slug}/{TEMPLATE}: {error}") from error


def image_address(svg: str) -> str:
    """SVG text as an address for <img src>, so that it can carry an alternative text."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8")).decode("ascii")


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["image"] = lambda svg: image_address(str(svg))
    return environment


def read_design(folder: Path) -> Design:
    """Read one design. Raises ContentError with every fault found."""
    read = NodeReader(folder / "design.yaml")
    root = read.load()
    row = read.keys(root, ("slug", "version", "title", "texts"))
    if row["slug"] != folder.name:
        read.fault(root, f"'slug' is {row['slug']!r}; it has to be the folder's name, {folder.name!r}")
    version = read.word(row["version"], root, "version")
    title = read.texts(row["title"], root, "title")
    texts = {}
    if isinstance(row["texts"], CommentedMap):
        texts = {str(key): read.texts(value, row["texts"], str(key)) for key, value in row["texts"].items()}
    else:
        read.fault(root, "'texts' has to be a mapping")
    for name in (TEMPLATE, STYLE, SAMPLE):
        if not (folder / name).is_file():
            read.fault(root, f"the file {name} is missing beside design.yaml")
    template = None
    try:
        template = _environment().from_string((folder / TEMPLATE).read_text(encoding="utf-8"))
    except TemplateError as error:
        read.fault(root, f"{TEMPLATE}, line {getattr(error, 'lineno', '?')}: {error}")
    except OSError:
        pass  # named above
    read.finish()
    assert template is not None
    return Design(folder.name, version, title, texts, folder, _digest(folder), template)


def read_samples(folder: Path) -> list[Sample]:
    """What to try the design with. Raises ContentError."""
    read = NodeReader(folder / SAMPLE)
    root = read.load()
    samples = []
    for node in read.rows(root, root, "samples"):
        row = read.keys(node, ("name", "changes"))
        samples.append(Sample(read.word(row["name"], node, "name"), dict(row["changes"] or {})))
    read.finish()
    return samples


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


@lru_cache(maxsize=16)
def load_design(folder: Path) -> Design:
    """The design in `folder`, read once a process."""
    return read_design(folder)
