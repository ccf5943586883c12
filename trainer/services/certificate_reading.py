"""What kind of certificate a file holds: anybody's file, so sizes and depths are bounded before anything is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trainer.domain.baking import NotBaked, unbake
from trainer.domain.errors import TooLarge
from trainer.ports import PdfRejected, Ports
from trainer.services.certificate_files import ATTACHED

MAX_FILE = 4 * 1024 * 1024
MAX_CREDENTIAL = 256 * 1024
"""What a file carries: some 10 KB in one of ours."""
MAX_DEPTH = 30


@dataclass(frozen=True, slots=True)
class Carried:
    """One of `bundle` (our JSON file: record, credential, tokens), `token` (a VC-JWT) and `badge` (an Open Badges
    credential with a proof), or why there is none: `problem` is locked, broken or no_certificate."""

    bundle: Mapping[str, Any] | None = None
    token: str = ""
    badge: Mapping[str, Any] | None = None
    is_pdf: bool = False
    problem: str = ""


def read_file(ports: Ports, data: bytes) -> Carried:
    """Read a PDF, PNG, SVG, JSON or JWT file. Raises TooLarge."""
    if len(data) > MAX_FILE:
        raise TooLarge("certificate.file_too_large")
    is_pdf = b"%PDF-" in data[:1024]
    try:
        content = (ports.pdf.attachments(data).get(ATTACHED) or b"") if is_pdf else unbake(data, MAX_CREDENTIAL)
    except PdfRejected as error:
        return Carried(problem="locked" if "password" in error.reason else "broken")
    except NotBaked as error:
        return Carried(problem="broken" if error.damaged else "no_certificate")
    return _carried(content, is_pdf)


def _carried(content: bytes, is_pdf: bool) -> Carried:
    nothing = Carried(problem="no_certificate")
    if not 0 < len(content) <= MAX_CREDENTIAL:
        return nothing
    try:
        text = content.decode("utf-8").strip()
        if text.startswith("eyJ") and text.count(".") == 2 and not text.split()[1:]:
            return Carried(token=text, is_pdf=is_pdf)
        document = json.loads(text, parse_constant=_refuse, object_pairs_hook=_members)
    except (ValueError, RecursionError):
        return nothing
    if not isinstance(document, dict) or _is_deep(document):
        return nothing
    if isinstance(document.get("jwt"), str):
        if "record" not in document:
            return Carried(token=document["jwt"], is_pdf=is_pdf)
        return Carried(bundle=document, is_pdf=is_pdf)
    return Carried(badge=document, is_pdf=is_pdf) if "proof" in document else nothing


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two members of one name are read in one way by some and in another by others."""
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a member stands there twice")
    return members


def _is_deep(document: Any) -> bool:
    """True below MAX_DEPTH levels; goes level by level, so that no depth is too much for it."""
    level = [document]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for value in level
            if isinstance(value, dict | list)
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return False
    return True
