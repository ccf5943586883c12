"""French texts: fragments -> one catalogue, and what is missing.

`python -m trainer.translations.build` merges the fragments `fr/*.po` into `fr/LC_MESSAGES/messages.po` and `.mo`.
With `--check` it also extracts every text of the code and the templates (`babel.cfg`), names those that have no French,
those translated twice in different ways, and those whose gaps (`%(name)s`) differ, and exits 1 if there are any.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from trainer.config import ROOT

FOLDER = ROOT / "trainer" / "translations"
LANGUAGES = ("fr",)
_GAP = re.compile(r"%\((\w+)\)[sd]")
_FUNCTIONS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}


def fragments(language: str) -> list[Path]:
    """The fragments, the shared one first."""
    return sorted((FOLDER / language).glob("*.po"), key=lambda path: (path.name != "base.po", path.name))


def merge(language: str) -> tuple[Catalog, list[str]]:
    """All fragments in one catalogue (the first one wins), and what is wrong with them."""
    merged = Catalog(locale=language, domain="messages", project="trainer", charset="utf-8", fuzzy=False)
    wrong: list[str] = []
    for path in fragments(language):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        for message in catalogue:
            if not message.id:
                continue
            earlier = merged.get(message.id, message.context)
            if earlier is None or not earlier.string:
                merged.add(message.id, _set(message.string, language), context=message.context)
            elif earlier.string != _set(message.string, language):
                wrong.append(f"{path.name}: translated otherwise before: {message.id!r}")
            wrong += [f"{path.name}: {fault}" for fault in _faults(message)]
    return merged, wrong


def _set(string: str | tuple[str, ...] | None, language: str) -> str | tuple[str, ...]:
    """As a printer sets it: in French the space before a tall mark and inside quotation marks never breaks a line."""
    if isinstance(string, tuple):
        return tuple(str(_set(one, language)) for one in string)
    if language != "fr" or not string:
        return string or ""
    return re.sub(r"(?<=«) | (?=[:;?!»])", "\N{NO-BREAK SPACE}", string)


def _faults(message: Message) -> Iterator[str]:
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    if not all(strings):
        yield f"no French for {ids[0]!r}"
        return
    allowed = {gap for one in ids for gap in _GAP.findall(one)}
    for string in strings:
        found = set(_GAP.findall(string))
        if found - allowed or (len(strings) == 1 and allowed - found):
            yield f"gaps differ in {string!r}"


def compile_catalogues() -> None:
    """Write the merged catalogues, each whole or not at all (another process may be reading it)."""
    for language in LANGUAGES:
        catalogue, _wrong = merge(language)
        folder = FOLDER / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        for name, write in (("messages.po", write_po), ("messages.mo", write_mo)):
            with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
                write(file, catalogue)
            Path(file.name).chmod(0o644)
            Path(file.name).replace(folder / name)


def texts_in_use() -> list[tuple[str, int, str | tuple[str, ...], str | None]]:
    """(file, line, text or (singular, plural), context) of every text that the code and the templates show."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, methods, options, keywords=_FUNCTIONS, directory_filter=_is_ours)  # type: ignore[arg-type]
    return [(name, line, text, context) for name, line, text, _comments, context in found]


def _is_ours(folder: str | os.PathLike[str]) -> bool:
    parts = Path(folder).relative_to(ROOT).parts
    return not parts or parts[0] in {"trainer", "templates"}


def missing(language: str) -> list[str]:
    """A line for each text in use that has no translation."""
    catalogue, _wrong = merge(language)
    lines = {}
    for name, line, text, context in texts_in_use():
        known = catalogue.get(text[0] if isinstance(text, tuple) else text, context)
        if known is None or not known.string or (isinstance(text, tuple) and not known.pluralizable):
            lines.setdefault((text, context), f"{name}:{line}: {text!r}")
    return sorted(lines.values())


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m trainer.translations.build", description="Build the French texts.")
    parser.add_argument("--check", action="store_true", help="fail if a text has no French")
    options = parser.parse_args(arguments)
    compile_catalogues()
    if not options.check:
        return 0
    faults = [line for language in LANGUAGES for line in [*merge(language)[1], *missing(language)]]
    sys.stdout.writelines(f"{line}\n" for line in faults)
    sys.stderr.write(f"{len(faults)} texts need French\n" if faults else "French is complete\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
