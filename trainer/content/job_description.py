"""The job description: courses/documents/job-description.yaml to `domain.job_description.JobDescription`.

version   a whole number from 1; another text is another version
note      what changed {en, fr}, for those who have to sign again
title     of the document {en, fr}
blanks    what stands in place of a blank that an organisation has not filled in: manager, workplace, jurisdiction, each {en, fr}
sections  in the order of `domain.job_description.SECTIONS`: id, title {en, fr}, and items in the order of their ids: id,
          title {en, fr} of 2 to 6 words, text {en, fr}

Texts may hold the blanks {organisation}, {manager}, {workplace} and {jurisdiction}; no other braces. Every text is given in
every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from trainer.content.problems import ContentError, Problem
from trainer.content.reading import LANGUAGES, Fields, Node, Source, check_known
from trainer.content.typography import typeset
from trainer.content.yaml_files import read_yaml
from trainer.domain.job_description import BLANKS, OWN_BLANKS, SECTIONS, Item, JobDescription, Section

FILE = Path("documents") / "job-description.yaml"
"""Below the folder of the courses."""
TITLE_WORDS = (2, 6)
_BLANK = re.compile(r"\{(\w*)\}")


def read_job_description(path: Path) -> JobDescription:
    """Raises ContentError with every mistake of the file."""
    problems: list[Problem] = []
    read = Source(f"{path.parent.name}/{path.name}", problems)
    root = read_yaml(path, read)
    if root is None:
        raise ContentError(problems)
    with root.fields() as f:
        document = JobDescription(
            version=f.integer("version", 1, 9999),
            note=_texts(f, "note", ()),
            titles=_texts(f, "title"),
            unfilled=_unfilled(f),
            sections=f.each("sections", _section),
        )
        _check_sections(f.place("sections"), [section.id for section in document.sections])
    if problems:
        raise ContentError(problems)
    return document


def _texts(fields: Fields, name: str, blanks: Iterable[str] = BLANKS) -> dict[str, str]:
    """A text a language, set as pages show it; only the named blanks may stand in it."""
    node = fields.get(name)
    if node is None:
        return dict.fromkeys(LANGUAGES, "")
    if not node.is_mapping:
        node.wrong(f"needs a text for each of {', '.join(LANGUAGES)}")
        return dict.fromkeys(LANGUAGES, "")
    found: dict[str, str] = {}
    with node.fields() as f:
        for language in LANGUAGES:
            text = " ".join(f.text(language).split())
            place = f.place(language)
            if place is not None:
                _check_blanks(place, text, list(blanks))
            found[language] = typeset(text, language)
    return found


def _check_blanks(node: Node, text: str, known: list[str]) -> None:
    for name in _BLANK.findall(text):
        if known:
            check_known(node, name, known)
        else:
            node.wrong(f"{{{name}}} cannot stand here: this text has no blanks")
    if "{" in _BLANK.sub("", text) or "}" in _BLANK.sub("", text):
        node.wrong(
            "has a brace that belongs to no blank: write {organisation}, {manager}, {workplace} or {jurisdiction}"
        )


def _unfilled(fields: Fields) -> Mapping[str, Mapping[str, str]]:
    node = fields.get("blanks")
    if node is None:
        return {}
    with node.fields() as f:
        return {blank: _texts(f, blank, ("organisation",)) for blank in OWN_BLANKS}


def _section(node: Node) -> Section:
    with node.fields() as f:
        section = Section(f.id(), _texts(f, "title"), f.each("items", _item))
        place = f.place("items")
        if place is not None and section.id in SECTIONS:
            _check_items(place, section)
    return section


def _item(node: Node) -> Item:
    low, high = TITLE_WORDS
    with node.fields() as f:
        item = Item(f.text("id"), _texts(f, "title", ()), _texts(f, "text"))
        place = f.place("title")
        for language, title in item.titles.items():
            if place is not None and title and not low <= len(title.split()) <= high:
                place.wrong(
                    f"{language}: {title!r} has {len(title.split())} words; {low} to {high} are right for a name"
                )
    return item


def _check_items(place: Node, section: Section) -> None:
    wanted = list(SECTIONS[section.id])
    seen: set[str] = set()
    for node, item in zip(place.items(), section.items, strict=False):
        if item.id in seen:
            node.wrong(f"{item.id} is there twice")
        elif (
            item.id and check_known(node, item.id, wanted) and len(seen) < len(wanted) and item.id != wanted[len(seen)]
        ):
            node.wrong(f"{item.id} stands where {wanted[len(seen)]} is expected: keep the order of the ids")
        seen.add(item.id)
    for item_id in wanted:
        if item_id not in seen:
            place.wrong(f"{item_id} is missing")


def _check_sections(place: Node | None, found: list[str]) -> None:
    if place is None or not place.is_list:
        return
    for node, name in zip(place.items(), found, strict=False):
        if name:
            check_known(node, name, SECTIONS)
    known = [name for name in found if name in SECTIONS]
    for name in SECTIONS:
        if name not in known:
            place.wrong(f"the section {name!r} is missing")
        elif known.count(name) > 1:
            place.wrong(f"the section {name!r} is there twice")
    if sorted(known) == sorted(SECTIONS) and known != list(SECTIONS):
        place.wrong(f"the sections stand in another order than {', '.join(SECTIONS)}")
