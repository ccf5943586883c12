"""Certificate designs: certificates/<slug>/ to `Design`. A design is data; it holds no Python.

design.yaml      slug (the folder's name), version (text), title {en, fr}, about {en, fr} (what it looks like, for whoever
                 chooses), and texts: key -> {en, fr}
certificate.html a Jinja template (sandboxed, autoescaped, unknown names are errors). It gets `c` (what to print, see
                 `services.certificate_pages.page_values`), `t` (the texts in one language), `lang`, `qr` (the verify
                 address as an image address), the filter `image` (SVG text to an image address) and the line work of
                 `content.ornaments`
style.css        asked for by the template, like any other file of the folder; nothing outside of it can be read
sample.yaml      records to try the design with (see `content.design_samples`)
preview.png      what it looks like, at most 150 KB; may be missing

Guide for designers: docs/certificate-designs.md. Faults are told as file:line: what, and what would be right.
"""

from __future__ import annotations

import base64
import hashlib
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from ruamel.yaml.comments import CommentedMap

from trainer.content.design_samples import SAMPLE
from trainer.content.ornaments import ORNAMENTS
from trainer.content.yaml_nodes import ContentError, NodeReader

TEMPLATE, STYLE, PREVIEW = "certificate.html", "style.css", "preview.png"
NOT_PRINTED = frozenset({SAMPLE, PREVIEW})
"""Files that change nothing on paper: they are no part of a design's digest."""


@dataclass(frozen=True, slots=True)
class Design:
    """`digest` names the folder's content, so that a changed design cannot pass for the same version."""

    slug: str
    version: str
    title: Mapping[str, str]
    about: Mapping[str, str]
    texts: Mapping[str, Mapping[str, str]]
    folder: Path
    digest: str
    template: Template

    def html(self, values: Mapping[str, Any], *, language: str, qr: str) -> str:
        """The page to print. Raises ContentError when the template asks for what is not there."""
        texts = {key: text[language] for key, text in self.texts.items()}
        try:
            return self.template.render(c=values, t=texts, lang=language, qr=qr)
        except (TemplateError, TypeError, ValueError, ArithmeticError) as error:  # what a template can do wrong
            raise ContentError(f"{TEMPLATE}:{_line_in_template(error)}: {error}") from error


def _line_in_template(error: BaseException) -> int:
    """Where in the template it happened: Jinja puts its lines into the trace."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return (lines[-1] or 1) if lines else 1


def image_address(svg: str) -> str:
    """SVG text as an address for <img src>, so that it can carry an alternative text."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode("utf-8")).decode("ascii")


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals.update(ORNAMENTS)
    environment.filters["image"] = lambda svg: image_address(str(svg))
    return environment


def read_design(folder: Path) -> Design:
    """Read one design. Raises ContentError with every fault found."""
    read = NodeReader(folder / "design.yaml")
    root = read.load()
    row = read.keys(root, ("slug", "version", "title", "about", "texts"))
    if row["slug"] != folder.name:
        read.fault(root, f"'slug' is {row['slug']!r}; it has to be the folder's name, {folder.name!r}")
    version = read.word(row["version"], root, "version")
    title, about = read.texts(row["title"], root, "title"), read.texts(row["about"], root, "about")
    texts = {}
    if isinstance(row["texts"], CommentedMap):
        texts = {str(key): read.texts(value, row["texts"], str(key)) for key, value in row["texts"].items()}
    else:
        read.fault(root, "'texts' has to be a mapping")
    for name in (TEMPLATE, STYLE):
        if not (folder / name).is_file():
            read.fault(root, f"the file {name} is missing beside design.yaml")
    template = _template(read, folder)
    read.finish()
    assert template is not None
    return Design(folder.name, version, title, about, texts, folder, _digest(folder), template)


def _template(read: NodeReader, folder: Path) -> Template | None:
    try:
        return _environment().from_string((folder / TEMPLATE).read_text(encoding="utf-8"))
    except TemplateError as error:
        read.faults.append(f"{TEMPLATE}:{getattr(error, 'lineno', None) or 1}: {error}")
    except UnicodeDecodeError:
        read.faults.append(f"{TEMPLATE}:1: not UTF-8 text")
    except OSError:
        pass  # named above
    return None


def files_of(folder: Path) -> dict[str, bytes]:
    """Everything that a design prints with, by its path in the folder."""
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if name not in NOT_PRINTED}


def _digest(folder: Path) -> str:
    total = hashlib.sha256()
    for name, data in files_of(folder).items():
        total.update(name.encode() + b"\0" + data + b"\0")
    return total.hexdigest()


def stamp_of(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Changes when a file of the folder does."""
    return tuple(
        (path.name, path.stat().st_mtime_ns, path.stat().st_size)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


@lru_cache(maxsize=32)
def _load(folder: Path, _stamp: object) -> Design:
    return read_design(folder)


def load_design(folder: Path) -> Design:
    """The design in `folder`, read again only when a file of it changed. Raises ContentError."""
    return _load(folder, stamp_of(folder))
